"""Show what a mail holds beyond its text: its HTML without anything that acts or fetches, and its files.

In:   the bytes of a mail.
Out:  HTML that a frame can hold; the contents of an attachment.
Limits: pictures, styles, forms and the targets of links are left out; they are in the original, which can be downloaded.
"""

import nh3

from responder.domain.errors import UnreadableMail
from responder.intake import limits
from responder.intake.body import html_parts, other_parts
from responder.intake.headers import split_head
from responder.intake.limits import Notes
from responder.intake.parts import Part, content_of, take_apart, text_of

_TAGS = frozenset(
    "a b big blockquote br caption center cite code col colgroup dd del div dl dt em font h1 h2 h3 h4 h5 h6 hr i ins li ol p pre q s "
    "small span strike strong sub sup table tbody td tfoot th thead tr tt u ul".split()
)
_CELL = frozenset(("colspan", "rowspan"))
_ATTRIBUTES = {"*": frozenset(("dir", "lang")), "td": _CELL, "th": _CELL}
_GONE_WITH_CONTENT = frozenset(("script", "style", "title", "head", "template", "noscript", "iframe", "object", "svg", "math"))


def html_of(content: bytes) -> str:
    """Give the HTML of a mail, cleaned; empty where it has none."""
    notes = Notes()
    shown = "<hr>".join(text_of(part, notes)[: limits.TEXT] for part in html_parts(_tree(content, notes)))
    return nh3.clean(
        shown, tags=set(_TAGS), attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        clean_content_tags=set(_GONE_WITH_CONTENT), link_rel=None,
    )  # fmt: skip


def attachment_of(content: bytes, number: int) -> bytes:
    """Give the contents of the attachment that stands at `number`, from 0, among those of the mail.

    Raises:
        UnreadableMail: there is no such attachment, or it is written into the text.
    """
    parts = other_parts(_tree(content, Notes()))
    if not 0 <= number < len(parts):
        raise UnreadableMail(f"the mail has no attachment {number + 1} that stands by itself")
    return content_of(parts[number])


def _tree(content: bytes, notes: Notes) -> Part:
    return take_apart(*split_head(content, notes), notes)
