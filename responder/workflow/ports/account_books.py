"""What the books say when they are counted."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from responder.domain.case import MailState


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail as it is counted; `backed` tells that what its state says is there: a letter that left, a draft that waits."""

    id: int
    mailbox: str
    arrived_at: datetime
    state: MailState
    rule: str
    backed: bool


class AccountBooks(Protocol):
    """Count."""

    def entries(self, since: datetime) -> list[Entry]:
        """Give the mails that arrived since then."""
        ...

    def first_look(self, mailbox: str) -> datetime | None:
        """Tell when a mailbox was looked into first; None where it never was."""
        ...

    def unknown(self, mailbox: str, uidvalidity: int, uids: Collection[int]) -> list[int]:
        """Give those of the UIDs that no mail of the books was fetched under, ascending."""
        ...

    def knows(self, key: str) -> bool:
        """Tell whether a mail is known, whichever mailbox it came by."""
        ...
