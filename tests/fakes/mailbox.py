"""A mailbox in memory."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from responder.domain.errors import OutsideError
from responder.domain.mail import RawMessage
from responder.workflow.ports.mailbox import Position


class FakeMailbox:
    """Hold messages; set `error` to have every verb fail."""

    def __init__(self, uidvalidity: int = 7) -> None:
        self.uidvalidity = uidvalidity
        self.messages: dict[int, tuple[bytes, datetime]] = {}
        self.next_uid = 1
        self.filed: list[bytes] = []
        self.folders: set[str] = {"INBOX"}
        self.error: OutsideError | None = None

    def arrive(self, content: bytes, at: datetime | None = None) -> int:
        """Let a mail arrive; gives its UID."""
        uid = self.next_uid
        self.messages[uid] = (content, at or datetime(2026, 3, 10, 11, 59, tzinfo=UTC))
        self.next_uid += 1
        return uid

    def renumber(self) -> None:
        """Give all mails new UIDs under a new UIDVALIDITY."""
        mails = list(self.messages.values())
        self.uidvalidity += 1
        self.messages = dict(enumerate(mails, start=1))
        self.next_uid = len(mails) + 1

    def position(self) -> Position:
        """Give the position."""
        self._fail()
        return Position(self.uidvalidity, self.next_uid)

    def uids(self, *, from_uid: int = 1, since: date | None = None) -> list[int]:
        """List UIDs."""
        self._fail()
        return [uid for uid, (_, at) in sorted(self.messages.items()) if uid >= from_uid and (since is None or at.date() >= since)]

    def fetch(self, uids: Sequence[int]) -> Iterator[RawMessage]:
        """Yield messages."""
        self._fail()
        for uid in sorted(uids):
            if uid in self.messages:
                content, at = self.messages[uid]
                yield RawMessage(content, uid, self.uidvalidity, at)

    def file_sent(self, content: bytes) -> None:
        """Keep a copy, once."""
        self._fail()
        if content not in self.filed:
            self.filed.append(content)

    def has_sent(self, message_id: str) -> bool:
        """Look through the copies."""
        self._fail()
        return any(message_id.encode() in content for content in self.filed)

    def has_folder(self, name: str) -> bool:
        """Look among the folders."""
        self._fail()
        return name in self.folders

    def close(self) -> None:
        """Do nothing."""

    def _fail(self) -> None:
        if self.error:
            raise self.error
