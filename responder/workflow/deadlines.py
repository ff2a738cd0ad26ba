"""Until when a mail is to be answered, and what has waited for longer.

In:   what waits, and how soon each mailbox answers.
Out:  what is late; a line in the log when that changes.
"""

import logging
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

from responder.domain.case import Draft
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.reviews import Place, Reviews

A_DAY = timedelta(days=1)
log = logging.getLogger(__name__)


def age(span: timedelta) -> str:
    """Write a span as people say it, in its largest unit.

    >>> age(timedelta(hours=30))
    '30 h'
    """
    minutes = int(span.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 72 * 60 else f"{minutes // 1440} d"


def deadline(waiting: Draft | Place, within: Mapping[str, timedelta]) -> datetime:
    """Give the moment by which a mail is to be answered."""
    return waiting.arrived_at + within.get(waiting.mailbox, A_DAY)


class DeadlineWatch:
    """Say in the log how many mails have waited for longer than they may, whenever that number changes."""

    def __init__(self, reviews: Reviews, within: Mapping[str, timedelta], clock: Clock) -> None:
        self._reviews, self._within, self._clock = reviews, within, clock
        self._told: Counter[str] = Counter()

    def look(self) -> None:
        """Look once."""
        now = self._clock.now()
        late = Counter(place.mailbox for place in self._reviews.line() if deadline(place, self._within) < now)
        for mailbox in sorted(late.keys() | self._told.keys()):
            if late[mailbox] != self._told[mailbox]:
                span = age(self._within.get(mailbox, A_DAY))
                log.warning("mailbox %s: %d mails have waited for a person for longer than %s", mailbox, late[mailbox], span)
        self._told = late
