"""Find out who wrote a mail, and doubt it whenever two readings could differ.

In:   the fields of a head, undecoded.
Out:  one address and its name, or the reason why there is none that can be relied on; the recipients.
Standards: RFC 5322 sections 3.2.2 to 3.4 (addr-spec, comments, groups) and 3.6.2 (From), RFC 5321 section 4.5.3.1 (lengths),
      RFC 6531 (EAI).
Limits: says what From claims, not whether that is true: see `authentication`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.utils import getaddresses

from responder.intake import limits
from responder.intake.charsets import decode
from responder.intake.headers import Fields, clean, decode_words, plain
from responder.intake.limits import Notes

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+)*")
_DOMAIN = re.compile(
    r"(?:[a-z0-9\u0080-\U0010ffff](?:[a-z0-9\u0080-\U0010ffff-]{0,61}[a-z0-9\u0080-\U0010ffff])?\.)+[a-z\u0080-\U0010ffff][a-z0-9\u0080-\U0010ffff-]{0,61}[a-z0-9\u0080-\U0010ffff]\.?"
)
_LOOSE_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\u0080-\U0010ffff-]{1,64}@[A-Za-z0-9.\u0080-\U0010ffff-]{1,255}")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[<>,;:()\\]|[^"<>,;:()\\\s]+|\s+|"', re.DOTALL)
_RECIPIENT_FIELDS = (
    "to",
    "cc",
    "resent-to",
    "resent-cc",
    "bcc",
    "resent-bcc",
    "delivered-to",
    "x-original-to",
    "x-delivered-to",
    "envelope-to",
    "x-envelope-to",
)


@dataclass(frozen=True, slots=True)
class Sender:
    """The one address of From; without an address, `doubt` says why."""

    address: str = ""
    name: str = ""
    doubt: str | None = None


@dataclass(frozen=True, slots=True)
class _Mailbox:
    name: str
    address: str


class _NotStrict(Exception):
    """Say what in a field goes against the grammar."""


def sender_of(fields: Fields, charset: str = "") -> Sender:
    """Read From (RFC 5322 section 3.6.2); a name that nobody encoded is in `charset`, where one is known."""
    return _one_mailbox(fields.all("from"), charset)


def reply_to_of(fields: Fields) -> Sender:
    """Read Reply-To (RFC 5322 section 3.6.2) as strictly as From."""
    found = _one_mailbox(fields.all("reply-to"))
    return replace(found, doubt=found.doubt.replace("From", "Reply-To")) if found.doubt else found


def _one_mailbox(values: Sequence[bytes], charset: str = "") -> Sender:
    if not values:
        return Sender(doubt="there is no From field")
    if len(values) > 1:
        return Sender(doubt="there is more than one From field")
    raw = plain(values[0])
    if not raw:
        return Sender(doubt="From is empty")
    if len(raw) > 2000:
        return Sender(doubt="From is longer than any honest one")
    try:
        mailbox = _only_mailbox(raw)
    except _NotStrict as fault:
        return Sender(name=_display(raw, charset), doubt=str(fault))
    name = _shown(mailbox.name, charset)
    doubt = _address_doubt(mailbox.address) or _other_reading(raw, mailbox.address)
    if doubt:
        return Sender(name=name, doubt=doubt)
    local, _, domain = mailbox.address.rpartition("@")
    return Sender(f"{local}@{domain.lower().rstrip('.')}", name)


def recipients_of(fields: Fields, notes: Notes) -> tuple[str, ...]:
    """Give all addresses to which a mail was sent, in lower case, at most 100."""
    found: dict[str, None] = {}
    for name in _RECIPIENT_FIELDS:
        for value in fields.all(name):
            for address in loose_addresses(plain(value)):
                if len(found) >= limits.ADDRESSES:
                    notes.add(f"only the first {limits.ADDRESSES} recipients were read")
                    return tuple(found)
                found[address.lower()] = None
    return tuple(found)


def loose_addresses(raw: str) -> list[str]:
    """Give all that looks like an address in a field, quoted strings and comments left out when something else does."""
    bare = re.sub(r'"(?:[^"\\]|\\.){0,500}"(?!@)', " ", raw)
    return _LOOSE_ADDRESS.findall(bare) or _LOOSE_ADDRESS.findall(raw)


def _only_mailbox(raw: str) -> _Mailbox:
    """Read a field that must hold one mailbox: `name <address>` or an address alone."""
    tokens = _without_comments(raw)
    words = [token for token in tokens if not token.isspace()]
    if not words:
        raise _NotStrict("From holds no address")
    if any(token in (":", ";") for token in words):
        raise _NotStrict("From is a group of addresses")
    if "," in words:
        raise _NotStrict("From holds more than one address")
    if "<" not in words and ">" not in words:
        return _Mailbox("", _joined_address(tokens))
    if words.count("<") != 1 or words.count(">") != 1 or words[-1] != ">" or words.index("<") > words.index(">"):
        raise _NotStrict("the angle brackets in From do not match")
    opening = tokens.index("<")
    name = "".join(tokens[:opening]).strip()
    _check_name(tokens[:opening])
    return _Mailbox(name, _joined_address(tokens[opening + 1 : len(tokens) - 1 - tokens[::-1].index(">")]))


def _without_comments(raw: str) -> list[str]:
    kept: list[str] = []
    depth = 0
    tokens = _TOKEN.findall(raw)
    escaped = False
    for token in tokens:
        if depth and escaped:
            escaped = False
        elif token == "\\":
            if not depth:
                raise _NotStrict("a backslash stands outside of quotes in From")
            escaped = True
        elif token == "(":
            depth += 1
        elif token == ")":
            depth -= 1
            if depth < 0:
                raise _NotStrict("the brackets in From do not match")
            kept.append(" ")
        elif not depth:
            kept.append(token)
    if depth:
        raise _NotStrict("the brackets in From do not match")
    if '"' in kept:
        raise _NotStrict("the quotes in From do not match")
    return kept


def _check_name(tokens: list[str]) -> None:
    """Refuse a display name in which another reader could see an address of its own."""
    for token in tokens:
        if not token.startswith('"') and _LOOSE_ADDRESS.fullmatch(token) and "=?" not in token:
            # `a@x <b@y>` is read as a@x by some; a mail program that writes the address as the name does so in quotes.
            raise _NotStrict("From holds an address outside of the angle brackets")


def _joined_address(tokens: list[str]) -> str:
    words = [token for token in tokens if not token.isspace()]
    text = "".join(words)
    if len(words) > 1 and not (len(words) == 2 and words[0].startswith('"') and words[1].startswith("@")):
        raise _NotStrict("the address in From is not one word")
    return text


def _address_doubt(address: str) -> str | None:
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return "From holds no complete address"
    if "=?" in address:
        return "the address in From is written as an encoded word"
    if len(local.encode("utf-8", "surrogateescape")) > 64 or len(domain) > 253:
        return "the address in From is too long"  # RFC 5321 section 4.5.3.1
    if not address.isascii() and (not address.isprintable() or any("\ud800" <= sign <= "\udfff" for sign in address)):
        return "the address in From holds characters that no address has"
    if local.startswith('"'):
        inside = local[1:-1]
        if not local.endswith('"') or len(local) < 3 or any(sign in '@"\\<>,;:()[] ' for sign in inside):
            return "the address in From has a quoted local part that can be misread"
    elif not _ATOM.fullmatch(local):
        return "the local part of From breaks the rules for addresses"
    if not _DOMAIN.fullmatch(domain.lower()):
        return "the domain of From is not a domain name"
    return None


def _other_reading(raw: str, address: str) -> str | None:
    """Ask the standard library as the second reader."""
    try:
        others = [each for _, each in getaddresses([raw]) if each]
    except (RecursionError, IndexError, ValueError, TypeError, AttributeError):
        return "From cannot be read by a second reader"
    if [other.lower() for other in others] != [address.lower()]:
        return "two readings of From differ"
    return None


def _shown(name: str, charset: str) -> str:
    """Decode a display name; only now, when the addresses are already split off."""
    bare = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda quoted: re.sub(r"\\(.)", r"\1", quoted[1]), name)
    if any("\ud800" <= sign <= "\udfff" for sign in bare):
        bare = decode(bare.encode("utf-8", "surrogateescape"), charset)
    return clean(decode_words(bare)).strip("'\" ")[: limits.NAME]


def _display(raw: str, charset: str) -> str:
    return _shown(re.sub(r"<[^<>]*>?", " ", raw)[: limits.NAME * 4], charset)
