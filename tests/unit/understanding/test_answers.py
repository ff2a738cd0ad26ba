"""Answers that mean the same after a question add up, and each question has a threshold of its own."""

import numpy as np
import pytest

from responder.domain.answers import ANSWERS, MEANINGS
from responder.domain.understanding import Details, PostalAddress
from responder.understanding.answers import AnswerReader
from responder.understanding.model import NEVER
from responder.understanding.text import Written


class Told:
    """A classifier that says what it is told to, and was right of all held-out mails but those of `wrong`."""

    def __init__(self, *, held_out: int, wrong: int = 0, **said: float) -> None:
        rest = (1 - sum(said.values())) / (len(ANSWERS) - len(said))
        self.probabilities = np.array([[said.get(answer, rest) for answer in ANSWERS]])
        yes, no = ANSWERS.index("confirms"), ANSWERS.index("declines")
        self.held_out_probabilities = np.full((held_out, len(ANSWERS)), 0.01)
        self.held_out_probabilities[:, yes] = np.linspace(0.95, 0.6, held_out)
        self.held_out_truth = np.where(np.arange(held_out) < held_out - wrong, yes, no)

    def judge(self, _: object) -> "Told":
        return self


def read(told: Told, question: str, details: Details | None = None) -> tuple[str, float, float]:
    answers = AnswerReader(told, 0.02).read(Written("", "yes", "en"), details or Details())  # type: ignore[arg-type]
    found = next(answer for answer in answers if answer.question == question)
    return found.meaning, found.confidence, found.threshold


def test_what_means_the_same_adds_up() -> None:
    told = Told(held_out=200, confirms=0.3, keeps=0.25, refuses=0.35)
    meaning, confidence, _ = read(told, "keep_or_refuse")
    assert meaning == "keeps"
    assert confidence == pytest.approx(0.55 + 0.1 / 13, abs=1e-6)  # changed_mind_keeps_order keeps, too
    assert read(told, "photos")[0] == "unclear"
    assert read(Told(held_out=200, new_request=0.9), "photos")[0] == "new_request"


def test_words_that_decide_nothing_give_what_is_there() -> None:
    told = Told(held_out=200, unclear=0.5, gives_address=0.3)
    assert read(told, "new_address")[0] == "unclear"
    meaning, confidence, _ = read(told, "new_address", Details(address=PostalAddress(("Lindenweg 4",))))
    assert meaning == "given"
    assert confidence > 0.8
    assert read(Told(held_out=200, new_request=0.9), "new_address", Details(address=PostalAddress(("x",))))[0] == "new_request"


def test_each_question_needs_its_own_proof() -> None:
    enough, too_few = Told(held_out=200, confirms=0.9), Told(held_out=100, confirms=0.9)
    assert read(enough, "confirm_address")[2] < 1
    assert read(too_few, "confirm_address")[2] == NEVER
    assert read(enough, "photos")[2] == NEVER  # no held-out mail answered that
    assert read(Told(held_out=200, wrong=40, confirms=0.9), "agree_return")[2] > read(enough, "agree_return")[2]


def test_every_meaning_has_an_answer_that_exists() -> None:
    assert {answer for meanings in MEANINGS.values() for answer in meanings} <= set(ANSWERS)
