"""Find a postcode and its town in a piece of an address.

In:   the pieces of a text, and the place of one among them.
Out:  postcode, town, and the country where the postcode's shape leaves no doubt.
Source: shapes of postcodes by country after the UPU's addressing guides.
Limits: four or five plain figures are no sign of a country; a state before them is.
"""

import re
from typing import NamedTuple

from responder.understanding.details.countries import COUNTRIES, SIGNS
from responder.understanding.details.pieces import Piece, Word
from responder.understanding.details.places import (
    AUSTRALIAN_STATES,
    BRITISH_AREAS,
    ITALIAN_PROVINCES,
    NOT_NAMES,
    NOT_PLACES,
    PARTICLES,
    US_STATE_NAMES,
    US_STATES,
)
from responder.understanding.details.town_names import is_region, name_begin, name_end, place_only

_BRITISH = re.compile(r"([A-Z]{1,2})\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}")
_IRISH = re.compile(r"(?:[AC-FHKNPRTV-Y]\d{2}|D6W) ?(?=[A-Z\d]*\d)(?=\d*[A-Z])[AC-FHKNPRTV-Y\d]{4}")
_CANADIAN = re.compile(r"[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d")
_DUTCH = re.compile(r"[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}")
_YEAR = re.compile(r"(?:19|20)\d{2}")
_SPACED = re.compile(r"\d{3} \d{2}")
_SHAPES = (
    # shape of one word, country, whether the town stands before
    (re.compile(r"\d{5}-\d{4}"), "US", True),
    (re.compile(r"\d{5}-\d{3}"), "BR", True),
    (re.compile(r"〒?\d{3}-\d{4}"), "JP", True),
    (re.compile(r"\d{2}-\d{3}"), "PL", False),
    (re.compile(r"\d{4}-\d{3}"), "PT", False),
    (re.compile(r"\d{4,6}"), "", False),
)
_SIGNED = re.compile(r"([A-Z]{1,3})-?(\d{4,5}|\d{3} ?\d{2}|\d{2}-\d{3}|\d{4}-\d{3}|\d{4} ?[A-Z]{2})")
_POSTCODE_WORDS = frozenset("plz zip cp c.p cep postcode eircode cap".split())
_ENGLISH_WORDS = frozenset("in or me ok hi la de al co pa ma id oh as on".split())


class Town(NamedTuple):
    """A town: words `first` up to `after` of its piece, its postcode, and whether the town's name was seen there."""

    first: int
    after: int
    postcode: str
    country: str
    named: bool
    from_piece: int


def town_in(pieces: list[Piece], index: int) -> Town | None:
    """Find postcode and town in a piece: the last there."""
    words = pieces[index].words
    for at in range(len(words) - 1, -1, -1):
        if any(char.isdigit() for char in words[at].text):
            found = _at(pieces, index, at)
            if found:
                return found
    return None


def _at(pieces: list[Piece], index: int, at: int) -> Town | None:
    words = pieces[index].words
    one = words[at].key.upper()
    two = f"{one} {words[at + 1].key.upper()}" if at + 1 < len(words) and not words[at].ends_sentence else ""
    for code, length in ((two, 2), (one, 1)):
        country = _by_letters(code)
        if country and not _doubtful(words, at, length):
            return _town_before(pieces, index, at, length, code, country)
    for code, length in ((two, 2), (one, 1)):
        if (match := _SIGNED.fullmatch(code)) and match[1] in SIGNS and (length == 1 or words[at].text.isupper() or "-" in code):
            return _town_after(pieces, index, at, length, match[2], SIGNS[match[1]])
    if _DUTCH.fullmatch(two) and (words[at + 1].text.isupper() or _no_word(words, at + 1)) and name_end(words, at + 2) > at + 2:
        return _town_after(pieces, index, at, 2, two, "NL")
    if _DUTCH.fullmatch(one):
        return _town_after(pieces, index, at, 1, one, "NL")
    if _SPACED.fullmatch(two) and name_end(words, at + 2) > at + 2:
        return _town_after(pieces, index, at, 2, two, "")
    for shape, country, before in _SHAPES:
        if shape.fullmatch(one):
            if before:
                return _town_before(pieces, index, at, 1, one, country)
            return _plain(pieces, index, at, one) if not country else _town_after(pieces, index, at, 1, one, country)
    return None


def _by_letters(code: str) -> str:
    british = _BRITISH.fullmatch(code)
    if british and british[1] in BRITISH_AREAS:
        return "GB"
    if _CANADIAN.fullmatch(code):
        return "CA"
    return "IE" if _IRISH.fullmatch(code) else ""


def _doubtful(words: tuple[Word, ...], at: int, length: int) -> bool:
    """Tell whether letters and figures that look like a postcode are called something else."""
    return at > 0 and words[at - 1].key in NOT_PLACES and length == 1


def _no_word(words: tuple[Word, ...], at: int) -> bool:
    return words[at].key not in NOT_NAMES and words[at].key not in PARTICLES


def _plain(pieces: list[Piece], index: int, at: int, code: str) -> Town | None:
    """Judge plain figures: by a state before them, a town behind them, or a town before them."""
    words = pieces[index].words
    following = name_end(words, at + 1) > at + 1
    state, first = _state_before(pieces, index, at, len(code))
    if state and not (following and words[at + 1].big and words[at + 1].key not in COUNTRIES and not words[at].ends_sentence):
        return _town_before(pieces, index, at, 1, code, state, at - first if at else 0)
    if first < at and len(code) == 6 and words[at - 1].key == "singapore":
        return _town_before(pieces, index, at, 1, code, "SG")
    if following and len(code) < 6 and not words[at].ends_sentence:
        return _town_after(pieces, index, at, 1, code, "")
    if at == len(words) - 1 or words[at + 1].key in COUNTRIES:
        if len(words) == 1 or (at == 1 and words[0].key in _POSTCODE_WORDS):
            before = index - 1
            named = before >= 0 and place_only(pieces[before])
            if not named and _YEAR.fullmatch(code):
                return None
            return Town(0, len(words), code, "", False, before if named else index)
        if 1 <= at <= 4 and name_begin(words, at, 0) < at and len(code) >= 4:
            return _town_before(pieces, index, at, 1, code, "")
    return None


def _state_before(pieces: list[Piece], index: int, at: int, figures: int) -> tuple[str, int]:
    """Give the country of the state that stands before a postcode."""
    words = pieces[index].words
    if at > 0:
        before, big = words[at - 1], words[at - 1].text.strip(".,").isupper()
        pair = f"{words[at - 2].key} {before.key}" if at > 1 else ""
    elif index > 0 and len(pieces[index - 1].words) <= 6:
        before = pieces[index - 1].words[-1]
        big, pair = before.text.isupper(), pieces[index - 1].key
    else:
        return "", at
    key = before.key.upper().replace(".", "")
    if figures == 5 and (
        (key in US_STATES and (big or before.key not in _ENGLISH_WORDS or at > 1)) or before.key in US_STATE_NAMES or pair in US_STATE_NAMES
    ):
        return "US", at - 1
    if figures == 4 and key in AUSTRALIAN_STATES:
        return "AU", at - 1
    return "", at - 1


def _town_after(pieces: list[Piece], index: int, at: int, length: int, code: str, country: str) -> Town | None:
    words = pieces[index].words
    after = name_end(words, at + length)
    named = after > at + length
    if not named and at + length < len(words) and not words[at + length - 1].ends_sentence and not country:
        return None
    first = at - 1 if at and words[at - 1].key in _POSTCODE_WORDS else at
    if named and after < len(words) and words[after].text.strip("()").upper() in ITALIAN_PROVINCES and words[after].text.startswith("("):
        country, after = country or "IT", after + 1
    elif named and after - at - length > 1 and len(code) == 5 and words[after - 1].text.strip("().,") in ITALIAN_PROVINCES:
        country = country or "IT"
    if named and {"cdmx", "ciudad de méxico"} & {words[after - 1].key, " ".join(word.key for word in words[at + length : after])}:
        country = country or "MX"
    behind = after < len(words) and (words[after - 1].key in ("praha", "cedex", "wien", "brno", "lyon", "paris", "budapest"))
    if behind and words[after].key.isdigit() and len(words[after].key) <= 2:
        after += 1
    from_piece = index
    if not named and first == 0 and index > 0 and place_only(pieces[index - 1]):
        from_piece = index - 1
    return Town(first, max(after, at + length), code, country, named, from_piece)


def _town_before(pieces: list[Piece], index: int, at: int, length: int, code: str, country: str, region: int = 0) -> Town | None:
    words = pieces[index].words
    after = at + length
    end = at - 1 if at and words[at - 1].key in _POSTCODE_WORDS else at
    if country in ("CA", "BR") and end > 1 and is_region(words[end - 1].key):
        region = 1
    first = name_begin(words, end - region, 0)
    named = first < end and not (end - first == 1 and is_region(words[first].key))
    from_piece = index
    if not named:
        back = index - 1
        if back >= 0 and first == end == 0 and is_region(pieces[back].key):
            back -= 1
        if back >= 0 and first == 0 and place_only(pieces[back]):
            from_piece = back
        elif country in ("BR", "GB", "CA") and name_end(words, after) > after and words[after].big:
            after, named = name_end(words, after), True
    return Town(first, after, code, country, named, from_piece)
