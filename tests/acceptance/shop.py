"""One shop of the acceptance tests: its files, its servers, and the program run on it as a process."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from responder.adapters.order_books.csv_file import CsvOrderBook
from responder.adapters.store.engine import open_database
from responder.adapters.store.ledger import SqlLedger
from responder.demo.shop import write_order_book
from responder.domain.case import MailRecord
from tests.rig.dovecot import PASSWORD, Dovecot
from tests.rig.smtp_sink import SmtpSink

SMTP_PASSWORD = "canary-smtp-19fe"
DESK_SECRET = "canary-desk-5c02"


@dataclass
class AcceptanceShop:
    """Where a shop lies, and how its bot is run."""

    folder: Path
    user: str
    dovecot: Dovecot
    sink: SmtpSink

    @property
    def config(self) -> Path:
        """Give the configuration file."""
        return self.folder / "config.toml"

    def set_up(self, source: Path, values: dict[str, object]) -> None:
        """Write the shop's files from the test's folder."""
        text = (source / "config.toml").read_text(encoding="utf-8")
        for name, value in values.items():
            text = text.replace(f"@{name}@", str(value))
        self.config.write_text(text, encoding="utf-8")
        for name, secret in (("password", PASSWORD), ("smtp-password", SMTP_PASSWORD), ("desk-secret", DESK_SECRET)):
            (self.folder / name).write_text(secret, encoding="utf-8")
        write_order_book(self.folder / "orders.csv", datetime.now(UTC).date(), source / "orders.csv")  # noqa: TID251  the program's own clock

    def arrive(self, mails: Path) -> int:
        """Let the mails of a folder arrive; gives how many."""
        paths = sorted(mails.glob("*.eml"))
        for path in paths:
            self.dovecot.append(self.user, path.read_bytes())
        return len(paths)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start the program and leave it running."""
        program = Path(sys.executable).parent / "responder"
        environment = {name: value for name, value in os.environ.items() if not name.startswith("COV")}
        return subprocess.Popen(
            [str(program), *arguments, "--config", str(self.config)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
        )

    def run(self, *arguments: str) -> tuple[int, str]:
        """Run a command to its end; gives its exit code and what it said."""
        process = self.start(*arguments)
        said, _ = process.communicate(timeout=100)
        return process.returncode, said

    def records(self) -> list[MailRecord]:
        """Give what became of each mail."""
        engine = open_database(self.folder / "responder.sqlite3")
        records = SqlLedger(engine).records()
        engine.dispose()
        return records

    def order_state(self, number: str) -> str:
        """Give an order's state, as the order book tells it now."""
        (order,) = (order for order in CsvOrderBook(self.folder / "orders.csv").find([number], "") if order.number == number)
        return order.status

    def remove(self) -> None:
        """Remove the shop's files."""
        shutil.rmtree(self.folder, ignore_errors=True)
