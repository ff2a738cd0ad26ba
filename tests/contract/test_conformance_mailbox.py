"""What the standards ask of a guest in somebody's mailbox: see docs/conformance.md."""

import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count

from responder.adapters.mailbox import ImapAccount, ImapMailbox
from tests.rig.dovecot import PASSWORD, Dovecot
from tests.rig.proxy import Proxy

NUMBERS = count()
MAIL = b"Message-ID: <%d@example.org>\r\nSubject: mail\r\n\r\nText\r\n"
VERBS = {b"CAPABILITY", b"LOGIN", b"EXAMINE", b"SEARCH", b"FETCH", b"LIST", b"APPEND", b"CREATE", b"LOGOUT", b"ID", b"ENABLE", b"NAMESPACE"}


def test_a_whole_visit_changes_nothing_but_the_folder_for_sent_mail(dovecot: Dovecot) -> None:
    """RFC 9051 section 6.4: no STORE, EXPUNGE, MOVE, COPY or DELETE is ever said, and no flag is set."""
    user = f"conformance{next(NUMBERS)}"
    for number in range(3):
        dovecot.append(user, MAIL % number, flags=(b"\\Flagged",) if number else ())
    with Proxy(dovecot.imap_port) as proxy:
        mailbox = ImapMailbox(ImapAccount("127.0.0.1", proxy.port, "plain", user, lambda: PASSWORD, timeout_seconds=10))
        mailbox.position()
        assert len(list(mailbox.fetch(mailbox.uids()))) == 3
        mailbox.file_sent(MAIL % 7)
        mailbox.file_sent(MAIL % 7)
        mailbox.position()
        mailbox.close()
    verbs = set(re.findall(rb"^[A-Z]{2,}\d+ (?:UID )?([A-Z]+)", bytes(proxy.written), re.MULTILINE))
    assert verbs <= VERBS
    assert {b"EXAMINE", b"FETCH", b"APPEND"} <= verbs
    client = dovecot.client(user)
    client.select_folder("INBOX", readonly=True)
    flags = [set(item[b"FLAGS"]) - {b"\\Recent"} for _, item in sorted(client.fetch(client.search(), ["FLAGS"]).items())]
    client.logout()
    assert flags == [set(), {b"\\Flagged"}, {b"\\Flagged"}]


def test_the_numbering_is_asked_for_anew_at_every_look(dovecot: Dovecot) -> None:
    """RFC 9051 section 2.3.1.1; also on a connection that stays open."""
    user = f"conformance{next(NUMBERS)}"
    with Proxy(dovecot.imap_port) as proxy:
        mailbox = ImapMailbox(ImapAccount("127.0.0.1", proxy.port, "plain", user, lambda: PASSWORD, timeout_seconds=10))
        for _ in range(3):
            mailbox.position()
        mailbox.close()
    assert bytes(proxy.written).count(b" EXAMINE ") == 3


NEWS = (
    b"* 9 EXISTS\r\n* 3 RECENT\r\n* 9 EXPUNGE\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (UID 12 FLAGS (\\Flagged))\r\n* FLAGS (\\Seen)\r\n"
)


@contextmanager
def server_with_news() -> Iterator[int]:
    """Run an IMAP server that tells, beside every answer, what others have done meanwhile; gives its port."""

    def answer(command: bytes) -> bytes:
        if b"CAPABILITY" in command:
            return b"* CAPABILITY IMAP4rev1\r\n"
        if b"EXAMINE" in command:
            return b"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n* OK [UIDNEXT 13] x\r\n"
        if b"SEARCH" in command:
            return b"* SEARCH 11 12\r\n"
        if b"RFC822.SIZE" in command:
            return b"* 1 FETCH (UID 11 RFC822.SIZE 4)\r\n* 2 FETCH (UID 12 RFC822.SIZE 4)\r\n"
        if b"BODY.PEEK[]" in command:
            dated = b'INTERNALDATE "10-Mar-2026 12:00:00 +0000" BODY[] {4}\r\n'
            return b"".join(b"* %d FETCH (UID %d %sA: %d)\r\n" % (number, uid, dated, number) for number, uid in ((1, 11), (2, 12)))
        return b""

    def speak() -> None:
        with listening.accept()[0] as line, line.makefile("rb") as commands:
            line.sendall(b"* OK hello\r\n")
            for command in commands:
                line.sendall(NEWS + answer(command) + NEWS + command.split()[0] + b" OK done\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        speaking = threading.Thread(target=speak, daemon=True)
        speaking.start()
        yield listening.getsockname()[1]
        speaking.join(10)


def test_what_the_server_tells_unasked_confuses_nothing() -> None:
    """RFC 9051 section 7: a client must take any response at any time."""
    with server_with_news() as port:
        account = ImapAccount("127.0.0.1", port, "plain", "shop", lambda: PASSWORD, timeout_seconds=5)
        mailbox = ImapMailbox(replace(account, folder="INBOX"))
        position = mailbox.position()
        fetched = [(raw.uid, raw.uidvalidity, raw.content) for raw in mailbox.fetch(mailbox.uids())]
        mailbox.close()
    assert (position.uidvalidity, position.next_uid) == (7, 13)
    assert fetched == [(11, 7, b"A: 1"), (12, 7, b"A: 2")]
