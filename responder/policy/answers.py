"""Read a mail as the answer to what the shop asked last.

In:   what a mail means, and the question that was put.
Out:  what is asked for: an answer of the playbook, the request that goes on, or a new request.
Source: the table of answers that each question may get; an answer that gives what was wanted lets the request go on that
the question was put for.
Limits: what fits none of a question's answers is `unclear`, which a person reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from responder.domain.case import Question
from responder.domain.decision import Awaiting
from responder.domain.understanding import Details, Label, Understanding

# What each answer means after each question.
_MEANS: Mapping[Awaiting, Mapping[str, str]] = {
    "order_number": {"does_not_know": "does_not_know"},
    "new_address": {"keeps_old_address": "keeps_old_address"},
    "confirm_address": {"confirms": "confirms", "keeps_old_address": "keeps_old_address"},
    "keep_or_refuse": {
        "keeps": "keeps",
        "confirms": "keeps",
        "changed_mind_keeps_order": "keeps",
        "refuses": "refuses",
        "declines": "refuses",
        "already_received": "already_received",
    },
    "agree_return": {"confirms": "agrees", "declines": "declines", "keeps": "declines"},
    "cancel_reason": {"gives_reason": "gives_reason", "changed_mind_keeps_order": "changed_mind_keeps_order"},
    "photos": {"has_no_photos": "has_no_photos"},
}
QUESTIONS: Mapping[Awaiting, tuple[str, ...]] = {question: tuple(dict.fromkeys(means.values())) for question, means in _MEANS.items()}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a mail asks for, as the rules see it: `confidence` from `threshold` on suffices to answer without a person."""

    request: Label
    confidence: float
    threshold: float
    awaiting: Awaiting = "nothing"
    note: str = ""

    @property
    def is_answer(self) -> bool:
        """Tell whether the mail answers what was asked."""
        return self.awaiting != "nothing" or bool(self.note)

    @property
    def not_sure_enough(self) -> bool:
        """Tell whether a person should confirm what the mail asks for."""
        return self.confidence < self.threshold


def what_is_asked(understanding: Understanding, question: Question) -> Asked:
    """Tell what a mail asks for, after the question that the shop has put."""
    by_itself = Asked(understanding.label, understanding.confidence, understanding.threshold)
    if question.awaits == "nothing" or not understanding.answers:
        return by_itself
    best = understanding.answers[0]
    if best.label == "new_request":
        return by_itself
    threshold = understanding.answer_threshold
    if given := _given(question, understanding.details):
        new = next((answer.confidence for answer in understanding.answers if answer.label == "new_request"), 0.0)
        return Asked(question.request, 1 - new, threshold, note=f"the customer gives {given}, so {question.request} goes on")
    meaning = _MEANS[question.awaits].get(best.label, "unclear")
    if meaning == "confirms" and not question.address:
        meaning = "unclear"
    return Asked(meaning, best.confidence, threshold, question.awaits)


def _given(question: Question, details: Details) -> str:
    """Name what the mail gives of what was wanted."""
    match question.awaits:
        case "order_number" if question.request and (details.order_numbers or details.bare_numbers):
            return "an order number"
        case "new_address" | "confirm_address" if question.request and details.address:
            return "an address"
        case "photos" if question.request and details.photos:
            return "photos"
        case _:
            return ""
