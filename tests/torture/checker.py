"""Judge what is left: the sink's log, the IMAP server and the database file, read with nothing of the program.

In:   where these three are; how many crashes there were, and which mails lay there before the first look.
Out:  every violation, in words; counts.
Standards: RFC 3834 section 3.1 (whom an automatic reply goes to, In-Reply-To, Auto-Submitted), RFC 5322 section 3.6.4 (Message-ID).
Limits: the invariants I1, I2, I5, I6, I7 and I8 of the reply protocol; the order of writes (I3) is seen by `order_of_writes` alone.
"""

import base64
import imaplib
import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from pathlib import Path

TRUSTED = "mx.lumio.example; dmarc=pass"
ENDS = ("answered", "waiting", "silent", "quarantined")
LETTER_ENDS = ("sent", "refused", "uncertain", "withdrawn")


@dataclass(frozen=True)
class Scene:
    """Where to look. `letters` is the sink's log, `deeds` the shop's, if there is one."""

    letters: Path
    database: Path
    imap: tuple[str, int, str, str]
    address: str
    deeds: Path | None = None


@dataclass
class Verdict:
    """What was found; `violations` is empty when every invariant holds."""

    violations: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Verdict") -> None:
        """Add what was found elsewhere."""
        self.violations += other.violations
        self.counts += other.counts


def check(scene: Scene, crashes: int) -> Verdict:
    """Check everything; `crashes` bounds how many replies may be held."""
    verdict = Verdict()
    mails = {mail["Message-ID"]: mail for mail in _in_mailbox(scene.imap)}
    taken = list(_taken(scene.letters, scene.address))
    with closing(sqlite3.connect(f"file:{scene.database}?mode=ro", uri=True)) as books:
        books.row_factory = sqlite3.Row
        said = [
            *_replies(taken, mails),
            *_every_mail_once(books, mails),
            *_nothing_stuck(books),
            *_books_agree_with_sink(books, taken),
            *_held(books, crashes, verdict.counts),
            *_whole(books),
        ]
        verdict.counts.update({f"mails {row[0]}": row[1] for row in books.execute("SELECT state, count(*) FROM mails GROUP BY state")})
    verdict.violations += said + list(_deeds(scene.deeds))
    verdict.counts.update({"mails": len(mails), "replies": len(taken)})
    return verdict


def _in_mailbox(imap: tuple[str, int, str, str]) -> list[Message]:
    host, port, user, password = imap
    client = imaplib.IMAP4(host, port, timeout=30)
    try:
        client.login(user, password)
        client.select("INBOX", readonly=True)
        _, found = client.uid("FETCH", "1:*", "(BODY.PEEK[HEADER])")
        return [message_from_bytes(part[1]) for part in found if isinstance(part, tuple)]
    finally:
        client.logout()


def _taken(log: Path, address: str) -> Iterator[tuple[list[str], bytes]]:
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else ():
        sender, recipients, content = json.loads(line)
        if sender == address:
            yield recipients, base64.b64decode(content)


def _replies(taken: list[tuple[list[str], bytes]], mails: dict[str, Message]) -> Iterator[str]:
    letters = [(recipients, message_from_bytes(content)) for recipients, content in taken]
    for message_id, times in Counter(letter["Message-ID"] for _, letter in letters).items():
        if times > 1:
            yield f"duplicate: {message_id} was taken {times} times"
    for answered, times in Counter(letter["In-Reply-To"] for _, letter in letters).items():
        if times > 1:
            yield f"duplicate: {answered} was answered {times} times"
    for recipients, letter in letters:
        mail = mails.get(letter["In-Reply-To"])
        if mail is None:
            yield f"stray: a reply to {letter['In-Reply-To']}, which is not in the mailbox"
            continue
        if recipients != [parseaddr(mail["From"])[1]] or parseaddr(letter["To"])[1] != recipients[0]:
            yield f"wrong recipient: {recipients} for {mail['Message-ID']}"
        if letter["Auto-Submitted"] != "auto-replied":
            yield f"not marked as automatic: {letter['Message-ID']}"
        if TRUSTED not in (mail["Authentication-Results"] or ""):
            yield f"forged sender: {mail['Message-ID']} was answered"
        if mail["Auto-Submitted"]:
            yield f"machine: {mail['Message-ID']} was answered"
        if mail["Message-ID"].startswith("<old"):
            yield f"too old: {mail['Message-ID']} lay there before the first look and was answered"


def _every_mail_once(books: sqlite3.Connection, mails: dict[str, Message]) -> Iterator[str]:
    rows = Counter(row["message_id"] for row in books.execute("SELECT message_id FROM mails"))
    for message_id in mails.keys() - rows.keys():
        if not message_id.startswith("<old"):
            yield f"lost: {message_id} is in no state"
    for message_id, times in rows.items():
        if times > 1:
            yield f"twice in the books: {message_id}, {times} times"


def _nothing_stuck(books: sqlite3.Connection) -> Iterator[str]:
    for row in books.execute("SELECT message_id, state FROM mails"):
        if row["state"] not in ENDS:
            yield f"stuck: {row['message_id']} is {row['state']}"
    for row in books.execute("SELECT message_id, state FROM letters"):
        if row["state"] not in LETTER_ENDS:
            yield f"stuck: the letter {row['message_id']} is {row['state']}"
    for row in books.execute("SELECT key, state FROM actions WHERE state IN ('planned', 'running')"):
        yield f"stuck: the action {row['key']} is {row['state']}"
    query = (
        "SELECT message_id FROM mails m WHERE state = 'waiting' AND NOT EXISTS (SELECT 1 FROM drafts WHERE mail_id = m.id AND state = ?)"
    )
    for row in books.execute(query, ["waiting"]):
        yield f"out of sight: {row['message_id']} waits, but is before nobody"


def _books_agree_with_sink(books: sqlite3.Connection, taken: list[tuple[list[str], bytes]]) -> Iterator[str]:
    at_sink = {message_from_bytes(content)["Message-ID"]: content for _, content in taken}
    in_books = {row["message_id"]: row for row in books.execute("SELECT message_id, state, content FROM letters")}
    for message_id, row in in_books.items():
        if row["state"] == "sent" and message_id not in at_sink:
            yield f"never left: {message_id} is called sent"
    for message_id, content in at_sink.items():
        letter = in_books.get(message_id)
        if letter is None:
            yield f"not in the books: {message_id} has left"
        elif letter["state"] not in ("sent", "uncertain"):
            yield f"not admitted: {message_id} has left, and is called {letter['state']}"
        elif _lines(letter["content"]) != _lines(content):
            yield f"other bytes: {message_id} did not leave as it was frozen"
    # A mail that is called answered has a letter that left.
    query = "SELECT message_id FROM mails m WHERE state = 'answered' AND NOT EXISTS "
    for row in books.execute(query + "(SELECT 1 FROM letters WHERE mail_id = m.id AND state = 'sent')"):
        yield f"not answered: {row['message_id']} is called answered"


def _lines(content: bytes) -> list[bytes]:
    return re.split(rb"\r\n|\n", content.rstrip(b"\r\n"))


def _held(books: sqlite3.Connection, crashes: int, counts: Counter[str]) -> Iterator[str]:
    (held,) = books.execute("SELECT count(*) FROM letters WHERE state = 'uncertain'").fetchone()
    counts["held"] = held
    if held > crashes:
        yield f"too many held: {held} after {crashes} crashes"


def _whole(books: sqlite3.Connection) -> Iterator[str]:
    (said,) = books.execute("PRAGMA quick_check").fetchone()
    if said != "ok":
        yield f"broken database: {said}"


def _deeds(deeds: Path | None) -> Iterator[str]:
    if deeds is None or not deeds.exists():
        return
    for deed, times in Counter(deeds.read_text(encoding="utf-8").splitlines()).items():
        if times > 1:
            yield f"done twice: {deed}, {times} times"
