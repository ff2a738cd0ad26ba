"""What a mail states besides its request."""

import pytest

from responder.domain.mail import Attachment, InboundMail
from responder.understanding.details.address import find_address
from responder.understanding.details.details import details_of
from responder.understanding.details.order_numbers import find_order_numbers
from responder.understanding.details.reason import find_reason
from responder.understanding.details.tracking import find_tracking_numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Please cancel order #1042", ("1042",)),
        ("my order 12345 has not come since 2 weeks", ("12345",)),
        ("Bestellnummer: LC-20931, bitte stornieren", ("LC-20931",)),
        ("commande n° 305-1234567-1234567", ("305-1234567-1234567",)),
        ("我的订单号是8192736450012345，请取消", ("8192736450012345",)),
        ("pedido SO100482 y pedido SO100483", ("SO100482", "SO100483")),
        ("cancel order732201349959", ("732201349959",)),
        ("I paid 12000 EUR on 2026-03-01, call +49 30 1234567", ()),
        ("we live in 10115 Berlin", ()),
        ("I ordered 3 lamps two weeks ago", ()),
        ("order of 12.03.2026", ()),
    ],
)
def test_order_numbers_are_found_and_other_figures_left(text: str, numbers: tuple[str, ...]) -> None:
    assert find_order_numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("RB123456785CN is stuck", ("RB123456785CN",)),
        ("rb 123 456 785 cn is stuck", ("RB123456785CN",)),
        ("RB123456780CN has a wrong check digit", ()),
        ("UPS 1Z5R89390357567127", ("1Z5R89390357567127",)),
        ("UPS 1Z5R89390357567128", ()),
        ("my DHL tracking number is 3318810025", ("3318810025",)),
        ("my order is 3318810025", ()),
        ("YT2229521272164446", ("YT2229521272164446",)),
    ],
)
def test_tracking_numbers_are_told_by_their_check_digits(text: str, numbers: tuple[str, ...]) -> None:
    assert find_tracking_numbers(text) == numbers


def test_a_tracking_number_is_not_an_order_number() -> None:
    details = details_of(InboundMail("", "a@example.org", "", None, (), "Where is RB123456785CN", None, "order 1042"))
    assert details.tracking_numbers == ("RB123456785CN",)
    assert details.order_numbers == ("1042",)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("My new address is:\nAnna Kern\nLindenweg 4\n10115 Berlin\nGermany", ("Anna Kern", "Lindenweg 4", "10115 Berlin", "Germany")),
        ("bitte an Musterstr. 5, 12345 Berlin schicken", ("Musterstr. 5", "12345 Berlin")),
        ("ship it to 221B Baker Street, London NW1 6XE please", ("221B Baker Street", "London NW1 6XE")),
        ("John Doe\n1600 Maple Pkwy\nMountain View, CA 94043\nUSA", ("John Doe", "1600 Maple Pkwy", "Mountain View, CA 94043", "USA")),
        ("change to 12 oak st, springfield il 62704", ("12 oak st", "springfield il 62704")),
        ("12 rue de la Paix, 75002 Paris", ("12 rue de la Paix", "75002 Paris")),
        ("Calle Mayor 5, 2º B, 28013 Madrid", ("Calle Mayor 5", "2º B", "28013 Madrid")),
        ("上海市浦东新区世纪大道100号5楼", ("上海市浦东新区世纪大道100号5楼",)),
        (
            "Hi,\nPlease send to:\nMr. Bob Jones\nFlat 3\n17 Elm Road\nManchester\nM1 2AB\n\nThanks",
            ("Mr. Bob Jones", "Flat 3", "17 Elm Road", "Manchester", "M1 2AB"),
        ),
    ],
)
def test_a_whole_address_is_found_line_by_line(text: str, lines: tuple[str, ...]) -> None:
    address = find_address(text)
    assert address is not None
    assert address.lines == lines
    assert address.complete


@pytest.mark.parametrize("text", ["my order 12345 has not come", "I ordered 3 lamps for 25000 users", "Thanks\nAnna", ""])
def test_what_is_no_address_is_not_taken_for_one(text: str) -> None:
    assert find_address(text) is None


def test_a_street_without_a_town_is_incomplete() -> None:
    address = find_address("please change the address to 17 Elm Road")
    assert address is not None
    assert address.missing == ("postcode", "city")


def test_a_reason_is_the_clause_that_gives_it() -> None:
    assert find_reason("Please cancel it. I ordered it by mistake. Thanks!") == "I ordered it by mistake."
    assert find_reason("Bitte stornieren, weil es zu lange dauert") == "Bitte stornieren, weil es zu lange dauert"
    assert find_reason("Please cancel it.") is None


def test_photos_are_told_from_the_pictures_of_signatures() -> None:
    def with_attachment(name: str, kind: str) -> bool:
        return details_of(InboundMail("", "a@x.example", "", None, (), "", None, "", attachments=(Attachment(name, kind, 90_000),))).photos

    assert with_attachment("IMG_1.jpg", "image/jpeg")
    assert not with_attachment("image001.png", "image/png")
    assert not with_attachment("invoice.pdf", "application/pdf")
