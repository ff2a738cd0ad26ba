"""Values for the tests of the store."""

from dataclasses import replace
from datetime import UTC, datetime

from responder.adapters.store.ledger import SqlLedger
from responder.domain.case import OrderAction, Question
from responder.domain.mail import OutgoingMail
from responder.workflow.ports.ledger import Arrival, PlannedLetter, Settlement
from responder.workflow.ports.mailbox import Position

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
REPLY = OutgoingMail(
    "service@example.com", "Shop", "anna@example.org", "Re: x", "Hello\n", "status", "en", "<1@example.org>", ("<1@example.org>",)
)
CANCEL = OrderAction("cancel_order:1042", "cancel_order", "1042")
ASKED = Question("new_address", "change_address", (), "en")
ANSWER = Settlement(
    "answering",
    "rule",
    ("because",),
    sender="anna@example.org",
    subject="x",
    label="order_status",
    confidence=0.9,
    draft_state="sent_alone",
    reply=REPLY,
    question=ASKED,
    letter=PlannedLetter("<r1@example.com>", b"Subject: Re: x\r\n\r\nHello\r\n"),
)
WAIT = replace(ANSWER, state="waiting", draft_state="waiting", letter=None)


def arrival(key: str = "key-1", uid: int = 1, message_id: str = "<1@example.org>") -> Arrival:
    return Arrival("shop", key, message_id, f"digest of {key}", uid, 7, NOW, b"raw " + key.encode())


def one_mail(ledger: SqlLedger, key: str = "key-1") -> int:
    """Record a mail and take it up; gives its number."""
    ledger.arrive("shop", [arrival(key, message_id=f"<{key}@example.org>")], Position(7, 2, NOW))
    taken = ledger.next_unsettled("shop", 0)
    assert taken
    return taken.id
