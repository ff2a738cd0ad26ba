"""What is kept of cases, for people who look something up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from responder.domain.case import LetterState, MailState


@dataclass(frozen=True, slots=True)
class Turn:
    """One mail of a conversation and what was answered; `draft_id` is its latest draft, None where it never had one."""

    mail_id: int
    draft_id: int | None
    mailbox: str
    state: MailState
    arrived_at: datetime
    sender: str
    sender_name: str
    subject: str
    label: str
    order_number: str
    because: tuple[str, ...]
    answered_with: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SentPaper:
    """A reply as the bytes that left, or were to leave."""

    message_id: str
    state: LetterState
    detail: str
    automatic: bool
    planned_at: datetime
    ended_at: datetime | None
    content: bytes


@dataclass(frozen=True, slots=True)
class Paper:
    """A mail as it came, the facts that were found then, and its replies."""

    turn: Turn
    rule: str
    facts: Mapping[str, Any]
    content: bytes
    replies: tuple[SentPaper, ...]


@dataclass(frozen=True, slots=True)
class Correction:
    """A mail of which a person said what it really asks for."""

    id: int
    mailbox: str
    content: bytes
    language: str
    label: str
    by: str
    at: datetime


class CaseFiles(Protocol):
    """Look things up; nothing of a mail is ever changed here. Every verb is one transaction."""

    def search(self, words: Sequence[str], limit: int) -> list[Turn]:
        """Give the mails, whatever became of them, in whose sender, name, subject or order number all words stand; the latest first."""
        ...

    def conversation(self, mail_id: int) -> list[Turn]:
        """Give all mails of the case that a mail belongs to, the oldest first."""
        ...

    def papers(self, mail_id: int) -> list[Paper]:
        """Give all that is kept of the case that a mail belongs to, the oldest mail first."""
        ...

    def corrections(self, *, taken: bool) -> list[Correction]:
        """Give the corrections that were not taken for training yet, with `taken` all; the latest of each mail."""
        ...

    def take(self, corrections: Sequence[int], now: datetime) -> None:
        """Note that corrections were taken for training."""
        ...
