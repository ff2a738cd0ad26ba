"""The bytes that leave."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default

import pytest

from responder.composing.letter import references_for, reply_subject, to_bytes
from responder.composing.message_id import is_our_message_id, new_message_id
from responder.domain.mail import InboundMail, OutgoingMail
from tests.rig.letters import text_of

SENT_AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
REPLY = OutgoingMail(
    sender="service@example.com",
    sender_name="Lumio, Köln",
    to="anna@example.org",
    subject="Re: Bestellung 订单",
    text="Guten Tag,\n\n.ein Punkt am Anfang\nGrüße 你好\n",
    template="status",
    language="de",
    in_reply_to="<1@example.org>",
    references=("<0@example.org>", "<1@example.org>"),
)
KEY = b"k" * 32


def test_a_letter_is_seven_bit_with_crlf_and_reads_back_the_same() -> None:
    content = to_bytes(REPLY, "<r@example.com>", SENT_AT)
    assert content.isascii()
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, content.split(b"\r\n"))) <= 998
    message = message_from_bytes(content, policy=default)
    assert message["From"].addresses[0].display_name == "Lumio, Köln"
    assert message["Subject"] == "Re: Bestellung 订单"
    assert message["In-Reply-To"] == "<1@example.org>"
    assert message["References"] == "<0@example.org> <1@example.org>"
    assert text_of(message) == REPLY.text


def test_an_automatic_reply_says_so_and_a_persons_does_not() -> None:
    automatic = message_from_bytes(to_bytes(REPLY, "<r@example.com>", SENT_AT))
    assert automatic["Auto-Submitted"] == "auto-replied"
    by_person = message_from_bytes(to_bytes(replace(REPLY, automatic=False), "<r@example.com>", SENT_AT))
    assert by_person["Auto-Submitted"] is None


def test_the_same_reply_gives_the_same_bytes() -> None:
    assert to_bytes(REPLY, "<r@example.com>", SENT_AT) == to_bytes(REPLY, "<r@example.com>", SENT_AT)


@pytest.mark.parametrize(
    ("original", "subject"),
    [
        ("Where is it", "Re: Where is it"),
        ("Re: RE: re:Where is it", "Re: Where is it"),
        ("a\r\nBcc: all@example.com", "Re: a Bcc: all@example.com"),
        ("", "Re:"),
        ("x" * 500, "Re: " + "x" * 196),
    ],
)
def test_the_subject_stays_in_the_thread_on_one_line(original: str, subject: str) -> None:
    assert reply_subject(original) == subject


def test_references_grow_by_the_mails_own_id_and_stay_bounded() -> None:
    mail = InboundMail("<9@x>", "a@x.example", "", None, (), "", None, "", references=tuple(f"<{n}@x>" for n in range(100)))
    references = references_for(mail)
    assert references[0] == "<0@x>"
    assert references[-1] == "<9@x>"
    assert len(references) == 20
    assert references_for(replace(mail, message_id="")) == ()
    assert references_for(replace(mail, references=(), in_reply_to="<8@x>")) == ("<8@x>", "<9@x>")


def test_our_message_ids_are_ours_alone() -> None:
    mine = new_message_id(KEY, "mail-key", 0, "example.com")
    assert is_our_message_id(KEY, mine)
    assert mine == new_message_id(KEY, "mail-key", 0, "example.com")
    assert mine != new_message_id(KEY, "mail-key", 1, "example.com")
    assert not is_our_message_id(b"x" * 32, mine)
    assert not is_our_message_id(KEY, mine.replace("r1.", "r1.a", 1))
    assert not is_our_message_id(KEY, "<1@example.com>")
