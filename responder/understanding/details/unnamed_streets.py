"""Take a piece without a word for street for a street with its number, beside a town.

In:   a piece that stands above or before a town.
Out:  its street, or None.
"""

import re

from responder.understanding.details.pieces import Piece
from responder.understanding.details.places import NOT_NAMES, NOT_PLACES, PARTICLES, TO, UNITS
from responder.understanding.details.streets import Street, is_number


def unnamed_street(piece: Piece, number_first: bool) -> Street | None:
    """Take a whole piece for a street with a number, though no word in it says so ("Nyhavn 12", "350 Fifth")."""
    whole = piece.words
    first = max((at + 1 for at, word in enumerate(whole[:-1]) if word.key in TO or word.text.endswith(":")), default=0)
    words = whole[first:]
    if not 2 <= len(words) <= 5 or any(word.key in NOT_PLACES or word.key in UNITS for word in words):
        return None
    number, names = (words[0], words[1:]) if number_first else (words[-1], words[:-1])
    if not number_first and len(words) > 2 and re.fullmatch("[A-Za-z]", words[-1].text) and is_number(words[-2]):
        number, names = words[-2], words[:-2]
    fits = (
        is_number(number)
        and number.key[:1].isdigit()
        and len(number.key) <= 5 + number_first
        and all(word.key[:1].isalpha() and (word.key not in NOT_NAMES or word.key in PARTICLES or word.big) for word in names)
        and (any(word.big for word in names) or all(len(word.key) > 3 for word in names))
    )
    return Street(first, len(whole), True, False) if fits else None
