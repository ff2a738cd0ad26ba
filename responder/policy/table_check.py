"""Go through every combination of facts that can happen, and tell what the rules make of it.

In:   a playbook.
Out:  a line for each gap (no rule fits), each row that can never decide, and each pair of rows of which only the order decides.
Limits: facts that exclude each other are left out (`_POSSIBLE`); an earlier row that is a special case of a later one is no overlap.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations as combinations_of

import numpy as np
from numpy.typing import NDArray

from responder.domain.answers import MEANINGS, decisive
from responder.domain.decision import FACT_VALUES
from responder.policy.playbook import Playbook, Rule

Mask = NDArray[np.bool_]
_PAIR = ("request", "awaiting")
_STATES = ("not_shipped", "shipped", "delivered", "cancelled", "returned")
MOST_NAMED = 3

# What can go together: an order that is not one order has neither value nor promised date; several orders are the sender's own.
_POSSIBLE: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]] = {
    ("order", "value"): dict.fromkeys(("not_named", "not_found", "several"), ("unknown",)),
    ("order", "late"): {state: ("no",) for state in FACT_VALUES["order"] if state not in ("not_shipped", "shipped")},
    ("order", "returns"): {state: ("by_hand",) for state in FACT_VALUES["order"] if state != "delivered"},
    ("order", "refunded"): {state: ("yes",) if state == "returned" else ("no",) for state in FACT_VALUES["order"] if state != "cancelled"},
    ("order", "invoice"): dict.fromkeys(("not_named", "not_found", "several"), ("no",)),
    ("order", "sender"): {"several": ("is_the_customer", "not_verified")},
}


class _Grid:
    """All combinations of the facts that rules ask about, as an array.

    The first axis has the requests, each with the question that it may answer, then there is one axis a fact.
    """

    def __init__(self, playbook: Playbook) -> None:
        asked = {fact for rule in playbook.rules for fact in rule.when}
        self.pairs = [(request, "nothing") for request in playbook.requests]
        self.pairs += [(answer, question) for question in MEANINGS for answer in decisive(question)]
        self.facts = [fact for fact in FACT_VALUES if fact in asked and fact not in _PAIR]
        self.shape = (len(self.pairs), *(len(FACT_VALUES[fact]) for fact in self.facts))
        self.possible = np.ones(self.shape, dtype=bool)
        for (fact, other), allowed in _POSSIBLE.items():
            if fact not in self.facts or other not in self.facts:
                continue
            for value, others in allowed.items():
                self.possible &= ~self._axis(fact, {value}) | self._axis(other, others)

    def fits(self, rule: Rule) -> Mask:
        """Tell for each combination that can happen whether a rule fits."""
        mask = self.possible.copy()
        asked = [rule.when.get(fact, frozenset(value for pair in self.pairs for value in pair)) for fact in _PAIR]
        first = np.array([request in asked[0] and awaiting in asked[1] for request, awaiting in self.pairs])
        mask &= first.reshape(-1, *[1] * len(self.facts))
        for fact, values in rule.when.items():
            if fact not in _PAIR:
                mask &= self._axis(fact, values)
        return mask

    def describe(self, mask: Mask) -> str:
        """Name the first combination of a mask in words."""
        place = np.unravel_index(int(mask.argmax()), self.shape)
        request, awaiting = self.pairs[int(place[0])]
        told = [("request", request), *([("awaiting", awaiting)] if awaiting != "nothing" else [])]
        told += [(fact, FACT_VALUES[fact][int(index)]) for fact, index in zip(self.facts, place[1:], strict=True)]
        return ", ".join(f"{fact} = {value}" for fact, value in told)

    def _axis(self, fact: str, values: object) -> Mask:
        assert isinstance(values, (set, frozenset, tuple))
        shape = [1] * len(self.shape)
        shape[1 + self.facts.index(fact)] = -1
        return np.array([value in values for value in FACT_VALUES[fact]]).reshape(shape)


def combinations(playbook: Playbook) -> int:
    """Count the combinations that can happen, of the facts that rules ask about."""
    return int(_Grid(playbook).possible.sum())


def problems_of(playbook: Playbook) -> list[str]:
    """Name every gap, every row that can never decide, and every pair of rows of which only the order decides."""
    grid = _Grid(playbook)
    fits = [grid.fits(rule) for rule in playbook.rules]
    dead = dict(_dead(grid, playbook.rules, fits))
    alive = [(rule, mask) for rule, mask in zip(playbook.rules, fits, strict=True) if rule.id not in dead]
    return [*_gaps(grid, fits), *dead.values(), *_overlaps(grid, alive)]


def _gaps(grid: _Grid, fits: list[Mask]) -> Iterator[str]:
    open_ones = grid.possible & ~np.any(fits, axis=0)
    if open_ones.any():
        yield f"gap: no rule fits {int(open_ones.sum())} of {int(grid.possible.sum())} combinations, such as {grid.describe(open_ones)}"


def _dead(grid: _Grid, rules: tuple[Rule, ...], fits: list[Mask]) -> Iterator[tuple[str, str]]:
    taken = np.zeros(grid.shape, dtype=bool)
    for number, (rule, mask) in enumerate(zip(rules, fits, strict=True)):
        if not mask.any():
            yield rule.id, f"rule '{rule.id}' can never decide: its facts never come together"
        elif not (mask & ~taken).any():
            before = [earlier.id for earlier, other in zip(rules[:number], fits[:number], strict=True) if (mask & other).any()]
            told = f"rule '{rule.id}' can never decide: {_listed(before)} before it take all that it fits; move it up, or take it out"
            yield rule.id, told
        taken |= mask


def _overlaps(grid: _Grid, rows: list[tuple[Rule, Mask]]) -> Iterator[str]:
    packed = [(rule, mask, np.packbits(mask)) for rule, mask in rows]
    for (first, fits_first, one), (second, fits_second, two) in combinations_of(packed, 2):
        if first.goes_first or not (one & two).any() or not (one & ~two).any() or not (two & ~one).any():
            continue
        yield (
            f"rules '{first.id}' and '{second.id}' overlap: both fit {grid.describe(fits_first & fits_second)}; "
            f"part them, or give '{first.id}' goes_first = true"
        )


def _listed(names: list[str]) -> str:
    quoted = [f"'{name}'" for name in names[:MOST_NAMED]]
    return ", ".join(quoted) + (f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else "")
