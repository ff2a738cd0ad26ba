"""Look again before an old letter leaves: does the order still say what the letter says?

In:   a letter that has waited, and its mail.
Out:  whether it would be written the same way now.
Limits: a letter that announces an action is not asked again: the action has happened, and the letter says so.
"""

from datetime import timedelta

from responder.domain.case import Letter
from responder.workflow.consider import Knowledge, Profile
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.ledger import Ledger
from responder.workflow.ports.reviews import Reviews
from responder.workflow.receive import consider_unsettled

FRESH = timedelta(minutes=2)


def still_true(letter: Letter, profile: Profile, knowledge: Knowledge, ledger: Ledger, reviews: Reviews, clock: Clock) -> bool:
    """Tell whether a letter may leave as it is.

    Raises:
        TransientError: the order book is away, so that nobody can tell.
    """
    now = clock.now()
    if letter.acts or not letter.automatic or now - letter.planned_at <= FRESH:
        return True
    draft, stored = reviews.get(letter.draft_id), reviews.mail(letter.draft_id)
    if draft is None or draft.reply is None or stored is None:
        return True
    considered = consider_unsettled(stored, profile, knowledge, ledger, now)
    return considered.reply is not None and considered.reply.text == draft.reply.text
