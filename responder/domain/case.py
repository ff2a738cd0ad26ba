"""A customer's matter, and what waits in it for a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from responder.domain.answers import Awaiting
from responder.domain.decision import OrderActionKind
from responder.domain.mail import OutgoingMail

# What became of a mail. `arrived` and `answering` pass by themselves; the others are where a mail ends or waits.
MailState = Literal["arrived", "answering", "answered", "waiting", "silent", "quarantined"]

# What became of a draft: `shadow` is what would have been sent, `sent_alone` went out without a person.
DraftState = Literal["waiting", "approved", "refused", "shadow", "sent_alone", "told", "superseded"]

# What became of a letter in the outbox; `uncertain` means that the server may have taken it.
LetterState = Literal["planned", "claimed", "sending", "sent", "refused", "uncertain", "withdrawn"]

ActionState = Literal["planned", "running", "done", "failed", "unknown", "withdrawn"]


@dataclass(frozen=True, slots=True)
class Question:
    """What the shop has asked in a case: for which request, in which language, and the lines of the address that it read back."""

    awaits: Awaiting = "nothing"
    request: str = ""
    address: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class OrderAction:
    """One thing to do to one order; the same `key` always means the same deed."""

    key: str
    kind: OrderActionKind
    order_number: str
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """What waits for a person, or would have been sent: `reply` is None where there is no draft text.

    `written` is what a person wrote in place of the draft; `put_off_until` and `handed_to` say when, and by whom, it is to be looked at.
    """

    id: int
    mail_id: int
    mailbox: str
    state: DraftState
    because: tuple[str, ...]
    reply: OutgoingMail | None
    action: OrderAction | None
    question: Question
    customer: str
    subject: str
    label: str
    confidence: float
    rule: str
    order_number: str
    created_at: datetime
    arrived_at: datetime
    language: str
    sender_name: str = ""
    written: str = ""
    put_off_until: datetime | None = None
    handed_to: str = ""

    @property
    def text(self) -> str:
        """Give the words that would leave now."""
        return self.written or (self.reply.text if self.reply else "")


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply in the outbox, as the bytes that leave; `acts`: it announces an order action; `arrived_at`: when its mail came."""

    id: int
    draft_id: int
    mailbox: str
    sender: str
    recipient: str
    message_id: str
    content: bytes
    attempts: int
    planned_at: datetime
    automatic: bool
    acts: bool
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class MailRecord:
    """What is kept of a mail that arrived: one row of the report."""

    id: int
    mailbox: str
    state: MailState
    arrived_at: datetime
    sender: str
    subject: str
    language: str
    label: str
    confidence: float
    rule: str
    because: tuple[str, ...]
    reply_text: str
    sent_at: datetime | None
