"""Take a mail's body apart: its tree of parts, their transfer encodings, the names of attachments.

In:   the fields of a message and its body, as bytes.
Out:  Part, a tree; its leaves hold bytes as they were sent.
Standards: RFC 2045 (transfer encodings), RFC 2046 (multipart), RFC 2183 (disposition), RFC 2387 (related), RFC 3676 (flowed text).
Limits: at most 200 parts, 20 deep; what lies beyond is left out and noted. Attachments are measured, never opened.
"""

import binascii
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from responder.domain.mail import Attachment
from responder.intake import limits
from responder.intake.charsets import decode
from responder.intake.headers import Fields, from_base64, split_head, value_and_parameters
from responder.intake.limits import Notes

_COMMENT = re.compile(r"\([^()]*\)")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_BASE64_LINE = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}[ \t]*")
_FOREIGN = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="))
_NOT_BASE64 = bytes(set(range(256)) - set(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"))
_BOUNDARY = re.compile(rb"boundary\s*=\s*\"?([^\";\r\n]{1,200})", re.IGNORECASE)
_GUESSED_BOUNDARY = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,200}?|-{1,40}[^\r\n]{1,160}?)[ \t]*\r?\n(?=[Cc]ontent-)")
_UUENCODED = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,200})\n((?:[ -`]{1,62}\n)+)(?:`?\n)?end$", re.MULTILINE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([\w-]{2,40})", re.IGNORECASE)
_UNSAFE = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')


@dataclass(frozen=True, slots=True)
class Part:
    """A node of a mail's tree; a multipart has `children`, a leaf has `body`."""

    fields: Fields
    type: str
    parameters: dict[str, str]
    disposition: str
    disposition_parameters: dict[str, str]
    body: bytes = b""
    children: tuple["Part", ...] = ()

    def walk(self) -> Iterator["Part"]:
        """Give this part and all that are in it, in their order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def name(self) -> str:
        """Give the name under which the part was sent, as it was sent."""
        return self.disposition_parameters.get("filename") or self.parameters.get("name") or ""


@dataclass
class _Budget:
    notes: Notes
    left: int = field(default=limits.PARTS)


def take_apart(fields: Fields, body: bytes, notes: Notes) -> Part:
    """Build the tree of a message."""
    return _part(fields, body, _Budget(notes), 0, "text/plain")


def _part(fields: Fields, body: bytes, budget: _Budget, depth: int, default: str) -> Part:
    type_, parameters = value_and_parameters(fields.first("content-type"))
    found = _TYPE.search(_COMMENT.sub("", type_))
    type_ = found[0] if found else ("text/plain" if type_.startswith("text") else default)
    disposition, disposition_parameters = value_and_parameters(fields.first("content-disposition"))
    budget.left -= 1
    if type_.startswith("multipart/"):
        if depth >= limits.DEPTH:
            budget.notes.add(f"parts more than {limits.DEPTH} deep were left out")
            return Part(fields, type_, parameters, disposition, disposition_parameters)
        boundary = parameters.get("boundary", "").encode("utf-8", "surrogateescape")
        sections = _sections(body, boundary) or _sections(body, _guessed_boundary(body))
        if sections:
            inner = "message/rfc822" if type_ == "multipart/digest" else "text/plain"  # RFC 2046 section 5.1.5
            children = (*_lost_first(fields, body), *_children(sections, budget, depth + 1, inner))
            return Part(fields, type_, parameters, disposition, disposition_parameters, b"", children)
        budget.notes.add("a multipart without its boundary was read as text")
        type_ = "text/html" if body.lstrip()[:1] == b"<" else "text/plain"
    return Part(fields, type_, parameters, disposition, disposition_parameters, body)


def _children(sections: list[bytes], budget: _Budget, depth: int, default: str) -> Iterator[Part]:
    for section in sections:
        if budget.left <= 0:
            budget.notes.add(f"only the first {limits.PARTS} parts were read")
            return
        fields, body = split_head(section, budget.notes, whole=False)
        yield _part(fields, body, budget, depth, default)


def _lost_first(fields: Fields, body: bytes) -> Iterator[Part]:
    """Give the first part when its delimiter was lost, so that its fields stand among those of the multipart."""
    types = fields.all("content-type")
    if len(types) > 1 and (type_ := value_and_parameters(types[1]))[0].startswith("text/"):
        before = body.partition(b"\n--")[0]
        if before.strip() and not before.startswith(b"--"):
            yield Part(fields, type_[0], type_[1], "", {}, before)


def _guessed_boundary(body: bytes) -> bytes:
    found = _GUESSED_BOUNDARY.search(body[: limits.HEADER_BLOCK])
    return found[1] if found else b""


def _sections(body: bytes, boundary: bytes) -> list[bytes]:
    """Cut a body at its delimiter lines (RFC 2046 section 5.1.1); one that was never closed ends with the body."""
    if not boundary:
        return []
    delimiter = b"--" + boundary
    sections: list[bytes] = []
    begin = -1
    at = 0 if body.startswith(delimiter) else _next(body, delimiter, 0)
    while at >= 0:
        line_end = body.find(b"\n", at)
        rest = body[at + len(delimiter) : line_end if line_end >= 0 else len(body)].strip()
        if not rest or (rest.startswith(b"--") and not _is_of_inner(body, begin, delimiter + rest)):
            if begin >= 0:
                # The line break before a delimiter belongs to the delimiter.
                sections.append(body[begin:at].removesuffix(b"\n").removesuffix(b"\r"))
                begin = -1
            if rest or line_end < 0:
                return sections
            begin = line_end + 1
            if len(sections) > limits.PARTS:
                return sections
        at = _next(body, delimiter, at + 1)
    if begin >= 0:
        sections.append(body[begin:])
    return sections


def _is_of_inner(body: bytes, begin: int, line: bytes) -> bool:
    """Tell whether what looks like our end is a delimiter of the multipart within, whose boundary begins with ours and two hyphens."""
    found = _BOUNDARY.search(body, begin, begin + limits.HEADER_BLOCK) if begin >= 0 else None
    return found is not None and line in (b"--" + found[1], b"--" + found[1] + b"--")


def _next(body: bytes, delimiter: bytes, start: int) -> int:
    found = body.find(b"\n" + delimiter, max(start - 1, 0))
    return found + 1 if found >= 0 else -1


def encoding_of(part: Part) -> str:
    """Give the transfer encoding of a leaf, in lower case."""
    return value_and_parameters(part.fields.first("content-transfer-encoding"))[0].strip(" .")


def content_of(part: Part) -> bytes:
    """Give the bytes of a leaf, decoded; broken encodings give what can be saved."""
    encoding = encoding_of(part)
    if encoding == "base64":
        return _from_base64(part.body)
    if encoding == "quoted-printable":
        return from_quoted_printable(part.body)
    if encoding in ("x-uuencode", "uuencode", "x-uue", "uue"):
        return b"".join(_uudecoded(part.body.decode("latin-1")))
    return part.body


def _from_base64(body: bytes) -> bytes:
    """Decode a body of base64, leaving out lines that are not: footers that lists and scanners put below it."""
    lines = [line.strip() for line in body.split(b"\n")]
    kept = [clean for line in lines if (clean := _base64_of(line))]
    # Several pieces, each with its own padding, may have been put together.
    pieces = b"".join(kept).replace(b"=", b"= ").split()
    if not kept or len(kept) < len(lines) / 2:
        return from_base64(body)
    return b"".join(from_base64(piece) for piece in _groups(pieces))


def _base64_of(line: bytes) -> bytes:
    """Give the base64 of a line; a few foreign characters within are left out (RFC 2045 section 6.8), other lines are none."""
    if _BASE64_LINE.fullmatch(line):
        return line
    clean = line.translate(None, _FOREIGN)
    return clean if len(clean) >= 20 and len(line) - len(clean) <= len(line) // 10 and b" " not in line else b""


def _groups(pieces: list[bytes]) -> Iterator[bytes]:
    group = b""
    for piece in pieces:
        if piece == b"=":
            group += piece
            continue
        if group:
            yield group
        group = piece
    if group:
        yield group


def from_quoted_printable(body: bytes) -> bytes:
    """Decode quoted-printable (RFC 2045 section 6.7); `=` that is followed by nothing sensible stays."""
    # a2b_qp drops what stands between `=` and a line end, as the section asks for.
    return binascii.a2b_qp(body)


def _uudecoded(text: str) -> Iterator[bytes]:
    for line in text.splitlines():
        if line.startswith("begin ") or line == "end" or not line:
            continue
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            # Some encoders count wrongly; the length byte says how much is meant.
            length = (((ord(line[0]) - 32) & 63) * 4 + 5) // 3
            try:
                yield binascii.a2b_uu(line[:length])
            except (binascii.Error, ValueError):
                continue


def text_of(part: Part, notes: Notes) -> str:
    """Give a text leaf as text, with plain line ends; flowed text has its paragraphs joined."""
    if len(part.body) > 3 * limits.TEXT:
        part = replace(part, body=part.body[: 3 * limits.TEXT])
        notes.add("a text was cut: it is too long")
    data = content_of(part)[: 2 * limits.TEXT]
    label = part.parameters.get("charset", "")
    if part.type == "text/html" and (found := _META_CHARSET.search(data[:2000])) and (not label or label.lower() in ("us-ascii", "ascii")):
        label = found[1].decode("ascii", "replace")
    text = decode(data, label).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if len(text) > limits.TEXT:
        notes.add("a text was cut: it is too long")
    text = text[: limits.TEXT].encode("utf-8", "replace").decode("utf-8")
    if part.parameters.get("format", "").lower() == "flowed" and part.type == "text/plain":
        text = unflow(text, delsp=part.parameters.get("delsp", "").lower() == "yes")
    return text


def unflow(text: str, *, delsp: bool = False) -> str:
    r"""Join the lines of flowed text (RFC 3676 section 4).

    >>> unflow("one \ntwo\n-- \nme")
    'one two\n-- \nme'
    """
    paragraphs: list[list[str]] = []
    open_depth = -1
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        signature = words == "-- "
        flows = words.endswith(" ") and not signature
        kept = words[:-1] if flows and delsp else words
        if open_depth == depth and not signature:
            paragraphs[-1].append(kept)
        else:
            paragraphs.append([">" * depth + " " if depth else "", kept])
        open_depth = depth if flows else -1
    return "\n".join(map("".join, paragraphs))


def without_uuencoded(text: str) -> tuple[str, tuple[Attachment, ...]]:
    """Take files that were written into a text by uuencode out of it."""
    if "\nend" not in text or "begin " not in text:
        return text, ()
    found: list[Attachment] = []

    def keep(match: re.Match[str]) -> str:
        found.append(Attachment(safe_name(match[1]), "application/octet-stream", sum(map(len, _uudecoded(match[2])))))
        return ""

    return _UUENCODED.sub(keep, text), tuple(found)


def attachment_of(part: Part) -> Attachment:
    """Describe a leaf as an attachment."""
    name = part.name
    if not name and part.type == "message/rfc822":
        name = split_head(part.body, Notes())[0].text("subject")
    return Attachment(safe_name(name), part.type, _size(part))


def _size(part: Part) -> int:
    if encoding_of(part) == "base64":
        # Counted, not decoded: attachments may be large.
        signs = len(part.body.translate(None, _NOT_BASE64))
        return signs * 3 // 4
    if part.children:
        return sum(_size(child) for child in part.children)
    return len(content_of(part))


def safe_name(name: str) -> str:
    r"""Make a label of a sent file name: no path, no control or bidi characters, at most 120 characters.

    >>> safe_name("../../etc/passwd"), safe_name("C:\\a\\invoice\u202efdp.exe")
    ('passwd', 'invoicefdp.exe')
    """
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    name = "".join(sign for sign in name if unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    name = _UNSAFE.sub("_", name).strip(" .")
    if len(name) > limits.ATTACHMENT_NAME:
        stem, dot, ending = name.rpartition(".")
        name = (
            stem[: limits.ATTACHMENT_NAME - len(ending) - 1] + dot + ending
            if stem and len(ending) <= 10
            else name[: limits.ATTACHMENT_NAME]
        )
    return name
