"""One lane of the rig: a Dovecot, a sink, two proxies, and shop after shop on which the program is started, struck and judged.

In:   a folder, a seed.
Out:  starts of the program, each in a process forked from this one; the checker's verdicts.
Limits: this process has one thread, so that it can be forked.
"""

import contextlib
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.rig.dovecot import PASSWORD, Dovecot
from tests.torture.checker import Scene, Verdict, check
from tests.torture.points import Doors
from tests.torture.program import Breakage, Program
from tests.torture.servers import Process, start_proxy, start_sink

CONFIG = """
[shop]
name = "Lumio"
[[mailbox]]
name = "service"
address = "{address}"
authserv_ids = ["mx.lumio.example"]
file_sent = {file_sent}
[mailbox.imap]
host = "127.0.0.1"
port = {imap}
security = "plain"
username = "{user}"
password_file = "password"
[mailbox.smtp]
host = "127.0.0.1"
port = {smtp}
security = "plain"
username = ""
[templates]
languages = ["en"]
[answers]
mode = "auto"
per_day = 100000
[sending]
per_hour = 100000
per_hour_to_domain = 100000
per_hour_of_template = 100000
[model]
max_wrong = 0.3
[actions.cancel_order]
mode = "auto"
"""

ASKS = {
    "where": ("Where is my order LC-{n}?", "Hello, where is my order LC-{n}? When will it arrive?"),
    "cancel": ("Cancel my order LC-{n}", "Please cancel my order LC-{n}. I ordered it twice by mistake."),
}
NUMBERS = count(100_000)
SHOPS = count()
PATIENCE = 5.0


@dataclass
class Lane:
    """The servers of a lane."""

    folder: Path
    dovecot: Dovecot
    sink: Process
    imap_proxy: Process
    smtp_proxy: Process
    program: Program
    log: Path
    chance: random.Random

    def shop(self, *, proxied: bool = False, file_sent: bool = True, folder: Path | None = None) -> "Shop":
        """Open a shop of its own: an account, a configuration, a database; the first look is taken."""
        user = f"shop{next(SHOPS)}"
        place = (folder or self.folder) / user
        place.mkdir()
        address = f"{user}@lumio.example"
        (place / "password").write_text(PASSWORD)
        imap = self.imap_proxy.port if proxied else self.dovecot.imap_port
        smtp = self.smtp_proxy.port if proxied else self.sink.port
        (place / "config.toml").write_text(
            CONFIG.format(address=address, imap=imap, smtp=smtp, user=user, file_sent=str(file_sent).lower()), encoding="utf-8"
        )
        shop = Shop(self, place, user, address)
        shop.arrive("where", name="old")
        assert shop.run() == 0, shop.said()
        return shop

    def rehearse(self) -> None:
        """Run once in this very process, so that all that is loaded late is there before the first fork."""
        shop = self.shop()
        shop.arrive("where")
        shop.arrive("cancel")
        shop.spend()


@dataclass
class Shop:
    """A shop, and what has happened to it."""

    lane: Lane
    folder: Path
    user: str
    address: str
    ahead: timedelta = timedelta()
    breakage: Breakage | None = None
    crashes: int = 0
    numbers: "count[int]" = field(default_factory=count)

    @property
    def database(self) -> Path:
        """Name the database file."""
        return self.folder / "responder.sqlite3"

    @property
    def maildir(self) -> Path:
        """Name the folder in which the server keeps the account's mail."""
        return self.lane.dovecot.base / "mail" / self.user

    def arrive(self, ask: str, *, name: str = "new", forged: bool = False, machine: bool = False, customer: int | None = None) -> str:
        """Put a mail into the inbox, as a local delivery does; gives its Message-ID."""
        n = next(NUMBERS) + (800_000 if ask == "cancel" else 0) if customer is None else customer
        subject, text = (words.format(n=n) for words in ASKS[ask])
        message_id = f"<{name}-{n}-{next(self.numbers)}@example.org>"
        verdict = "fail" if forged else "pass"
        head = [
            f"Authentication-Results: mx.lumio.example; dmarc={verdict} header.from=example.org",
            f"Message-ID: {message_id}",
            f"From: Anna Kern <c{n}@example.org>",
            f"To: {self.address}",
            f"Subject: {subject}",
            *(["Auto-Submitted: auto-replied"] if machine else []),
            "Date: Tue, 24 Nov 2026 10:00:00 +0000",
        ]
        self.put("\n".join([*head, "", text, "", "Anna", ""]).encode())
        return message_id

    def put(self, content: bytes) -> None:
        """Write a mail into the inbox: first to `tmp`, then renamed, as maildir(5) says."""
        if not self.maildir.exists():
            self.look()
        owner = self.maildir.stat()
        path = self.maildir / "tmp" / f"{time.time_ns()}.{next(self.numbers)}.rig"
        path.write_bytes(content)
        os.chown(path, owner.st_uid, owner.st_gid)
        path.rename(self.maildir / "new" / path.name)

    def look(self) -> None:
        """Let the server see what has arrived, and give it its numbers."""
        client = self.lane.dovecot.client(self.user)
        client.select_folder("INBOX")
        client.logout()

    def start(self, doors: Doors | None = None, patience: float = PATIENCE) -> int:
        """Start the program once, in a process forked from this one; gives its number."""
        self.lane.program.prepare()
        child = os.fork()
        if child:
            return child
        code = 70
        try:
            code = self.spend(doors, patience)
        except BaseException:
            with (self.folder / "said").open("a") as said:
                traceback.print_exc(file=said)
        finally:
            os._exit(code)

    def spend(self, doors: Doors | None = None, patience: float = PATIENCE) -> int:
        """Run the program once in this process, which keeps every change that is made to it; gives the exit code."""
        with (self.folder / "said").open("w") as said:
            before = os.dup(2)
            os.dup2(said.fileno(), 2)
        try:
            program = replace(self.lane.program, config=self.folder / "config.toml")
            return program.once(doors, self.breakage, self.ahead, patience)
        finally:
            sys.stderr.flush()
            os.dup2(before, 2)
            os.close(before)

    def run(self, doors: Doors | None = None, patience: float = PATIENCE) -> int:
        """Start the program and wait for its end; gives its exit code, or the signal that ended it as a negative number."""
        child = self.start(doors, patience)
        while True:
            _, status = os.waitpid(child, os.WUNTRACED)
            if not os.WIFSTOPPED(status):
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.05)
            os.kill(child, signal.SIGCONT)

    def kill_after(self, seconds: float) -> bool:
        """Start the program and kill it after so long; tells whether it was still running."""
        child = self.start()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        self.crashes += killed
        return killed

    def said(self) -> str:
        """Give what the program said last."""
        return (self.folder / "said").read_text(errors="replace")[-3000:]

    def settle_down(self) -> None:
        """Run undisturbed, hour after hour, until whatever was put off has been tried again."""
        for _ in range(6):
            self.run()
            self.ahead += timedelta(minutes=70)

    def verdict(self) -> Verdict:
        """Let the checker judge."""
        imap = (self.lane.dovecot.host, self.lane.dovecot.imap_port, self.user, PASSWORD)
        return check(Scene(self.lane.log, self.database, imap, self.address, self.folder / "deeds"), self.crashes)


@contextlib.contextmanager
def open_lane(seed: int) -> Iterator[Lane]:
    """Start the servers of a lane, and end them after use."""
    # A numeric library's own threads would not survive a fork.
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    # In memory: a killed process loses nothing that it has written, synced or not, so these trials need no slow disk.
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else "/tmp"
    with TemporaryDirectory(prefix="torture", dir=memory) as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        dovecot = Dovecot(memory)
        stack.callback(dovecot.remove)
        dovecot.start()
        log = folder / "letters"
        sink = start_sink(log, seed)
        imap_proxy, smtp_proxy = start_proxy(dovecot.imap_port), start_proxy(sink.port)
        for each in (smtp_proxy, imap_proxy, sink):
            stack.callback(each.end)
        (folder / "config.toml").write_text(CONFIG.format(address="a@lumio.example", imap=1, smtp=1, user="u", file_sent="true"))
        (folder / "password").write_text(PASSWORD)
        program = Program(folder / "config.toml")
        program.prepare()
        lane = Lane(folder, dovecot, sink, imap_proxy, smtp_proxy, program, log, random.Random(seed))
        lane.rehearse()
        yield lane
