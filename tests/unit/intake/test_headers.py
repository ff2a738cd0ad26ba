"""Fields are split and read, also where they break the rules."""

from datetime import UTC, datetime

import pytest

from responder.intake.headers import decode_words, decoded, message_ids, split_head, value_and_parameters, written_at
from responder.intake.limits import Notes


def _head(content: bytes) -> dict[str, bytes]:
    return dict(split_head(content, Notes())[0])


def test_fields_and_body_are_split_at_the_first_blank_line() -> None:
    for end in (b"\n", b"\r\n"):
        fields, body = split_head(end.join([b"Subject: a", b" b", b"To:c", b"", b"x", b""]), Notes())
        assert (fields.text("subject"), fields.text("to"), body.strip()) == ("a b", "c", b"x")


def test_an_mbox_separator_and_blank_lines_above_are_left_out() -> None:
    assert _head(b"\n\nFrom a@b.example Mon May  3\nSubject: a\n\nx") == {"subject": b"a"}


def test_a_broken_line_in_the_head_does_not_end_it() -> None:
    assert _head(b"Subject: a\nthis is no field\nTo: b\n\nx") == {"subject": b"a", "to": b"b"}


def test_text_without_a_blank_line_before_it_is_the_body() -> None:
    assert split_head(b"Subject: a\nHello there\nhow are you\n", Notes())[1].startswith(b"Hello there")


def test_limits_cut_the_head_and_say_so() -> None:
    notes = Notes()
    fields, _ = split_head(b"A: " + b"x" * 20_000 + b"\n" + b"B: c\n" * 600 + b"\nbody", notes)
    assert len(fields.pairs) == 500
    assert len(fields.first("a")) == 16 * 1024
    assert len(notes.all()) == 2


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?q?Gr=C3=BC=C3=9Fe?= aus K=C3=B6ln", "Grüße aus K=C3=B6ln"),
        ("=?utf-8?Q?Gr=C3?=\n =?utf-8?Q?=BC=C3=9Fe?=", "Grüße"),
        ("=?utf-8?b?R3LD?= =?utf-8?b?vMOfZQ==?=", "Grüße"),
        ("=?UTF-8?B?R3LDvMOfZQ?=", "Grüße"),
        ("=?utf-8?q?a b c?=", "a b c"),
        ("=?utf-8?q?What?_is_it=3F?=", "What? is it?"),
        ("=?iso-8859-1?q?Gr=FC?= =?utf-8?q?=C3=9Fe?=", "Grüße"),
        ("=?gb2312?B?1tDOxA==?=", "中文"),
        ("=?utf-8*de?q?Gr=C3=BC=C3=9Fe?=", "Grüße"),
        ("=?x-evil?q?abc?=", "abc"),
        ("=?utf-8?q?unfinished", "=?utf-8?q?unfinished"),
        ("a =?utf-8?q?b?= c", "a b c"),
    ],
)
def test_encoded_words_are_decoded(raw: str, text: str) -> None:
    assert decode_words(raw.replace("\n", "")) == text


def test_control_and_bidi_characters_are_taken_out() -> None:
    assert decoded(b"=?utf-8?q?a=0D=0ABcc:_x=E2=80=AEb?=") == "a Bcc: xb"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'attachment; filename="a b.pdf"', "a b.pdf"),
        (b"attachment; filename=a b.pdf", "a b.pdf"),
        (b"attachment; filename*=utf-8''Rechnung%20M%C3%A4rz.pdf", "Rechnung März.pdf"),
        (b"attachment; filename*0*=utf-8''Rech; filename*1*=nung%20; filename*2=a.pdf", "Rechnung a.pdf"),
        (b"attachment; filename=plain.pdf; filename*=utf-8''better.pdf", "better.pdf"),
        (b'attachment; filename="=?utf-8?q?M=C3=A4rz.pdf?="', "März.pdf"),
        (b'attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
        (b"attachment; filename", ""),
    ],
)
def test_parameters_are_read(raw: bytes, name: str) -> None:
    value, parameters = value_and_parameters(raw)
    assert (value, parameters.get("filename", "")) == ("attachment", name)


def test_message_ids_are_kept_as_written_and_counted() -> None:
    assert message_ids(b"<a@b>\n <c@d> junk") == ("<a@b>", "<c@d>")
    assert len(message_ids(b"<a@b> " * 500)) == 100


@pytest.mark.parametrize(
    ("raw", "date"),
    [
        (b"Mon, 3 May 2021 10:12:13 +0200", datetime(2021, 5, 3, 8, 12, 13, tzinfo=UTC)),
        (b"Mon, 3 May 2021 10:12:13 -0000", datetime(2021, 5, 3, 10, 12, 13, tzinfo=UTC)),
        (b"3 May 2021 10:12:13 GMT (comment)", datetime(2021, 5, 3, 10, 12, 13, tzinfo=UTC)),
        (b"", None),
        (b"yesterday", None),
        (b"Mon, 99 May 99999999999 10:12:13 +9999999", None),
        (b"\xff\xfe", None),
    ],
)
def test_a_date_is_a_moment_in_utc_or_nothing(raw: bytes, date: datetime | None) -> None:
    assert written_at(raw) == date
