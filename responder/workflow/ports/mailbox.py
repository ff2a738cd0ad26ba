"""The folder in which customers' mail arrives.

Standards: RFC 3501 / RFC 9051 (IMAP). A mailbox is only read: nothing is ever deleted, moved or marked as seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from responder.domain.mail import RawMessage


@dataclass(frozen=True, slots=True)
class Position:
    """How far a mailbox has been read: all UIDs below `next_uid`, as long as `uidvalidity` holds (RFC 9051 section 2.3.1.1).

    `read_at` is when that was, as far as the books know it.
    """

    uidvalidity: int
    next_uid: int
    read_at: datetime | None = None


class Mailbox(Protocol):
    """Read the folder. Every verb raises TransientError when the server is away, PermanentError when it refuses."""

    def position(self) -> Position:
        """Give the UIDVALIDITY and the UID that the next arrival will get."""
        ...

    def uids(self, *, from_uid: int = 1, since: date | None = None) -> list[int]:
        """List the UIDs from `from_uid` on, ascending; with `since`, those that arrived (INTERNALDATE) on that day or later."""
        ...

    def fetch(self, uids: Sequence[int]) -> Iterator[RawMessage]:
        """Yield the messages with these UIDs, ascending, without marking them; those that vanished meanwhile are left out.

        A message larger than the configured size comes cut: its header and as much of its body as the limit allows.
        """
        ...

    def file_sent(self, content: bytes) -> None:
        """Put a copy of a sent mail into the folder for sent mail, unless one with its Message-ID is there already."""
        ...

    def has_sent(self, message_id: str) -> bool:
        """Tell whether the folder for sent mail has a mail with this Message-ID."""
        ...

    def has_folder(self, name: str) -> bool:
        """Tell whether the account has a folder of this name."""
        ...

    def close(self) -> None:
        """Log out; the next verb connects anew. Never raises."""
        ...
