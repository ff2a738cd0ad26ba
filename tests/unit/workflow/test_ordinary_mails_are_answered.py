"""A bot that is silent would keep every rule: ordinary mail of customers must be answered."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from responder.composing.values import Shop
from responder.domain.decision import Answer
from responder.domain.order import Order
from responder.domain.reading import Reading, ReadingRules, Relay
from responder.domain.understanding import Request, Understanding
from responder.intake.read_mail import read_mail
from responder.understanding.details.details import details_of
from responder.workflow.consider import Knowledge, Profile, consider
from responder.workflow.ports.ledger import History
from tests.unit.intake.test_ordinary_mails import ORDINARY, whole
from tests.unit.workflow.house import AUTO, COMPOSER, PLAYBOOK, SHIPPED_ORDER, InProcessReader

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
CORPUS = Path(__file__).parents[3] / "models" / "default" / "corpus"
LANGUAGES = ("en", "de", "fr", "es", "zh")
SLOTS = {"order": "10422", "name": "Anna", "product": "lamp", "carrier": "DHL", "city": "Leeds", "date": "12 March", "shop": "Lumio"}
# A relay's mail is answered when the operator has named the relay and lets its mail be answered.
SENDERS = ("form@shop-site.example", "wordpress@shop-site.example", "no-reply@forms.example", "no-reply@marketplace.example")
RELAYS = (Relay("forms and marketplaces", SENDERS, automatic=True),)


def _texts() -> list[tuple[str, str]]:
    """Give the first short questions for an order of each language, each in the head of an ordinary mail."""
    texts: list[str] = []
    for language in LANGUAGES:
        mails = re.split(r"^(?:##.*|%%)\n", (CORPUS / language / "order_status.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
        bodies = [re.sub(r"^(?:Subject|Also): .*\n", "", mail, flags=re.MULTILINE).strip() for mail in mails]
        plain = [body for body in bodies if body and set(re.findall(r"\{(\w+)\}", body)) <= set(SLOTS) and "#" not in body[:1]]
        texts += [body.format(**SLOTS) for body in plain[:24]]
    heads = [head for head, _ in ORDINARY.values() if "Content-Type" not in head]
    return [(heads[number % len(heads)], text) for number, text in enumerate(texts)]


MAILS = {**ORDINARY, **{f"text {number}": mail for number, mail in enumerate(_texts())}}


class _TheirOrder:
    """An order book in which whoever asks has one order."""

    def find(self, numbers: object, email: str) -> tuple[Order, ...]:
        return (replace(SHIPPED_ORDER, number="10422", email=email),)


class _OrderStatus(InProcessReader):
    """A reader to whom every mail asks where an order is."""

    def read(self, content: bytes, rules: ReadingRules) -> Reading:
        mail = read_mail(content, rules)
        details = replace(details_of(mail), order_numbers=("10422",))
        return Reading(mail, Understanding("en", (Request("order_status", 0.97),), threshold=0.9, details=details))


@pytest.mark.parametrize("name", MAILS)
def test_ordinary_mail_is_answered(name: str) -> None:
    rules = ReadingRules(frozenset({"help@shop.example"}), trust_senders=True, relays=RELAYS)
    profile = Profile("shop", "help@shop.example", "Lumio", AUTO, rules, frozenset({"en"}))
    knowledge = Knowledge(_OrderStatus(), _TheirOrder(), PLAYBOOK, COMPOSER, Shop("Lumio"), UTC)
    considered = consider(whole(*MAILS[name]), profile, knowledge, now=NOW, arrived_at=NOW, look_back=lambda *_: History())
    assert isinstance(considered.decision, Answer), considered.decision.because
    assert considered.reply
    assert considered.reply.to == (considered.mail and considered.mail.sender)


def test_there_are_as_many_as_is_claimed() -> None:
    assert len(MAILS) >= 200
