"""Name our replies so that nobody else can, and so that the same reply always has the same name.

In:   the installation's key, the key of the mail that is answered, and the number of the reply to it.
Out:  a Message-ID.
Standards: RFC 5322 section 3.6.4 (msg-id); RFC 2104 (HMAC).
"""

import base64
import hashlib
import hmac
import re

_OURS = re.compile(r"<r1\.([a-z2-7]{24})\.([a-z2-7]{16})@[^<>@\s]{1,255}>")


def new_message_id(key: bytes, mail_key: str, revision: int, domain: str) -> str:
    """Give the Message-ID of a reply; `domain` is the sending mailbox's."""
    token = _mac(key, f"letter\0{mail_key}\0{revision}", 15)
    return f"<r1.{token}.{_mac(key, f'tag{chr(0)}{token}', 10)}@{domain}>"


def is_our_message_id(key: bytes, message_id: str) -> bool:
    """Tell whether this installation made a Message-ID."""
    match = _OURS.fullmatch(message_id.strip())
    return match is not None and hmac.compare_digest(match.group(2), _mac(key, f"tag\0{match.group(1)}", 10))


def _mac(key: bytes, text: str, size: int) -> str:
    digest = hmac.new(key, text.encode(), hashlib.sha256).digest()[:size]
    return base64.b32encode(digest).decode().rstrip("=").lower()
