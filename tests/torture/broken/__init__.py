"""Builds that are broken on purpose: the rig must find each of them, or it proves nothing.

Limits: each changes classes of the program for good, so it is called in a process of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from sqlite3 import Connection
from typing import Any

from responder.adapters.mark_file import MarkFile
from responder.adapters.store import engine
from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.outbox import SqlOutbox
from responder.domain.reading import Reading, ReadingRules
from responder.workflow.ports.ledger import Arrival
from responder.workflow.ports.mailbox import Position


def send_then_mark() -> None:
    """Write nothing before the dot: a crash after it leaves a letter that looks as if it had never been tried."""
    SqlOutbox.about_to_send = lambda self, letter_id, now: True  # type: ignore[method-assign]


def numbers_as_memory() -> None:
    """Know a mail by what the server says of it, its numbers, as keywords are known: made anew, all mail is new."""
    arrive = SqlLedger.arrive

    def forgetful(self: SqlLedger, mailbox: str, arrivals: Sequence[Arrival], position: Position | None) -> int:
        return arrive(self, mailbox, [replace(each, key=f"{each.uidvalidity}.{each.uid}", backlog=False) for each in arrivals], position)

    SqlLedger.arrive = forgetful  # type: ignore[method-assign]


def not_on_disk() -> None:
    """Let the database say that it has written what only the kernel has."""
    prepare = engine._prepare

    def hasty(connection: Connection, record: Any) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous=OFF")

    engine._prepare = hasty  # type: ignore[assignment]


def no_suppression() -> None:
    """Believe every sender, and see no machine."""
    from tests.torture.program import Here

    read = Here.read

    def trusting(self: Here, content: bytes, rules: ReadingRules) -> Reading:
        return read(self, content, replace(rules, trust_senders=True))

    Here.read = trusting  # type: ignore[method-assign]


def no_mark() -> None:
    """Know of what has left only what the database knows: an older copy of it looks like the latest."""
    MarkFile.read = lambda self: 0  # type: ignore[method-assign]


BROKEN: dict[str, Callable[[], None]] = {
    "send then mark": send_then_mark,
    "numbers as memory": numbers_as_memory,
    "not on disk": not_on_disk,
    "no suppression": no_suppression,
    "no mark": no_mark,
}
