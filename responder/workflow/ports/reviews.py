"""The drafts that wait for a person."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from responder.domain.case import Draft, LetterState, OrderAction
from responder.domain.mail import OutgoingMail
from responder.workflow.ports.ledger import PlannedLetter, Unsettled


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a draft in the queue, without what stands in it."""

    id: int
    mailbox: str
    arrived_at: datetime
    put_off_until: datetime | None
    handed_to: str


class Reviews(Protocol):
    """Keep the review queue. Every verb is one transaction."""

    def waiting(self) -> list[Draft]:
        """Give the drafts that wait, the oldest first."""
        ...

    def line(self) -> list[Place]:
        """Give the places of the drafts that wait, the oldest first."""
        ...

    def get(self, draft_id: int) -> Draft | None:
        """Give one draft, whatever its state."""
        ...

    def mail(self, draft_id: int) -> Unsettled | None:
        """Give the mail that a draft answers, as it arrived."""
        ...

    def approve(self, draft_id: int, reply: OutgoingMail, letter: PlannedLetter, *, action_done: bool, by: str, now: datetime) -> bool:
        """Put the draft's action and letter into the outbox; False when the draft does not wait any more."""
        ...

    def refuse(self, draft_id: int, reason: str, by: str, now: datetime) -> bool:
        """Close the draft without sending; False when it does not wait any more."""
        ...

    def renew(
        self, draft_id: int, reply: OutgoingMail | None, action: OrderAction | None, because: tuple[str, ...], written: str, now: datetime
    ) -> int:
        """Replace a draft whose facts have changed by a new one that waits, with a person's words, if any; gives the new one's number."""
        ...

    def take_back(self, draft_id: int, now: datetime) -> bool:
        """Let an approved draft wait again, if its letter is not due yet and its action not begun; False where it is too late."""
        ...

    def put_off(self, draft_id: int, until: datetime | None) -> bool:
        """Have a draft wait out of sight until then, or come back with None; False when it does not wait any more."""
        ...

    def hand_over(self, draft_id: int, to: str) -> bool:
        """Say who is to look at a draft, nobody in particular with an empty name; False when it does not wait any more."""
        ...

    def looks(self, draft_id: int, person: str, now: datetime) -> None:
        """Note that a person has a draft open."""
        ...

    def open_now(self, now: datetime) -> dict[int, list[str]]:
        """Give the names of those who have a draft open just now, for each draft that somebody has."""
        ...

    def correct(self, draft_id: int, label: str, by: str, now: datetime) -> bool:
        """Note what a mail really asks for, as an example to learn from."""
        ...

    def outcome(self, draft_id: int) -> LetterState | None:
        """Say what became of the letter of a draft; None when it has none."""
        ...
