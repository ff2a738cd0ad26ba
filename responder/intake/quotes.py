"""Part what a customer wrote now from what stands below it: quoted mail, signatures, footers.

In:   the text of a mail; whether it was forwarded to us, for then what is quoted is what the customer means.
Out:  the new text and the quoted text; no line is in neither.
Standards: RFC 3676 section 4.5 (`>` before quoted lines) and 4.3 (`-- ` before a signature); all else is each mail program's own.
Limits: when in doubt a line is new: a quote too much does less harm than a word lost. Lines after the 2,000th stay where the text stood.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import islice

from responder.intake import quote_phrases as phrases

# A line that only `html` writes, of a sign that no text has (Unicode section 23.7): all below it was marked as quoted by the mail program.
QUOTED_BELOW = "\ufdd0"

_MOST_LINES = 2000
_LOOKED_AT = 400
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\xad]")
_RULE = re.compile(r"[\s>]*(?:[_=\-*~─—–]\s?){3,}$")
_SIGNATURE = re.compile(r"(?:-- ?|—|–|__+|—{2,}|─{2,})$")
_QUOTE = re.compile(r"\s{0,3}(?:>|&gt;|＞|\|(?=\s))")
_LETTERS = re.compile(r"\w")
_CONTACT = re.compile(r"[+(]?\d[\d\s()/.+-]{5,30}\d|[^\s@]{1,64}@\S{1,200}|(?:https?://|www\.)\S{1,300}")
_POSTSCRIPT = re.compile(r"p\.? ?s\b|pd:|nb:|ps\.", re.IGNORECASE)
_NEW, _OLD = 0, 1


def is_forward(subject: str) -> bool:
    """Tell by its subject whether a mail was forwarded.

    >>> is_forward("WG: Ihre Bestellung"), is_forward("Re: Ihre Bestellung")
    (True, False)
    """
    return bool(phrases.FORWARD_SUBJECT.match(subject[:60]))


def split_quotes(text: str, *, forwarded: bool = False) -> tuple[str, str]:
    """Give the new text and the quoted text of a mail."""
    lines = _INVISIBLE.sub("", text).split("\n")
    looked_at = lines[:_MOST_LINES]
    marks = _Marker(looked_at, forwarded).marks()
    marks += [marks[-1]] * (len(lines) - len(marks))
    new = _text(line for line, mark in zip(lines, marks, strict=True) if mark == _NEW)
    quoted = _text(line for line, mark in zip(lines, marks, strict=True) if mark == _OLD)
    if not new and not any(map(_QUOTE.match, looked_at)):
        return quoted, ""
    return new, quoted


def _text(lines: Iterable[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines if line != QUOTED_BELOW)).strip("\n").strip()


class _Marker:
    """Mark each line of a text as new or as old."""

    def __init__(self, lines: Sequence[str], forwarded: bool) -> None:
        self._lines = lines
        self._short = [line[:_LOOKED_AT].strip() for line in lines]
        self._low = [line.lower().replace("’", "'") for line in self._short]
        self._quoted = [bool(_QUOTE.match(line)) for line in lines]
        self._forwarded = forwarded
        self._marks = [_NEW] * len(lines)
        self._first = 0
        self._own = range(0)

    def marks(self) -> list[int]:
        self._rejoin_wrapped()
        at = 0
        while at < len(self._lines):
            at = self._look(at)
        self._mark_footers()
        return self._marks

    def _rejoin_wrapped(self) -> None:
        """Take one line between two quoted ones, after a long one, as wrapped off it by a mail program."""
        for at in range(1, len(self._lines) - 1):
            if not self._quoted[at] and self._low[at] and self._quoted[at - 1] and self._quoted[at + 1]:
                before = self._short[at - 1]
                if len(before) >= 60 and not before.endswith("?"):
                    self._quoted[at] = True

    def _look(self, at: int) -> int:
        """Judge the line at a place; gives the place to go on from."""
        if self._quoted[at]:
            self._mark(at, at + 1)
            return at + 1
        low = self._low[at]
        if not low:
            return at + 1
        if low == QUOTED_BELOW:
            return self._cut_below(at)
        if phrases.FORWARDED.match(low):
            return self._keep_forward(at + 1)
        if phrases.ORIGINAL.match(low) or phrases.ZOHO.match(low):
            return self._cut_below(at)
        if (length := self._header_block(at)) > 0:
            return self._cut_below(at, length)
        if (length := self._attribution(at)) > 0:
            return self._cut_attribution(at, length)
        if self._is_tagline(at):
            return self._cut_tagline(at)
        if _SIGNATURE.match(low) and self._ends_in_signature(at):
            return self._cut_signature(at)
        if phrases.CLOSING.match(low) and self._ends_in_name(at):
            return self._cut_signature(at)
        return at + 1

    def _mark(self, start: int, end: int) -> None:
        self._marks[start:end] = [_OLD] * (min(end, len(self._marks)) - start)

    def _written(self, end: int) -> bool:
        """Tell whether anything new with letters stands above a line."""
        # Marks only go from new to old, so lines that once were passed over need not be looked at again.
        while self._first < end and not (self._marks[self._first] == _NEW and _LETTERS.search(self._low[self._first])):
            self._first += 1
        return self._first < end

    def _cut_below(self, at: int, length: int = 1) -> int:
        """Take all from here on as old; but what was forwarded, or has nothing above it, is what the customer means."""
        while at and (not self._low[at - 1] or _RULE.match(self._low[at - 1])):
            at -= 1
            length += 1
        if self._forwarded or not self._written(at):
            return self._keep_forward(at + length)
        self._mark(at, len(self._lines))
        return len(self._lines)

    def _keep_forward(self, at: int) -> int:
        """Keep the head of a forwarded mail and its text; mail that is quoted in it goes as usual."""
        self._forwarded = False
        while at < len(self._lines) and (not self._low[at] or phrases.LABEL.match(self._short[at]) or self._low[at] == QUOTED_BELOW):
            at += 1
        if at < len(self._lines) and self._quoted[at]:
            # Some programs put `>` before all that is forwarded.
            self._quoted[at:] = [False] * (len(self._lines) - at)
        return at

    def _cut_attribution(self, at: int, length: int) -> int:
        below = next((n for n in range(at + length, len(self._lines)) if self._low[n]), len(self._lines))
        if below < len(self._lines) and self._quoted[below]:
            self._mark(at, below)
            return below
        if self._forwarded or not self._written(at):
            return at + length
        self._mark(at, len(self._lines))
        return len(self._lines)

    def _attribution(self, at: int) -> int:
        """Give of how many lines the attribution is that begins here; 0 when none does."""
        if (
            not phrases.ATTRIBUTION_START.match(self._low[at])
            and not phrases.ADDRESS.search(self._short[at])
            and not phrases.WROTE.search(self._low[at][-60:])
        ):
            return 0
        joined = ""
        for length in range(1, 5):
            line = at + length - 1
            if (
                line >= len(self._lines)
                or not self._low[line]
                or (self._quoted[line] and length > 1 and joined.count("<") <= joined.count(">"))
            ):
                return 0
            joined = f"{joined} {self._low[line]}".strip()
            if len(joined) > _LOOKED_AT:
                return 0
            if self._is_attribution(joined, at + length):
                return length if length == 1 or not self._later_start(at, length) else 0
        return 0

    def _later_start(self, at: int, length: int) -> bool:
        """Tell whether the attribution really begins further down, the first line being the customer's."""
        for n in range(at + 1, at + length):
            rest = " ".join(self._low[n : at + length])
            if phrases.ATTRIBUTION_START.match(rest) and phrases.YEAR_OR_TIME.search(rest) and self._is_attribution(rest, at + length):
                return True
        return False

    def _is_attribution(self, line: str, below: int) -> bool:
        ends = line.endswith((":", "：")) or bool(phrases.WROTE.search(line[-60:]))
        if not ends:
            return False
        dated, addressed = bool(phrases.YEAR_OR_TIME.search(line)), bool(phrases.ADDRESS.search(line))
        verb = bool(phrases.WROTE.search(line[-80:]))
        if verb and (dated or addressed) and (phrases.ATTRIBUTION_START.match(line) or addressed):
            return dated or line.endswith((":", "：")) or self._quote_follows(below)
        if phrases.WROTE_NAME.search(line) and len(phrases.YEAR_OR_TIME.findall(line)) >= 2:
            return bool(phrases.ATTRIBUTION_START.match(line))
        if dated and addressed and line.endswith((":", "：")):
            return bool(phrases.ATTRIBUTION_START.match(line))
        return verb and len(line) < 120 and self._quote_follows(below)

    def _quote_follows(self, below: int) -> bool:
        at = next((n for n in range(below, min(below + 3, len(self._lines))) if self._low[n]), -1)
        return at >= 0 and self._quoted[at]

    def _header_block(self, at: int) -> int:
        """Give of how many lines the head of a quoted mail is that begins here; 0 when none does."""
        if (":" not in self._short[at] and "：" not in self._short[at]) or not phrases.LABEL.match(self._short[at]):
            return 0
        kinds: set[str] = set()
        length = missed = 0
        addressed = False
        for n in range(at, min(at + 14, len(self._lines))):
            if label := phrases.LABEL.match(self._short[n]):
                kinds.add(label.lastgroup or "")
                length, missed = n - at + 1, 0
                addressed |= "@" in self._short[n]
            else:
                addressed |= "@" in self._short[n]
                missed += 1
                if missed > 2 or (not self._low[n] and len(kinds) >= 3):
                    break
        kinds -= {"other"}
        complete = "from" in kinds and len(kinds) >= 3 and ("subject" in kinds or addressed) and bool(kinds & {"date", "to"})
        after = range(at, min(at + length + 6, len(self._lines)))
        if not complete or any(phrases.FORM_LABEL.match(self._short[n]) for n in after):
            return 0
        return length

    def _is_tagline(self, at: int) -> bool:
        low = self._low[at]
        alone = at == 0 or not self._low[at - 1] or bool(_RULE.match(self._low[at - 1])) or bool(_SIGNATURE.match(self._low[at - 1]))
        last = at + 1 >= len(self._lines) or not self._low[at + 1]
        if len(low) > 200 or not (alone or (last and not self._short[at][:1].islower())):
            return False
        return bool(phrases.TAGLINE.match(low)) and not phrases.SENTENCE.search(_CONTACT.sub(" ", low))

    def _cut_tagline(self, at: int) -> int:
        self._mark(at, at + 1)
        if not self._written(at) or self._forwarded:
            return at + 1
        rest = range(at + 1, len(self._lines))
        # A device writes its line below the text: what follows unmarked is older mail, unless quotes with answers follow.
        if any(self._quoted[n] for n in rest) or any(phrases.FORWARDED.match(self._low[n]) for n in list(rest)[:12]):
            return at + 1
        self._mark(at, len(self._lines))
        return len(self._lines)

    def _own_end(self, at: int) -> int:
        """Give where the customer's own text that holds a line ends: at a quote, or at the end."""
        if at not in self._own:
            end = at + 1
            while end < len(self._lines) and not self._is_of_others(end):
                end += 1
            self._own = range(at, end)
        return self._own.stop

    def _is_of_others(self, at: int) -> bool:
        low = self._low[at]
        if self._quoted[at] or low == QUOTED_BELOW or phrases.ORIGINAL.match(low) or phrases.FORWARDED.match(low):
            return True
        return bool(self._header_block(at) or self._attribution(at))

    def _ends_in_signature(self, at: int) -> bool:
        if not self._written(at):
            return False
        below = self._below(at)
        if self._lines[at].rstrip("\r") == "-- ":
            return len(below) <= 40
        if not below or len(below) > 12:
            return False
        return (
            all(len(line) <= 120 for line in below)
            and sum(line.endswith("?") for line in below) == 0
            and not any(map(_SIGNATURE.match, below))
        )

    def _ends_in_name(self, at: int) -> bool:
        """Tell whether nothing but a name, and how to reach it, follows a closing."""
        if not self._written(at):
            return False
        below = self._below(at)
        return len(below) <= 8 and all(map(_is_of_signature, below))

    def _below(self, at: int) -> list[str]:
        """Give the lines of the customer's own below a line, at most the 41 that any judgement needs."""
        return list(islice((self._short[n] for n in range(at + 1, self._own_end(at)) if self._low[n]), 41))

    def _cut_signature(self, at: int) -> int:
        end = self._own_end(at)
        self._mark(at, end)
        return end

    def _mark_footers(self) -> None:
        """Mark paragraphs of legal notices and of advice on printing."""
        start = 0
        for at in range(len(self._lines) + 1):
            if at < len(self._lines) and self._low[at]:
                continue
            if at > start and self._marks[start] == _NEW and self._is_footer(start, at) and self._written(start):
                self._mark(start, at)
            start = at + 1

    def _is_footer(self, start: int, end: int) -> bool:
        paragraph = " ".join(self._low[start : min(end, start + 30)])
        if phrases.LEGAL_HEADING.match(paragraph) or (len(paragraph) < 300 and phrases.PRINTING.match(paragraph)):
            return True
        return len(paragraph) > 80 and all(part.search(paragraph) for part in phrases.LEGAL_PARTS)


def _is_of_signature(line: str) -> bool:
    rest = _CONTACT.sub("", line).strip(" :|,.-–•")
    if "?" in line or len(line) > 80 or _POSTSCRIPT.match(line):
        return False
    if any(sign.isdigit() for sign in rest):
        return False
    words = rest.split()
    if len(words) > 6 or (len(words) > 2 and words[0][:1].islower()):
        return False
    return not (len(words) > 3 and line.endswith((".", "。")))
