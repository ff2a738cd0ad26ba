"""Replies come whole or not at all."""

from datetime import date
from decimal import Decimal

import pytest

from responder.composing.compose import Composer, TemplateFault
from responder.composing.values import Shop, lines_to_read_back, template_values
from responder.domain.order import Order
from responder.domain.understanding import Details, PostalAddress

FRAME = "{% if customer_name is defined %}\nDear {{ customer_name }},\n{% else %}\nHello,\n{% endif %}\n\n{{ body }}\n\n{{ signature }}\n"
SHOP = Shop("Lumio", "The Lumio team")
ORDER = Order(
    "1042",
    "anna@example.com",
    "Anna Clark",
    country="GB",
    shipped_at=date(2026, 3, 3),
    total=Decimal("1234.5"),
    currency="GBP",
    items=("1 × lamp",),
)
TODAY = date(2026, 3, 10)


def composer(**templates: str) -> Composer:
    return Composer({"en": {"_frame": FRAME, **templates}})


def test_a_reply_has_salutation_body_and_signature() -> None:
    values = template_values("en", SHOP, ORDER, (), Details(), (), TODAY)
    text = composer(sent="It left on {{ shipped_on }}.").write("sent", "en", values)
    assert text == "Dear Anna Clark,\n\nIt left on 3 March 2026.\n\nThe Lumio team\n"


def test_without_a_name_nobody_is_dear() -> None:
    values = template_values("en", SHOP, None, (), Details(), (), TODAY)
    assert composer(hi="We are here.").write("hi", "en", values).startswith("Hello,\n")


@pytest.mark.parametrize(
    ("language", "country", "day", "money"),
    [
        ("en", "GB", "3 March 2026", "£1,234.50"),
        ("en", "US", "March 3, 2026", "£1,234.50"),
        ("de", "DE", "3. März 2026", "1.234,50 £"),
        ("fr", "FR", "3 mars 2026", "1 234,50 £GB"),
        ("zh", "CN", "2026年3月3日", "£1,234.50"),
        ("de", "XX", "3. März 2026", "1.234,50 £"),
    ],
)
def test_dates_and_money_are_written_as_in_the_customers_country(language: str, country: str, day: str, money: str) -> None:
    order = Order("1", "a@example.com", country=country, shipped_at=date(2026, 3, 3), total=Decimal("1234.5"), currency="GBP")
    values = template_values(language, SHOP, order, (), Details(), (), TODAY)
    assert values["shipped_on"] == day
    assert str(values["total"]).replace("\xa0", " ").replace("\u202f", " ") == money


def test_the_first_of_a_french_month_is_an_ordinal() -> None:
    order = Order("1", "a@example.com", shipped_at=date(2026, 3, 1), delivered_at=date(2026, 3, 11))
    values = template_values("fr", SHOP, order, (), Details(), (), TODAY)
    assert (values["shipped_on"], values["delivered_on"]) == ("1er mars 2026", "11 mars 2026")


def test_what_is_not_known_breaks_the_reply_instead_of_leaving_a_hole() -> None:
    values = template_values("en", SHOP, ORDER, (), Details(), (), TODAY)
    with pytest.raises(TemplateFault, match="tracking_url"):
        composer(sent="Follow it: {{ tracking_url }}").write("sent", "en", values)


def test_the_customers_words_are_never_run_as_a_template() -> None:
    address = PostalAddress(("{{ 7 * 7 }} Elm Road", "{% raw %}"))
    values = template_values("en", SHOP, ORDER, (), Details(address=address), lines_to_read_back(Details(address=address)), TODAY)
    text = composer(back="{% for line in address_lines %}{{ line }}\n{% endfor %}").write("back", "en", values)
    assert "{{ 7 * 7 }} Elm Road\n{% raw %}" in text


def test_control_characters_of_an_address_are_not_read_back() -> None:
    details = Details(address=PostalAddress(("17 Elm\u202e Road\x00", "\x07")))
    values = template_values("en", SHOP, ORDER, (), details, lines_to_read_back(details), TODAY)
    assert values["address_lines"] == ["17 Elm Road"]


def test_a_template_cannot_reach_into_the_program() -> None:
    with pytest.raises(TemplateFault):
        composer(bad="{{ signature.__class__.__mro__ }}").write("bad", "en", template_values("en", SHOP, None, (), Details(), (), TODAY))


def test_an_endless_reply_is_refused() -> None:
    with pytest.raises(TemplateFault, match="characters"):
        composer(long="{% for _ in range(20000) %}ab{% endfor %}").write(
            "long", "en", template_values("en", SHOP, None, (), Details(), (), TODAY)
        )


def test_missing_and_broken_templates_are_named() -> None:
    problems = composer(broken="{% if %}").problems(frozenset({"broken", "absent"}), frozenset({"en", "fr"}))
    told = "\n".join(problems)
    assert "en/absent.txt is missing" in told
    assert "en/broken.txt" in told
    assert "fr/_frame.txt is missing" in told


def test_late_is_known_only_of_a_late_order() -> None:
    late = Order("1", "a@example.com", shipped_at=date(2026, 3, 3), deliver_by=date(2026, 3, 9))
    assert template_values("en", SHOP, late, (), Details(), (), TODAY)["late"] == "yes"
    assert "late" not in template_values("en", SHOP, late, (), Details(), (), date(2026, 3, 9))
