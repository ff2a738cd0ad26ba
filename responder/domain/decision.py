"""Facts that a rule may ask about, and what can be decided on them."""

from dataclasses import dataclass
from typing import Literal, get_args

from responder.domain.answers import MEANINGS, Awaiting, decisive
from responder.domain.understanding import LABELS, Label

OrderFact = Literal["not_named", "not_found", "several", "not_shipped", "shipped", "delivered", "cancelled", "returned"]
ValueFact = Literal["low", "high", "unknown"]
LateFact = Literal["no", "yes", "long"]
SenderFact = Literal["is_the_customer", "not_verified", "someone_else"]
AddressFact = Literal["none", "incomplete", "complete"]
YesNo = Literal["yes", "no"]
DeliveryFact = Literal["known", "unknown"]
ReturnsFact = Literal["open", "over", "by_hand"]
Mode = Literal["shadow", "review", "auto"]
OrderActionKind = Literal["cancel_order", "change_address", "resend", "refund_on_return", "start_trace"]
ORDER_ACTIONS: tuple[OrderActionKind, ...] = get_args(OrderActionKind)
# Answers that decide something; one that gives what was wanted lets the request go on that the question was put for.
DECIDING: tuple[str, ...] = tuple(dict.fromkeys(meaning for question in MEANINGS for meaning in decisive(question)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known when a mail is decided; every fact has a finite set of values (`FACT_VALUES`).

    `sender` is `is_the_customer` when the sender is authenticated and the order's own, `not_verified` when the address may be
    the customer's but nothing proves who wrote, `someone_else` when the order belongs to another address.
    """

    request: Label
    awaiting: Awaiting = "nothing"
    order: OrderFact = "not_named"
    value: ValueFact = "unknown"
    late: LateFact = "no"
    sender: SenderFact = "not_verified"
    address: AddressFact = "none"
    reason: YesNo = "no"
    photos: YesNo = "no"
    tracking_number: YesNo = "no"
    delivery: DeliveryFact = "unknown"
    returns: ReturnsFact = "by_hand"
    refunded: YesNo = "no"
    invoice: YesNo = "no"


FACT_VALUES: dict[str, tuple[str, ...]] = {
    "request": (*LABELS, *DECIDING),
    "awaiting": get_args(Awaiting),
    "order": get_args(OrderFact),
    "value": get_args(ValueFact),
    "late": get_args(LateFact),
    "sender": get_args(SenderFact),
    "address": get_args(AddressFact),
    "reason": get_args(YesNo),
    "photos": get_args(YesNo),
    "tracking_number": get_args(YesNo),
    "delivery": get_args(DeliveryFact),
    "returns": get_args(ReturnsFact),
    "refunded": get_args(YesNo),
    "invoice": get_args(YesNo),
}


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Send nothing, and say why."""

    rule: str
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AskHuman:
    """Put the mail before a person, with a draft and an order action where the rule has them."""

    rule: str
    because: tuple[str, ...]
    template: str | None = None
    action: OrderActionKind | None = None
    awaits: Awaiting = "nothing"


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer without a person, after the order action, if there is one, has succeeded; `tell` lets a person know as well."""

    rule: str
    because: tuple[str, ...]
    template: str
    action: OrderActionKind | None = None
    awaits: Awaiting = "nothing"
    tell: bool = False


Decision = StaySilent | AskHuman | Answer
