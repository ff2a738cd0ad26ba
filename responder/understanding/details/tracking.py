"""Find tracking numbers of parcels.

In:   subject and text.
Out:  numbers without blanks, each once.
Standards: UPU S10 (check digit with weights 8 6 4 2 3 5 9 7); USS Code 128 mod 10 (UPS, FedEx Ground, USPS) as the carriers publish them.
Limits: formats of figures alone count only when their check digit is right and a word such as "tracking" stands before them, since
every order number would match otherwise.
"""

import re
from collections.abc import Callable

_GAP = r"[ \t-]?"


def _spaced(pattern: str, count: int) -> str:
    return rf"(?:{pattern}{_GAP}){{{count - 1}}}{pattern}"


_SAYS_TRACKING = re.compile(
    r"track|parcel|package|shipment|consignment|waybill|awb|carrier|courier|sendung|paket|colis|suivi|env[ií]o|seguimiento|gu[ií]a|"
    r"rastreo|rastreio|spedizione|tracciamento|zending|przesy[łl]k|快递|物流|运单|單號|单号|追踪|追蹤|伝票|追跡|송장|"
    r"\b(?:ups|usps|fedex|dhl|dpd|gls|hermes|evri|ems|tnt|royal mail|la poste|colissimo|chronopost|correos|seur|sf|yunexpress|4px)\b",
    re.IGNORECASE,
)


def s10_holds(number: str) -> bool:
    """Check the ninth digit of a UPU S10 number, such as RB123456785CN."""
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    rest = 11 - sum(weight * int(digit) for weight, digit in zip(weights, number[2:10], strict=True)) % 11
    return int(number[10]) == {10: 0, 11: 5}.get(rest, rest)


def ups_holds(number: str) -> bool:
    """Check the last digit of a UPS 1Z number; letters count as (code - 3) mod 10."""
    values = [int(char) if char.isdigit() else (ord(char) - 3) % 10 for char in number[2:17]]
    total = sum(values[0::2]) + 2 * sum(values[1::2])
    return number[17].isdigit() and int(number[17]) == -total % 10


def mod10_holds(number: str) -> bool:
    """Check the last digit by weights 3 and 1 from the right (USPS, FedEx SmartPost and Ground 96)."""
    digits = [int(digit) for digit in reversed(number[:-1])]
    return int(number[-1]) == -(3 * sum(digits[0::2]) + sum(digits[1::2])) % 10


def fedex12_holds(number: str) -> bool:
    """Check the last digit of a FedEx Express number of 12 figures (weights 3 1 7, modulo 11)."""
    weights = (3, 1, 7) * 4
    return sum(weight * int(digit) for weight, digit in zip(weights, number[:11], strict=False)) % 11 % 10 == int(number[11])


def dhl_holds(number: str) -> bool:
    """Check the last digit of a DHL Express waybill of 10 figures (modulo 7)."""
    return int(number[:9]) % 7 == int(number[9])


def _always(_: str) -> bool:
    return True


# Shapes that nothing else has: they count wherever they stand.
_OWN_SHAPE: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (rf"1{_GAP}Z{_GAP}{_spaced('[0-9A-Z]', 15)}{_GAP}\d", ups_holds),
    (rf"[A-Z]{_GAP}[A-Z]{_GAP}{_spaced(r'[0-9]', 9)}{_GAP}[A-Z]{_GAP}[A-Z]", s10_holds),
    (rf"TB[ACM]{_GAP}{_spaced(r'[0-9]', 12)}", _always),
    (rf"(?:JJD|JVGL|GM|LX|RX|3S){_GAP}(?:[0-9A-Z]{_GAP}){{9,20}}\d", _always),
    (rf"YT{_GAP}{_spaced(r'[0-9]', 16)}", _always),
    (rf"LP{_GAP}{_spaced(r'[0-9]', 14)}", _always),
    (rf"SF{_GAP}(?:[0-9]{_GAP}){{11,14}}\d", _always),
    (rf"(?:JD|ZTO|YTO|STO|4PX|UBI|CNG|AT|PQ){_GAP}(?:[0-9A-Z]{_GAP}){{10,15}}\d", _always),
    (rf"420{_GAP}{_spaced(r'[0-9]', 5)}{_GAP}9[1-5]{_GAP}{_spaced(r'[0-9]', 20)}", lambda number: mod10_holds(number[8:])),
    (rf"9[1-5]{_GAP}{_spaced(r'[0-9]', 20)}", mod10_holds),
)
# Figures alone: only after a word that says what they are.
_FIGURES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    (_spaced(r"[0-9]", 22), mod10_holds),
    (_spaced(r"[0-9]", 20), mod10_holds),
    (_spaced(r"[0-9]", 16), _always),
    (_spaced(r"[0-9]", 15), _always),
    (_spaced(r"[0-9]", 14), _always),
    (_spaced(r"[0-9]", 12), fedex12_holds),
    (_spaced(r"[0-9]", 10), dhl_holds),
)
_BEFORE = r"(?<![0-9A-Za-z])"
_AFTER = r"(?![0-9A-Za-z])"
_COMPILED_OWN = tuple((re.compile(_BEFORE + shape + _AFTER, re.IGNORECASE), check) for shape, check in _OWN_SHAPE)
_COMPILED_FIGURES = tuple((re.compile(_BEFORE + shape + _AFTER), check) for shape, check in _FIGURES)


def find_tracking_numbers(text: str) -> tuple[str, ...]:
    """Find tracking numbers.

    >>> find_tracking_numbers("tracking RB 123 456 785 CN says nothing")
    ('RB123456785CN',)
    """
    found: dict[str, None] = {}
    for pattern, check in _COMPILED_OWN:
        for match in pattern.finditer(text):
            number = _plain(match.group())
            if check(number):
                found.setdefault(number)
    for pattern, check in _COMPILED_FIGURES:
        for match in pattern.finditer(text):
            number = _plain(match.group())
            if check(number) and _SAYS_TRACKING.search(text, max(0, match.start() - 60), match.start()):
                found.setdefault(number)
    return tuple(number for number in found if not any(number != other and number in other for other in found))


def _plain(number: str) -> str:
    return re.sub(r"[ \t-]", "", number).upper()
