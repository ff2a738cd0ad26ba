"""Find a postal address in a mail.

In:   what was written now.
Out:  its lines as written, its postcode and country where they show, and what a carrier would miss; None where there is no address.
Source: forms of address by country after the UPU's addressing guides.
Limits: one address, the last complete one, else the last; a street alone counts only where the mail speaks of an address.
"""

import re
from dataclasses import dataclass

from responder.domain.understanding import PostalAddress
from responder.understanding.details.places import (
    AUSTRALIAN_STATES,
    CANADIAN_PROVINCES,
    COUNTRIES,
    STREET_SUFFIXES,
    STREET_WORDS,
    US_STATES,
)

MOST_LINES = 60
_WORD = r"[^\W\d_][\w.'’-]*"
_CITY = rf"{_WORD}(?:[ ]{_WORD}){{0,3}}"
_UK = r"[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}"

# Postcode and town in one piece; the first group is the postcode.
_TOWNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_CITY}[, ]+(?:{'|'.join(US_STATES)})[ .]+(\d{{5}}(?:-\d{{4}})?)\b", re.IGNORECASE), "US"),
    (re.compile(rf"(?:{_CITY}[, ]+)?(?:{'|'.join(CANADIAN_PROVINCES)})[, ]+([A-Z]\d[A-Z]\s?\d[A-Z]\d)\b", re.IGNORECASE), "CA"),
    (re.compile(rf"{_CITY}[, ]+(?:{'|'.join(AUSTRALIAN_STATES)})[, ]+(\d{{4}})\b", re.IGNORECASE), "AU"),
    (re.compile(rf"(?:{_CITY}[, ]+)?\b({_UK})\b"), "GB"),
    (re.compile(rf"\b(\d{{4}}\s?[A-Z]{{2}})\s+{_CITY}"), "NL"),
    (re.compile(rf"\b(\d{{2}}-\d{{3}})\s+{_CITY}"), "PL"),
    (re.compile(rf"\b(\d{{4}}-\d{{3}})\s+{_CITY}"), "PT"),
    (re.compile(rf"\b(\d{{3}} \d{{2}})\s+{_CITY}"), ""),
    (re.compile(rf"(?<![\w-])(?:[A-Z]{{1,3}}[- ])?(\d{{4,5}})\s+(?!{STREET_WORDS}\b){_CITY}", re.IGNORECASE), ""),
    (re.compile(rf"^{_CITY}\s+(\d{{4,6}})$"), ""),
    (re.compile(r"^(\d{5})$"), ""),
)
# "Mountain View, CA 94043" is one piece.
_BEFORE_STATE = re.compile(rf",\s*(?=(?:{'|'.join([*US_STATES, *CANADIAN_PROVINCES, *AUSTRALIAN_STATES])})\b[ .,]+[A-Z]?\d)", re.IGNORECASE)
_KEPT_COMMA = "\x1f"
_BETWEEN_PIECES = re.compile(r"[,;，、]|\s/\s| - ")
_WORDS_AFTER_TOWN = re.compile(r"(?<=\w)(?:\s+[a-zà-ÿ][\w'’-]*)+$")
_STREET = re.compile(
    rf"(?:\b\w*(?:{STREET_SUFFIXES})\s*\d{{1,4}}\s?[a-z]?(?:[-/]\d{{1,4}})?\b"
    rf"|\b\d{{1,6}}[a-z]?(?:[-/]\d{{1,4}})?,?\s+(?:bis|ter\s)?\s*(?:{_WORD}\s+){{0,4}}?(?:{STREET_WORDS})(?![\w])(?:\s+{_WORD}){{0,6}}"
    rf"|(?<!\w)(?:{STREET_WORDS})\s+(?:{_WORD}[ .,]+){{0,6}}?(?:n[°ºo.]*\s*|nr\.?\s*|núm\.?\s*|#\s*)?\d{{1,6}}\s?[a-z]?(?:[-/]\d{{1,4}})?\b"
    rf"|(?<!\w)(?:am|an der|auf der|im|in der|unter den|zum|zur|alte|neue)\s+(?:{_WORD}\s+){{1,3}}\d{{1,4}}\s?[a-z]?\b)",
    re.IGNORECASE,
)
_STREET_WITHOUT_NUMBER = re.compile(
    rf"\b\w{{3,}}(?:{STREET_SUFFIXES})(?![\w])|(?<!\w)(?:rue|calle|avenida|via|viale|rua|avenue)\s+{_WORD}", re.IGNORECASE
)
_CHINESE = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:省|自治区))?[\u4e00-\u9fff]{2,10}?(?:市|州|盟)?[\u4e00-\u9fff]{1,12}(?:区|區|县|縣|市|镇|鎮|乡|鄉)"
    r"[\u4e00-\u9fffA-Za-z0-9\-－—#、()（）]{2,60}"
)
_CHINESE_END = re.compile(r"\d+\s*(?:号|號|弄|栋|棟|幢|座|楼|樓|层|室|单元|巷|村)|村|\d{3,4}$")
_SPEAKS_OF_ADDRESS = re.compile(
    r"address|adresse|anschrift|lieferung an|livr|direcci[óo]n|domicilio|indirizzo|endere[cç]o|adres|地址|住所|주소|"
    r"ship (?:it )?to|send (?:it )?to|schicken|senden|envoyer|enviar",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^:：]{0,40}[:：]\s*")
_SENTENCE = re.compile(r"[.!?。！？]\s*$|[:：]\s*$")
_NAME = re.compile(
    rf"^(?:c/o\s+)?{_WORD}(?:\s+{_WORD}){{0,5}}$|^(?:flat|apt|apartment|unit|suite|room|floor|etage|stock|piso|wohnung|bât|appt)\b.{{0,20}}$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^(?:hi|hello|hallo|hey|dear|guten|bonjour|bonsoir|hola|buenos|buenas|ciao|thanks|thank|danke|merci|gracias|kind|best|mit|viele|cordialement|saludos|sincerely|regards)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    line: int


def find_address(text: str) -> PostalAddress | None:
    r"""Find the address that a mail states.

    >>> find_address("My new address is:\nAnna Kern\nLindenweg 4\n10115 Berlin").lines
    ('Anna Kern', 'Lindenweg 4', '10115 Berlin')
    """
    lines = text.splitlines()[:MOST_LINES]
    found = [address for address in (_chinese(line) for line in lines) if address]
    pieces = [
        _Piece(part.strip().replace(_KEPT_COMMA, ", "), number)
        for number, line in enumerate(lines)
        for part in _BETWEEN_PIECES.split(_BEFORE_STATE.sub(_KEPT_COMMA, line[:400]))
        if part.strip()
    ]
    found += [address for index in range(len(pieces)) if (address := _around_town(pieces, index))]
    if not found and _SPEAKS_OF_ADDRESS.search(text):
        found = [address for piece in pieces if (address := _street_alone(piece))]
    complete = [address for address in found if address.complete]
    best = complete or found
    return best[-1] if best else None


def _around_town(pieces: list[_Piece], index: int) -> PostalAddress | None:
    piece = pieces[index].text
    town_found = next(((match, country) for pattern, country in _TOWNS if (match := pattern.search(piece))), None)
    if town_found is None:
        return None
    match, country = town_found
    at = _street_before(pieces, index)
    inline = _STREET.search(piece[: match.start()])
    if at is None and inline is None and not (match.start() == 0 and len(piece.split()) <= 5):
        return None
    town = piece[match.start() : match.end()].strip() if inline or match.start() else piece[: match.end()].strip()
    country_line, found_country = _country_after(pieces, index)
    country = found_country or country
    lines: list[str] = []
    if inline:
        lines.append(inline.group().strip())
    elif at is not None:
        street = _STREET.search(pieces[at].text)
        before_street = pieces[at].text[: street.start()].strip() if street else ""
        lines += _name_before(pieces, at) if not before_street else []
        lines.append(pieces[at].text[street.start() :].strip() if street else _LABEL.sub("", pieces[at].text))
        lines += [between.text for between in pieces[at + 1 : index]]
    lines.append(_WORDS_AFTER_TOWN.sub("", town) if any(char.isupper() for char in town) else town)
    if country_line:
        lines.append(country_line)
    street_seen = inline is not None or (at is not None and _STREET.search(pieces[at].text) is not None)
    missing = () if street_seen else (("house_number",) if at is not None else ("street", "house_number"))
    return PostalAddress(tuple(lines), match.group(1), country, missing)


def _street_before(pieces: list[_Piece], index: int) -> int | None:
    """Find the piece with the street: at most three before the town."""
    near = range(index - 1, max(-1, index - 4), -1)
    for at in near:
        if pieces[index].line - pieces[at].line > 3:
            break
        if _STREET.search(pieces[at].text):
            return at
    for at in near:
        if (
            pieces[index].line - pieces[at].line <= 2
            and _STREET_WITHOUT_NUMBER.search(pieces[at].text)
            and len(pieces[at].text.split()) <= 6
        ):
            return at
    return None


def _name_before(pieces: list[_Piece], at: int) -> list[str]:
    """Give the lines of name and company above the street."""
    names: list[str] = []
    for before in range(at - 1, max(-1, at - 4), -1):
        text = _LABEL.sub("", pieces[before].text)
        if (
            not text
            or _SENTENCE.search(pieces[before].text)
            or not _NAME.match(text)
            or _GREETING.match(text)
            or not any(char.isupper() for char in text)
        ):
            break
        names.insert(0, text)
    return names


def _country_after(pieces: list[_Piece], index: int) -> tuple[str, str]:
    if index + 1 < len(pieces):
        text = pieces[index + 1].text.strip(" .")
        code = COUNTRIES.get(text.casefold())
        if code:
            return text, code
    return "", ""


def _street_alone(piece: _Piece) -> PostalAddress | None:
    match = _STREET.search(piece.text)
    if match is None:
        return None
    return PostalAddress((match.group().strip(),), missing=("postcode", "city"))


def _chinese(line: str) -> PostalAddress | None:
    match = _CHINESE.search(re.sub(r"\s+", "", _LABEL.sub("", line)))
    if match is None:
        return None
    text = match.group()
    end = list(_CHINESE_END.finditer(text))
    if not end:
        return (
            None
            if not re.search(r"省|市.{1,8}[区區县縣]", text)
            else PostalAddress((text,), country="CN", missing=("street", "house_number"))
        )
    return PostalAddress((text,), country="CN")
