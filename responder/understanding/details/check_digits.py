"""Check digits, as carriers compute them.

In:   a number without blanks, in capitals, its last character being the check digit unless said otherwise.
Out:  whether it holds.
Standards: UPU S10; ISO 7064 (mod 37,36); the carriers' own for the rest.
"""

from collections.abc import Callable, Sequence
from itertools import cycle

Check = Callable[[str], bool]
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def always(_: str) -> bool:
    """Hold for every number: the format has no check digit."""
    return True


def mod10(even: int, odd: int) -> Check:
    """Weigh the digits by place, counted from zero at the left; letters count as (code - 3) mod 10, as in UPS numbers."""

    def holds(number: str) -> bool:
        *digits, check = (int(char) if char.isdigit() else (ord(char) - 3) % 10 for char in number)
        total = sum(digit * (odd if place % 2 else even) for place, digit in enumerate(digits))
        return check == -total % 10

    return holds


def mod10_from_right(number: str) -> bool:
    """Weigh the digits by 3 and 1 from the right (USPS, GS1)."""
    digits = [int(digit) for digit in reversed(number[:-1])]
    return int(number[-1]) == -(3 * sum(digits[0::2]) + sum(digits[1::2])) % 10


def weighted(weights: Sequence[int]) -> Check:
    """Weigh the digits, take the rest modulo 11, then modulo 10 (FedEx)."""

    def holds(number: str) -> bool:
        total = sum(weight * int(digit) for weight, digit in zip(cycle(weights), number[:-1], strict=False))
        return total % 11 % 10 == int(number[-1])

    return holds


def mod7(number: str) -> bool:
    """Take the number before the check digit modulo 7 (DHL Express)."""
    return int(number[:-1]) % 7 == int(number[-1])


def luhn(number: str) -> bool:
    """Double every second digit from the right and sum the digits (ISO/IEC 7812-1)."""
    digits = [int(digit) for digit in reversed(number)]
    return (sum(digits[0::2]) + sum(sum(divmod(2 * digit, 10)) for digit in digits[1::2])) % 10 == 0


def mod37(number: str) -> bool:
    """ISO 7064 mod 37,36 over figures and letters (DPD)."""
    rest = 36
    for char in number[:-1]:
        rest = (rest + _ALPHABET.index(char)) % 36 or 36
        rest = rest * 2 % 37
    return _ALPHABET[(37 - rest) % 36] == number[-1]


def s10(number: str) -> bool:
    """Check the ninth figure of a UPU S10 number, such as RB123456785CN."""
    rest = 11 - sum(weight * int(digit) for weight, digit in zip((8, 6, 4, 2, 3, 5, 9, 7), number[2:10], strict=True)) % 11
    return int(number[10]) == {10: 0, 11: 5}.get(rest, rest)


def of_part(check: Check, start: int, end: int | None = None) -> Check:
    """Check a part of the number only."""
    return lambda number: check(number[start:end])
