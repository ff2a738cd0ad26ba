"""Tell a mail from every other one: by its Message-ID, and by a digest over what does not change on its way.

In:   bytes of a mail.
Out:  Message-ID, and SHA-256 in hexadecimal.
Standards: RFC 5322 section 3.6.4 (Message-ID); unfolding as in section 2.2.3; FIPS 180-4 (SHA-256).
Limits: a server that rewrites bodies (another transfer encoding, a footer added) makes another mail of it.
"""

import hashlib
import re

from responder.intake.headers import message_id, split_head
from responder.intake.limits import Notes

# Fields that servers add or change on the way (Received, Return-Path, X-…, ARC-…) are not among them.
_LASTING = ("from", "to", "cc", "date", "subject", "message-id")
_BLANKS = re.compile(rb"[ \t\r\n]+")


def message_key(content: bytes) -> tuple[str, str]:
    """Give the Message-ID (empty when there is none) and the content digest; never raises."""
    fields, body = split_head(content, Notes())
    digest = hashlib.sha256()
    for name in _LASTING:
        for value in fields.all(name):
            digest.update(name.encode() + b":" + _BLANKS.sub(b" ", value).strip() + b"\n")
    digest.update(b"\n" + body.replace(b"\r\n", b"\n").rstrip(b"\r\n"))
    return message_id(fields.first("message-id")), digest.hexdigest()
