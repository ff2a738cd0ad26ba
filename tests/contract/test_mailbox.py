"""The mailbox: the fake and a real IMAP server keep the same word."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from responder.adapters.mailbox import ImapAccount, ImapMailbox
from responder.domain.errors import PermanentError, TransientError
from responder.workflow.ports.mailbox import Mailbox
from tests.fakes.mailbox import FakeMailbox
from tests.rig.dovecot import FOREIGN_PASSWORD, PASSWORD, Dovecot
from tests.rig.proxy import Proxy

NUMBERS = count()


def message(number: int, size: int = 0) -> bytes:
    return f"Message-ID: <{number}@example.org>\r\nSubject: mail {number}\r\n\r\nText {number}\r\n{'x' * size}\r\n".encode()


@dataclass
class Place:
    """A mailbox under test, and the hands to change it from outside."""

    mailbox: Mailbox
    arrive: Callable[..., object]
    renumber: Callable[[], None]
    filed: Callable[[], int]


@pytest.fixture
def user() -> str:
    return f"user{next(NUMBERS)}"


@pytest.fixture
def account(dovecot: Dovecot, user: str) -> ImapAccount:
    return ImapAccount("127.0.0.1", dovecot.imaps_port, "tls", user, lambda: PASSWORD, ca_file=dovecot.ca_file, timeout_seconds=10)


@pytest.fixture(params=["fake", "dovecot"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    if request.param == "fake":
        fake = FakeMailbox()
        yield Place(fake, fake.arrive, fake.renumber, lambda: len(fake.filed))
        return
    dovecot: Dovecot = request.getfixturevalue("dovecot")
    user: str = request.getfixturevalue("user")
    mailbox = ImapMailbox(request.getfixturevalue("account"))

    def arrive(content: bytes, at: datetime | None = None) -> None:
        dovecot.append(user, content, at=at)

    def renumber() -> None:
        mailbox.close()
        dovecot.renumber(user)

    def filed() -> int:
        client = dovecot.client(user)
        told = client.select_folder("Sent", readonly=True)
        client.logout()
        return int(told[b"EXISTS"])

    yield Place(mailbox, arrive, renumber, filed)
    mailbox.close()


def test_the_position_names_the_next_arrival(place: Place) -> None:
    before = place.mailbox.position()
    place.arrive(message(1))
    after = place.mailbox.position()
    assert after.uidvalidity == before.uidvalidity
    assert place.mailbox.uids(from_uid=before.next_uid) == [before.next_uid]
    assert after.next_uid == before.next_uid + 1


def test_asking_from_beyond_the_last_gives_nothing(place: Place) -> None:
    place.arrive(message(1))
    assert place.mailbox.uids(from_uid=place.mailbox.position().next_uid) == []


def test_messages_come_whole_in_order_with_their_moment(place: Place) -> None:
    moment = datetime(2026, 3, 9, 10, 30, tzinfo=UTC)
    for number in range(3):
        place.arrive(message(number), moment)
    uids = place.mailbox.uids()
    fetched = list(place.mailbox.fetch(list(reversed(uids))))
    assert [raw.uid for raw in fetched] == uids
    assert [raw.content for raw in fetched] == [message(number) for number in range(3)]
    assert {raw.arrived_at for raw in fetched} == {moment}
    assert {raw.uidvalidity for raw in fetched} == {place.mailbox.position().uidvalidity}


def test_a_message_that_has_vanished_is_left_out(place: Place) -> None:
    place.arrive(message(1))
    (uid,) = place.mailbox.uids()
    assert [raw.uid for raw in place.mailbox.fetch([uid, uid + 5])] == [uid]


def test_more_messages_than_fit_into_one_batch(place: Place) -> None:
    for number in range(120):
        place.arrive(message(number))
    assert len(list(place.mailbox.fetch(place.mailbox.uids()))) == 120


def test_since_counts_whole_days(place: Place) -> None:
    for days in (0, 3, 6):
        place.arrive(message(days), datetime(2026, 3, 10, 12, tzinfo=UTC) - timedelta(days=days))
    assert len(place.mailbox.uids(since=date(2026, 3, 6))) == 2


def test_numbering_anew_changes_the_uidvalidity(place: Place) -> None:
    place.arrive(message(1))
    before = place.mailbox.position()
    place.renumber()
    assert place.mailbox.position().uidvalidity != before.uidvalidity
    assert len(place.mailbox.uids()) == 1


def test_a_sent_mail_is_filed_once(place: Place) -> None:
    place.mailbox.file_sent(message(7))
    place.mailbox.file_sent(message(7))
    assert place.filed() == 1
    place.arrive(message(1))
    assert len(place.mailbox.uids()) == 1


def test_what_was_sent_is_found_again(place: Place) -> None:
    message_id = str(message_from_bytes(message(7))["Message-ID"])
    assert not place.mailbox.has_sent(message_id)
    place.mailbox.file_sent(message(7))
    assert place.mailbox.has_sent(message_id)
    assert not place.mailbox.has_sent("<another@example.org>")
    place.arrive(message(1))
    assert len(place.mailbox.uids()) == 1


def test_folders_are_known_by_name(place: Place) -> None:
    assert place.mailbox.has_folder("INBOX")
    assert not place.mailbox.has_folder("Responder-Stop")


# What only a real server can show


@pytest.fixture
def mailbox(account: ImapAccount) -> Iterator[ImapMailbox]:
    mailbox = ImapMailbox(account)
    yield mailbox
    mailbox.close()


def flags(dovecot: Dovecot, user: str) -> list[Any]:
    client = dovecot.client(user)
    client.select_folder("INBOX", readonly=True)
    found = [item[b"FLAGS"] for item in client.fetch(client.search(), ["FLAGS"]).values()]
    client.logout()
    return found


def test_reading_marks_nothing(dovecot: Dovecot, user: str, mailbox: ImapMailbox) -> None:
    dovecot.append(user, message(1))
    assert len(list(mailbox.fetch(mailbox.uids()))) == 1
    assert flags(dovecot, user) == [()] or flags(dovecot, user) == [(b"\\Recent",)]


def test_a_huge_message_comes_cut(dovecot: Dovecot, user: str, account: ImapAccount) -> None:
    dovecot.append(user, message(1, size=50_000))
    mailbox = ImapMailbox(replace(account, max_message_bytes=10_000))
    (raw,) = mailbox.fetch(mailbox.uids())
    assert raw.content == message(1, size=50_000)[:10_000]
    mailbox.close()


def test_on_the_wire_the_folder_is_examined_and_bodies_are_peeked_at(dovecot: Dovecot, user: str, account: ImapAccount) -> None:
    """Either alone keeps \\Seen away (RFC 9051 sections 6.3.3 and 6.4.5); we do not rest on one of them."""
    dovecot.append(user, message(1))
    dovecot.append(user, message(2, size=20_000))
    with Proxy(dovecot.imap_port) as proxy:
        mailbox = ImapMailbox(replace(account, port=proxy.port, security="plain", max_message_bytes=10_000))
        assert len(list(mailbox.fetch(mailbox.uids()))) == 2
        mailbox.close()
    written = bytes(proxy.written)
    assert written.count(b"BODY.PEEK[]") == 2
    assert b"BODY[" not in written
    assert b" EXAMINE " in written
    assert b" SELECT " not in written


def test_starttls_and_a_folder_with_a_foreign_name(dovecot: Dovecot, user: str, account: ImapAccount) -> None:
    client = dovecot.client(user)
    client.create_folder("Обращения")
    client.logout()
    dovecot.append(user, message(1), folder="Обращения")
    mailbox = ImapMailbox(replace(account, port=dovecot.imap_port, security="starttls", folder="Обращения"))
    assert len(mailbox.uids()) == 1
    mailbox.close()


def test_a_wrong_password_is_refused_with_a_mend_and_without_the_password(account: ImapAccount) -> None:
    mailbox = ImapMailbox(replace(account, password=lambda: "hunter2"))
    with pytest.raises(PermanentError, match="user name and password") as caught:
        mailbox.position()
    assert "hunter2" not in str(caught.value)


def test_a_missing_folder_is_refused_with_those_that_exist(account: ImapAccount) -> None:
    with pytest.raises(PermanentError, match=r"no folder 'Support'; there are: .*INBOX"):
        ImapMailbox(replace(account, folder="Support")).position()


def test_a_certificate_that_nobody_vouches_for_is_refused(account: ImapAccount) -> None:
    with pytest.raises(PermanentError, match="certificate is not trusted"):
        ImapMailbox(replace(account, ca_file=None)).position()


def test_a_server_that_is_not_there_is_transient(account: ImapAccount) -> None:
    with pytest.raises(TransientError, match="cannot be used now"):
        ImapMailbox(replace(account, port=1)).position()


@pytest.mark.parametrize("mode", ["cut", "reset", "stall"])
@pytest.mark.parametrize("after", [0, 300, 2000, 6000])
def test_a_line_that_breaks_anywhere_is_transient_and_the_next_look_works(
    dovecot: Dovecot, user: str, account: ImapAccount, mode: Any, after: int
) -> None:
    dovecot.append(user, message(1, size=20_000))
    with Proxy(dovecot.imap_port, mode=mode, after=after) as proxy:
        mailbox = ImapMailbox(replace(account, port=proxy.port, security="plain", timeout_seconds=1))
        with pytest.raises(TransientError):
            list(mailbox.fetch(mailbox.uids()))
        proxy.mode = ""
        assert len(list(mailbox.fetch(mailbox.uids()))) == 1
        mailbox.close()


def test_a_line_that_breaks_before_or_during_the_login_is_never_called_a_wrong_password(dovecot: Dovecot, account: ImapAccount) -> None:
    for after in range(0, 700, 20):
        with Proxy(dovecot.imap_port, mode="cut", after=after) as proxy:
            mailbox = ImapMailbox(replace(account, port=proxy.port, security="plain"))
            with pytest.raises(TransientError, match="cannot be used now"):
                mailbox.position()


@contextmanager
def server_that_answers_logins_with(words: str) -> Iterator[int]:
    """Run an IMAP server that offers nothing and says the same to every login; gives its port."""

    def speak() -> None:
        with listening.accept()[0] as line, line.makefile("rb") as commands:
            line.sendall(b"* OK hello\r\n")
            for command in commands:
                tag, verb, *_ = command.split()
                if verb == b"CAPABILITY":
                    line.sendall(b"* CAPABILITY IMAP4rev1\r\n" + tag + b" OK done\r\n")
                else:
                    line.sendall(tag + b" " + words.encode() + b"\r\n")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        speaking = threading.Thread(target=speak)
        speaking.start()
        yield listening.getsockname()[1]
        speaking.join(10)


@pytest.mark.parametrize("code", ["UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG"])
def test_a_server_that_cannot_check_a_login_now_is_transient(code: str) -> None:
    """The codes are those of RFC 5530 section 3."""
    with server_that_answers_logins_with(f"NO [{code}] not now") as port, pytest.raises(TransientError):
        ImapMailbox(ImapAccount("127.0.0.1", port, "plain", "shop", lambda: PASSWORD, timeout_seconds=5)).position()


def test_a_server_that_repeats_the_password_is_not_quoted() -> None:
    with server_that_answers_logins_with("BAD [LIMIT] LOGIN shop hunter2") as port, pytest.raises(TransientError) as caught:
        ImapMailbox(ImapAccount("127.0.0.1", port, "plain", "shop", lambda: "hunter2", timeout_seconds=5)).position()
    assert "hunter2" not in str(caught.value)


def test_where_encryption_is_wanted_and_not_offered_the_password_stays_here() -> None:
    asked: list[str] = []

    def password() -> str:
        asked.append("password")
        return "secret"

    with server_that_answers_logins_with("OK come in") as port, pytest.raises(PermanentError, match="offers no STARTTLS"):
        ImapMailbox(ImapAccount("127.0.0.1", port, "starttls", "shop", password, timeout_seconds=5)).position()
    assert asked == []


def test_a_password_with_foreign_letters_opens_the_mailbox(account: ImapAccount) -> None:
    mailbox = ImapMailbox(replace(account, password=lambda: FOREIGN_PASSWORD))
    assert mailbox.uids() == []
    mailbox.close()


def test_a_wrong_password_with_foreign_letters_is_refused_like_any_other(account: ImapAccount) -> None:
    with pytest.raises(PermanentError, match="user name and password"):
        ImapMailbox(replace(account, password=lambda: "falsch-ß")).position()


def test_foreign_letters_need_a_server_that_can_read_them() -> None:
    with server_that_answers_logins_with("OK come in") as port, pytest.raises(PermanentError, match="AUTH=PLAIN"):
        ImapMailbox(ImapAccount("127.0.0.1", port, "plain", "shop", lambda: "geheim-ß", timeout_seconds=5)).position()


def test_an_authority_that_cannot_be_read_is_named(account: ImapAccount, tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match=r"ca_file .*missing\.pem"):
        ImapMailbox(replace(account, ca_file=tmp_path / "missing.pem")).position()


def test_probing_tells_what_was_seen(dovecot: Dovecot, user: str, mailbox: ImapMailbox) -> None:
    dovecot.append(user, message(1))
    assert "TLSv1" in mailbox.probe()[0]
    assert "1 mails in INBOX" in mailbox.probe()[0]
