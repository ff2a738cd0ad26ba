"""The courier: what becomes of a message at every step of the way."""

import re
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest

from responder.adapters.courier import SmtpAccount, SmtpCourier
from responder.domain.errors import PermanentError, TransientError
from responder.workflow.ports.courier import Courier, Delivery
from tests.fakes.courier import FakeCourier
from tests.rig.proxy import Proxy
from tests.rig.smtp_sink import SmtpSink

CONTENT = b"Subject: x\r\n\r\nHello\r\n.dot\r\n..two\r\n"
MakeSink = Callable[..., SmtpSink]


def account_for(sink: SmtpSink, **changes: Any) -> SmtpAccount:
    plain = SmtpAccount("127.0.0.1", sink.port, "plain", "", lambda: "", timeout_seconds=5, data_timeout_seconds=1)
    return replace(plain, **changes)


def send(courier: Courier, go_on: bool = True) -> Delivery:
    return courier.deliver(CONTENT, "service@example.com", "anna@example.org", lambda: go_on)


@pytest.fixture(params=["fake", "smtp"])
def courier_and_sent(request: pytest.FixtureRequest) -> tuple[Courier, Callable[[], list[tuple[str, str, bytes]]]]:
    if request.param == "fake":
        fake = FakeCourier()
        return fake, lambda: fake.sent
    make_sink: MakeSink = request.getfixturevalue("make_sink")
    sink = make_sink()
    return SmtpCourier(account_for(sink)), lambda: [(taken.sender, taken.recipients[0], taken.content) for taken in sink.taken]


def test_a_message_arrives_as_it_was(courier_and_sent: Any) -> None:
    courier, sent = courier_and_sent
    assert send(courier).outcome == "sent"
    assert sent() == [("service@example.com", "anna@example.org", CONTENT)]
    courier.close()


def test_without_the_dot_nothing_leaves(courier_and_sent: Any) -> None:
    courier, sent = courier_and_sent
    assert send(courier, go_on=False).outcome == "withheld"
    assert sent() == []
    assert send(courier).outcome == "sent"
    assert len(sent()) == 1
    courier.close()


# What only a real server can show


@pytest.mark.parametrize(
    ("phase", "answer", "outcome"),
    [
        ("MAIL", "451 later", "deferred"),
        ("MAIL", "550 not you", "deferred"),
        ("RCPT", "450 greylisted", "deferred"),
        ("RCPT", "550 no such user", "refused"),
        ("DATA", "451 later", "deferred"),
        ("DATA", "554 no", "refused"),
        ("DOT", "451 disk full", "deferred"),
        ("DOT", "552 too big", "refused"),
        ("DOT", "299 strange but good", "sent"),
        ("DOT", "333 what", "uncertain"),
    ],
)
def test_each_answer_has_its_meaning_and_the_next_message_leaves(make_sink: MakeSink, phase: str, answer: str, outcome: str) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink))
    sink.answers[phase] = answer
    delivery = send(courier)
    assert delivery.outcome == outcome
    assert answer[:3] in delivery.detail
    sink.answers.clear()
    assert send(courier).outcome == "sent"
    courier.close()


@pytest.mark.parametrize("trouble", ["hang_up_at", "stall_at"])
@pytest.mark.parametrize(("phase", "outcome"), [("MAIL", "deferred"), ("RCPT", "deferred"), ("DATA", "deferred"), ("DOT", "uncertain")])
def test_silence_before_the_dot_is_harmless_and_after_it_is_doubt(make_sink: MakeSink, trouble: str, phase: str, outcome: str) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink, timeout_seconds=1))
    setattr(sink, trouble, phase)
    assert send(courier).outcome == outcome
    assert sink.taken == []
    setattr(sink, trouble, "")
    assert send(courier).outcome == "sent"
    courier.close()


def test_taken_but_the_answer_is_lost_is_doubt(make_sink: MakeSink) -> None:
    sink = make_sink()
    sink.hang_up_at = "AFTER"
    assert send(SmtpCourier(account_for(sink))).outcome == "uncertain"
    assert len(sink.taken) == 1


@pytest.mark.parametrize("trouble", ["answers", "hang_up_at", "stall_at"])
def test_what_comes_after_the_acceptance_changes_nothing(make_sink: MakeSink, trouble: str) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink, timeout_seconds=1))
    setattr(sink, trouble, {"QUIT": "421 gone"} if trouble == "answers" else "QUIT")
    assert send(courier).outcome == "sent"
    courier.close()


def test_the_question_is_asked_when_the_body_is_written_and_before_the_dot(make_sink: MakeSink) -> None:
    sink = make_sink()
    seen: list[int] = []
    courier = SmtpCourier(account_for(sink))

    def before_dot() -> bool:
        seen.append(len(sink.taken))
        return True

    assert courier.deliver(CONTENT, "a@example.com", "b@example.org", before_dot).outcome == "sent"
    assert seen == [0]
    courier.close()


def test_the_whole_body_and_no_dot_is_on_the_wire_when_the_question_is_asked(make_sink: MakeSink) -> None:
    sink = make_sink()
    with Proxy(sink.port) as proxy:

        def before_dot() -> bool:
            until = time.monotonic() + 5
            while not proxy.written.endswith(b"\r\n...two\r\n") and time.monotonic() < until:
                time.sleep(0.001)
            assert proxy.written.endswith(b"\r\n...two\r\n")
            return False

        delivery = SmtpCourier(account_for(sink, port=proxy.port)).deliver(CONTENT, "a@example.com", "b@example.org", before_dot)
    assert delivery.outcome == "withheld"
    assert b"\r\n.\r\n" not in proxy.written
    assert sink.taken == []


@pytest.mark.parametrize(
    "content",
    [
        CONTENT,
        b"Subject: x\n\nHello\n.\nmore\r.\r",
        b"Subject: x\r\n\r\n.\r\n.\r\n",
        b"Subject: x\n\n\r\n.\rQUIT\n",
    ],
)
def test_on_the_wire_there_is_one_recipient_one_end_and_no_bare_line_end(make_sink: MakeSink, content: bytes) -> None:
    sink = make_sink()
    with Proxy(sink.port) as proxy:
        courier = SmtpCourier(account_for(sink, port=proxy.port))
        assert courier.deliver(content, "a@example.com", "b@example.org", lambda: True).outcome == "sent"
        courier.close()
    written = bytes(proxy.written)
    assert written.upper().count(b"RCPT TO:") == 1
    assert written.count(b"\r\n.\r\n") == 1
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", written)
    assert len(sink.taken) == 1


def test_an_error_of_our_own_before_the_dot_sends_nothing(make_sink: MakeSink) -> None:
    sink = make_sink()

    def before_dot() -> bool:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        SmtpCourier(account_for(sink)).deliver(CONTENT, "a@example.com", "b@example.org", before_dot)
    assert sink.taken == []


def test_one_connection_carries_many_messages_and_a_dead_one_is_replaced(make_sink: MakeSink) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink))
    for _ in range(5):
        assert send(courier).outcome == "sent"
    assert sink.connections == 1
    courier._client.sock.shutdown(socket.SHUT_RDWR)  # type: ignore[union-attr]
    assert send(courier).outcome == "sent"
    assert sink.connections == 2
    courier.close()


def test_line_ends_are_made_whole(make_sink: MakeSink) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink))
    courier.deliver(b"Subject: x\n\none\rtwo\r\nthree", "a@example.com", "b@example.org", lambda: True)
    assert sink.taken[0].content == b"Subject: x\r\n\r\none\r\ntwo\r\nthree\r\n"
    courier.close()


@pytest.mark.parametrize(("utf8", "outcome"), [(True, "sent"), (False, "refused")])
def test_a_foreign_address_needs_a_server_that_can_write_it(make_sink: MakeSink, utf8: bool, outcome: str) -> None:
    sink = make_sink(utf8=utf8)
    courier = SmtpCourier(account_for(sink))
    delivery = courier.deliver(CONTENT, "a@example.com", "用户@example.org", lambda: True)
    assert delivery.outcome == outcome
    assert [taken.recipients for taken in sink.taken] == ([("用户@example.org",)] if utf8 else [])
    assert utf8 or "SMTPUTF8" in delivery.detail
    courier.close()


@pytest.mark.parametrize(
    "address",
    [
        "a@example.org, b@example.org",
        "b@example.org <a@example.org>",
        "<a@example.org>",
        "a@example.org>\r\nRCPT TO:<b@example.org",
        "a@example.org b@example.org",
        "a@b@example.org",
        "a\udcff@example.org",
        "a",
        "",
    ],
)
def test_what_is_not_exactly_one_address_is_refused_and_not_guessed_at(make_sink: MakeSink, address: str) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink))
    assert courier.deliver(CONTENT, "a@example.com", address, lambda: True).outcome == "refused"
    assert sink.taken == []
    courier.close()


@pytest.mark.parametrize(("sender", "recipient"), [("", "a.b+c@example.org"), ("a@example.com", '"b c"@example.org')])
def test_unusual_addresses_are_written_as_they_are(make_sink: MakeSink, sender: str, recipient: str) -> None:
    """The empty sender is that of notifications (RFC 5321 section 4.5.5)."""
    sink = make_sink()
    courier = SmtpCourier(account_for(sink))
    assert courier.deliver(CONTENT, sender, recipient, lambda: True).outcome == "sent"
    assert [(taken.sender, taken.recipients) for taken in sink.taken] == [(sender, (recipient,))]
    courier.close()


@pytest.mark.parametrize(("password", "outcome"), [("geheim-ß", "sent"), ("falsch-ß", "deferred")])
def test_a_password_with_foreign_letters(make_sink: MakeSink, password: str, outcome: str) -> None:
    sink = make_sink(user="shop", password="geheim-ß")
    courier = SmtpCourier(account_for(sink, username="shop", password=lambda: password))
    delivery = send(courier)
    assert delivery.outcome == outcome
    assert outcome == "sent" or "user name and password" in delivery.detail
    courier.close()


def test_an_authority_that_cannot_be_read_defers_and_is_named(make_sink: MakeSink, tmp_path: Path) -> None:
    courier = SmtpCourier(account_for(make_sink(), ca_file=tmp_path / "missing.pem"))
    delivery = send(courier)
    assert delivery.outcome == "deferred"
    assert "ca_file" in delivery.detail
    with pytest.raises(PermanentError, match=r"missing\.pem"):
        courier.probe()


def test_a_host_that_cannot_be_a_name_defers(make_sink: MakeSink) -> None:
    assert send(SmtpCourier(account_for(make_sink(), host="mail..example.com"))).outcome == "deferred"


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_login_over_an_encrypted_line(make_sink: MakeSink, certificates: tuple[Path, Path, Path], security: str) -> None:
    ca_file, *certificate = certificates
    sink = make_sink(certificate=tuple(certificate), tls=security == "tls", user="shop", password="pw")
    account = account_for(sink, security=security, username="shop", password=lambda: "pw", ca_file=ca_file)
    courier = SmtpCourier(account)
    assert "TLSv1" in courier.probe()[0]
    assert send(courier).outcome == "sent"
    courier.close()


def test_a_wrong_password_is_told_without_the_password(make_sink: MakeSink, certificates: tuple[Path, Path, Path]) -> None:
    ca_file, *certificate = certificates
    sink = make_sink(certificate=tuple(certificate), user="shop", password="pw")
    courier = SmtpCourier(account_for(sink, security="starttls", username="shop", password=lambda: "hunter2", ca_file=ca_file))
    with pytest.raises(PermanentError, match="user name and password") as caught:
        courier.probe()
    assert "hunter2" not in str(caught.value)
    assert send(courier).outcome == "deferred"


def test_a_stranger_on_the_line_is_not_trusted(make_sink: MakeSink, certificates: tuple[Path, Path, Path]) -> None:
    _, *certificate = certificates
    sink = make_sink(certificate=tuple(certificate))
    with pytest.raises(PermanentError, match="certificate is not trusted"):
        SmtpCourier(account_for(sink, security="starttls")).probe()


def test_where_encryption_is_wanted_and_not_offered_nothing_is_sent(make_sink: MakeSink) -> None:
    sink = make_sink()
    courier = SmtpCourier(account_for(sink, security="starttls"))
    with pytest.raises(PermanentError, match="offers no STARTTLS"):
        courier.probe()
    assert send(courier).outcome == "deferred"
    assert sink.taken == []


def test_a_server_that_is_not_there_defers() -> None:
    courier = SmtpCourier(SmtpAccount("127.0.0.1", 1, "plain", "", lambda: ""))
    assert send(courier).outcome == "deferred"
    with pytest.raises(TransientError):
        courier.probe()


@pytest.mark.parametrize("after", [0, 20, 60, 90, 150, 220])
def test_a_line_cut_while_we_write_never_loses_or_doubles(make_sink: MakeSink, after: int) -> None:
    """Wherever the line is cut, `sent` means taken, `deferred` means not taken, and only `uncertain` is either."""
    sink = make_sink()
    with Proxy(sink.port, mode="cut", side="client", after=after) as proxy:
        courier = SmtpCourier(account_for(sink, port=proxy.port))
        outcome = send(courier).outcome
        courier.close()
    assert outcome in ("sent", "deferred", "uncertain")
    if outcome == "deferred":
        assert sink.taken == []
    if outcome == "sent":
        assert len(sink.taken) == 1


@pytest.mark.parametrize("mode", ["cut", "reset"])
def test_a_line_that_ends_before_the_dot_is_no_doubt(make_sink: MakeSink, mode: Literal["cut", "reset"]) -> None:
    """What the line's end tells before the dot was written is certain: without a dot there is no message (RFC 5321 section 4.1.1.4)."""
    sink = make_sink()
    head = len("ehlo x\r\nmail FROM:<service@example.com>\r\nrcpt TO:<anna@example.org>\r\nDATA\r\n")
    with Proxy(sink.port, mode=mode, side="client", after=head + 5) as proxy:
        courier = SmtpCourier(account_for(sink, port=proxy.port, local_hostname="x"))

        def before_dot() -> bool:
            time.sleep(0.3)  # as long as the line takes to end
            return True

        delivery = courier.deliver(CONTENT, "service@example.com", "anna@example.org", before_dot)
        courier.close()
    assert (delivery.outcome, sink.taken) == ("deferred", [])
    assert "before the end of the message" in delivery.detail
