"""Draw up the balance: every mail that arrived has ended in exactly one state, and the server has none that is not in the books.

In:   the books; for the server's own count, the mailbox.
Out:  a line for each mailbox and day, and what does not add up.
Limits: the server's count leans on nothing but contents: a mail that was moved, copied, renumbered or sent twice is known by its key.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

from responder.workflow.ports.account_books import AccountBooks, Entry
from responder.workflow.ports.mailbox import Mailbox
from responder.workflow.receive import key_of


@dataclass(frozen=True, slots=True)
class Line:
    """One mailbox on one day; `strays` are the numbers of mails whose state nothing backs."""

    mailbox: str
    day: date
    arrived: int
    answered: int = 0
    waiting: int = 0
    quarantined: int = 0
    under_way: int = 0
    silent: Counter[str] = field(default_factory=Counter)
    strays: tuple[int, ...] = ()

    @property
    def difference(self) -> int:
        """Give how many of the mails are in none of the states, or in one that nothing backs; 0 is well."""
        ended = self.answered + self.waiting + self.quarantined + self.under_way + self.silent.total()
        return self.arrived - ended + len(self.strays)


@dataclass(frozen=True, slots=True)
class ServerCount:
    """What the server has since the first look: mails in all, and the UIDs of those that are in no book."""

    mails: int
    missing: tuple[int, ...]


def balance(books: AccountBooks, since: datetime, zone: tzinfo) -> list[Line]:
    """Give a line for each mailbox and day since then, the latest last."""
    groups: dict[tuple[date, str], list[Entry]] = {}
    for entry in books.entries(since):
        groups.setdefault((entry.arrived_at.astimezone(zone).date(), entry.mailbox), []).append(entry)
    return [_line(mailbox, day, entries) for (day, mailbox), entries in sorted(groups.items())]


def _line(mailbox: str, day: date, entries: Iterable[Entry]) -> Line:
    entries = list(entries)
    states = Counter(entry.state for entry in entries)
    return Line(
        mailbox,
        day,
        len(entries),
        answered=states["answered"],
        waiting=states["waiting"],
        quarantined=states["quarantined"],
        under_way=states["arrived"] + states["answering"],
        silent=Counter(entry.rule for entry in entries if entry.state == "silent"),
        strays=tuple(entry.id for entry in entries if not entry.backed),
    )


def count_on_server(mailbox: Mailbox, name: str, books: AccountBooks, since: datetime) -> ServerCount:
    """Look for mails on the server that are in no book; those that came before the first look are none of ours.

    Raises:
        OutsideError: the server is away, or refuses.
    """
    first = books.first_look(name)
    if first is None:
        return ServerCount(0, ())
    here = mailbox.position()
    start = max(first, since)
    uids = mailbox.uids(since=(start - timedelta(days=1)).date())
    missing = []
    older = 0
    for raw in mailbox.fetch(books.unknown(name, here.uidvalidity, uids)):
        if raw.arrived_at < start or raw.uid >= here.next_uid:
            older += 1
        elif not books.knows(key_of(raw.content)):
            missing.append(raw.uid)
    return ServerCount(len(uids) - older, tuple(missing))
