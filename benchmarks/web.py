"""Measure how fast the review pages answer while many cases wait.

Run:  python benchmarks/web.py [--cases 1000] [--seed 1]
In:   nothing; the mails are written from the seed, read by the shipped model, and kept in SQLite on disk.
Out:  the median and the 95th of a hundred of each page's answers, in milliseconds, over loopback, one request at a time.
"""

import argparse
import csv
import os
import platform
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2

from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.people import SqlPeople
from responder.bootstrap import Installation, install
from responder.bootstrap.web import web_server
from responder.config.load import load_settings
from responder.domain.person import Person
from responder.web.passwords import digest
from responder.workflow.receive import poll, settle_arrived
from tests.fakes.mailbox import FakeMailbox

CONFIG = """
[shop]
name = "Lumio"
[[mailbox]]
name = "service"
address = "service@lumio.example"
authserv_ids = ["mx.lumio.example"]
reply_within_hours = 12
[mailbox.imap]
host = "127.0.0.1"
username = "x"
password_file = "password"
[mailbox.smtp]
host = "127.0.0.1"
username = "x"
password_file = "password"
[orders]
csv = "orders.csv"
[web]
port = 0
"""
ASKS = (
    ("Where is order LC-{n}?", "Hello,\n\nwhere is my order LC-{n}? I need it by Friday.\n\nThank you\n{name}"),
    ("Cancel LC-{n}", "Please cancel my order LC-{n}, I ordered it twice.\n\n{name}"),
    ("Rückgabe Bestellung LC-{n}", "Guten Tag,\n\nich möchte die Bestellung LC-{n} zurückgeben.\n\nViele Grüße\n{name}"),
    ("Colis abîmé LC-{n}", "Bonjour,\n\nla lampe de la commande LC-{n} est arrivée cassée.\n\nCordialement\n{name}"),
)
ROUNDS = 100
# What is asked of the pages: the median of each, in milliseconds, with a thousand cases.
ASKED = {"queue": 100.0, "case": 50.0}


def main() -> None:
    """Measure, and print."""
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--cases", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    chance = random.Random(given.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
        (folder / "password").write_text("x", encoding="utf-8")
        mails = _write(folder, given.cases, chance)
        installation = install(load_settings(folder / "config.toml"))
        waiting = _fill(installation, mails)
        people, now = SqlPeople(installation.engine), installation.clock.now()
        people.add(Person("Eve", "admin"), digest("invitation"), now + timedelta(minutes=15))
        people.begin("Eve", digest("token"), "csrf", now)
        server = web_server(installation)
        server.start()
        print(
            f"python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores; "
            f"seed {given.seed}, {len(waiting)} cases wait, {ROUNDS} requests a page, one at a time"
        )
        with httpx2.Client(base_url=f"http://127.0.0.1:{server.port}", cookies={"responder": "token"}) as client:
            for page, path in _pages(waiting, given.cases, chance).items():
                taken = sorted(_once(client, path()) for _ in range(ROUNDS))
                median = statistics.median(taken)
                told = f", asked: under {ASKED[page]:.0f}: {'kept' if median < ASKED[page] else 'MISSED'}" if page in ASKED else ""
                print(f"{page:<16} median {median:6.1f} ms, 95th of 100 {taken[94]:6.1f} ms{told}")
        server.stop()
        installation.reader.close()


def _write(folder: Path, cases: int, chance: random.Random) -> list[bytes]:
    """Write the orders, and give the mails that ask for them."""
    mails = []
    today = datetime.now(UTC).date()  # noqa: TID251  the program's own clock
    with (folder / "orders.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["number", "email", "customer_name", "ordered_at", "shipped_at", "deliver_by", "total", "currency", "items", "tracking_number"]
        )
        for n in range(10_000, 10_000 + cases):
            person = f"Customer {n}"
            sent = today - timedelta(days=chance.randrange(1, 9))
            writer.writerow(
                [f"LC-{n}", f"c{n}@example.org", person, sent, sent, sent + timedelta(days=9), "24.90", "EUR", "1 × lamp", f"RB{n:09}DE"]
            )
            subject, text = (words.format(n=n, name=person) for words in chance.choice(ASKS))
            mails.append(
                f"Authentication-Results: mx.lumio.example; dmarc=pass header.from=example.org\r\nMessage-ID: <{n}@example.org>\r\n"
                f"From: {person} <c{n}@example.org>\r\nTo: service@lumio.example\r\nSubject: {subject}\r\n"
                f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()
            )
    return mails


def _fill(installation: Installation, mails: list[bytes]) -> list[int]:
    """Let the mails arrive and be drafted; gives the numbers of the drafts."""
    mailbox, ledger = FakeMailbox(), SqlLedger(installation.engine)
    profile = installation.profiles["service"]
    poll(mailbox, "service", ledger, installation.clock)
    for content in mails:
        mailbox.arrive(content, installation.clock.now())
    started = time.monotonic()
    poll(mailbox, "service", ledger, installation.clock)
    settle_arrived(profile, installation.knowledge, ledger, installation.clock, installation.signet)
    print(f"{len(mails)} mails read and drafted in {time.monotonic() - started:.1f} s")
    return [draft.id for draft in installation.reviewer.reviews.waiting()]


def _pages(waiting: list[int], cases: int, chance: random.Random) -> dict[str, Callable[[], str]]:
    return {
        "queue": lambda: "/",
        "queue, filtered": lambda: "/?label=order_status&q=lc",
        "search": lambda: f"/?q=LC-{chance.randrange(cases) + 10_000}",
        "case": lambda: f"/case/{chance.choice(waiting)}",
        "counts": lambda: "/counts",
        "statistics": lambda: "/statistics",
    }


def _once(client: httpx2.Client, path: str) -> float:
    started = time.perf_counter()
    answer = client.get(path)
    taken = (time.perf_counter() - started) * 1000
    assert answer.status_code == 200, (path, answer.status_code)
    return taken


if __name__ == "__main__":
    main()
