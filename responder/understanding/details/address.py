"""Find a postal address in a mail.

In:   what was written now.
Out:  its lines as written, its postcode and country where they show, and what a carrier would miss; None where there is no address.
Source: forms of address by country after the UPU's addressing guides.
Limits: one address; a street without a town counts only where the mail speaks of an address, or the street has a line of its own.
"""

import re
from dataclasses import dataclass

from responder.domain.understanding import PostalAddress
from responder.understanding.details.address_choice import choose
from responder.understanding.details.address_cjk import find_cjk
from responder.understanding.details.address_forms import find_form
from responder.understanding.details.countries import CODES, COUNTRIES
from responder.understanding.details.pieces import Found, Piece, pieces_of
from responder.understanding.details.places import HOUSES, NOT_NAMES, NOT_PLACES, UNITS
from responder.understanding.details.recipients import flat_before, names_above
from responder.understanding.details.streets import Street, street_in
from responder.understanding.details.town_names import place_only
from responder.understanding.details.towns import Town, town_in
from responder.understanding.details.unnamed_streets import unnamed_street

MOST_TEXT = 20_000
LOOK_BACK = 5
MOST_FOUND = 12
_SPEAKS_OF_ADDRESS = re.compile(
    r"(?<!mail )(?<!mail-)(?<!web )(?<!ip )\baddress|\badresse|anschrift|lieferung an|livr[eé]|direcci[óo]n|domicilio|indirizzo|"
    r"endere[cç]o|morada|"
    r"\badres|(?:ship|send|deliver)(?: it| them| this| everything| my \w+)? to|schicken|senden|liefern|envoyer|envoyez|enviar|"
    r"envíen|spedire|"
    r"sturen|wysłać|i live|i moved|ich wohne|j'habite|vivo en|abito",
    re.IGNORECASE,
)
_POINTED = frozenset("st. rd. ave. dr. ln. ct. pl. str. blvd. sq. apt.".split())


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the street of an address stands, and whether it has a number."""

    piece: int
    street: Street
    number: bool


def find_address(text: str) -> PostalAddress | None:
    r"""Find the address that a mail states.

    >>> find_address("My new address is:\nAnna Kern\nLindenweg 4\n10115 Berlin").lines
    ('Anna Kern', 'Lindenweg 4', '10115 Berlin')
    """
    text = text[:MOST_TEXT]
    form = find_form(text)
    found = find_cjk(text)
    pieces = pieces_of(text)
    speaks = bool(_SPEAKS_OF_ADDRESS.search(text))
    used: set[int] = set()
    for index, piece in enumerate(pieces):
        if len(found) < MOST_FOUND and piece.has_figures and (town := town_in(pieces, index)):
            each, taken = _around_town(text, pieces, index, town, speaks)
            if each:
                found.append(each)
                used |= taken
    for index, piece in enumerate(pieces):
        if len(found) < MOST_FOUND and index not in used and piece.has_figures and (each := _street_alone(text, pieces, index, speaks)):
            found.append(each)
    if form:
        found = [form, *(each for each in found if each.end <= form.start or each.start >= form.end)]
    best = choose(text, found[:MOST_FOUND])
    return PostalAddress(best.lines, best.postcode, best.country, best.missing) if best else None


def _around_town(text: str, pieces: list[Piece], index: int, town: Town, speaks: bool) -> tuple[Found | None, set[int]]:
    piece = pieces[index]
    first = town.first
    inline = street_in(piece, first) or street_in(piece, town.after - 1)
    if inline and inline.number and inline.first < town.after and inline.after <= town.after:
        first = max(first, inline.after)
        place: _Place | None = _Place(index, inline, True)
    else:
        place = _street_before(pieces, town.from_piece, town) or _street_behind(pieces, index)
    named = town.from_piece < index or (town.named and first < town.after - (1 if town.first < town.after else 0)) or town.named
    if place is None and not (speaks and named and piece.opens and town.first == 0 and len(piece.words) <= 5):
        return None, set()
    spans: list[tuple[int, int]] = []
    if place is not None and place.piece <= index:
        spans = _upper_spans(pieces, place, town.from_piece if place.piece < index else index, first)
    elif town.first == 0 and piece.opens:
        spans = []
    spans += _town_spans(pieces, index, town, first)
    if place is not None and place.piece > index:
        behind = pieces[place.piece]
        spans.append((behind.words[place.street.first].start, behind.end))
    following = pieces[index + 1] if index + 1 < len(pieces) else piece
    if not named and following is not piece and following.line == piece.line and following.words[0].big and place_only(following):
        spans.append((following.start, following.end))
        named = True
    country_span, country = _country(pieces, index, town.after)
    if country_span:
        spans.append(country_span)
    missing = [] if place else ["street"]
    missing += [] if place and place.number else ["house_number"]
    missing += [] if named else ["city"]
    lines = _lines(text, spans)
    taken = set(range(min(place.piece if place else index, town.from_piece), index + 1)) | ({place.piece} if place else set())
    return Found(spans[0][0], spans[-1][1], lines, town.postcode, country or town.country, tuple(missing)), taken


def _town_spans(pieces: list[Piece], index: int, town: Town, first: int) -> list[tuple[int, int]]:
    """Give town and postcode as one line where they are written on one ("Mountain View, CA 94043")."""
    words = pieces[index].words
    begin, end = words[min(first, town.after - 1)].start, words[town.after - 1].end
    above = pieces[town.from_piece]
    if town.from_piece == index:
        return [(begin, end)]
    return [(above.start, end)] if above.line == pieces[index].line else [(above.start, above.end), (begin, end)]


def _lines(text: str, spans: list[tuple[int, int]]) -> tuple[str, ...]:
    """Give the lines as written, without the marks around them; the point of "St." stays."""
    lines = [text[start:end].strip(" ,;:!?\"'") for start, end in spans]
    return tuple(line if line.split(" ")[-1].casefold() in _POINTED else line.rstrip(".") for line in lines if line)


def _street_before(pieces: list[Piece], index: int, town: Town) -> _Place | None:
    """Find the street above or before the town."""
    weak: _Place | None = None
    for at in range(index - 1, max(-1, index - 1 - LOOK_BACK), -1):
        piece = pieces[at]
        if pieces[index].line - piece.line > 4 or (at < index - 1 and len(pieces[at + 1].words) > 6) or piece.words[-1].text[-1] in "?!":
            break
        street = street_in(piece)
        if street is None and at + 1 < index + 1 and piece.key in COUNTRIES:
            break
        split = _split_number(pieces, at, index)
        if street and (street.number or split is not None):
            return _Place(at, street, True)
        if street and weak is None and len(piece.words) <= 6:
            house = at > 0 and pieces[at - 1].words[-1].key in HOUSES
            weak = _Place(at, street, house)
        block = piece.opens and pieces[index].line > piece.line
        letters = any(char.isalpha() for char in town.postcode) or town.country in ("US", "AU", "JP")
        if weak is None and (block or letters or at == index - 1):
            unnamed = unnamed_street(piece, False) or (unnamed_street(piece, True) if letters else None)
            if unnamed:
                return _Place(at, unnamed, True)
    return weak


def _split_number(pieces: list[Piece], at: int, until: int) -> int | None:
    """Find the number that a comma parts from its street: "Calle Mayor, 5" or "12, rue de la Paix"."""
    street = street_in(pieces[at])
    if street is None:
        return None
    if at + 1 < until and pieces[at + 1].line == pieces[at].line:
        key = pieces[at + 1].words[0].key
        if re.fullmatch(r"(?:n[°ºo.]*|nr\.?)?\d{0,5}[a-z]?", key) and len(pieces[at + 1].words) <= 4:
            return at + 1
    if at and pieces[at - 1].line == pieces[at].line and re.fullmatch(r"\d{1,4}[a-z]?", pieces[at - 1].words[-1].key):
        return at - 1
    return None


def _street_behind(pieces: list[Piece], index: int) -> _Place | None:
    if index + 1 < len(pieces) and pieces[index + 1].line - pieces[index].line <= 1:
        street = street_in(pieces[index + 1])
        if street and street.number and street.sure and street.first == 0 and len(pieces[index + 1].words) <= 6:
            return _Place(index + 1, street, True)
    return None


def _upper_spans(pieces: list[Piece], place: _Place, until: int, before: int) -> list[tuple[int, int]]:
    """Give the spans from the name down to the line above the town."""
    piece = pieces[place.piece]
    first = place.street.first
    begin, at = piece.words[first].start, place.piece
    split = _split_number(pieces, place.piece, until) if not place.street.number else None
    if split is not None and split < place.piece:
        begin, at = pieces[split].words[-1].start, split
    labelled = first > 0 and piece.words[first - 1].text.endswith((":", "："))
    names = names_above(pieces, at) if first == 0 or labelled else flat_before(pieces, place.piece, first)
    if place.piece == until:
        words = piece.words[:before]
        while len(words) > place.street.after and words[-1].key in NOT_NAMES and not words[-1].big:
            words = words[:-1]
        return [*names, (begin, words[-1].end)] if words else names
    street_end = piece.end
    between = place.piece + 1
    if split is not None and split > place.piece:
        street_end, between = pieces[split].end, split + 1
    return [*names, (begin, street_end), *((each.start, each.end) for each in pieces[between:until])]


def _country(pieces: list[Piece], index: int, after: int) -> tuple[tuple[int, int] | None, str]:
    """Find the country behind the town, in its piece or the next ones."""
    for piece, words in [(pieces[index], pieces[index].words[after:]), *((each, each.words) for each in pieces[index + 1 : index + 3])]:
        for length in range(min(4, len(words)), 0, -1):
            key = " ".join(word.key for word in words[:length])
            if key in COUNTRIES and not (key in ("us", "gb", "uk") and words[0].text.islower() and length < len(words)):
                return (words[0].start, words[length - 1].end), COUNTRIES[key]
        if piece is not pieces[index] and len(words) == 1 and words[0].text.strip(".") in CODES:
            return (words[0].start, words[0].end), words[0].text.strip(".")
        if piece is not pieces[index] and not (place_only(piece) and piece.line - pieces[index].line <= 1):
            break
    return None, ""


def _street_alone(text: str, pieces: list[Piece], index: int, speaks: bool) -> Found | None:
    """Read a street that has no postcode below it."""
    piece = pieces[index]
    street = street_in(piece)
    if street is None or not street.number or not street.sure:
        return None
    spans = _upper_spans(pieces, _Place(index, street, True), index, street.after)
    rest = piece.words[street.after :]
    city = False
    if (
        1 <= len(rest) <= 3
        and all(word.big and word.key not in NOT_PLACES for word in rest)
        and not piece.words[street.after - 1].ends_sentence
    ):
        spans.append((rest[0].start, rest[-1].end))
        city = True
    last = index
    for following in range(index + 1, min(index + 4, len(pieces))):
        near = pieces[following]
        if (rest and not city) or near.line - pieces[last].line > 1 or near.key in COUNTRIES:
            break
        if not place_only(near) or not near.words[0].big:
            if near.words[0].key in UNITS and len(near.words) <= 4:
                spans.append((near.start, near.end))
                last = following
                continue
            break
        spans.append((near.start, near.end))
        city, last = True, following
    country_span, country = _country(pieces, last, len(pieces[last].words)) if not rest or city else (None, "")
    if country_span:
        spans.append(country_span)
    own_line = piece.opens and street.first == 0 and street.after >= len(piece.words) and city
    if not (speaks or own_line or (country and street.first == 0)):
        return None
    if country == "HK":
        return Found(spans[0][0], spans[-1][1], _lines(text, spans), "", country)
    return Found(spans[0][0], spans[-1][1], _lines(text, spans), "", country, ("postcode",) if city else ("postcode", "city"))
