"""Find the text of a mail in its tree of parts; all else is an attachment.

In:   the tree of parts.
Out:  the new text, the quoted text, the attachments.
Standards: RFC 2046 section 5.1 (mixed, alternative), RFC 2387 (related), RFC 1847 (signed), RFC 2183 (disposition).
Limits: at most 500,000 characters of text are kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from responder.domain.mail import Attachment
from responder.intake import limits
from responder.intake.headers import clean, split_head
from responder.intake.html import read_html
from responder.intake.limits import Notes
from responder.intake.parts import Part, attachment_of, take_apart, text_of, without_uuencoded
from responder.intake.quotes import QUOTED_BELOW, split_quotes

_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_PLAIN_TYPES = frozenset(("text/plain", "text/enriched", "text/richtext", "text/markdown", "text/x-markdown", "text/x-plain"))
_ENRICHED = re.compile(r"<[^<>\n]{1,60}>")
_WORD = re.compile(r"\w{2,}")
_STUB = re.compile(
    r"(?:does(?: not|n'?t) support|unable to (?:view|display)|cannot (?:view|display|read)|view (?:this|the) (?:e-?mail|message)|"
    r"kein html|html[- ](?:e-?mail|format|version|message|fähig)|unterstützt kein|ne supporte pas|no admite|non supporta|"
    r"不支持|html形式|対応していません)",
    re.IGNORECASE,
)
_AGREEMENT = 0.5


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says, and what hangs on it."""

    new_text: str
    quoted_text: str
    attachments: tuple[Attachment, ...]


@dataclass
class _Found:
    """The texts of a mail in their order, each in one or both of its forms, and the parts that are none."""

    texts: list[tuple[Part | None, Part | None]] = field(default_factory=list)
    others: list[Part] = field(default_factory=list)


def read_body(tree: Part, notes: Notes, *, forwarded: bool = False) -> Body:
    """Read a mail's text, and cut what is quoted from it; `forwarded` tells that the customer forwarded the mail to us."""
    found = _Found()
    _sort(tree, found)
    if not found.texts:
        _take_attached(found, notes)
    texts = [_read(plain, html, notes, forwarded) for plain, html in _affordable(found.texts, notes)]
    files = tuple(file for text in texts for file in text[2])
    new = "\n\n".join(text[0] for text in texts if text[0])
    quoted = "\n\n".join(text[1] for text in texts if text[1])
    return Body(new[: limits.TEXT], quoted[: limits.TEXT], tuple(attachment_of(part) for part in found.others) + files)


def html_parts(tree: Part) -> list[Part]:
    """Give the parts that hold the mail's text as HTML."""
    return [html for _, html in _sorted(tree).texts if html]


def other_parts(tree: Part) -> list[Part]:
    """Give the parts that are not its text, in the order of its attachments."""
    return _sorted(tree).others


def _affordable(texts: list[tuple[Part | None, Part | None]], notes: Notes) -> Iterator[tuple[Part | None, Part | None]]:
    """Give the texts up to the limit of all together; the first one always."""
    size = 0
    for pair in texts:
        if size > limits.TEXT // 2:
            notes.add("texts behind the first ones were left out: together they are too long")
            return
        size += sum(len(part.body) for part in pair if part)
        yield pair


def _sort(part: Part, found: _Found) -> None:
    if not part.children:
        if _is_text(part):
            found.texts.append((None, part) if part.type in _HTML_TYPES else (part, None))
        elif not part.type.startswith("multipart/"):
            found.others.append(part)
    elif part.type == "multipart/alternative":
        _sort_alternative(part, found)
    elif part.type == "multipart/related":
        root = _root(part)
        _sort(root, found)
        found.others += [leaf for child in part.children if child is not root for leaf in child.walk() if not leaf.children]
    else:
        for child in part.children:
            _sort(child, found)


def _is_text(part: Part) -> bool:
    if part.type not in _HTML_TYPES and part.type not in _PLAIN_TYPES:
        return False
    return part.disposition != "attachment" and not part.name


def _root(part: Part) -> Part:
    """Give the part of a multipart/related that is meant to be shown (RFC 2387 section 3.2)."""
    start = part.parameters.get("start", "").strip("<> ")
    named = [child for child in part.children if start and child.fields.plain("content-id").strip("<> ") == start]
    return named[0] if named else part.children[0]


def _sort_alternative(part: Part, found: _Found) -> None:
    """Take the plain and the HTML form of one text as a pair (RFC 2046 section 5.1.4)."""
    inner = [_sorted(child) for child in part.children]
    plain = [text[0] for each in inner for text in each.texts if text[0]]
    html = [text[1] for each in inner for text in each.texts if text[1]]
    if plain or html:
        found.texts.append((plain[0] if plain else None, html[0] if html else None))
    # A second text in one form is more of the text, as some mailers write around pictures.
    found.texts += [(text, None) for text in plain[1:]] or [(None, text) for text in html[1:]]
    found.others += [other for each in inner for other in each.others]


def _sorted(part: Part) -> _Found:
    found = _Found()
    _sort(part, found)
    return found


def _take_attached(found: _Found, notes: Notes) -> None:
    """Take the text of an attached file, or of an attached message, when the mail has none of its own."""
    for part in found.others:
        if part.type in _PLAIN_TYPES or part.type in _HTML_TYPES:
            found.texts.append((None, part) if part.type in _HTML_TYPES else (part, None))
            notes.add("the text was taken from an attachment")
            return
    for part in found.others:
        if part.type in ("message/rfc822", "message/global"):
            fields, body = split_head(part.body, notes)
            inner = _sorted(take_apart(fields, body, notes))
            if inner.texts:
                found.texts += inner.texts
                notes.add("the text was taken from an attached message")
                return


def _read(plain: Part | None, html: Part | None, notes: Notes, forwarded: bool) -> tuple[str, str, tuple[Attachment, ...]]:
    text, files = _plain_text(plain, notes) if plain else ("", ())
    shown = read_html(text_of(html, notes), forwarded=forwarded) if html else None
    if shown is None:
        return *split_quotes(text, forwarded=forwarded), files
    if shown.hidden:
        notes.add("the HTML holds text that is hidden from the reader")
    if not text.strip() or _is_stub(text, shown.text):
        return *split_quotes(shown.text, forwarded=forwarded), files
    if not _agree(text, shown.text):
        notes.add("the plain text and the HTML disagree")
    new, quoted = split_quotes(text, forwarded=forwarded)
    if not quoted:
        # The marks of the mail program know better where a quote begins than its words.
        new_shown, quoted_shown = split_quotes(shown.text, forwarded=forwarded)
        if new_shown and quoted_shown and _agree(text, shown.text):
            return new_shown, quoted_shown, files
    return new, quoted, files


def _plain_text(part: Part, notes: Notes) -> tuple[str, tuple[Attachment, ...]]:
    text = text_of(part, notes).replace(QUOTED_BELOW, "")
    if part.type in ("text/enriched", "text/richtext"):
        # RFC 1896: a doubled bracket is a bracket, other commands are left out.
        text = _ENRICHED.sub("", text.replace("<<", "\x1f")).replace("\x1f", "<")
    return without_uuencoded(text)


def _is_stub(text: str, shown: str) -> bool:
    """Tell whether the plain form only says that there is an HTML form."""
    words, there = len(text.strip()), len(shown)
    return (words < 400 and there > words and bool(_STUB.search(text))) or (words < 20 and there > 10 * words + 40)


def _agree(text: str, shown: str) -> bool:
    """Tell whether the plain form and the HTML say much the same."""
    plain, html = (set(_WORD.findall(clean(each[:20_000]).lower())) for each in (text, shown))
    smaller = min(len(plain), len(html))
    return smaller < 5 or len(plain & html) / smaller >= _AGREEMENT
