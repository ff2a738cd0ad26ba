"""A mail is read from its bytes, and what cannot be read says so."""

import time
from datetime import UTC, datetime

import pytest

from responder.domain.errors import UnreadableMail
from responder.domain.reading import ReadingRules
from responder.intake.read_mail import read_mail

RULES = ReadingRules()
MAIL = (
    b"Return-Path: <anna@b.example>\r\n"
    b"Authentication-Results: mx.our.example; dmarc=pass header.from=b.example\r\n"
    b"From: =?utf-8?q?Anna_Gr=C3=BCn?= <Anna@B.example>\r\n"
    b"To: Help <help@Shop.example>, other@shop.example\r\n"
    b"Subject: =?utf-8?b?V28gaXN0IG1laW4gUMOkY2tjaGVuPw==?=\r\n"
    b"Date: Mon, 3 May 2021 10:12:13 +0200\r\n"
    b"Message-ID: <1@b.example>\r\n"
    b"In-Reply-To: <r1.abc@shop.example>\r\n"
    b"References: <0@b.example>\r\n <r1.abc@shop.example>\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"\r\n"
    b"Wo ist 10422?\r\n\r\nAm 03.05.2021 um 09:00 schrieb Shop <help@shop.example>:\r\n> Hallo\r\n"
)


@pytest.mark.parametrize(
    ("charset", "subject", "name"), [("gb2312", "我的订单在哪里", "王芳"), ("iso-8859-2", "Gdzie jest moja paczka? Żółw", "Żaneta")]
)
def test_fields_that_nobody_encoded_are_in_the_charset_of_the_text(charset: str, subject: str, name: str) -> None:
    head = f"From: {name} <a@b.example>\nSubject: {subject}\nContent-Type: text/plain; charset={charset}\n\n1042"
    mail = read_mail(head.encode(charset), ReadingRules())
    assert (mail.subject, mail.sender_name) == (subject, name)


def test_all_of_a_mail_is_read() -> None:
    mail = read_mail(MAIL, ReadingRules(authserv_ids=("mx.our.example",)))
    assert (mail.message_id, mail.sender, mail.sender_name, mail.sender_doubt) == ("<1@b.example>", "Anna@b.example", "Anna Grün", None)
    assert mail.recipients == ("help@shop.example", "other@shop.example")
    assert mail.subject == "Wo ist mein Päckchen?"
    assert mail.written_at == datetime(2021, 5, 3, 8, 12, 13, tzinfo=UTC)
    assert mail.new_text == "Wo ist 10422?"
    assert mail.quoted_text.endswith("> Hallo")
    assert (mail.in_reply_to, mail.references) == ("<r1.abc@shop.example>", ("<0@b.example>", "<r1.abc@shop.example>"))
    assert (mail.attachments, mail.machine_signs, mail.notes) == ((), (), ())
    assert mail.verified
    assert mail.verdicts == {"dmarc": "pass"}


def test_senders_are_verified_by_trust_only_where_there_is_one() -> None:
    trusting = ReadingRules(trust_senders=True)
    assert not read_mail(MAIL, RULES).verified
    assert read_mail(MAIL, trusting).verified
    assert not read_mail(MAIL.replace(b"Anna@B.example", b"a@b.example, c@d.example"), trusting).verified


def test_words_without_fields_are_read_as_text() -> None:
    mail = read_mail(b"Just some words\nand no fields at all\n", RULES)
    assert (mail.new_text, mail.sender, mail.subject) == ("Just some words\nand no fields at all", "", "")
    assert mail.sender_doubt == "there is no From field"


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b"\0\0\0", b"\x89PNG\r\n\x1a\n\0\0\0"])
def test_what_is_no_mail_is_unreadable(content: bytes) -> None:
    with pytest.raises(UnreadableMail):
        read_mail(content, RULES)


def test_a_mail_without_a_body_or_of_old_line_ends_is_read() -> None:
    assert read_mail(b"From: a@b.example\nSubject: x", RULES).subject == "x"
    assert read_mail(b"From: a@b.example\rSubject: x\r\rHello\r", RULES).new_text == "Hello"


HOSTILE = {
    "parameters": b"From: a@b.example\nContent-Type: text/plain" + b"; a=b" * 64_000 + b"\n\nx",
    "recipients": b"From: a@b.example\nTo: " + b"a@b.example, " * 64_000 + b"\n\nx",
    "encoded words": b"From: a@b.example\nSubject: " + b"=?utf-8?q?a?= " * 16_000 + b"\n\nx",
    "brackets": b"From: " + b"(" * 100_000 + b"\n\nx",
    "nested parts": b"From: a@b.example\n"
    + b"".join(b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(3000)),
    "many parts": b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\na\n" * 50_000,
    "many fields": b"A: b\n" * 200_000,
    "one line": b"From: a@b.example\n\n" + b"a" * 3_000_000,
    "nested tags": b"From: a@b.example\nContent-Type: text/html\n\n" + b"<div>" * 200_000,
    "long texts": b"From: a@b.example\nContent-Type: multipart/mixed; boundary=x\n\n" + (b"--x\n\n" + b"From: a\n" * 40_000 + b"\n") * 40,
    "flowed": b"From: a@b.example\nContent-Type: text/plain; format=flowed\n\n" + b"a \n" * 500_000,
    "large file": b"From: a@b.example\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + b"QUJD" * 4_000_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_mail_takes_little_time(name: str) -> None:
    started = time.perf_counter()
    read_mail(HOSTILE[name], RULES)
    assert time.perf_counter() - started < 2  # twice what is promised, so that a busy machine does not fail it
