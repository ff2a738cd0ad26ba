"""Read a reply as the answer to each question that the shop may have put.

In:   what the classifier of answers says of a mail: a probability for each of `ANSWERS`.
Out:  for each question the meaning that is most likely, how likely it is, and from when on that suffices.
Source: answers that mean the same after a question add up; the thresholds are proven on held-out mails, for each question by itself.
"""

import numpy as np
from numpy.typing import NDArray

from responder.domain.answers import ANSWERS, GIVEN, MEANINGS, NEW_REQUEST, UNCLEAR, Answered, Awaiting, meanings_of
from responder.domain.understanding import Details, gives
from responder.understanding.model import Classifier, HeldOut, threshold_for
from responder.understanding.text import Written

Floats = NDArray[np.float64]


class AnswerReader:
    """Read answers at a stated risk."""

    def __init__(self, classifier: Classifier, max_wrong: float) -> None:
        self._classifier = classifier
        self._thresholds = {
            (question, there): self._threshold(question, there, max_wrong) for question in MEANINGS for there in (True, False)
        }

    def read(self, mail: Written, details: Details) -> tuple[Answered, ...]:
        """Tell what a mail means after each question."""
        probabilities = self._classifier.judge([mail]).probabilities
        found = []
        for question in MEANINGS:
            there = gives(question, details)
            meant = _sums(question, there) @ probabilities[0]
            best = int(meant.argmax())
            found.append(Answered(question, meanings_of(question)[best], float(meant[best]), self._thresholds[question, there]))
        return tuple(found)

    def _threshold(self, question: Awaiting, there: bool, max_wrong: float) -> float:
        """Give the confidence from which held-out answers to a question were read rightly: those that would have led to something."""
        sums, meanings = _sums(question, there), meanings_of(question)
        meant = self._classifier.held_out_probabilities @ sums.T
        best = meant.argmax(axis=1)
        right = best == sums.argmax(axis=0)[self._classifier.held_out_truth]
        leads = ~np.isin(best, [meanings.index(UNCLEAR), meanings.index(NEW_REQUEST)])
        return threshold_for(HeldOut(question, meant.max(axis=1)[leads], right[leads]), max_wrong)


def _sums(question: Awaiting, there: bool) -> Floats:
    """Give the matrix that adds up what means the same: a row a meaning, a column an answer.

    Where what was wanted is `there`, words that decide nothing give it.
    """
    meanings = meanings_of(question)
    else_ = GIVEN if there else UNCLEAR
    meant = [answer if answer == NEW_REQUEST else MEANINGS[question].get(answer, else_) for answer in ANSWERS]
    return np.array([[meaning == of for of in meant] for meaning in meanings], dtype=np.float64)
