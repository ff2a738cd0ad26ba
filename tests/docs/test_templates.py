"""The shipped templates are whole in every language, and say what the playbook sends them for."""

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from responder.composing.compose import FRAME, Composer
from responder.composing.values import Shop, lines_to_read_back, template_values
from responder.domain.delivery import DeliveryTerms
from responder.domain.order import Order
from responder.domain.understanding import Details, PostalAddress
from responder.policy.playbook import read_playbook

TEMPLATES = Path(__file__).parents[2] / "templates"
SOURCES = {
    folder.name: {path.stem: path.read_text(encoding="utf-8") for path in folder.glob("*.txt")}
    for folder in sorted((TEMPLATES / "replies").iterdir())
}
PLAYBOOK = read_playbook(tomllib.loads((TEMPLATES / "playbook.toml").read_text(encoding="utf-8")))
COMPOSER = Composer(SOURCES)
DELIVERY = {"CH": DeliveryTerms((4, 7), "CHF", Decimal("9.90"), Decimal(100), "customer"), "DE": DeliveryTerms((2, 2))}
SHOP = Shop("Lumio", "The Lumio team", delivery=DELIVERY, return_address=("Lumio returns", "Hafenstraße 12", "20457 Hamburg"))
TODAY = date(2026, 3, 10)
ORDER = Order(
    "LC-1042", "anna@example.org", "Anna Kern", "DE", "de", date(2026, 3, 1), date(2026, 3, 4), date(2026, 3, 3), date(2026, 3, 12),
    date(2026, 3, 9), date(2026, 3, 5), date(2026, 3, 6), Decimal("24.90"), "EUR", ("1 × lamp", "2 × bulb"), "DHL", "RB123456785CN",
    "https://track.example/RB123456785CN", "Arrived at the sorting centre", date(2026, 3, 7), "https://shop.example/invoice/1042",
)  # fmt: skip
BARE = Order("LC-1042", "anna@example.org", invoice_url="https://shop.example/invoice/1042")
ADDRESS = Details(address=PostalAddress(("Lindenweg 4", "10115 Berlin")))


def test_eleven_languages_have_exactly_the_templates_that_rules_name() -> None:
    assert set(SOURCES) == {"de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "zh"}
    for language, templates in SOURCES.items():
        assert set(templates) == PLAYBOOK.templates() | {FRAME}, language


@pytest.mark.parametrize("language", SOURCES)
@pytest.mark.parametrize("template", sorted(PLAYBOOK.templates()))
@pytest.mark.parametrize("order", [ORDER, BARE], ids=["full", "bare"])
def test_every_template_renders_with_all_and_with_hardly_any_facts(language: str, template: str, order: Order) -> None:
    values = template_values(language, SHOP, order, (ORDER, BARE), ADDRESS, lines_to_read_back(ADDRESS), TODAY, "CH")
    text = COMPOSER.write(template, language, values)
    assert "{" not in text
    assert "None" not in text
    assert "\n\n\n" not in text
    assert "  " not in text.replace("    ", "")
    assert text.rstrip().endswith("The Lumio team")
    if template not in ("ask_order_number", "ask_which_order", "shipping_info"):
        assert "LC-1042" in text


@pytest.mark.parametrize("language", SOURCES)
def test_the_neutral_question_tells_nothing_of_any_order(language: str) -> None:
    with_order = COMPOSER.write("ask_order_number", language, template_values(language, SHOP, None, (), Details(), (), TODAY))
    assert not {"LC-1042", "Anna"} & set(with_order.split())


@pytest.mark.parametrize("language", SOURCES)
def test_a_question_about_delivery_is_answered_from_the_terms_for_the_country(language: str) -> None:
    dear, plain = (
        COMPOSER.write("shipping_info", language, template_values(language, SHOP, None, (), Details(), (), TODAY, country))
        for country in ("CH", "DE")
    )
    assert "4–7" in dear
    assert "9.90" in dear or "9,90" in dear
    assert "100" in dear
    assert len(dear.splitlines()) == len(plain.splitlines()) + 2  # neither costs nor duties are told where nothing is known of them


@pytest.mark.parametrize("language", SOURCES)
def test_an_address_is_read_back_line_by_line(language: str) -> None:
    text = COMPOSER.write(
        "address_confirm", language, template_values(language, SHOP, BARE, (), ADDRESS, lines_to_read_back(ADDRESS), TODAY)
    )
    assert "    Lindenweg 4\n    10115 Berlin\n" in text


def test_only_the_template_that_waits_for_the_action_says_that_it_was_done() -> None:
    """No other rule may send "we have cancelled" before the shop has confirmed it."""
    for rule in PLAYBOOK.rules:
        if rule.template == "cancel_done":
            assert rule.action == "cancel_order"
