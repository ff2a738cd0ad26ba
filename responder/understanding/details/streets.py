"""Find the street and its number in a piece of an address.

In:   a piece.
Out:  which of its words are the street; whether a number is among them, and whether it is a street wherever it stands.
Source: forms of streets by country after the UPU's addressing guides.
Limits: a street without a word for street ("Nyhavn 12", "350 Fifth") counts only beside a town, see `unnamed_streets`.
"""

import re
from typing import NamedTuple

from responder.understanding.details.pieces import Piece, Word
from responder.understanding.details.places import (
    BEFORE_BOX,
    BEGINNINGS,
    BOXES,
    ENDINGS,
    GERMAN_BEGINNINGS,
    HIGHWAYS,
    NOT_NAMES,
    NOT_PLACES,
    PARTICLES,
    SUFFIXES,
    UNITS,
    WEAK_BEGINNINGS,
    WEAK_ENDINGS,
    WEAK_SUFFIXES,
)

MOST_NAME_WORDS = 7
_NUMBER = re.compile(r"(?:n[°ºo]\.?|nr\.?|núm\.?|#)?(?:\d{1,3}/)?\d{1,5}[a-z]{0,2}(?:[-/+.]\d{1,4}[a-z]?){0,2}", re.IGNORECASE)
_BEFORE_NUMBER = frozenset("n n° nº no nr núm num numéro número # n.º č s/n".split())
_GLUED = re.compile(r"\w*(?:str\.?|straße|strasse|weg|gasse|platz|allee|straat|laan)(\d{1,4}[a-z]?)", re.IGNORECASE)
_CHOME = re.compile(r"\d{1,2}-\d{1,3}(?:-\d{1,4}){0,2}")
_JAPANESE = re.compile(r".+-(?:ku|shi|cho|machi|gun|dori|chome)")
_DIRECTIONS = frozenset("n s e w ne nw se sw north south east west".split())
_ENGLISH = ENDINGS | WEAK_ENDINGS


class Street(NamedTuple):
    """Words `first` up to `after` of a piece; `sure` where it needs no town beside it."""

    first: int
    after: int
    number: bool
    sure: bool


def street_in(piece: Piece, limit: int | None = None) -> Street | None:
    """Find the last street in a piece, before the word `limit`: the sure ones first, then those with a number."""
    words = piece.words[:limit]
    best: Street | None = None
    at = 0
    while at < len(words):
        found = _at(words, at)
        if found and (best is None or (found.sure, found.number) >= (best.sure, best.number)):
            best = found
        at = max(at + 1, found.after if found and found.number else 0)
    return best


def is_number(word: Word) -> bool:
    """Tell whether a word may be a house number."""
    return bool(_NUMBER.fullmatch(word.key)) and not word.text.startswith(("$", "€", "£", "+"))


def _at(words: tuple[Word, ...], at: int) -> Street | None:
    word = words[at]
    if word.key[:1].isdigit():
        return _number_first(words, at) if is_number(word) else None
    if word.key in BOXES or (word.key in BEFORE_BOX and any(each.key == "box" for each in words[at + 1 : at + 3])):
        return _box(words, at)
    if word.key in BEGINNINGS or word.key in WEAK_BEGINNINGS:
        return _type_first(words, at) or _ending_alone(words, at)
    if _GLUED.fullmatch(word.key):
        return Street(_back(words, at), at + 1, True, True)
    if word.key.endswith(SUFFIXES + WEAK_SUFFIXES):
        found = _suffix(words, at)
        if found:
            return found
    if word.key in _ENGLISH:
        return _ending_alone(words, at)
    if word.key in GERMAN_BEGINNINGS:
        return _german(words, at)
    return None


def _number_first(words: tuple[Word, ...], at: int) -> Street | None:
    """Read "12 Elm Road", "12 bis rue de la Paix", "152 Teheran-ro", "1-2-3 Jingumae"."""
    name = at + 1
    while name < len(words) and name < at + 3 and (words[name].key in ("bis", "ter", "quater") or re.fullmatch("[a-d]", words[name].key)):
        name += 1
    if name >= len(words) or words[at].ends_sentence:
        return None
    if words[name].key in BEGINNINGS or (words[name].key in WEAK_BEGINNINGS and name + 1 < len(words)):
        after = _name_end(words, name + 1)
        english = words[after - 1].key in _ENGLISH if after > name + 1 else False
        if after > name + 1 and not english:
            return Street(at, after, True, words[name].key in BEGINNINGS or any(word.big for word in words[name + 1 : after]))
    for end in range(name, min(name + 6, len(words))):
        key = words[end].key
        if key.endswith(("-ro", "-gil", "-daero", "-dong")) or (_CHOME.fullmatch(words[at].key) and _JAPANESE.fullmatch(key)):
            return Street(at, end + 1, True, True)
        highway = key in HIGHWAYS and end + 1 < len(words) and is_number(words[end + 1])
        if key in _ENGLISH and (end > name or highway):
            return _english(words, at, end)
        if (key in NOT_NAMES and key not in PARTICLES and not words[end].big) or words[end].ends_sentence or key in NOT_PLACES:
            return None
    return None


def _english(words: tuple[Word, ...], at: int, end: int) -> Street:
    sure = words[end].key in ENDINGS or words[end].key in HIGHWAYS or words[end - 1].big
    if any(word.key in PARTICLES and not word.big and word.key in NOT_NAMES for word in words[at + 1 : end]):
        sure = False
    while end + 1 < len(words) and words[end + 1].key in _ENGLISH and not words[end].ends_sentence:
        end += 1
    after = end + 1
    if words[end].key in HIGHWAYS and after < len(words) and is_number(words[after]):
        after += 1
    if after < len(words) and words[after].key in _DIRECTIONS and not words[end].ends_sentence and words[after].text.isupper():
        after += 1
    if after < len(words) and (words[after].key in UNITS or words[after].text.startswith("#")):
        after += 1 if words[after].text.startswith("#") and len(words[after].text) > 1 else 2
    return Street(at, min(after, len(words)), True, sure)


def _type_first(words: tuple[Word, ...], at: int) -> Street | None:
    """Read "Calle Mayor 5", "Via Roma 12", "ul. Długa 5", "Rua Augusta, 1500"."""
    kind = words[at]
    strong = kind.key in BEGINNINGS and (kind.key != "r" or kind.big) and not (len(kind.key) <= 2 and not _is_capital(words, at + 1))
    for end in range(at + 1, min(at + 1 + MOST_NAME_WORDS, len(words))):
        word = words[end]
        if is_number(word) and (word.key not in _BEFORE_NUMBER):
            following = words[end + 1].key if end + 1 < len(words) else ""
            if (
                following in ("de", "di", "do", "maja", "novembre", "stycznia", "listopada", "settembre", "aprile", "maggio")
                and end == at + 1
            ):
                continue
            sure = strong and (end > at + 1 or kind.key in ("calle", "carrera", "cra", "calle"))
            sure = sure or any(each.big for each in words[at + 1 : end] if each.key not in NOT_PLACES)
            return Street(at, _with_letter(words, end + 1), True, sure)
        if word.key in _BEFORE_NUMBER:
            continue
        if (word.key in NOT_NAMES and word.key not in PARTICLES and not word.big) or word.ends_sentence or word.key in NOT_PLACES:
            break
    after = _name_end(words, at + 1)
    return Street(at, after, False, False) if after > at + 1 and (strong or kind.big) else None


def _suffix(words: tuple[Word, ...], at: int) -> Street | None:
    """Read "Lindenweg 4", "Berliner Straße 5a", "Storgatan 12 B"."""
    word = words[at]
    strong = word.key.endswith(SUFFIXES)
    number = at + 1
    if number < len(words) and words[number].key in _BEFORE_NUMBER:
        number += 1
    numbered = number < len(words) and is_number(words[number]) and (not word.ends_sentence or word.key.endswith("str"))
    if numbered:
        return Street(_back(words, at), _with_letter(words, number + 1), True, strong and (word.big or len(word.key) > 5 or at > 0))
    if strong and len(word.key) > 5 and len(words) - at <= 2:
        return Street(_back(words, at), at + 1, False, False)
    return None


def _german(words: tuple[Word, ...], at: int) -> Street | None:
    """Read "Am alten Markt 3", "Unter den Linden 77"."""
    if words[at].key in ("an", "auf", "in") and words[at + 1 : at + 2] and words[at + 1].key not in ("der", "den", "dem"):
        return None
    for number in range(at + 2, min(at + 5, len(words))):
        if words[number - 1].key.endswith(SUFFIXES) and words[at].key in ("zum", "zur", "im", "am") and not words[at].big:
            return None
        if is_number(words[number]):
            return Street(at, _with_letter(words, number + 1), True, False) if words[number - 1].key not in NOT_PLACES else None
        if words[number - 1].key in NOT_NAMES and words[number - 1].key not in PARTICLES:
            return None
    return None


def _ending_alone(words: tuple[Word, ...], at: int) -> Street | None:
    """Read "Elm Road", a street without its number, where nothing else stands in the piece."""
    if at == len(words) - 1 and 1 <= at <= 4 and words[at].key in _ENGLISH and all(word.key not in NOT_NAMES for word in words[:at]):
        return Street(0, at + 1, False, False)
    return None


def _box(words: tuple[Word, ...], at: int) -> Street | None:
    for number in range(at + 1, min(at + 5, len(words))):
        if any(char.isdigit() for char in words[number].text):
            after = number + 1
            while after < min(number + 3, len(words)) and words[after].text.isdigit() and len(words[after].text) <= 3:
                after += 1
            return Street(at, after, True, True)
    return None


def _back(words: tuple[Word, ...], at: int) -> int:
    """Go back over the words that the street's name begins with: "Berliner" of "Berliner Straße"."""
    first = at
    alone = words[at].key in SUFFIXES + WEAK_SUFFIXES
    while first > 0 and at - first < (3 if alone else 1):
        before = words[first - 1]
        if before.key in NOT_PLACES or before.ends_sentence or before.key in NOT_NAMES or not before.key[:1].isalpha():
            break
        if not before.big and not (alone and first == at):
            break
        if not alone and before.key not in ("alte", "neue", "große", "kleine", "obere", "untere", "gamla", "nieuwe", "oude", "kleine"):
            break
        first -= 1
    return first


def _name_end(words: tuple[Word, ...], at: int) -> int:
    """Tell where a name ends that begins at `at`: before a small word that no name has, or behind a sentence."""
    end = at
    while end < min(at + MOST_NAME_WORDS, len(words)):
        word = words[end]
        if not word.key[:1].isalpha() or (word.key in NOT_NAMES and word.key not in PARTICLES and not word.big):
            break
        end += 1
        if word.ends_sentence:
            break
    while end > at and words[end - 1].key in PARTICLES and not words[end - 1].big:
        end -= 1
    return end


def _with_letter(words: tuple[Word, ...], after: int) -> int:
    """Take the letter of a house number along: "12 B", "5 bis"."""
    if after < len(words) and not words[after - 1].ends_sentence and (re.fullmatch(r"[A-Ka-h]|bis|ter", words[after].text)):
        if words[after].text in ("a", "e") and after + 1 < len(words):
            return after
        return after + 1
    return after


def _is_capital(words: tuple[Word, ...], at: int) -> bool:
    return at < len(words) and words[at].big
