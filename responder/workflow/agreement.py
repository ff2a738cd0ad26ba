"""How far people agree with the drafts, how long customers wait, and what was corrected.

In:   what people decided, and the moments of mails and replies.
Out:  shares with their intervals, spans.
Standards: Wilson (1927), the score interval of a share.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import quantiles
from typing import Literal

from responder.workflow.ports.figures import Answered, Corrected, Judgement

# The quantile of the normal distribution that an interval of 95 % goes by.
_Z = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, with the bounds of the interval of 95 %."""

    name: str
    counted: int
    of: int

    @property
    def bounds(self) -> tuple[float, float]:
        """Give the bounds of the share.

        >>> [round(bound, 3) for bound in Share("", 8, 10).bounds]
        [0.49, 0.943]
        """
        if not self.of:
            return 0.0, 1.0
        share, squared = self.counted / self.of, _Z * _Z / self.of
        middle, half = share + squared / 2, _Z * (share * (1 - share) / self.of + squared / (4 * self.of)) ** 0.5
        return (middle - half) / (1 + squared), (middle + half) / (1 + squared)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long customers waited for their reply: the median and the ninth of ten."""

    who: Literal["alone", "with a person"]
    mails: int
    median: timedelta
    ninth: timedelta


def agreement(judgements: Sequence[Judgement], by: Callable[[Judgement], str]) -> list[Share]:
    """Give the share of drafts that people sent as they were, apart by label, rule or whatever `by` says; the most frequent first."""
    of = Counter(by(each) or "—" for each in judgements)
    kept = Counter(by(each) or "—" for each in judgements if each.verdict == "as drafted")
    return [Share(name, kept[name], count) for name, count in sorted(of.items(), key=lambda item: (-item[1], item[0]))]


def waits(answered: Iterable[Answered]) -> list[Wait]:
    """Tell how long customers waited, where the bot answered alone and where a person had a hand in it."""
    spans: dict[bool, list[float]] = {True: [], False: []}
    for each in answered:
        spans[each.alone].append((each.sent_at - each.arrived_at).total_seconds())
    found: list[Wait] = []
    for alone, seconds in spans.items():
        if seconds:
            tenths = quantiles(seconds, n=10, method="inclusive") if len(seconds) > 1 else seconds * 9
            found.append(
                Wait("alone" if alone else "with a person", len(seconds), timedelta(seconds=tenths[4]), timedelta(seconds=tenths[8]))
            )
    return found


def corrections(corrected: Iterable[Corrected]) -> list[tuple[str, str, int]]:
    """Count what was taken for what: label of the bot, label of the person, how often; the most frequent first."""
    counted = Counter((each.was or "—", each.label) for each in corrected)
    return [(was, label, count) for (was, label), count in counted.most_common()]
