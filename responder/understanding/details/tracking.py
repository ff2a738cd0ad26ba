"""Find tracking numbers of parcels.

In:   subject and text.
Out:  numbers without blanks, each once.
Standards: UPU S10; the other formats as the carriers publish them.
Limits: formats that order numbers share (figures alone, few letters) count only when their check digit is right, where they have one,
and a word such as "tracking" or a carrier's name stands shortly before.
"""

import re
from dataclasses import dataclass

from responder.understanding.details.check_digits import (
    Check,
    always,
    luhn,
    mod7,
    mod10,
    mod10_from_right,
    mod37,
    of_part,
    s10,
    weighted,
)

NEAR = 60
FEWEST_FIGURES = 5
_GAP = r"[ \t-]{0,3}"
_SAYS_TRACKING = re.compile(
    r"track|parcel|package|shipment|consignment|waybill|awb|carrier|courier|sendung|paket|colis|suivi|env[ií]o|seguimiento|gu[ií]a|"
    r"rastreo|rastreio|spedizione|tracciamento|zending|przesy[łl]k|快递|快遞|物流|运单|單號|单号|追踪|追蹤|伝票|追跡|송장|"
    r"\b(?:ups|usps|fedex|dhl|dpd|gls|hermes|evri|ems|tnt|yodel|purolator|ontrac|lasership|canpar|royal mail|la poste|colissimo|chronopost|"
    r"correos|seur|sf|yunexpress|4px)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Format:
    """A carrier's format: characters in brackets stand for classes; `alone` ones count without a word before them."""

    shape: str
    check: Check
    alone: bool = True

    def pattern(self) -> re.Pattern[str]:
        """Let blanks and hyphens stand between any two characters."""
        pieces = [
            rf"(?:{unit}{_GAP}){{{times or '1'}}}" for unit, times in re.findall(r"(\[[^\]]+\]|[A-Z0-9])(?:\{([\d,]+)\})?", self.shape)
        ]
        return re.compile(rf"(?<![0-9A-Za-z])(?:{''.join(pieces)})(?<![ \t-])(?![0-9A-Za-z])", re.IGNORECASE)


_D = "[0-9]"
_FORMATS = (
    _Format(f"[A-Z]{{2}}{_D}{{9}}[A-Z]{{2}}", s10),
    _Format(f"1Z[0-9A-Z]{{15}}{_D}", of_part(mod10(1, 2), 2)),
    _Format(f"[AHJKTV]{_D}{{10}}", of_part(mod10(1, 2), 1), alone=False),
    _Format(f"TB[ACM]{_D}{{12}}", always),
    _Format(f"[AFC]{_D}{{10}}", always, alone=False),
    _Format(f"J[A-Z]{{2,3}}{_D}{{9,10}}", always),
    _Format(f"J[J]{{0,1}}D{_D}{{16}}", always),
    _Format("[GLRUCSTIHM][MXVNGHKY][0-9A-Z]{10,30}", lambda number: sum(char.isdigit() for char in number) >= 8, alone=False),
    _Format(f"YT{_D}{{16}}", always),
    _Format(f"LP{_D}{{14}}", always),
    _Format(f"SF{_D}{{12,15}}", always),
    _Format(f"GFUS{_D}{{14}}", always),
    _Format(f"LTN{_D}{{8}}N1", always),
    _Format(f"L[AIEHNX][1-3]{_D}{{7}}", always, alone=False),
    _Format(f"1LS7[12]{_D}{{10}}", always),
    _Format(f"1LS7[12]{_D}{{11}}1", always),
    _Format("1LSCX[0-9A-Z]{10}", always),
    _Format(f"SP{_D}{{18}}", always),
    _Format(f"[CDKLSUXZ]{_D}{{21}}", always),
    _Format(f"C{_D}{{14}}", lambda number: mod10(1, 2)("4" + number[1:])),
    _Format(f"D{_D}{{14}}", lambda number: mod10(1, 2)("5" + number[1:])),
    _Format(f"[A-Z]{{3}}{_D}{{9}}", always, alone=False),
    _Format(f"420{_D}{{5}}9[1-5]{_D}{{20}}", of_part(mod10_from_right, 8)),
    _Format(f"420{_D}{{9}}9[1-5]{_D}{{20}}", of_part(mod10_from_right, 12)),
    _Format(f"420{_D}{{9}}9[1-5]{_D}{{24}}", of_part(mod10_from_right, 12)),
    _Format(f"9[1-5]{_D}{{20}}", mod10_from_right),
    _Format(f"9[1-5]{_D}{{24}}", mod10_from_right),
    _Format(f"96{_D}{{20}}", of_part(mod10(1, 3), 7), alone=False),
    _Format(f"96{_D}{{32}}", of_part(weighted((1, 7, 3)), 20), alone=False),
    _Format(f"[0-8]{_D}{{33}}", of_part(weighted((1, 7, 3)), 20), alone=False),
    _Format(f"3{_D}{{31}}", of_part(weighted((3, 1, 7)), 16, 28), alone=False),
    _Format(f"{_D}{{27}}[0-9A-Z]", mod37, alone=False),
    _Format(f"{_D}{{14}}[0-9A-Z]", mod37, alone=False),
    _Format(f"{_D}{{20}}", mod10_from_right, alone=False),
    _Format(f"{_D}{{18}}", of_part(mod10(3, 1), 2), alone=False),
    _Format(f"{_D}{{16}}", mod10(3, 1), alone=False),
    _Format(f"{_D}{{15}}", mod10(1, 3), alone=False),
    _Format(f"{_D}{{14}}", always, alone=False),
    _Format(f"{_D}{{12}}", weighted((3, 1, 7)), alone=False),
    _Format(f"[0-5]{_D}{{11}}", luhn, alone=False),
    _Format(f"[78][078]{_D}{{9}}", luhn, alone=False),
    _Format(f"072{_D}{{8}}", luhn, alone=False),
    _Format(f"{_D}{{10,11}}", mod7, alone=False),
)
_COMPILED = tuple((each, each.pattern()) for each in _FORMATS)


def find_tracking_numbers(text: str) -> tuple[str, ...]:
    """Find tracking numbers.

    >>> find_tracking_numbers("tracking RB 123 456 785 CN says nothing")
    ('RB123456785CN',)
    """
    if sum(char.isdigit() for char in text) < FEWEST_FIGURES:
        return ()
    found: dict[str, None] = {}
    for each, pattern in _COMPILED:
        for match in pattern.finditer(text):
            number = re.sub(r"[ \t-]", "", match.group()).upper()
            if each.check(number) and (each.alone or _SAYS_TRACKING.search(text, max(0, match.start() - NEAR), match.start())):
                found.setdefault(number)
    return tuple(number for number in found if not any(number != other and number in other for other in found))
