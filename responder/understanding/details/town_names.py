"""Tell what may be the name of a town or of a region.

In:   words of a piece.
Out:  where a name begins or ends.
Limits: no list of towns; small letters and words of every day bound a name.
"""

from responder.understanding.details.countries import COUNTRIES
from responder.understanding.details.pieces import Piece, Word
from responder.understanding.details.places import (
    AUSTRALIAN_STATES,
    BEGINNINGS,
    BRAZILIAN_STATES,
    CANADIAN_NAMES,
    CANADIAN_PROVINCES,
    ENDINGS,
    NOT_NAMES,
    NOT_PLACES,
    PARTICLES,
    UNITS,
    US_STATE_NAMES,
    US_STATES,
)


def is_region(key: str) -> bool:
    """Tell whether it is a state or a province."""
    key = key.replace(".", "")
    regions = US_STATES | CANADIAN_PROVINCES | AUSTRALIAN_STATES | BRAZILIAN_STATES
    return key.upper() in regions or key in US_STATE_NAMES or key in CANADIAN_NAMES


def place_only(piece: Piece) -> bool:
    """Tell whether a piece may be the name of a town, and nothing else."""
    words = piece.words
    inner = all(word.key in PARTICLES or (word.key not in NOT_NAMES and word.key not in NOT_PLACES) or word.big for word in words)
    dublin = len(words) == 2 and words[0].key == "dublin"
    return (
        len(words) <= 4
        and inner
        and (not piece.has_figures or dublin)
        and words[0].key not in UNITS
        and all(word.key[:1].isalpha() or dublin for word in words)
        and words[0].key not in NOT_PLACES
        and words[-1].text[-1] not in "!?:"
        and piece.key not in COUNTRIES
        and (len(words[0].key) > 2 or words[0].key == "co")
        and words[-1].key not in ENDINGS
        and words[0].key not in BEGINNINGS
    )


def name_end(words: tuple[Word, ...], at: int) -> int:
    """Tell where a town's name ends that begins at `at`; `at` itself when none does."""
    if (
        at >= len(words)
        or not words[at].key[:1].isalpha()
        or words[at].key in NOT_PLACES
        or len(words[at].key) < 2
        or "." in words[at].key[3:]
    ):
        return at
    if not words[at].big and (words[at].key in NOT_NAMES or words[at].key in UNITS):
        return at
    small, end = not words[at].big, at + 1
    while end < min(at + 5, len(words)) and not words[end - 1].ends_sentence:
        word = words[end]
        names = word.key[:1].isalpha() and word.key not in NOT_PLACES
        names = names and (word.key not in COUNTRIES or words[end - 1].key in PARTICLES)
        joins = word.key in PARTICLES and end + 1 < len(words) and words[end + 1].key[:1].isalpha() and (words[end + 1].big or small)
        joins = joins and not (small and words[end + 1].key in NOT_NAMES)
        if not names or not (word.big or joins or (small and word.key not in NOT_NAMES)) or (small and end - at >= 3):
            break
        end += 1
    while end > at + 1 and words[end - 1].key in PARTICLES and not words[end - 1].big:
        end -= 1
    return end


def name_begin(words: tuple[Word, ...], end: int, lowest: int) -> int:
    """Tell where a town's name begins that ends before `end`."""
    first = end
    while first > max(lowest, end - 5):
        word = words[first - 1]
        known = word.key[:1].isalpha() and word.key not in NOT_PLACES and not (word.ends_sentence and first < end)
        region = first == end and is_region(word.key) and (word.text.isupper() or word.key not in NOT_NAMES)
        if not known or not (region or word.big or word.key not in NOT_NAMES):
            dublin = word.key.isdigit() and len(word.key) <= 2 and first > 1 and words[first - 2].key == "dublin"
            if not dublin:
                break
        first -= 1
    return first
