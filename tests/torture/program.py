"""The real program, put together by bootstrap, with torture's own order book and desk, and with doors at the ports.

In:   a configuration; doors, a way to break it, a clock's error.
Out:  one look and one delivery, as `responder run --once` does them.
Limits: mail is read in this very process by the same functions as in the worker's, since a worker for each of ten thousand
starts would load the model ten thousand times; order book and order desk are files.
"""

import json
import os
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path

import responder.bootstrap
from responder.adapters import courier, gate, mailbox
from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.outbox import SqlOutbox
from responder.bootstrap import Installation
from responder.cli.run import _run
from responder.config.load import load_settings
from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind
from responder.domain.errors import TransientError
from responder.domain.order import Order
from responder.domain.reading import Reading, ReadingRules
from responder.intake.read_mail import read_mail
from responder.understanding.understand import Understander
from responder.worker.__main__ import _load_everything
from responder.workflow.ports.order_desk import ActionResult
from tests.torture.points import Doors, hang_doors

ONCE_READ = ("rules", "playbook", "replies", "composer")
Breakage = Callable[[], None]


@dataclass(frozen=True)
class LiveClock:
    """The machine's clock, put forward or back."""

    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead  # noqa: TID251  the program's own clock, put forward


@dataclass(frozen=True)
class Here:
    """Read mail in this process, with the shipped model."""

    understander: Understander

    def read(self, content: bytes, rules: ReadingRules) -> Reading:
        mail = read_mail(content, rules)
        return Reading(mail, self.understander.understand(mail, rules.order_patterns))

    def close(self) -> None:
        pass


@dataclass(frozen=True)
class Book:
    """Customer N has the order LC-N; the file `book` says when the book is away, and when the parcels have been delivered."""

    folder: Path

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        said = self.folder / "book"
        told = said.read_text() if said.exists() else ""
        if told == "away":
            raise TransientError("the order book is away")
        return tuple(_order(number, told == "delivered") for number in numbers if number[3:].isdigit())


def _order(number: str, delivered: bool) -> Order:
    today = datetime.now(UTC).date()  # noqa: TID251
    return Order(
        number=number,
        email=f"c{number[3:]}@example.org",
        customer_name="Anna Kern",
        country="GB",
        language="en",
        ordered_at=today - timedelta(9),
        ship_by=today - timedelta(7) if number[3] != "9" else today + timedelta(2),
        shipped_at=today - timedelta(6) if number[3] != "9" else None,
        deliver_by=today + timedelta(3),
        delivered_at=today if delivered and number[3] != "9" else None,
        total=None,
        carrier="DHL",
        tracking_number="RB123456785CN",
        tracking_url="https://track.example/RB123456785CN",
    )


@dataclass(frozen=True)
class Desk:
    """Do actions by writing them, durably, into a file; while there is a file `slow`, nobody is told how they ended."""

    folder: Path

    def by_hand(self, kind: OrderActionKind) -> bool:
        return False

    def carry_out(self, action: OrderAction) -> ActionResult:
        with (self.folder / "deeds").open("a", encoding="utf-8") as file:
            file.write(json.dumps(action.key) + "\n")
            file.flush()
            os.fsync(file.fileno())
        return ActionResult("unknown") if (self.folder / "slow").exists() else ActionResult("done")

    def look_back(self, action: OrderAction) -> ActionResult:
        deeds = self.folder / "deeds"
        done = deeds.exists() and json.dumps(action.key) in deeds.read_text().splitlines()
        return ActionResult("done" if done else "failed", "" if done else "the shop has no such action")


@dataclass
class Program:
    """The program on one shop; what is the same at each start is read once."""

    config: Path
    ready: dict[str, object] = field(default_factory=dict)

    def prepare(self) -> None:
        """Read the model, the playbook and the templates, before anything is forked."""
        if self.ready:
            return
        parts = Installation(load_settings(self.config), LiveClock())
        self.ready = {name: getattr(parts, name) for name in ONCE_READ}
        self.ready["reader"] = Here(parts.understander)
        _load_everything(parts.understander)
        # It reads all of the system's authorities, 60 ms a time, though nothing here is encrypted.
        ssl.create_default_context = cache(ssl.create_default_context)  # type: ignore[assignment]

    def install(self, ahead: timedelta) -> Installation:
        """Put the parts together for one start."""
        installation = Installation(load_settings(self.config), LiveClock(ahead))
        own = {"order_book": Book(self.config.parent), "order_desk": Desk(self.config.parent)}
        installation.__dict__.update(self.ready | own)
        return installation

    def once(self, doors: Doors | None, breakage: Breakage | None, ahead: timedelta, patience: float) -> int:
        """Look and deliver once, in this process, which is spent after it; gives the exit code. `patience` is in seconds."""
        classes = {
            "ledger": SqlLedger,
            "outbox": SqlOutbox,
            "mailbox": mailbox.ImapMailbox,
            "courier": courier.SmtpCourier,
            "order_desk": Desk,
            "order_book": Book,
            "reader": Here,
        }
        # The gate before a full disk stands open here: the campaigns show that nothing goes wrong behind it either.
        gate.FREE_BYTES = 0
        if breakage:
            breakage()
        if doors:
            hang_doors(classes, doors)
        courier.SmtpAccount = partial(courier.SmtpAccount, timeout_seconds=patience, data_timeout_seconds=patience)  # type: ignore
        mailbox.ImapAccount = partial(mailbox.ImapAccount, timeout_seconds=patience)  # type: ignore
        responder.bootstrap.install = lambda settings: self.install(ahead)
        return _run(self.config, True, None, threading.Event())
