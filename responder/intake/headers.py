"""Split a message's head into fields, and read what stands in them.

In:   bytes of a message, or of a part of one.
Out:  fields by name; text with its encoded words decoded; values with parameters; Message-IDs; a date.
Standards: RFC 5322 section 2.2 (fields, folding), RFC 2047 (encoded words), RFC 2045 section 5.1 and RFC 2231 (parameters).
Limits: see `limits`; every reading here takes time in proportion to the length of the field.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from responder.intake import limits
from responder.intake.charsets import decode
from responder.intake.limits import Notes

_FIELD = re.compile(rb"([!-9;-~\x80-\xff]{1,200})[ \t]*:[ \t]*")
_HEAD_END = re.compile(rb"\n\r*\n")
_MBOX = re.compile(rb">?From [^\n]{0,500}\n")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_BLANKS = re.compile(r"\s+")
_WORD = re.compile(r"=\?([^?\s=]{1,60})\?\s?([bBqQ])\s?\?")
_WORD_END = re.compile(r"\?\s?=(?![0-9A-Fa-f]{2}[^?\s]{0,60}\?=)")
_QUOTED_BYTE = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_MESSAGE_ID = re.compile(r"<[^<>\s]{1,1000}>")
_PARAMETER = re.compile(r"[\s;]*([^\s=;\"]{1,100})\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)(?:\"|$)|([^;]*)))?[^;]*", re.DOTALL)
_SECTION = re.compile(r"([^*]+)(?:\*(\d{1,3}))?(\*)?$")


@dataclass(frozen=True, slots=True)
class Fields:
    """Hold the fields of a head in their order; names in lower case, values as their bytes, folds and all."""

    pairs: tuple[tuple[str, bytes], ...] = ()
    _index: dict[str, list[bytes]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: dict[str, list[bytes]] = {}
        for name, value in self.pairs:
            index.setdefault(name, []).append(value)
        object.__setattr__(self, "_index", index)

    def __contains__(self, name: str) -> bool:
        return name in self._index

    def __iter__(self) -> Iterator[tuple[str, bytes]]:
        return iter(self.pairs)

    def all(self, name: str) -> list[bytes]:
        """Give the values of all fields of a name, from the top."""
        return self._index.get(name, [])

    def first(self, name: str) -> bytes:
        """Give the topmost value of a name, or nothing."""
        return next(iter(self.all(name)), b"")

    def plain(self, name: str) -> str:
        """Give the topmost value as one line of text, encoded words left as they stand."""
        return plain(self.first(name))

    def text(self, name: str, charset: str = "") -> str:
        """Give the topmost value as one line of text; bytes that nobody encoded are in `charset`, where one is known."""
        return decoded(self.first(name), charset=charset)


def split_head(data: bytes, notes: Notes, *, whole: bool = True) -> tuple[Fields, bytes]:
    """Split a message, or a part of one (`whole` is False), into its fields and its body."""
    start = 0
    if whole:
        # Blank lines and an mbox separator before the head are not of the message.
        start = len(data) - len(data.lstrip(b"\r\n"))
        if separator := _MBOX.match(data, start):
            start = separator.end()
    found = None if data[start : start + 2] in (b"\r\n",) or data[start : start + 1] == b"\n" else _HEAD_END.search(data, start)
    if data[start : start + 1] == b"\n" or data[start : start + 2] == b"\r\n":
        return Fields(), data[start:].removeprefix(b"\r").removeprefix(b"\n")
    head, body = (data[start : found.start() + 1], found.end()) if found else (data[start:], len(data))
    if len(head) > limits.HEADER_BLOCK:
        notes.add("the head was cut: it is longer than 256 kB")
        head = head[: limits.HEADER_BLOCK]
    pairs, rest = _pairs(head, notes)
    if rest:
        # RFC 5322 section 2.1: a line that is no field ends the head, even without a blank line before it.
        return Fields(pairs), rest + data[start + len(head) :]
    return Fields(pairs), data[body:]


def _pairs(head: bytes, notes: Notes) -> tuple[tuple[tuple[str, bytes], ...], bytes]:
    pairs: list[tuple[str, list[bytes]]] = []
    lines = head.split(b"\n")
    at = 0
    for number, line in enumerate(lines):
        match = _FIELD.match(line)
        if line[:1] in (b" ", b"\t"):
            if pairs:
                pairs[-1][1].append(line.rstrip(b"\r"))
        elif match:
            pairs.append((match[1].decode("latin-1").lower(), [line[match.end() :].rstrip(b"\r")]))
        elif line.strip():
            if not any(map(_FIELD.match, lines[number + 1 : number + 3])):
                return _cut(pairs, notes), head[at:]
            notes.add("a line in the head is no field and was left out")
        at += len(line) + 1
    return _cut(pairs, notes), b""


def _cut(pairs: list[tuple[str, list[bytes]]], notes: Notes) -> tuple[tuple[str, bytes], ...]:
    if len(pairs) > limits.FIELDS:
        notes.add(f"only the first {limits.FIELDS} fields were read")
    kept = []
    for name, lines in pairs[: limits.FIELDS]:
        value = b"\n".join(lines)
        if len(value) > limits.FIELD:
            notes.add("a field was cut: it is longer than 16 kB")
            value = value[: limits.FIELD]
        kept.append((name, value))
    return tuple(kept)


def plain(value: bytes) -> str:
    """Unfold a value into one line of text, encoded words left as they stand (RFC 5322 section 2.2.3)."""
    return value.replace(b"\r", b"").replace(b"\n", b"").decode("utf-8", "surrogateescape").strip()


def unfolded(value: bytes, charset: str = "") -> str:
    """Unfold a value into one line of text; bytes that are not ASCII are decoded (RFC 6532), by `charset` where they are not UTF-8."""
    line = value.replace(b"\r", b"").replace(b"\n", b"")
    return decode(line, charset) if not line.isascii() or b"\x1b" in line else line.decode("ascii")


def decoded(value: bytes, most: int = limits.FIELD, charset: str = "") -> str:
    """Decode a value of free text: encoded words, blanks folded, no control or bidi characters."""
    return clean(decode_words(unfolded(value, charset)))[:most].rstrip()


def clean(text: str) -> str:
    r"""Take out control, zero-width and bidi characters, and fold blanks.

    >>> clean("a\u202eb\r\n c")
    'ab c'
    """
    text = text.encode("utf-8", "replace").decode("utf-8")
    return _BLANKS.sub(" ", _CONTROLS.sub("", text)).strip()


def decode_words(text: str) -> str:
    """Decode the encoded words in a text, also broken ones; the bytes of neighbours are joined first (RFC 2047 section 6.2).

    >>> decode_words("=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?= aus")
    'Grüße aus'
    """
    if "=?" not in text:
        return text
    out: list[str] = []
    run: list[tuple[str, bytes]] = []
    at = 0
    while word := _WORD.search(text, at):
        end = _WORD_END.search(text, word.end())
        if end is None:
            break
        between = text[at : word.start()]
        if between.strip(" \t\r\n") or not run:
            out += _joined(run)
            run = []
            out.append(between)
        run.append((word[1].lower(), word[2].lower().encode() + text[word.end() : end.start()].encode("utf-8", "surrogateescape")))
        at = end.end()
    out += _joined(run)
    out.append(text[at:])
    return "".join(out)


def _joined(run: list[tuple[str, bytes]]) -> Iterator[str]:
    data: list[bytes] = []
    for number, (charset, word) in enumerate(run):
        data.append(word)
        following = run[number + 1][0] if number + 1 < len(run) else None
        if charset != following:
            yield decode(b"".join(_word_bytes(data)), charset)
            data = []


def _word_bytes(words: list[bytes]) -> Iterator[bytes]:
    base64 = b""
    for word in words:
        if word[:1] == b"b":
            base64 += word[1:]
            # Some mailers cut base64 anywhere, so an unfinished group is completed by the next word.
            if b"=" in word[-2:] or len(base64) % 4 == 0:
                yield from_base64(base64)
                base64 = b""
        else:
            yield from_base64(base64)
            base64 = b""
            yield _QUOTED_BYTE.sub(lambda byte: bytes((int(byte[1], 16),)), word[1:].replace(b"_", b" "))
    yield from_base64(base64)


def from_base64(data: bytes) -> bytes:
    """Decode base64 (RFC 2045 section 6.8); what is not of its alphabet is skipped, padding may be missing."""
    if not data:
        return b""
    try:
        return binascii.a2b_base64(data)
    except binascii.Error:
        kept = _NOT_BASE64.sub(b"", data)
        kept = kept[: len(kept) - (len(kept) % 4 == 1)]
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))


def message_ids(value: bytes) -> tuple[str, ...]:
    """Give the Message-IDs of a field as they are written, at most 100."""
    return tuple(_MESSAGE_ID.findall(clean(unfolded(value)))[: limits.MESSAGE_IDS])


def message_id(value: bytes) -> str:
    """Give the Message-ID of a field; one without its angle brackets is taken as it stands."""
    found = message_ids(value)
    return found[0] if found else clean(unfolded(value))[: limits.MESSAGE_ID]


def written_at(value: bytes) -> datetime | None:
    """Read a Date field (RFC 5322 section 3.3); aware, in UTC; None when it says nothing that can be believed."""
    try:
        date = parsedate_to_datetime(unfolded(value)[:200])
        # RFC 5322 section 3.3: -0000 says that the zone is unknown, the moment is in UTC.
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


def value_and_parameters(value: bytes) -> tuple[str, dict[str, str]]:
    """Read a value like Content-Type's: the value in lower case, and its parameters decoded (RFC 2045 section 5.1, RFC 2231)."""
    line = unfolded(value)
    main, _, rest = line.partition(";")
    sections: dict[str, dict[int, tuple[str, bool]]] = {}
    at = 0
    for _ in range(limits.PARAMETERS):
        match = _PARAMETER.match(rest, at)
        if not match:
            break
        at = match.end()
        if section := _SECTION.match(match[1].lower()):
            text = re.sub(r"\\(.)", r"\1", match[2]) if match[2] is not None else (match[3] or "").strip().strip('"')
            # The first of several with one name counts; a continued one (RFC 2231) counts more than a plain one.
            sections.setdefault(section[1], {}).setdefault(int(section[2] or (0 if section[3] else -1)), (text, bool(section[3])))
    return main.strip().strip('"').lower(), {name: _whole(parts) for name, parts in sections.items()}


def _whole(parts: dict[int, tuple[str, bool]]) -> str:
    """Join the sections of a parameter (RFC 2231 section 3) and decode it (section 4)."""
    numbered = [parts[number] for number in sorted(parts) if number >= 0]
    if not numbered:
        return clean(decode_words(parts[-1][0]))
    charset, data = "", b""
    for number, (text, encoded) in enumerate(numbered):
        if encoded and number == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "surrogateescape")
    text = decode(data, charset)
    return clean(decode_words(text) if "=?" in text else text)
