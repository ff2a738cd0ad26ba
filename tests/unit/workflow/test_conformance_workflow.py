"""What the standards ask of an automatic responder as a whole: see docs/conformance.md."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from pathlib import Path

import pytest

from responder.adapters.store.engine import open_database
from responder.bootstrap import Installation
from responder.config.load import load_settings
from responder.domain.reading import ReadingRules
from responder.workflow.consider import Profile
from responder.workflow.deliver import deliver
from responder.workflow.receive import Signet, poll, settle_arrived
from tests.fakes.clock import FakeClock
from tests.fakes.mailbox import FakeMailbox
from tests.unit.workflow.house import House, mail

REPORT = """\
Authentication-Results: mx.shop.example; dmarc=pass header.from=example.org
From: Mail system <system@example.org>
To: service@shop.example
Subject: where is it
Message-ID: <{kind}@example.org>
Content-Type: multipart/report; report-type={kind}; boundary=cut

--cut
Content-Type: text/plain

Order 1042
--cut
Content-Type: message/{kind}

Action: failed
--cut--
"""
MAILBOX = """\
[[mailbox]]
name = "{name}"
address = "{address}"
aliases = {aliases}
[mailbox.imap]
host = "imap.example"
username = "shop"
password_env = "PASSWORD"
[mailbox.smtp]
host = "smtp.example"
"""


def test_a_mail_without_a_return_path_is_answered_only_to_a_verified_sender(house: House) -> None:
    records = house.go_round(
        mail("where is it", Return_Path=""), mail("where is it now", sender="bob@example.net", Return_Path="", Authentication_Results="")
    )
    assert [record.state for record in records] == ["answered", "waiting"]
    assert "the sender is not verified" in records[1].because


def test_a_reply_goes_to_the_one_address_of_from_and_nowhere_else(house: House) -> None:
    house.go_round(
        mail(
            "where is it",
            To="service@shop.example, carol@example.net",
            Cc="dave@example.net",
            Reply_To="eve@example.net",
            Sender="frank@example.net",
            Return_Path="<bounces+77@sending.example.net>",
            Disposition_Notification_To="eve@example.net",
        )
    )
    ((sender, recipient, content),) = house.courier.sent
    assert (sender, recipient) == ("service@shop.example", "anna@example.org")
    reply = message_from_bytes(content)
    assert reply["To"] == "anna@example.org"
    assert not {"cc", "bcc", "reply-to", "disposition-notification-to"} & {name.lower() for name in reply}
    assert not any(name in content for name in (b"carol@", b"dave@", b"eve@", b"frank@"))


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification", "feedback-report"])
def test_a_report_is_never_answered_and_nothing_is_made_of_it(house: House, kind: str) -> None:
    (record,) = house.go_round(REPORT.format(kind=kind).encode())
    assert record.state == "silent"
    assert (house.courier.sent, house.desk.done, house.reviews.waiting()) == ([], [], [])


def test_a_wish_for_a_receipt_gets_the_reply_and_no_receipt(house: House) -> None:
    house.go_round(mail("where is it", Disposition_Notification_To="anna@example.org", Return_Path="<anna@example.org>"))
    ((_, _, content),) = house.courier.sent
    assert message_from_bytes(content).get_content_type() == "multipart/alternative"


@pytest.mark.parametrize(
    "sender", ["", "undisclosed-recipients:;", "anna@example.org, bob@example.org", "<anna@example.org", "anna@localhost"]
)
def test_whoever_cannot_be_answered_for_sure_is_left_to_a_person_without_a_draft(house: House, sender: str) -> None:
    content = mail("where is it").replace(b"From: Anna Kern <anna@example.org>", f"From: {sender}".encode())
    (record,) = house.go_round(content)
    assert (record.state, record.reply_text) == ("waiting", "")
    assert house.courier.sent == []


WITH_FILE = """\
Authentication-Results: mx.shop.example; dmarc=pass header.from=example.org
From: Anna <anna@example.org>
To: service@shop.example
Subject: where is it
Message-ID: <file@example.org>
Content-Type: multipart/mixed; boundary=cut

--cut

Order 1042
--cut
Content-Type: application/octet-stream; name="{name}"

x
--cut--
"""


@pytest.mark.parametrize(("name", "state"), [("invoice.pdf.exe", "waiting"), ("Order.SCR", "waiting"), ("photo.jpg", "answered")])
def test_mail_with_a_program_attached_goes_to_a_person(house: House, name: str, state: str) -> None:
    (record,) = house.go_round(WITH_FILE.format(name=name).encode())
    assert record.state == state


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"Where is order 1042? No fields at all\r\n", b"\xff\xfe\x00\x01"])
def test_what_is_no_mail_is_never_answered(house: House, content: bytes) -> None:
    (record,) = house.go_round(content)
    assert (record.state, record.rule) == ("waiting", "sender-in-doubt" if b"fields" in content else "unreadable")
    assert house.courier.sent == []


def test_another_answer_to_the_same_sender_is_free_to_go_within_the_limit(house: House) -> None:
    """RFC 5230 section 4.2: a reply on another matter is not held back by the first."""
    house.go_round(mail("where is it", "Order 1043"), mail("cancel", "Please cancel order 1042"), mail("where is that", "Order 1042"))
    assert len(house.courier.sent) == 3
    (*_, record) = house.go_round(mail("cancel", "Please cancel order 1043"))
    assert record.state == "waiting"


def test_every_reply_has_a_name_of_its_own(house: House) -> None:
    house.go_round(*(mail("where is it", f"Order 1042, {number}", sender=f"a{number}@example.org") for number in range(20)))
    names = [message_from_bytes(content)["Message-ID"] for _, _, content in house.courier.sent]
    assert len(set(names)) == len(names) == 20


def test_the_same_numbers_in_two_mailboxes_are_two_positions(house: House) -> None:
    """RFC 9051 section 2.3.1.1: a UID means something only together with its mailbox and UIDVALIDITY."""
    other = FakeMailbox()
    for name, mailbox in (("shop", house.mailbox), ("other", other)):
        poll(mailbox, name, house.ledger, house.clock)
    house.mailbox.arrive(mail("one"))
    house.mailbox.arrive(mail("two"))
    other.arrive(mail("three"))
    assert poll(house.mailbox, "shop", house.ledger, house.clock) == 2
    assert poll(other, "other", house.ledger, house.clock) == 1
    positions = [house.ledger.position(name) for name in ("shop", "other")]
    assert [position and (position.uidvalidity, position.next_uid) for position in positions] == [(7, 3), (7, 2)]


def test_each_mailbox_knows_the_addresses_of_all(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    mailboxes = [MAILBOX.format(name="one", address="Help@shop.example", aliases='["sales@shop.example"]')]
    mailboxes.append(MAILBOX.format(name="two", address="info@other.example", aliases="[]"))
    config.write_text('[shop]\nname = "Lumio"\n' + "".join(mailboxes), encoding="utf-8")
    (tmp_path / "responder.sqlite3.key").write_bytes(b"k" * 32)
    profiles = Installation(load_settings(config), FakeClock()).profiles
    assert {profile.reading.own_addresses for profile in profiles.values()} == {
        frozenset({"help@shop.example", "sales@shop.example", "info@other.example"})
    }


@dataclass
class OtherHouse(House):
    """A second bot, at another shop: the first is its customer."""

    @property
    def profile(self) -> Profile:
        reading = ReadingRules(frozenset({"anna@example.org"}), trust_senders=True)
        return Profile("other", "anna@example.org", "Anna", self.limits, reading, frozenset({"en"}), own_message_id=self.signet.is_ours)

    def look(self) -> None:
        """Look as the first does, under another name."""
        poll(self.mailbox, "other", self.ledger, self.clock)
        settle_arrived(self.profile, self.knowledge, self.ledger, self.clock, self.signet)

    def deliver(self) -> int:
        """Deliver what is due."""
        return deliver("other", self.outbox, self.desk, self.courier, self.clock)


@pytest.fixture
def other(tmp_path: Path) -> Iterator[OtherHouse]:
    engine = open_database(tmp_path / "other.sqlite3")
    yield OtherHouse(engine, signet=Signet(b"o" * 32))
    engine.dispose()


def _exchange(one: House, two: House, first: bytes, on_the_way: Callable[[bytes], bytes]) -> int:
    """Let two bots answer each other for as long as they do; gives how many replies there were."""
    for house in (one, two):
        if house.ledger.position(house.profile.name) is None:
            house.look()
    waiting, count = [first], 0
    here, there = one, two
    while waiting and count < 100:
        for content in waiting:
            here.mailbox.arrive(content, here.clock.now())
        before = len(here.courier.sent)
        here.look()
        here.deliver()
        waiting = [on_the_way(content) for _, _, content in here.courier.sent[before:]]
        count += len(waiting)
        here, there = there, here
    return count


def test_two_bots_never_answer_each_other(house: House, other: OtherHouse) -> None:
    """RFC 3834 section 2: neither answers what the other marked."""
    assert _exchange(house, other, mail("where is it"), lambda content: content) == 1
    assert [record.state for record in other.ledger.records()] == ["silent"]


def test_two_bots_whose_marks_are_lost_on_the_way_stop_at_the_limit(house: House, other: OtherHouse) -> None:
    def bare(content: bytes) -> bytes:
        message = message_from_bytes(content)
        for name in ("Auto-Submitted", "X-Auto-Response-Suppress"):
            del message[name]
        domain = str(message["From"]).rpartition("@")[2].strip(">")
        message["Authentication-Results"] = f"mx.shop.example; dmarc=pass header.from={domain}"
        return message.as_bytes()

    count = _exchange(house, other, mail("where is it"), bare)
    assert 2 <= count <= 2 * house.limits.per_sender_per_day
    assert "waiting" in {record.state for record in (*house.ledger.records(), *other.ledger.records())}
