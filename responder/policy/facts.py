"""Gather the facts that rules ask about, and choose the order that a mail is about.

In:   what was read and understood, the orders found for it, the limits, today's date.
Out:  Facts, the order they speak of, and notes for a reviewer.
Limits: an order counts as the sender's only when the order book has the sender's address for it.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from responder.domain.decision import AddressFact, Facts, LateFact, OrderFact, ReturnsFact, SenderFact, ValueFact, YesNo
from responder.domain.mail import InboundMail
from responder.domain.order import Order, normal_number
from responder.domain.understanding import Details
from responder.policy.answers import Asked


@dataclass(frozen=True, slots=True)
class ReturnTerms:
    """The shop's days: goods may come back for `days` after delivery, where an address is `told`; late is long from `long_late_days` on."""

    days: int = 30
    told: bool = False
    long_late_days: int = 14


@dataclass(frozen=True, slots=True)
class Gathered:
    """The facts, and what they were gathered from.

    `order` is the one order that the mail is about; `orders` are the sender's own when more than one fits; `country` is the one that
    a question about delivery is about.
    """

    facts: Facts
    order: Order | None = None
    orders: tuple[Order, ...] = ()
    notes: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class _Choice:
    fact: OrderFact
    order: Order | None = None
    orders: tuple[Order, ...] = ()
    someone_elses: bool = False


def gather(
    mail: InboundMail,
    asked: Asked,
    details: Details,
    found: tuple[Order, ...],
    numbers: tuple[str, ...],
    *,
    today: date,
    high_value: Mapping[str, Decimal],
    delivers_to: Container[str] = frozenset(),
    terms: ReturnTerms = ReturnTerms(),
) -> Gathered:
    """Gather the facts of one mail.

    `numbers` are the order numbers of the mail, or that of its case where it names none; `found` is what the order book has for them
    and for the sender; `high_value` gives for each currency the amount from which goods are of high value; `delivers_to` are the
    countries for which the shop has told how it delivers; `terms` say until when goods come back, and when late is long late.
    """
    choice = _choose(found, numbers, mail.sender)
    country = _country(details, choice)
    facts = Facts(
        request=asked.request,
        awaiting=asked.awaiting,
        order=choice.fact,
        value=_value(choice.order, high_value),
        late=_late(choice.order, today, terms),
        sender=_sender(mail, choice),
        address=_address(details),
        reason=_yes(details.reason is not None),
        photos=_yes(details.photos),
        tracking_number=_yes(bool(details.tracking_numbers)),
        delivery="known" if country in delivers_to else "unknown",
        returns=_returns(choice.order, today, terms),
        refunded=_yes(choice.order is not None and choice.order.refunded_at is not None),
        invoice=_yes(choice.order is not None and bool(choice.order.invoice_url)),
    )
    notes = (f"order {choice.order.number} belongs to another address than the sender's",) if choice.order and choice.someone_elses else ()
    return Gathered(facts, None if choice.someone_elses else choice.order, choice.orders, notes, country)


def _choose(found: tuple[Order, ...], numbers: tuple[str, ...], sender: str) -> _Choice:
    wanted = {normal_number(number) for number in numbers}
    named = tuple(order for order in found if normal_number(order.number) in wanted)
    own = tuple(order for order in found if order.belongs_to(sender))
    own_named = tuple(order for order in named if order in own)
    match own_named, named:
        case (order,), _:
            return _Choice(order.status, order)
        case (), (other, *_):
            return _Choice(other.status, other, someone_elses=True)
        case (), ():
            pass
        case _:
            return _Choice("several", orders=own_named)
    if wanted:
        return _Choice("not_found")
    candidates = tuple(order for order in own if order.is_open()) or own
    match candidates:
        case ():
            return _Choice("not_named")
        case (order,):
            return _Choice(order.status, order)
        case _:
            return _Choice("several", orders=candidates)


def _country(details: Details, choice: _Choice) -> str:
    """Give the one country that a mail names, else that of the customer's own order."""
    if details.countries:
        return details.countries[0] if len(details.countries) == 1 else ""
    return choice.order.country if choice.order and not choice.someone_elses else ""


def _sender(mail: InboundMail, choice: _Choice) -> SenderFact:
    if choice.someone_elses:
        return "someone_else"
    if not mail.verified:
        return "not_verified"
    return "is_the_customer" if choice.order or choice.orders else "someone_else"


def _value(order: Order | None, high_value: Mapping[str, Decimal]) -> ValueFact:
    if order is None or order.total is None or order.currency not in high_value:
        return "unknown"
    return "high" if order.total >= high_value[order.currency] else "low"


def _late(order: Order | None, today: date, terms: ReturnTerms) -> LateFact:
    days = order.days_late(today) if order else 0
    return "long" if days >= terms.long_late_days else "yes" if days else "no"


def _returns(order: Order | None, today: date, terms: ReturnTerms) -> ReturnsFact:
    """Tell whether goods may still come back; without a day of delivery or an address to send them to, a person decides."""
    if order is None or order.status != "delivered" or order.delivered_at is None or not terms.told:
        return "by_hand"
    return "open" if (today - order.delivered_at).days <= terms.days else "over"


def _address(details: Details) -> AddressFact:
    if details.address is None:
        return "none"
    return "complete" if details.address.complete else "incomplete"


def _yes(holds: bool) -> YesNo:
    return "yes" if holds else "no"
