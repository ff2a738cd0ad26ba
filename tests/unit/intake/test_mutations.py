"""However a mail is broken, it is read or refused; nothing else happens."""

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.domain.errors import UnreadableMail
from responder.domain.mail import InboundMail
from responder.intake.identity import message_key
from responder.intake.read_mail import ReadingRules, read_mail

EXAMPLES = 20_000
_AT_ONCE = 10  # drawing costs more than reading

RULES = ReadingRules(
    own_addresses=frozenset(("help@shop.example",)), authserv_ids=("mx.our.example",), own_message_id=lambda message_id: "r1." in message_id
)
_HEAD = (
    b"Return-Path: <anna@b.example>\nReceived: from x by y; Mon, 3 May 2021 10:12:13 +0200\n"
    b"Authentication-Results: mx.our.example; dmarc=pass (p=none) header.from=b.example; dkim=pass header.d=b.example\n"
    b'From: =?utf-8?q?Gr=C3=BCn=2C?= "Anna" <anna@b.example>\nTo: Help <help@shop.example>, x@y.example\n'
    b"Subject: =?iso-2022-jp?b?GyRCJCIbKEI=?= =?utf-8?q?where=3F?=\nDate: Mon, 3 May 2021 10:12:13 +0200\n"
    b"Message-ID: <1@b.example>\nReferences: <0@b.example> <r1.a@shop.example>\nAuto-Submitted: no (x); y=z\n"
)
SAMPLES = (
    _HEAD + b"Content-Type: text/plain; charset=utf-8; format=flowed\n\n"
    b"Where is \nit?\n\nOn Mon, 3 May 2021 Shop <s@shop.example> wrote:\n> x\n\n-- \nAnna\n",
    _HEAD + b'Content-Type: multipart/alternative; boundary="x"\n\n--x\nContent-Type: text/plain; charset=gb2312\n'
    b"Content-Transfer-Encoding: quoted-printable\n\n=C4=E3=BA=C3=\n!\n--x\nContent-Type: text/html; charset=utf-8\n"
    b"Content-Transfer-Encoding: base64\n\nPHA+SGVsbG88L3A+PGJsb2NrcXVvdGUgdHlwZT1jaXRlPng8L2Jsb2NrcXVvdGU+\n--x--\n",
    _HEAD + b'Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/html\n\n<div style="display:none">a</div>'
    b'<a href="https://x.example">b</a>'
    b"<div id=appendonsend></div><table><tr><td>c</table>\n--x\nContent-Type: application/pdf; name*0*=utf-8''%E2%82%AC; name*1=.pdf\n"
    b'Content-Disposition: attachment; filename="../a\\"b"\n'
    b"Content-Transfer-Encoding: base64\n\nQUJD\n--x\nContent-Type: message/rfc822\n\n"
    b"From: a@b.example\nSubject: inner\n\nbegin 644 a\n#0V%T\n`\nend\n--x--\n",
    _HEAD + b"Content-Type: multipart/report; boundary=x\n\n--x\n\n550 5.1.1 user unknown\n--x\nContent-Type: message/delivery-status\n\n"
    b"Action: failed\n--x--\n",
)
PIECES = (
    *(
        b"",
        b"\0",
        b"\n",
        b"\r",
        b"\n\n",
        b"\xff",
        b"\x80",
        b"\x1b$B",
        b"(",
        b'"',
        b"\\",
        b"<",
        b">",
        b";",
        b"=",
        b"=?",
        b"?=",
        b":",
        b",",
        b"'",
    ),
    *(b"--x", b"--x--\n", b"*0*=", b"charset=utf-7", b"charset=utf-16", b"charset=hz", b"charset=iso-2022-kr", b"charset=xx", b"From: "),
    *(b"\n ", b"<p", b"<!--", b"&#1;", b"\xe2\x80\xae", b"\xed\xa0\x80"),
)


def _broken(seed: int) -> bytes:
    """Break a sample in one to eight places; a seed is far cheaper to draw than the places."""
    chance = random.Random(seed)
    content = bytearray(chance.choice(SAMPLES))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) + 1)
        content[at : at + chance.randint(0, 12)] = chance.choice(PIECES)
    return bytes(content)


@settings(max_examples=EXAMPLES // _AT_ONCE, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64 - 1))
def test_a_broken_mail_is_read_or_refused(seed: int) -> None:
    for number in range(_AT_ONCE):
        content = _broken(seed + number)
        message_key(content)
        try:
            mail = read_mail(content, RULES)
        except UnreadableMail:
            continue
        assert isinstance(mail, InboundMail)
        f"{mail}".encode()  # no half character may reach the books
