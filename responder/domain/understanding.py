"""What a customer asks for."""

from dataclasses import dataclass, field

Label = str  # also an operator's own
LABELS: tuple[Label, ...] = (
    "cancel_order",
    "change_address",
    "change_order",
    "order_status",
    "delivered_not_received",
    "shipping_question",
    "item_problem",
    "return_request",
    "exchange_request",
    "refund",
    "invoice_request",
    "payment_problem",
    "product_question",
    "account_help",
    "complaint",
    "thanks",
    "sales_pitch",
    "other",
)


# What a mail may be besides, after the shop has asked something.
ANSWERS: tuple[Label, ...] = (
    "confirms",
    "keeps_old_address",
    "keeps",
    "refuses",
    "already_received",
    "declines",
    "does_not_know",
    "gives_order_number",
    "gives_address",
    "corrects_address",
    "sends_photos",
    "has_no_photos",
    "changed_mind_keeps_order",
    "gives_reason",
    "unclear",
    "new_request",
)


@dataclass(frozen=True, slots=True)
class Request:
    """One thing that a mail may ask for; `confidence` is a calibrated probability, 0.0 to 1.0."""

    label: Label
    confidence: float


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the mail that spoke for its label (weight above zero) or against it."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A mail of the corpus that is like this one: its label, its first words, and the cosine similarity of the words, 0.0 to 1.0."""

    label: Label
    words: str
    similarity: float


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A postal address found in a mail: its lines as written, and what a carrier would miss in it."""

    lines: tuple[str, ...]
    postcode: str = ""
    country: str = ""
    missing: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Tell whether a carrier could deliver there."""
        return not self.missing


@dataclass(frozen=True, slots=True)
class Details:
    """What a mail states besides its request; `bare_numbers` are figures that nothing calls an order's number."""

    order_numbers: tuple[str, ...] = ()
    bare_numbers: tuple[str, ...] = ()
    tracking_numbers: tuple[str, ...] = ()
    address: PostalAddress | None = None
    reason: str | None = None
    photos: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a mail means.

    `language` is an ISO 639-1 code or `unknown`. `requests` is never empty: all labels, the best first.
    `further` are requests that the same mail makes besides the first. `threshold` is the confidence from which the
    first request may be answered without a person (above 1.0: never). `answers` has all `ANSWERS`, the best first, where the mail
    is a reply, with a threshold for them all.
    """

    language: str
    requests: tuple[Request, ...]
    further: tuple[Label, ...] = ()
    threshold: float = 2.0
    details: Details = field(default_factory=Details)
    phrases: tuple[Phrase, ...] = ()
    nearest: tuple[Neighbour, ...] = ()
    answers: tuple[Request, ...] = ()
    answer_threshold: float = 2.0

    @property
    def label(self) -> Label:
        """Give the label of the request that is answered first."""
        return self.requests[0].label

    @property
    def confidence(self) -> float:
        """Give the probability that `label` is right."""
        return self.requests[0].confidence
