"""Which order a mail is about, and which facts follow."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from responder.domain.mail import InboundMail
from responder.domain.order import Order
from responder.domain.understanding import Details, PostalAddress
from responder.policy.answers import Asked
from responder.policy.facts import Gathered, ReturnTerms, gather

TODAY = date(2026, 3, 10)
TERMS = ReturnTerms()
OWN = Order("1042", "anna@example.com", ordered_at=date(2026, 3, 1), total=Decimal("25"), currency="EUR")
SHIPPED = replace(OWN, number="1043", shipped_at=date(2026, 3, 3), deliver_by=date(2026, 3, 9))
DELIVERED = replace(OWN, number="1044", shipped_at=date(2026, 2, 3), delivered_at=date(2026, 2, 9))
OTHERS = replace(OWN, number="2000", email="bob@example.com")


@pytest.mark.parametrize(
    ("orders", "countries", "delivery", "country"),
    [
        ((), ("CH",), "known", "CH"),
        ((), ("NO",), "unknown", "NO"),
        ((), ("CH", "DE"), "unknown", ""),
        ((), (), "unknown", ""),
        ((replace(OWN, country="DE"),), (), "known", "DE"),
        ((replace(OWN, country="DE"),), ("NO",), "unknown", "NO"),
        ((replace(OTHERS, country="DE"),), (), "unknown", ""),
    ],
)
def test_delivery_is_known_for_the_country_that_is_named_or_for_that_of_the_own_order(
    orders: tuple[Order, ...], countries: tuple[str, ...], delivery: str, country: str
) -> None:
    found = gathered(
        *orders, numbers=("2000",) if OTHERS.number in {each.number for each in orders} else (), details=Details(countries=countries)
    )
    assert (found.facts.delivery, found.country) == (delivery, country)


def gathered(
    *orders: Order, numbers: tuple[str, ...] = (), verified: bool = True, details: Details | None = None, terms: ReturnTerms = TERMS
) -> Gathered:
    mail = InboundMail("<1@example.com>", "anna@example.com", "Anna", None, (), "", None, "", verified=verified)
    asked = Asked("cancel_order", 0.9, 0.8)
    return gather(
        mail,
        asked,
        details or Details(),
        orders,
        numbers,
        today=TODAY,
        high_value={"EUR": Decimal(30)},
        delivers_to={"DE", "CH"},
        terms=terms,
    )


@pytest.mark.parametrize(
    ("orders", "numbers", "order", "sender"),
    [
        ((OWN,), ("1042",), "not_shipped", "is_the_customer"),
        ((OWN,), ("# 1042",), "not_shipped", "is_the_customer"),
        ((SHIPPED, OWN), ("1043",), "shipped", "is_the_customer"),
        ((OWN, SHIPPED), ("1042", "1043"), "several", "is_the_customer"),
        ((), ("9999",), "not_found", "someone_else"),
        ((OWN,), ("9999",), "not_found", "someone_else"),
        ((), (), "not_named", "someone_else"),
        ((OWN,), (), "not_shipped", "is_the_customer"),
        ((OWN, DELIVERED), (), "not_shipped", "is_the_customer"),
        ((DELIVERED,), (), "delivered", "is_the_customer"),
        ((OWN, SHIPPED), (), "several", "is_the_customer"),
        ((OTHERS,), ("2000",), "not_shipped", "someone_else"),
    ],
)
def test_the_order_is_chosen_by_number_then_by_sender(orders: tuple[Order, ...], numbers: tuple[str, ...], order: str, sender: str) -> None:
    facts = gathered(*orders, numbers=numbers).facts
    assert (facts.order, facts.sender) == (order, sender)


def test_an_order_of_somebody_else_is_never_handed_on() -> None:
    found = gathered(OTHERS, numbers=("2000",))
    assert found.order is None
    assert found.orders == ()
    assert "another address" in found.notes[0]


def test_of_two_named_orders_the_senders_own_is_meant() -> None:
    found = gathered(OWN, OTHERS, numbers=("1042", "2000"))
    assert found.order == OWN


def test_an_unverified_sender_is_not_taken_for_the_customer() -> None:
    assert gathered(OWN, numbers=("1042",), verified=False).facts.sender == "not_verified"


@pytest.mark.parametrize(("total", "currency", "value"), [("29.99", "EUR", "low"), ("30", "EUR", "high"), ("99", "XAU", "unknown")])
def test_value_is_judged_by_currency(total: str, currency: str, value: str) -> None:
    order = replace(OWN, total=Decimal(total), currency=currency)
    assert gathered(order, numbers=("1042",)).facts.value == value


def test_late_means_that_the_promised_day_has_passed() -> None:
    assert gathered(SHIPPED, numbers=("1043",)).facts.late == "yes"
    assert gathered(replace(SHIPPED, deliver_by=TODAY), numbers=("1043",)).facts.late == "no"


def test_an_address_is_complete_when_nothing_is_missing() -> None:
    whole, part = PostalAddress(("Lindenweg 4", "10115 Berlin")), PostalAddress(("Lindenweg",), missing=("city",))
    assert gathered(OWN, details=Details(address=whole)).facts.address == "complete"
    assert gathered(OWN, details=Details(address=part)).facts.address == "incomplete"
    assert gathered(OWN).facts.address == "none"


@pytest.mark.parametrize(
    ("order", "days", "told", "returns"),
    [
        (DELIVERED, 30, True, "open"),
        (DELIVERED, 29, True, "open"),
        (DELIVERED, 28, True, "over"),
        (DELIVERED, 30, False, "by_hand"),
        (SHIPPED, 30, True, "by_hand"),
        (OWN, 30, True, "by_hand"),
    ],
)
def test_goods_come_back_within_the_days_after_delivery(order: Order, days: int, told: bool, returns: str) -> None:
    assert gathered(order, terms=ReturnTerms(days, told)).facts.returns == returns


@pytest.mark.parametrize(("days", "late"), [(-1, "no"), (0, "no"), (1, "yes"), (13, "yes"), (14, "long")])
def test_late_becomes_long_late(days: int, late: str) -> None:
    order = replace(SHIPPED, deliver_by=TODAY - timedelta(days=days))
    assert gathered(order, terms=ReturnTerms(long_late_days=14)).facts.late == late


def test_a_refund_and_an_invoice_are_facts_of_the_order() -> None:
    assert (gathered(OWN).facts.refunded, gathered(OWN).facts.invoice) == ("no", "no")
    both = replace(OWN, refunded_at=TODAY, invoice_url="https://shop.example/1")
    assert (gathered(both).facts.refunded, gathered(both).facts.invoice) == ("yes", "yes")
