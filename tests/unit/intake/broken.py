"""Mails broken at random, for the test run and for longer campaigns."""

import random
from pathlib import Path

from responder.domain.reading import ReadingRules
from tests.unit.intake.test_ordinary_mails import MACHINES, ORDINARY, whole

# Mails meant to break the reader, and those that did; each is read again in every test run.
HOSTILE = Path(__file__).parent / "hostile"
RULES = ReadingRules(own_addresses=frozenset(("help@shop.example",)), authserv_ids=("mx.our.example",))
_HEAD = (
    b"Return-Path: <anna@b.example>\nReceived: from x by y; Mon, 3 May 2021 10:12:13 +0200\n"
    b"Authentication-Results: mx.our.example; dmarc=pass (p=none) header.from=b.example; dkim=pass header.d=b.example\n"
    b'From: =?utf-8?q?Gr=C3=BCn=2C?= "Anna" <anna@b.example>\nTo: Help <help@shop.example>, x@y.example\n'
    b"Subject: =?iso-2022-jp?b?GyRCJCIbKEI=?= =?utf-8?q?where=3F?=\nDate: Mon, 3 May 2021 10:12:13 +0200\n"
    b"Message-ID: <1@b.example>\nReferences: <0@b.example> <r1.a@shop.example>\nAuto-Submitted: no (x); y=z\n"
)
_SAMPLES = (
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
_PIECES = (
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


_EVERY_SAMPLE = (*_SAMPLES * 20, *(whole(*ORDINARY[name]) for name in ORDINARY), *(whole(*MACHINES[name][:2]) for name in MACHINES))


def broken(chance: random.Random) -> bytes:
    """Break a sample in one to eight places."""
    content = bytearray(chance.choice(_EVERY_SAMPLE))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(content) + 1)
        content[at : at + chance.randint(0, 12)] = chance.choice(_PIECES)
    return bytes(content)
