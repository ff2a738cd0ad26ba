"""Turn the HTML of a mail into text: what a reader would see, with quoted mail marked.

In:   HTML, of any quality.
Out:  visible text; lines that the sender's mail program marked as quoted begin with `>`.
Standards: HTML Living Standard section 13.2 (parsing, done by Lexbor); the quote marks of the mail programs are theirs alone.
Limits: style sheets are not applied; only what stands at an element itself hides it.
"""

import re
from dataclasses import dataclass
from html import unescape

from selectolax.lexbor import LexborHTMLParser, LexborNode

from responder.intake import limits
from responder.intake.headers import clean
from responder.intake.quote_phrases import FORWARDED
from responder.intake.quotes import QUOTED_BELOW

_SKIPPED = frozenset(
    "script style head title template noscript object embed svg math select option iframe audio video meta link map".split()
)
_BLOCKS = frozenset(
    "p div section article header footer main nav aside table tr ul ol dl dt dd blockquote pre form fieldset figure figcaption center "
    "address body html tbody thead tfoot caption h1 h2 h3 h4 h5 h6 details summary".split()
)
# These have no end, or none that must be written.
_SELF_CLOSING = frozenset("br img hr meta link input col wbr area base p li td th tr dd dt option tbody thead tfoot o:p".split())
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]{0,30})")
_ANY_TAG = re.compile(r"<[^<>]{0,2000}>")
_PARAGRAPHS = frozenset("p ul ol dl table blockquote pre h1 h2 h3 h4 h5 h6".split())
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_HIDING = re.compile(
    r"display:none|visibility:hidden|mso-hide:all|(?:^|;)font-size:0*(?:\.0+)?[01]?(?:px|pt|em|rem|%)?(?:!important)?(?:;|$)|(?:^|;)opacity:0(?:\.0+)?(?:;|$)"
    r"|(?:^|;)max-height:0(?:px)?(?:;|$)|text-indent:-\d{3,}"
)
_COLOUR = re.compile(r"(?:^|;)color:([^;!]{1,40})")
_GROUND = re.compile(r"(?:^|;)background(?:-color)?:([^;!]{1,40})")
_WHITES = frozenset("white #fff #ffffff #fefefe #fdfdfd rgb(255,255,255) rgba(255,255,255,1) transparent".split())

_QUOTE_CLASSES = frozenset(
    "yahoo_quoted moz-cite-prefix protonmail_quote zmail_extra tutanota_quote bloop_original_html hx_quote freshdesk_quote "
    "front-blockquote ms-outlook-mobile-reference-message".split()
)
_QUOTE_IDS = frozenset("mail-editor-reference-message-container olk_src_body_section isreplycontent zwquotedcontent replysplit".split())
# What follows these is quoted, though it is not in them.
_QUOTE_BEGINNINGS = frozenset("appendonsend divrplyfwdmsg".split())
_TOP_LINE = re.compile(r"border:none;border-top:solid#(?:e1e1e1|b5c4df)1\.0pt", re.IGNORECASE)
_LEFT_LINE = re.compile(r"border-left:(?!none|0)[^;]{0,60}(?:solid|px)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class HtmlText:
    """Text of an HTML part, quoted lines with `>` before them; `hidden` tells that there is text that no reader sees."""

    text: str
    hidden: bool


class _Writer:
    """Write visible text, with at most one empty line between paragraphs."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._breaks = 0
        self._blank = False
        self.depth = 0

    def words(self, text: str) -> None:
        folded = _BLANKS.sub(" ", text)
        bare = folded.strip(" ")
        if bare:
            self._write(bare, lead=folded[0] == " ")
            self._blank = folded[-1] == " "
        elif folded:
            self._blank = True

    def verbatim(self, text: str) -> None:
        """Write preformatted text, with its own lines."""
        lines = text.split("\n")
        for number, line in enumerate(lines):
            if line.strip():
                self._write(line, lead=False)
            if number < len(lines) - 1:
                self.another_line()

    def _write(self, text: str, *, lead: bool) -> None:
        if self._breaks or not self._parts:
            self._parts.append("\n" * (self._breaks if self._parts else 0) + "> " * self.depth)
        elif lead or self._blank:
            self._parts.append(" ")
        self._breaks, self._blank = 0, False
        self._parts.append(text)

    def line(self, count: int = 1) -> None:
        self._breaks = max(self._breaks, count)
        self._blank = False

    def another_line(self) -> None:
        self._breaks = min(self._breaks + 1, 2)
        self._blank = False

    def text(self) -> str:
        lines = "".join(self._parts).replace("\xa0", " ").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()


def read_html(html: str, *, forwarded: bool = False) -> HtmlText:
    """Read an HTML part. In a forwarded mail, what stands below the marks of replies is not quoted."""
    html = html[: limits.HTML].replace(QUOTED_BELOW, "")
    if _is_too_deep(html):
        lines = (line.strip() for line in unescape(_ANY_TAG.sub("\n", html)).split("\n"))
        return HtmlText("\n".join(line for line in lines if line), False)
    root = LexborHTMLParser(html).root
    return _Walk(forwarded).over(root) if root is not None else HtmlText("", False)


def _is_too_deep(html: str) -> bool:
    """Tell whether elements lie in each other so deep that the parser, which looks at all open ones for each tag, would take long."""
    if html.count("<") <= limits.HTML_DEPTH:
        return False
    depth = 0
    for tag in _TAG_NAME.finditer(html):
        if tag[2].lower() not in _SELF_CLOSING:
            depth = max(depth + (-1 if tag[1] else 1), 0)
            if depth > limits.HTML_DEPTH:
                return True
    return False


class _Walk:
    """Walk a tree without recursion, since foreign trees may be thousands deep."""

    def __init__(self, forwarded: bool) -> None:
        self._forwarded = forwarded
        self._out = _Writer()
        self._hidden = False
        self._verbatim = 0

    def over(self, root: LexborNode) -> HtmlText:
        node: LexborNode | None = root
        ancestors: list[LexborNode] = []
        quoting: list[bool] = []
        nodes = 0
        while node is not None and nodes < limits.HTML_NODES:
            nodes += 1
            entered = self._enter(node, quoting)
            if entered and (child := node.child) is not None:
                ancestors.append(node)
                node = child
                continue
            if entered:
                self._leave(node, quoting)
            while node is not None and (following := node.next) is None:
                node = ancestors.pop() if ancestors else None
                if node is not None:
                    self._leave(node, quoting)
            node = following if node is not None and ancestors else None
        return HtmlText(self._out.text(), self._hidden)

    def _enter(self, node: LexborNode, quoting: list[bool]) -> bool:
        """Write what stands at the beginning of a node; tells whether to look into it."""
        tag = node.tag or ""
        if tag == "-text":
            text = node.text(deep=False) or ""
            if self._verbatim:
                self._out.verbatim(text)
            else:
                self._out.words(text)
            return False
        if not tag or tag in _SKIPPED or not tag[0].isalpha():
            return False
        attributes = node.attributes
        if attributes and _is_hidden(attributes):
            self._hidden |= bool((node.text() or "").strip())
            return False
        quoting.append(bool(attributes) and self._begins_quote(node, tag, attributes))
        self._begin(tag, attributes)
        if quoting[-1]:
            self._out.line()
            self._out.depth += 1
        return True

    def _begins_quote(self, node: LexborNode, tag: str, attributes: dict[str, str | None]) -> bool:
        if _begins_rest(tag, attributes):
            if not self._forwarded:
                self._out.line()
                self._out.words(QUOTED_BELOW)
                self._out.line()
            return False
        return _is_quote(tag, attributes) and not (self._forwarded or _holds_forward(node))

    def _begin(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "br":
            self._out.another_line()
        elif tag == "hr":
            self._out.line(2)
        elif tag == "li":
            self._out.line()
            self._out.words("- ")
        elif tag in _BLOCKS:
            self._out.line(2 if tag in _PARAGRAPHS else 1)
            self._verbatim += tag == "pre"
        elif tag in ("td", "th"):
            self._out.words(" ")
        elif tag == "img":
            self._out.words(_alternative(attributes))

    def _leave(self, node: LexborNode, quoting: list[bool]) -> None:
        tag = node.tag or ""
        if tag == "a":
            self._out.words(_target(node))
        elif tag in _BLOCKS:
            self._out.line(2 if tag in _PARAGRAPHS else 1)
            self._verbatim -= tag == "pre"
        elif tag in ("td", "th"):
            self._out.words(" ")
        if quoting.pop():
            self._out.line()
            self._out.depth -= 1


def _alternative(attributes: dict[str, str | None]) -> str:
    words = clean(attributes.get("alt") or "")
    # Signs drawn as pictures matter (smileys); long descriptions of decoration do not.
    return words if len(words) <= 2 else ""


def _target(node: LexborNode) -> str:
    """Give a link's target when its words do not say it."""
    href = clean(node.attributes.get("href") or "")[:500]
    if not href.lower().startswith(("http://", "https://", "mailto:", "tel:")):
        return ""
    words = clean(node.text() or "")
    bare = re.sub(r"^(?:https?://(?:www\.)?|mailto:|tel:)", "", href, flags=re.IGNORECASE).rstrip("/")
    if not words or bare.lower() in words.lower().replace(" ", "") or words.lower().rstrip("/") in bare.lower().split("?")[0]:
        return ""
    return f" <{href}>"


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if not attributes:
        return False
    if "hidden" in attributes or (attributes.get("aria-hidden") == "true" and "preheader" in (attributes.get("class") or "").lower()):
        return True
    style = attributes.get("style")
    if not style:
        return False
    style = _BLANKS.sub("", style.lower())
    if _HIDING.search(style):
        return True
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    if not colour:
        return False
    if ground:
        return colour[1] == ground[1] or (colour[1] in _WHITES and ground[1] in _WHITES)
    return colour[1] == "transparent"


def _begins_rest(tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether all that follows in the mail is quoted, by the marks of Outlook."""
    if (attributes.get("id") or "").lower().removeprefix("x_") in _QUOTE_BEGINNINGS:
        return True
    return tag == "div" and bool(_TOP_LINE.match(_BLANKS.sub("", attributes.get("style") or "")))


def _is_quote(tag: str, attributes: dict[str, str | None]) -> bool:
    """Tell whether an element holds quoted mail, by the marks of the mail programs."""
    classes = (attributes.get("class") or "").lower().split()
    if not _QUOTE_CLASSES.isdisjoint(classes) or (attributes.get("id") or "").lower().removeprefix("x_") in _QUOTE_IDS:
        return True
    if tag == "blockquote":
        return (
            (attributes.get("type") or "").lower() == "cite"
            or "gmail_quote" in classes
            or "blockquote_zmail" in (attributes.get("id") or "")
            or bool(_LEFT_LINE.search(attributes.get("style") or ""))
        )
    return tag == "div" and (attributes.get("name") or "").lower() == "quote"


def _holds_forward(node: LexborNode) -> bool:
    """Tell whether what is set apart was forwarded: then it is what the customer means."""
    lines = [line.strip().lower() for line in (node.text(separator="\n") or "")[:1000].split("\n") if line.strip()]
    return any(map(FORWARDED.match, lines[:3]))
