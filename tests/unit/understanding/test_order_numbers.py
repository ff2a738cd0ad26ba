"""Order numbers of shops and marketplaces, and the figures that are none."""

import re
import time

import pytest

from responder.domain.mail import InboundMail
from responder.understanding.details.details import details_of
from responder.understanding.details.order_numbers import find_order_numbers

FOUND = [
    # marketplaces' shapes, without a word before them
    ("Where is 305-7654321-1234567?", "305-7654321-1234567"),
    ("D01-7654321-1234567 does not open", "D01-7654321-1234567"),
    ("it says 305 7654321 1234567 here", "305-7654321-1234567"),
    ("305–7654321–1234567 please", "305-7654321-1234567"),
    ("14-08123-55901 not received", "14-08123-55901"),
    ("3214567890 from your Etsy shop", "3214567890"),
    ("about 8192736450012345", "8192736450012345"),
    ("cancel PO-211-01234567890123456", "PO-211-01234567890123456"),
    ("where is GSH1AB23C4D5E6F", "GSH1AB23C4D5E6F"),
    ("10104567890123 never came", "10104567890123"),
    ("29738e61-7f6a-11e8-ac45-09db60ede9d6 anulować", "29738e61-7f6a-11e8-ac45-09db60ede9d6"),
    ("345678-20260115-00012345 について", "345678-20260115-00012345"),
    ("240115ABCDEFGH is late", "240115ABCDEFGH"),
    ("2000123-12345678 is late", "2000123-12345678"),
    ("000000123 is late", "000000123"),
    ("100000123 is late", "100000123"),
    ("1234567890123456789 未发货", "1234567890123456789"),
    ("576461413038785752 from TikTok", "576461413038785752"),
    ("20001234-A is late", "20001234-A"),
    ("WC-10432 is late", "WC-10432"),
    ("LC_20931 is late", "LC_20931"),
    # called an order
    ("order #1042", "1042"),
    ("Order No. 1042", "1042"),
    ("order number is 104277", "104277"),
    ("orders 10427", "10427"),
    ("order: ABC-1042-X", "ABC-1042-X"),
    ("order (10427)", "10427"),
    ("my purchase 4417", "4417"),
    ("ref 88213", "88213"),
    ("PO 55123", "55123"),
    ("#1042 please", "1042"),
    ("# 1042 please", "1042"),
    ("＃１０４２ please", "1042"),
    ("Bestellung 20931", "20931"),
    ("Bestellnummer lautet 20931", "20931"),
    ("Bestell-Nr. 20931", "20931"),
    ("Auftragsnummer: 20931", "20931"),
    ("Auftrag Nr. 20931", "20931"),
    ("commande n°20931", "20931"),
    ("numéro de commande : 20931", "20931"),
    ("ma commande 20931", "20931"),
    ("pedido nº 20931", "20931"),
    ("número de pedido: 20931", "20931"),
    ("mi pedido es 20931", "20931"),
    ("ordine n. 20931", "20931"),
    ("numero d'ordine: 20931", "20931"),
    ("encomenda 20931", "20931"),
    ("bestelling 20931", "20931"),
    ("bestelnummer 20931", "20931"),
    ("zamówienie nr 20931", "20931"),
    ("numer zamówienia: 20931", "20931"),
    ("ordernummer 20931", "20931"),
    ("ordrenummer 20931", "20931"),
    ("beställning 20931", "20931"),
    ("tilaus 20931", "20931"),
    ("objednávka 20931", "20931"),
    ("sipariş 20931", "20931"),
    ("заказ № 20931", "20931"),
    ("订单号：20931", "20931"),
    ("訂單編號 20931", "20931"),
    ("订单20931还没到", "20931"),
    ("注文番号は20931です", "20931"),
    ("ご注文番号：20931", "20931"),
    ("주문번호 20931", "20931"),
    ("주문번호: 20931", "20931"),
    ("order20931", "20931"),
]


@pytest.mark.parametrize(("text", "number"), FOUND)
def test_an_order_number_is_found(text: str, number: str) -> None:
    assert find_order_numbers(text) == (number,)


NONE = [
    "",
    "3 lamps",
    "call 030 1234567",
    "call 555-123-4567",
    "+49 151 12345678",
    "Tel. 0151-23456789",
    "090-1234-5678",
    "07700900123",
    "on 2026-03-01",
    "on 01/03/2026",
    "01-03-2026",
    "I paid 12000 EUR",
    "$12000",
    "€ 12000",
    "12000 € paid",
    "we live in 10115 Berlin",
    "Dayton, OH 45402",
    "PLZ 10115",
    "31-571 Kraków",
    "my card 4111-1111-1111-1111",
    "SKU AB-12345",
    "EAN 4006381333931",
    "model XJ-9000",
    "anna12345@example.org",
    "https://shop.example/10432",
    "Apt #1204",
    "order 2 lamps",
    "order of 12.03.2026",
    "at 10:30",
]


@pytest.mark.parametrize("text", NONE)
def test_other_figures_are_left(text: str) -> None:
    assert find_order_numbers(text) == ()


OWN = (re.compile(r"\bLAMP\d\b"), re.compile(r"Vorgang (\w\w)", re.IGNORECASE))


def test_the_operators_patterns_come_first_and_count_always() -> None:
    assert find_order_numbers("order 10432 and LAMP7 and Vorgang QX", patterns=OWN) == ("LAMP7", "QX", "10432")


def test_the_operators_patterns_count_even_for_what_looks_like_a_tracking_number() -> None:
    number = "RB123456785CN"
    assert find_order_numbers(f"order {number}", leaving_out=(number,)) == ()
    assert find_order_numbers(f"order {number}", leaving_out=(number,), patterns=(re.compile(r"RB\w+"),)) == (number,)


def test_a_part_of_what_the_operators_pattern_matches_is_no_second_number() -> None:
    assert find_order_numbers("order AB/10432/7", patterns=(re.compile(r"AB/\d+/\d"),)) == ("AB/10432/7",)


def test_each_number_is_given_once() -> None:
    assert find_order_numbers("order 10432, I repeat: 10432, #10432") == ("10432",)


def test_not_more_than_eight_are_given() -> None:
    assert len(find_order_numbers(" ".join(f"order {number}" for number in range(10_000, 10_020)))) == 8


def _mail(subject: str, new: str, quoted: str = "") -> InboundMail:
    return InboundMail("", "a@example.org", "", None, (), subject, None, new, quoted_text=quoted)


def test_the_text_comes_before_the_subject_and_what_is_quoted_counts_only_without_both() -> None:
    quoted = "order 40004 and order 10001"
    assert details_of(_mail("order 20002", "order 10001, not 30003", quoted)).order_numbers == ("10001", "30003", "20002")
    assert details_of(_mail("my order", "where is it?", quoted)).order_numbers == ("40004", "10001")


def test_only_the_beginning_of_the_quoted_text_is_read() -> None:
    assert details_of(_mail("", "where is it?", " " * 5_000 + "order 40004")).order_numbers == ()


def test_a_tracking_number_in_the_quoted_text_is_no_order_number() -> None:
    assert details_of(_mail("", "where is it?", "RB123456785CN for order 40004")).order_numbers == ("40004",)


def test_details_pass_the_operators_patterns_on() -> None:
    assert details_of(_mail("LAMP7", "order 10001", "LAMP8"), OWN).order_numbers == ("10001", "LAMP7")
    assert details_of(_mail("", "where?", "LAMP8"), OWN).order_numbers == ("LAMP8",)


HOSTILE = ["12345 " * 3_300, "order number no nr id " * 900, "1-" * 10_000, "#" * 20_000, "order" + ":" * 20_000, "a1-" * 6_600]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_a_long_hostile_text_costs_little(text: str) -> None:
    """The bound is several times what it takes, so that a busy machine does not fail it, and a quadratic one does."""
    start = time.perf_counter()
    find_order_numbers(text)
    assert time.perf_counter() - start < 0.5
