"""Find the countries that a mail names.

In:   text, and its language.
Out:  ISO 3166-1 alpha-2 codes, in the order of the text, each once.
Source: the names of territories in the Unicode CLDR, by Babel, and what people call some countries besides.
Limits: names as they stand in a list; in Polish the end of a name may differ.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from babel import Locale, UnknownLocaleError

from responder.understanding.details.countries import COUNTRIES

MOST = 5
_SHORTEST = 4
_BESIDES = {"uk": "GB", "u.k.": "GB", "usa": "US", "u.s.": "US", "u.s.a.": "US", "uae": "AE", "dubai": "AE", "hong kong": "HK", "taiwan": "TW",
    "holland": "NL", "korea": "KR", "niemiec": "DE", "niemczech": "DE", "polsce": "PL", "台湾": "TW", "台灣": "TW", "香港": "HK"}  # fmt: skip
_WITHOUT_BLANKS = frozenset({"ja", "ko", "zh"})
_INFLECTED = frozenset({"pl"})


def find_countries(text: str, language: str) -> tuple[str, ...]:
    """Find the countries that a text names in its language.

    >>> find_countries("Do you ship to Norway or the UK?", "en")
    ('NO', 'GB')
    """
    pattern, codes = _names(language)
    found = [codes[_plain(match[1])] for match in pattern.finditer(_plain(text))]
    return tuple(dict.fromkeys(found))[:MOST]


def prepare(languages: Iterable[str]) -> None:
    """Read the names in these languages now, since later no file may be read."""
    for language in languages:
        _names(language)


@cache
def _names(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    try:
        territories = dict(Locale.parse(language).territories)
    except (ValueError, UnknownLocaleError):
        territories = {}
    codes = {_plain(name): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    # In any language, since people mix them; the short ones are words as well ("send us").
    codes |= {name: code for name, code in COUNTRIES.items() if len(name) >= _SHORTEST or not name.isascii()} | _BESIDES
    in_order = sorted(codes, key=len, reverse=True)
    if language in _WITHOUT_BLANKS:
        return re.compile(f"({'|'.join(map(re.escape, in_order))})"), codes
    if language in _INFLECTED:
        stems = {name.rstrip("aeiouy") if len(name) > _SHORTEST else name: code for name, code in codes.items()}
        names = [rf"{re.escape(stem)}(?=\w{{0,2}}(?!\w))" for stem in sorted(stems, key=len, reverse=True)]
        return re.compile(rf"(?<!\w)({'|'.join(names)})"), stems
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, in_order))})(?!\w)"), codes


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
