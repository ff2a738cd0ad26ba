"""Review drafts: approve, rewrite, refuse.

In:   a draft's number and a person's will.
Out:  a verdict on what happened; the action and the letter in the outbox.
Limits: an approval holds for exactly what was shown: the mail is considered again, and what has changed is shown anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from responder.domain.case import Draft, OrderAction
from responder.domain.decision import OrderActionKind
from responder.domain.mail import OutgoingMail
from responder.workflow.consider import Considered, Knowledge, Profile, blank_reply
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.ledger import Ledger
from responder.workflow.ports.reviews import Reviews
from responder.workflow.receive import Signet, consider_unsettled

MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a review.

    - `approved`: it is in the outbox.
    - `closed`: nothing is sent; so ends a note that somebody should look further, too.
    - `changed`: the facts have changed since it was shown; `draft_id` is the new draft to look at.
    - `by_hand`: the action must be done in the shop by a person and confirmed first.
    - `impossible`: nothing was done; `told` says why.
    """

    kind: Literal["approved", "closed", "changed", "by_hand", "impossible"]
    draft_id: int
    told: str = ""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Carry a person's decisions out; `by_hand` tells whether a kind of order action is done by a person.

    What is approved leaves after `undo`, and can be taken back until then.
    """

    reviews: Reviews
    ledger: Ledger
    profiles: Mapping[str, Profile]
    knowledge: Knowledge
    clock: Clock
    signet: Signet
    by_hand: Callable[[OrderActionKind], bool]
    undo: timedelta = timedelta()

    def approve(self, draft_id: int, by: str, *, text: str | None = None, action_done: bool = False) -> Verdict:
        """Send a draft, or `text` in its place; `action_done` confirms that its action was done by hand.

        Raises:
            TransientError: the order book is away, so that nobody can tell whether the facts still hold.
        """
        draft = self.reviews.get(draft_id)
        if draft is None or draft.state not in ("waiting", "told"):
            return Verdict("impossible", draft_id, _why_not(draft, draft_id))
        text = text if text is not None else draft.written or None
        if draft.state == "told" and text is None:
            return self.refuse(draft_id, "seen", by)
        if text is not None and (not text.strip() or len(text) > MOST_TEXT):
            return Verdict("impossible", draft_id, f"the text is empty or has more than {MOST_TEXT} characters")
        stored = self.reviews.mail(draft_id)
        profile = self.profiles.get(draft.mailbox)
        if stored is None or profile is None:
            return Verdict("impossible", draft_id, f"the mailbox {draft.mailbox} is not configured any more")
        now = self.clock.now()
        considered = consider_unsettled(stored, profile, self.knowledge, self.ledger, now)
        if _changed(draft, considered):
            why = "since this was shown, the order or the rules have changed"
            new_id = self.reviews.renew(draft_id, considered.reply, considered.action, (why, *considered.decision.because), text or "", now)
            return Verdict("changed", new_id, why)
        reply = _reply(draft, considered, profile, text)
        if isinstance(reply, str):
            return Verdict("impossible", draft_id, reply)
        if draft.action and self.by_hand(draft.action.kind) and not action_done:
            return Verdict("by_hand", draft_id, told_of(draft.action))
        letter = replace(self.signet.planned(reply, stored.arrival.key, stored.letters, now), not_before=now + self.undo)
        if not self.reviews.approve(draft_id, reply, letter, action_done=action_done, by=by, now=now):
            return Verdict("impossible", draft_id, "somebody else was faster")
        return Verdict("approved", draft_id)

    def take_back(self, draft_id: int) -> Verdict:
        """Let what was just approved wait again."""
        if self.reviews.take_back(draft_id, self.clock.now()):
            return Verdict("changed", draft_id, "taken back")
        return Verdict("impossible", draft_id, "it is too late: it has left, or its action was begun")

    def refuse(self, draft_id: int, reason: str, by: str) -> Verdict:
        """Close a draft; nothing is sent."""
        if self.reviews.refuse(draft_id, reason, by, self.clock.now()):
            return Verdict("closed", draft_id)
        return Verdict("impossible", draft_id, _why_not(self.reviews.get(draft_id), draft_id))


def told_of(action: OrderAction) -> str:
    """Say in words what an action does."""
    words: Mapping[str, Callable[[str], str]] = {
        "cancel_order": lambda number: f"cancel order {number}",
        "change_address": lambda number: f"change the delivery address of order {number}",
        "resend": lambda number: f"send order {number} again",
        "refund_on_return": lambda number: f"refund order {number} when it is back",
        "start_trace": lambda number: f"have the carrier trace order {number}",
    }
    return words[action.kind](action.order_number)


def _why_not(draft: Draft | None, draft_id: int) -> str:
    if draft is None:
        return f"there is no draft {draft_id}; `responder review list` shows those that wait"
    state = {"sent_alone": "sent without a person", "shadow": "only what would have been sent"}.get(draft.state, draft.state)
    return f"draft {draft_id} does not wait any more: it is {state}"


def _changed(draft: Draft, considered: Considered) -> bool:
    """Tell whether the mail would be drafted otherwise now; a draft without text has nothing that could have changed."""
    if draft.reply is None:
        return False
    return considered.reply is None or considered.reply.text != draft.reply.text or considered.action != draft.action


def _reply(draft: Draft, considered: Considered, profile: Profile, text: str | None) -> OutgoingMail | str:
    """Give the reply that leaves, or say why there is none."""
    if text is None:
        return draft.reply or f"draft {draft.id} has no text; write one with `responder review rewrite {draft.id} --file FILE`"
    if considered.mail is None or not considered.mail.sender:
        return "the mail names no one sender to answer to; answer it in your mail program, then refuse the draft here"
    # What a person wrote does not call itself automatic (RFC 3834 section 2).
    return replace(draft.reply or blank_reply(considered.mail, profile), text=text.strip() + "\n", automatic=False)
