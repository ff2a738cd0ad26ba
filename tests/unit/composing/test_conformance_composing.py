"""What the standards ask of the replies that leave: see docs/conformance.md."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes
from email.policy import default
from email.utils import parsedate_to_datetime

import pytest

from responder.composing.letter import BOUNDARY, references_for, reply_subject, to_bytes
from responder.domain.mail import InboundMail, OutgoingMail
from responder.domain.reading import ReadingRules
from responder.intake.read_mail import read_mail
from tests.rig.letters import text_of

SENT_AT = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)
MESSAGE_ID = "<r1.a.b@shop.example>"
REPLY = OutgoingMail(
    "service@shop.example",
    "Lumio",
    "anna@b.example",
    "Re: order",
    "Hello,\n\nit left.\n",
    "status",
    "en",
    "<1@b.example>",
    ("<1@b.example>",),
)
EVERY_LETTER = {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
MARKS = {"Auto-Submitted", "X-Auto-Response-Suppress"}
TEXTS = [
    "Hello,\n\nyour parcel left.\n",
    "Grüße aus Köln\n",
    "您好，您的订单已发货。\n",
    "Ваш заказ отправлен 😀\n",
    ".\n..\n.dot\nFrom here\n",
    "x" * 5000 + "\n",
    "ü" * 5000 + "\n",
    "= equal =20 and tab\tand trailing  \n",
]
SUBJECTS = ["order", "Wo ist mein Päckchen?", "订单" * 60, "😀" * 90, "a, b; <c@d.example> (e)", "x" * 400, "word " * 60]


def _fields(reply: OutgoingMail) -> list[str]:
    return message_from_bytes(to_bytes(reply, MESSAGE_ID, SENT_AT)).keys()


def test_a_letter_has_these_fields_each_once_and_no_others() -> None:
    """No Cc, Bcc, Reply-To, Precedence, nor anything that asks for a receipt (RFC 3834 section 3.1, RFC 8098 section 2)."""
    threading = {"In-Reply-To", "References"}
    assert sorted(_fields(REPLY)) == sorted(EVERY_LETTER | threading | MARKS)
    assert sorted(_fields(replace(REPLY, automatic=False))) == sorted(EVERY_LETTER | threading)


def test_the_mark_of_an_automatic_reply_is_auto_replied_and_nothing_else() -> None:
    message = message_from_bytes(to_bytes(REPLY, MESSAGE_ID, SENT_AT))
    assert message.get_all("Auto-Submitted") == ["auto-replied"]
    assert message.get_all("X-Auto-Response-Suppress") == ["All"]


def test_threading_is_not_made_up_for_a_mail_without_a_message_id() -> None:
    """RFC 5322 section 3.6.4: no msg-id, no In-Reply-To and no References."""
    mail = InboundMail("", "anna@b.example", "", None, (), "", None, "", references=("<0@b.example>",))
    reply = replace(REPLY, in_reply_to=mail.message_id, references=references_for(mail))
    assert sorted(_fields(reply)) == sorted(EVERY_LETTER | MARKS)


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=9, minutes=30)), timezone(timedelta(hours=-5))])
def test_the_date_is_the_moment_given_with_its_zone(zone: timezone) -> None:
    message = message_from_bytes(to_bytes(REPLY, MESSAGE_ID, SENT_AT.astimezone(zone)))
    assert parsedate_to_datetime(message["Date"]) == SENT_AT
    assert message["Date"].endswith(SENT_AT.astimezone(zone).strftime("%z"))


def test_name_and_address_of_the_sender_are_those_that_were_set() -> None:
    message = message_from_bytes(
        to_bytes(replace(REPLY, sender="hilfe@laden.example", sender_name='Laden, "Süd"'), MESSAGE_ID, SENT_AT), policy=default
    )
    (sender,) = message["From"].addresses
    assert (sender.addr_spec, sender.display_name) == ("hilfe@laden.example", 'Laden, "Süd"')


@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_a_subject_is_never_cut_within_a_character_and_its_lines_are_short(subject: str) -> None:
    """RFC 2047 section 5: each encoded word is decoded by itself; RFC 5322 section 2.1.1: 78 characters to a line."""
    reply = replace(REPLY, subject=reply_subject(subject))
    head = to_bytes(reply, MESSAGE_ID, SENT_AT).partition(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n"))
    for word in re.findall(rb"=\?utf-8\?[bq]\?[^?]*\?=", head):
        assert "\ufffd" not in str(message_from_bytes(b"Subject: " + word + b"\n\n", policy=default)["Subject"])


@pytest.mark.parametrize("subject", ["order", "a, b; <c@d.example> (e)", "word " * 60, "100 % = all?"])
def test_a_subject_in_ascii_is_not_encoded(subject: str) -> None:
    """RFC 5230 section 4.3: encoded words only where they are needed."""
    assert b"=?" not in to_bytes(replace(REPLY, subject=reply_subject(subject)), MESSAGE_ID, SENT_AT)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
@pytest.mark.parametrize("subject", SUBJECTS, ids=range(len(SUBJECTS)))
def test_two_readers_read_the_same_letter(text: str, subject: str) -> None:
    """The standard library and our own intake share no code for fields, encodings and bodies."""
    reply = replace(REPLY, text=text, subject=reply_subject(subject))
    content = to_bytes(reply, MESSAGE_ID, SENT_AT)
    assert content.isascii()
    assert not re.search(rb"\r(?!\n)|(?<!\r)\n", content)
    assert all(len(line) <= 998 for line in content.split(b"\r\n"))
    theirs, ours = message_from_bytes(content, policy=default), read_mail(content, ReadingRules())
    assert not theirs.defects
    assert (ours.notes, ours.sender_doubt) == ((), None)
    assert str(theirs["Subject"]) == ours.subject == " ".join(reply.subject.split())
    assert theirs["From"].addresses[0].addr_spec == ours.sender == reply.sender
    assert [address.addr_spec for address in theirs["To"].addresses] == list(ours.recipients) == [reply.to]
    assert theirs["Message-ID"] == ours.message_id == MESSAGE_ID
    assert (theirs["In-Reply-To"], tuple(theirs["References"].split())) == (ours.in_reply_to, ours.references)
    assert theirs["Date"].datetime == ours.written_at == SENT_AT
    assert text_of(theirs) == text
    assert _squeezed(ours.new_text + ours.quoted_text) == _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_letter_is_one_text_plain_and_in_html_without_attachments() -> None:
    message = message_from_bytes(to_bytes(REPLY, MESSAGE_ID, SENT_AT), policy=default)
    assert message.get_content_type() == "multipart/alternative"
    parts = [(part.get_content_type(), part.get_content_charset()) for part in message.iter_parts()]
    assert parts == [("text/plain", "utf-8"), ("text/html", "utf-8")]


def test_what_a_customer_wrote_does_not_end_a_part() -> None:
    hostile = f"    --{BOUNDARY}\n--{BOUNDARY}--\nContent-Type: text/html\n\n<b>x</b>\n"
    message = message_from_bytes(to_bytes(replace(REPLY, text=hostile), MESSAGE_ID, SENT_AT), policy=default)
    assert len(list(message.iter_parts())) == 2
    assert text_of(message) == hostile
