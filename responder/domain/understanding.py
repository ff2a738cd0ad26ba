"""What a customer asks for."""

from dataclasses import dataclass, field

from responder.domain.answers import Answered, Awaiting

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
    """What a mail states besides its request; `bare_numbers` are figures that nothing calls an order's number.

    `countries` are ISO 3166-1 alpha-2 codes, looked for where a mail asks about delivery.
    """

    order_numbers: tuple[str, ...] = ()
    bare_numbers: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    tracking_numbers: tuple[str, ...] = ()
    address: PostalAddress | None = None
    reason: str | None = None
    photos: bool = False


def gives(question: Awaiting, details: Details) -> bool:
    """Tell whether a mail has what a question asks for."""
    match question:
        case "order_number":
            return bool(details.order_numbers or details.bare_numbers)
        case "new_address" | "confirm_address":
            return details.address is not None
        case "photos":
            return details.photos
        case _:
            return False


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a mail means.

    `language` is an ISO 639-1 code or `unknown`. `requests` is never empty: all labels, the best first.
    `further` are requests that the same mail makes besides the first. `threshold` is the confidence from which the
    first request may be answered without a person (above 1.0: never). `answers` tells what a reply means after each question.
    """

    language: str
    requests: tuple[Request, ...]
    further: tuple[Label, ...] = ()
    threshold: float = 2.0
    details: Details = field(default_factory=Details)
    phrases: tuple[Phrase, ...] = ()
    nearest: tuple[Neighbour, ...] = ()
    answers: tuple[Answered, ...] = ()

    @property
    def label(self) -> Label:
        """Give the label of the request that is answered first."""
        return self.requests[0].label

    @property
    def confidence(self) -> float:
        """Give the probability that `label` is right."""
        return self.requests[0].confidence
