"""The books: which mails arrived, what became of each, and what happened before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from responder.domain.case import MailRecord, OrderAction, Question
from responder.domain.mail import OutgoingMail, Report
from responder.workflow.ports.mailbox import Position


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail as it is recorded before anybody reads it; `key` is the same for the same mail wherever it lies."""

    mailbox: str
    key: str
    message_id: str
    digest: str
    uid: int
    uidvalidity: int
    arrived_at: datetime
    content: bytes
    backlog: bool = False


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A recorded mail that is to be decided.

    `attempts` counts how often that was begun before, `letters` the replies that were ever planned for it.
    """

    id: int
    arrival: Arrival
    attempts: int
    other_copy: bool
    letters: int = 0


@dataclass(frozen=True, slots=True)
class History:
    """What happened before with this customer; counts are of automatic replies since the moment asked for.

    `question` is what the shop asked last in the case, `order_number` the order that the case is about.
    `said` holds the template and the order number of each automatic reply to the sender since `said_since`.
    """

    case_id: int | None = None
    question: Question = field(default_factory=Question)
    order_number: str = ""
    turns: int = 0
    with_person: bool = False
    replies_to_sender: int = 0
    replies_in_all: int = 0
    said: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Follows:
    """What tells which case a mail belongs to.

    `references` are Message-IDs of ours that it names, `answers` the Message-ID that it answers, whoever's; `order_numbers` those that
    it names, empty where nothing proves the sender; a case older than `since` is not gone on with by its order number.
    """

    sender: str
    since: datetime
    references: tuple[str, ...] = ()
    order_numbers: tuple[str, ...] = ()
    answers: str = ""


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A reply as bytes, to go into the outbox together with the decision."""

    message_id: str
    content: bytes
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """Everything that a decision writes, in one transaction.

    `state` is the mail's; `draft_state` that of the draft, which is kept whenever there is a reply or a person is asked.
    `closes` says that nothing is awaited in the case any more; `came_back` that a letter of ours was reported on.
    """

    state: str
    rule: str
    because: tuple[str, ...]
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    language: str = "unknown"
    label: str = ""
    confidence: float = 0.0
    facts: str = "{}"
    order_number: str = ""
    case_id: int | None = None
    draft_state: str | None = None
    reply: OutgoingMail | None = None
    action: OrderAction | None = None
    question: Question = field(default_factory=Question)
    letter: PlannedLetter | None = None
    tell: bool = False
    closes: bool = False
    came_back: Report | None = None


class Ledger(Protocol):
    """Keep the books. Every verb is one transaction; what it says is durable when it returns."""

    def position(self, mailbox: str) -> Position | None:
        """Say how far a mailbox has been read; None before the first look."""
        ...

    def arrive(self, mailbox: str, arrivals: Sequence[Arrival], position: Position | None) -> int:
        """Record arrivals and the new position together; mails that are known already are passed over. Gives how many were new.

        Without a position, the old one stays.
        """
        ...

    def next_unsettled(self, mailbox: str, after: int) -> Unsettled | None:
        """Give the oldest mail that has not been decided and whose number is above `after`, and count one more attempt for it."""
        ...

    def put_back(self, mail_id: int) -> None:
        """Leave a mail undecided, and do not count the attempt: something outside was away."""
        ...

    def history(self, mailbox: str, follows: Follows, since: datetime, said_since: datetime) -> History:
        """Tell what happened before with this sender, and find the case that the mail goes on with."""
        ...

    def settle(self, mail_id: int, settlement: Settlement, now: datetime) -> None:
        """Write a decision: the mail's state, its case, its draft, its action and its letter."""
        ...

    def records(self, mailbox: str | None = None, limit: int = 1000) -> list[MailRecord]:
        """Give what is kept of the latest mails, the oldest of them first."""
        ...
