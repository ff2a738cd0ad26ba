"""Cut a text into pieces of an address, and pieces into words, each knowing where it stands.

In:   what was written now.
Out:  pieces: what stands between line ends, commas and their like.
Limits: the first 80 lines, 300 characters of each; further characters of a line are not looked at.
"""

import re
from typing import NamedTuple

MOST_LINES = 80
MOST_LINE = 300
_BETWEEN = re.compile(r"[,;，；、|·•]|(?<=[^\W\d_]{2}):(?=[^\W\d_])|(?<=\s)[/–—-](?=\s)")
_WORD = re.compile(r"\S+")
_AROUND = ".,:;()[]{}<>\"'!?«»„“”*_→>"


class Word(NamedTuple):
    """A word: as written, as compared (small letters, no marks around it), and where it stands."""

    text: str
    key: str
    start: int
    end: int

    @property
    def big(self) -> bool:
        """Tell whether it begins with a capital."""
        return self.text.lstrip(_AROUND)[:1].isupper()

    @property
    def ends_sentence(self) -> bool:
        """Tell whether a sentence ends behind it: "Paris.", but not "St." or "ul."."""
        return self.text[-1] in "!?:" or (self.text[-1] == "." and len(self.key) > 4)


class Piece(NamedTuple):
    """Words between two marks; `line` counts from zero, `opens` and `closes` tell whether it is the first or last of its line."""

    words: tuple[Word, ...]
    line: int
    opens: bool
    closes: bool

    @property
    def start(self) -> int:
        """Give where it begins in the text."""
        return self.words[0].start

    @property
    def end(self) -> int:
        """Give where it ends in the text."""
        return self.words[-1].end

    @property
    def key(self) -> str:
        """Give its words as compared."""
        return " ".join(word.key for word in self.words)

    @property
    def has_figures(self) -> bool:
        """Tell whether there is any figure in it."""
        return any(char.isdigit() for word in self.words for char in word.text)


class Found(NamedTuple):
    """An address that was found, and where; `labelled` ones come from forms."""

    start: int
    end: int
    lines: tuple[str, ...]
    postcode: str = ""
    country: str = ""
    missing: tuple[str, ...] = ()
    labelled: bool = False


def pieces_of(text: str) -> list[Piece]:
    """Cut a text into pieces."""
    pieces: list[Piece] = []
    after = 0
    for number, line in enumerate(text.split("\n", MOST_LINES)[:MOST_LINES]):
        start, end = after, after + min(len(line), MOST_LINE)
        after += len(line) + 1
        bounds = [start, *(at for mark in _BETWEEN.finditer(text, start, end) for at in mark.span()), end]
        spans = [span for span in zip(bounds[::2], bounds[1::2], strict=True) if text[slice(*span)].strip()]
        for place, span in enumerate(spans):
            words = tuple(
                Word(match.group(), match.group().strip(_AROUND).casefold(), *match.span()) for match in _WORD.finditer(text, *span)
            )
            pieces.append(Piece(words, number, place == 0, place == len(spans) - 1))
    return pieces
