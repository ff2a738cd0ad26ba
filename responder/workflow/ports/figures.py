"""What people decided and how long customers waited, for counting."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person made of a draft that had a text: sent it as it was, sent other words, or closed it."""

    mailbox: str
    label: str
    rule: str
    language: str
    verdict: Literal["as drafted", "edited", "closed"]


@dataclass(frozen=True, slots=True)
class Answered:
    """A mail that was answered: when it came, when the reply left, and whether a person had a hand in it."""

    mailbox: str
    arrived_at: datetime
    sent_at: datetime
    alone: bool


@dataclass(frozen=True, slots=True)
class Corrected:
    """A label that a person corrected."""

    mailbox: str
    was: str
    label: str


class Figures(Protocol):
    """Give what is counted, since a moment. Every verb is one transaction."""

    def judgements(self, since: datetime) -> list[Judgement]:
        """Give what people made of drafts."""
        ...

    def answered(self, since: datetime) -> list[Answered]:
        """Give the mails that were answered."""
        ...

    def corrected(self, since: datetime) -> list[Corrected]:
        """Give the labels that were corrected."""
        ...
