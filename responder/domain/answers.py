"""What a shop may ask, and what customers may answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Awaiting = Literal[
    "nothing",
    "order_number",
    "new_address",
    "confirm_address",
    "keep_or_refuse",
    "agree_return",
    "cancel_reason",
    "photos",
]

# What a mail may be after the shop has asked something.
ANSWERS: tuple[str, ...] = (
    "confirms",
    "keeps_old_address",
    "keeps",
    "refuses",
    "already_received",
    "declines",
    "does_not_know",
    "gives_order_number",
    "gives_address",
    "corrects_address",
    "sends_photos",
    "has_no_photos",
    "changed_mind_keeps_order",
    "gives_reason",
    "unclear",
    "new_request",
)

# What each of them means after each question; every other one is unclear, and a new request is one after all of them.
MEANINGS: Mapping[Awaiting, Mapping[str, str]] = {
    "order_number": {"does_not_know": "does_not_know", "gives_order_number": "given"},
    "new_address": {"keeps_old_address": "keeps_old_address", "gives_address": "given", "corrects_address": "given"},
    "confirm_address": {
        "confirms": "confirms",
        "keeps_old_address": "keeps_old_address",
        "gives_address": "given",
        "corrects_address": "given",
    },
    "keep_or_refuse": {
        "keeps": "keeps",
        "confirms": "keeps",
        "changed_mind_keeps_order": "keeps",
        "refuses": "refuses",
        "declines": "refuses",
        "already_received": "already_received",
    },
    "agree_return": {"confirms": "agrees", "declines": "declines", "keeps": "declines", "changed_mind_keeps_order": "declines"},
    "cancel_reason": {"gives_reason": "gives_reason", "changed_mind_keeps_order": "changed_mind_keeps_order"},
    "photos": {"has_no_photos": "has_no_photos", "sends_photos": "given"},
}
GIVEN, UNCLEAR, NEW_REQUEST = "given", "unclear", "new_request"


@dataclass(frozen=True, slots=True)
class Answered:
    """What a mail means as the answer to a question: `confidence` from `threshold` on suffices to go on without a person."""

    question: Awaiting
    meaning: str
    confidence: float
    threshold: float


def meanings_of(question: Awaiting) -> tuple[str, ...]:
    """Name what an answer to a question may mean."""
    return (*dict.fromkeys(MEANINGS[question].values()), UNCLEAR, NEW_REQUEST)


def decisive(question: Awaiting) -> tuple[str, ...]:
    """Name the meanings that the playbook has rules for: those that let no other request go on."""
    return tuple(meaning for meaning in meanings_of(question) if meaning not in (GIVEN, NEW_REQUEST))
