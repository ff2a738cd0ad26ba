"""Measure a classifier on labelled mails.

In:   for every mail its true label, and the model's probabilities.
Out:  accuracy, macro-F1, precision and recall by label, calibration, what would have been answered alone, and confusions.
Source: scikit-learn's metrics; expected calibration error over 15 bins of equal width (Guo et al. 2017).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import f1_score, precision_recall_fscore_support

from responder.domain.understanding import Label

BINS = 15
MOST_CONFUSIONS = 20


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """What holds for one label; `answered` counts mails at or above its threshold, `answered_wrong` those of another label."""

    mails: int
    precision: float
    recall: float
    f1: float
    threshold: float | None
    answered: int
    answered_wrong: int


@dataclass(frozen=True, slots=True)
class LanguageFigures:
    """What holds for the mails of one language."""

    mails: int
    accuracy: float
    macro_f1: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; shares are between 0 and 1, `precision_answered` is None where nothing would be answered."""

    mails: int
    accuracy: float
    macro_f1: float
    calibration_error: float
    coverage: float
    precision_answered: float | None
    labels: dict[Label, LabelFigures]
    languages: dict[str, LanguageFigures]
    confusions: list[tuple[str, str, int]]


def measure(
    names: Sequence[Label],
    truth: Sequence[Label],
    probabilities: NDArray[np.float64],
    thresholds: Mapping[Label, float],
    languages: Sequence[str] = (),
) -> Figures:
    """Measure; `probabilities` has one row a mail and one column a label, in the order of `names`; `languages` are those of the mails."""
    true = np.array([names.index(label) for label in truth])
    best, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
    right = best == true
    wanted = np.array([thresholds[label] for label in names])[best]
    answered = confidence >= wanted
    precision, recall, f1, support = precision_recall_fscore_support(true, best, labels=range(len(names)), zero_division=0)
    present = support > 0
    labels = {
        label: LabelFigures(
            mails=int(support[index]),
            precision=float(precision[index]),
            recall=float(recall[index]),
            f1=float(f1[index]),
            threshold=thresholds[label] if thresholds[label] <= 1 else None,
            answered=int((answered & (best == index)).sum()),
            answered_wrong=int((answered & (best == index) & ~right).sum()),
        )
        for index, label in enumerate(names)
    }
    wrong = Counter((names[one], names[other]) for one, other in zip(true[~right], best[~right], strict=True))
    return Figures(
        mails=len(true),
        accuracy=float(right.mean()),
        macro_f1=float(f1[present].mean()),
        calibration_error=_calibration_error(confidence, right),
        coverage=float(answered.mean()),
        precision_answered=float(right[answered].mean()) if answered.any() else None,
        labels=labels,
        languages=_by_language(true, best, np.array(languages)) if languages else {},
        confusions=[(one, other, count) for (one, other), count in wrong.most_common(MOST_CONFUSIONS)],
    )


def _by_language(true: NDArray[np.int_], best: NDArray[np.int_], languages: NDArray[np.str_]) -> dict[str, LanguageFigures]:
    figures = {}
    for language in sorted(set(languages.tolist())):
        mine = languages == language
        f1 = f1_score(true[mine], best[mine], labels=np.unique(true[mine]), average="macro", zero_division=0)
        figures[language] = LanguageFigures(int(mine.sum()), float((true[mine] == best[mine]).mean()), float(f1))
    return figures


def _calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [(bins == number).mean() * abs(confidence[bins == number].mean() - right[bins == number].mean()) for number in np.unique(bins)]
    return float(sum(gaps))
