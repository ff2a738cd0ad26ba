"""The outbox: letters and order actions, each in exactly one state.

planned ──claim──> claimed ──before the dot──> sending ──250──> sent
   ^                  │ 4xx, no connection        │ 4xx
   └──────────────────┴───────────────────────────┘
claimed or sending ──5xx──> refused            (a person is told)
sending ──no answer, crash──> uncertain        (a person is asked; never sent again by itself)
uncertain or planned ──a copy is in the folder for sent mail──> sent
planned ──its action failed, too old, or an address that is refused──> withdrawn  (a person is asked)
planned ──a limit is reached──> planned  (due a little later)
claimed ──its facts have changed──> withdrawn  (the mail is decided anew)

An action: planned ──> running ──the shop said so──> done
                          ├──the shop said no──> failed          (a person is asked)
                          └──no clear answer, crash──> running   (looked back at), after `PATIENCE` unknown  (a person is asked)
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from responder.domain.case import Letter, OrderAction
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.order_desk import ActionResult


@dataclass(frozen=True, slots=True)
class SendingLimits:
    """How many automatic letters may leave within any hour: in all, to one mail domain, and of one template."""

    per_hour: int = 200
    per_hour_to_domain: int = 60
    per_hour_of_template: int = 100


class Outbox(Protocol):
    """Keep what is to leave. Every verb is one transaction; what it says is durable when it returns."""

    def recover(self, now: datetime) -> int:
        """After a start: put what a crash left `claimed` back, and what it left `sending` before a person. Gives how many of the latter."""
        ...

    def start_action(self, mailbox: str, now: datetime) -> tuple[int, OrderAction] | None:
        """Take the next planned action whose letter is still to leave, and mark it running."""
        ...

    def unclear_actions(self, mailbox: str) -> list[tuple[int, OrderAction, datetime]]:
        """Give the actions that were begun and of which nobody knows what became, each with the moment when it was begun."""
        ...

    def end_action(self, action_id: int, result: ActionResult, now: datetime) -> None:
        """Write what became of an action; unless it is done, its letters are withdrawn and a person is asked."""
        ...

    def claim(self, mailbox: str, now: datetime) -> Letter | None:
        """Take the next letter that may leave: due, within the limits, not to a suppressed address, and its action, if any, done."""
        ...

    def reopen(self, letter_id: int, now: datetime) -> None:
        """Withdraw a claimed letter whose facts have changed, and let its mail be decided anew."""
        ...

    def about_to_send(self, letter_id: int, now: datetime) -> bool:
        """Mark the letter as sending, durably; False when it must not leave after all."""
        ...

    def uncertain(self, mailbox: str, since: datetime) -> list[tuple[int, str]]:
        """Give the number and the Message-ID of the letters since then of which nobody has said yet whether they left."""
        ...

    def found(self, letter_id: int, now: datetime) -> None:
        """Write that a letter has left after all, since a copy was found; nobody needs to look at it any more."""
        ...

    def record(self, letter_id: int, delivery: Delivery, now: datetime) -> None:
        """Write what became of a letter."""
        ...
