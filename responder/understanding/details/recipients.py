"""Find the lines above a street: name, company, flat.

In:   the pieces of a text, and where the street stands.
Out:  where those lines begin and end in the text.
Limits: four lines, none across an empty one; a name in running text only behind a word such as "to".
"""

from responder.understanding.details.pieces import Piece
from responder.understanding.details.places import NOT_NAMES, NOT_PLACES, PARTICLES, TO, UNITS


def flat_before(pieces: list[Piece], at: int, first: int) -> list[tuple[int, int]]:
    """Take a flat along that stands before the street in the same piece: "Flat 3 17 Elm Road"."""
    words = pieces[at].words
    if 0 < first <= 3 and words[0].key in UNITS:
        return [*names_above(pieces, at), (words[0].start, words[first - 1].end)]
    return []


def names_above(pieces: list[Piece], at: int) -> list[tuple[int, int]]:
    """Give the lines of name, company and flat above the street."""
    spans: list[tuple[int, int]] = []
    for before in range(at - 1, max(-1, at - 5), -1):
        piece = pieces[before]
        if pieces[before + 1].line - piece.line > 1:
            break
        if _is_name(piece) and not piece.words[0].text.endswith((":", "：")):
            spans.insert(0, (piece.start, piece.end))
            continue
        words = piece.words
        start = next((i + 1 for i in range(len(words) - 2, -1, -1) if words[i].key in TO or words[i].text.endswith((":", "："))), None)
        tail = words[start:] if start else ()
        if 1 <= len(tail) <= 5 and all(word.big for word in tail) and tail[-1].text[-1] not in ".!?:":
            spans.insert(0, (tail[0].start, tail[-1].end))
        break
    return spans


def _is_name(piece: Piece) -> bool:
    words = piece.words
    if any(word.key in UNITS for word in words[:2]) and len(words) <= 6 and words[-1].text[-1] not in "!?:":
        return True
    return (
        len(words) <= 6
        and words[-1].text[-1] not in ".!?:："
        and all(word.key[:1].isalpha() or word.text == "&" for word in words)
        and any(word.big for word in words)
        and words[0].key not in NOT_PLACES
        and all(word.big or word.key not in NOT_NAMES or word.key in PARTICLES for word in words)
        and not (words[0].key in NOT_NAMES and len(words) > 3)
    )
