"""Read a mail as the answer to what the shop asked last.

In:   what a mail means, and the question that was put.
Out:  what is asked for: an answer of the playbook, the request that goes on, or a new request.
Limits: what fits none of a question's answers is `unclear`, which a person reads.
"""

from dataclasses import dataclass, replace

from responder.domain.answers import GIVEN, NEW_REQUEST, UNCLEAR, Awaiting
from responder.domain.case import Question
from responder.domain.understanding import Label, Understanding, gives


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
    answered = next((answer for answer in understanding.answers if answer.question == question.awaits), None)
    if answered is None:
        return by_itself
    given = question.request and gives(question.awaits, understanding.details)
    note = f"the customer gives what was asked for ({question.awaits}), so {question.request} goes on"
    if answered.meaning == NEW_REQUEST:
        return replace(by_itself, note=note) if given and by_itself.request == question.request else by_itself
    if answered.meaning == GIVEN and given:
        return Asked(question.request, answered.confidence, answered.threshold, note=note)
    # A yes without an address that was read back, or a gift that is not there, says nothing.
    empty = answered.meaning == GIVEN or (answered.meaning == "confirms" and not question.address)
    return Asked(UNCLEAR if empty else answered.meaning, answered.confidence, answered.threshold, question.awaits)
