"""Exactly one address is the sender's, or there is a doubt that says why."""

import pytest

from responder.intake.headers import Fields
from responder.intake.limits import Notes
from responder.intake.sender import recipients_of, sender_of


@pytest.mark.parametrize(
    ("raw", "address", "name"),
    [
        ("a@b.example", "a@b.example", ""),
        ("Anna B <a@B.Example>", "a@b.example", "Anna B"),
        ('"B, Anna" <a@b.example>', "a@b.example", "B, Anna"),
        ("a@b.example (Anna)", "a@b.example", ""),
        ("=?utf-8?q?Gr=C3=BCn?= <a@b.example>", "a@b.example", "Grün"),
        ("Müller <a@b.example>", "a@b.example", "Müller"),
        ('"bank@victim.example" <a@b.example>', "a@b.example", "bank@victim.example"),
        ("=?utf-8?q?=3Cx=40y.example=3E?= <a@b.example>", "a@b.example", "<x@y.example>"),
        ("O'Neil <o'neil+tag@b.example>", "o'neil+tag@b.example", "O'Neil"),
        ("Anna B. <a@b.example>", "a@b.example", "Anna B."),
        ("Anna\r\n <a@b.example>", "a@b.example", "Anna"),
        ("Anna\u202e <a@b.example>", "a@b.example", "Anna"),
        ("ü@bücher.example", "ü@bücher.example", ""),
    ],
)
def test_one_plain_address_is_the_sender(raw: str, address: str, name: str) -> None:
    sender = sender_of(Fields((("from", raw.encode()),)))
    assert (sender.address, sender.name, sender.doubt) == (address, name, None)


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "Anna",
        "<>",
        "=?utf-8?q?victim=40bank.example=2C?=foo@attacker.example",
        "a@x.example <b@y.example>",
        "a@x.example, b@y.example",
        "a@x.example b@y.example",
        "<a@x.example> <b@y.example>",
        "group: a@x.example;",
        "undisclosed-recipients:;",
        "<@relay.example:a@x.example>",
        "a@x@y.example",
        "a..b@x.example",
        ".a@x.example",
        "a @ x.example",
        "a@[127.0.0.1]",
        "a@localhost",
        "a@-x.example",
        "a@x_y.example",
        '"a b"@x.example',
        '"a@y.example"@x.example',
        "a@x.example\\",
        "Anna <a@x.example",
        "Anna a@x.example>",
        "<<a@x.example>>",
        "<a@x.example> Anna",
        '"Anna <a@x.example>',
        "Anna (a@x.example",
        "a@x.example\0",
        "a\u202e@x.example",
        "a@x.example,",
        "(" * 1000 + "a@x.example",
        "a@x.example" * 500,
        "x" * 65 + "@x.example",
        "=?utf-8?b?YUB4LmV4YW1wbGU=?=",
        "Shop [Support] <a@x.example>",
    ],
)
def test_what_can_be_read_in_two_ways_is_doubted(raw: str) -> None:
    sender = sender_of(Fields((("from", raw.encode()),)))
    assert sender.address == ""
    assert sender.doubt


def test_two_from_fields_or_none_are_doubted() -> None:
    assert sender_of(Fields()).doubt
    assert sender_of(Fields((("from", b"a@b.example"), ("from", b"a@b.example")))).doubt


def test_recipients_are_collected_once_in_lower_case_and_counted() -> None:
    fields = Fields((("to", b'"x, y@z.example" <A@b.example>, c@d.example'), ("cc", b"C@D.example"), ("delivered-to", b"e@f.example")))
    assert recipients_of(fields, Notes()) == ("a@b.example", "c@d.example", "e@f.example")
    many = Fields((("to", b", ".join(b"a%d@b.example" % n for n in range(500))),))
    assert len(recipients_of(many, Notes())) == 100
