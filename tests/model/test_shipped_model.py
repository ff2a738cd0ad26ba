"""The shipped model is what the shipped corpus makes, and says what plain mails ask for."""

import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from responder.bootstrap.models import load_understander
from responder.domain.mail import InboundMail
from responder.domain.understanding import LABELS
from responder.training.corpus import read_corpus, read_lexicons
from responder.training.learn import corpus_digest, learn
from responder.understanding.understand import Understander

MODEL = Path(__file__).parents[2] / "models" / "default"
CARD = json.loads((MODEL / "card.json").read_text(encoding="utf-8"))
EXAMPLES = read_corpus(MODEL / "corpus")
LEXICONS = read_lexicons(MODEL / "corpus")


@pytest.fixture(scope="module")
def understander() -> Understander:
    return load_understander(MODEL, 0.02)


def test_the_model_was_trained_from_this_corpus() -> None:
    """When the corpus has changed: make model."""
    assert CARD["corpus_sha256"] == corpus_digest(EXAMPLES, LEXICONS)


@pytest.mark.timeout(1200)
def test_training_anew_gives_the_shipped_model_bit_for_bit() -> None:
    trained = learn(EXAMPLES, LABELS, LEXICONS, date.fromisoformat(CARD["trained_on"]), lambda *_: None)
    assert hashlib.sha256(trained.arrays).hexdigest() == CARD["sha256"]
    assert trained.card == (MODEL / "card.json").read_bytes()


def test_every_label_has_mails_in_every_language() -> None:
    assert CARD["languages"] == ["de", "en", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "zh"]
    there = {(example.language, example.label) for example in EXAMPLES}
    assert there == {(language, label) for language in CARD["languages"] for label in LABELS}


def test_every_idea_has_words_in_at_least_nine_languages() -> None:
    """An idea that fewer name is more likely a slip of the pen."""
    named = Counter(line.partition(":")[0] for text in LEXICONS.values() for line in text.splitlines())
    assert set(LEXICONS) >= set(CARD["languages"])
    assert {idea: languages for idea, languages in named.items() if languages < 9} == {}


def test_no_long_mail_stands_in_two_topics() -> None:
    """Else the same mail would be learnt and measured."""
    topics: dict[str, set[str]] = {}
    for example in EXAMPLES:
        if len(example.body) > 60:
            topics.setdefault(example.body, set()).add(example.group)
    assert {body: groups for body, groups in topics.items() if len(groups) > 1} == {}


def test_no_mail_stands_under_two_labels() -> None:
    seen: dict[tuple[str, str], str] = {}
    for example in EXAMPLES:
        key = (example.subject.casefold(), example.body.casefold())
        assert seen.setdefault(key, example.label) == example.label, key


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Please cancel my order 1042, I ordered it by mistake", "cancel_order"),
        ("Where is my parcel? It should have arrived last week.", "order_status"),
        ("I moved. Please change the delivery address of order 1042", "change_address"),
        ("The tracking says delivered but I never received it", "delivered_not_received"),
        ("Bitte stornieren Sie meine Bestellung 1042", "cancel_order"),
        ("Wo bleibt mein Paket?", "order_status"),
        ("Je souhaite annuler ma commande 1042", "cancel_order"),
        ("Où est mon colis ?", "order_status"),
        ("Quiero cancelar mi pedido 1042", "cancel_order"),
        ("¿Dónde está mi pedido?", "order_status"),
        ("请取消我的订单", "cancel_order"),
        ("我的快递到哪里了", "order_status"),
        ("注文をキャンセルしたいです", "cancel_order"),
        ("荷物はどこですか", "order_status"),
        ("Ik wil mijn bestelling annuleren", "cancel_order"),
        ("Waar blijft mijn pakketje?", "order_status"),
    ],
)
def test_plain_requests_are_understood(understander: Understander, text: str, label: str) -> None:
    mail = InboundMail("", "a@example.org", "", None, (), "", None, text)
    assert understander.understand(mail).label == label
