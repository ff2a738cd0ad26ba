"""The outbox: letters and order actions, each in exactly one state.

planned ──claim──> claimed ──before the dot──> sending ──250──> sent
   ^                  │ 4xx, no connection        │ 4xx
   └──────────────────┴───────────────────────────┘
claimed or sending ──5xx──> refused            (a person is told)
sending ──no answer, crash──> uncertain        (a person is asked; never sent again by itself)
planned ──its action failed, or too old──> withdrawn  (a person is asked)
claimed ──its facts have changed──> withdrawn  (the mail is decided anew)
"""

from datetime import datetime
from typing import Protocol

from responder.domain.case import Letter, OrderAction
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.order_desk import ActionResult


class Outbox(Protocol):
    """Keep what is to leave. Every verb is one transaction; what it says is durable when it returns."""

    def recover(self, now: datetime) -> int:
        """After a start: put what a crash left `claimed` back, and what it left `sending` or `running` before a person. Gives how many."""
        ...

    def start_action(self, mailbox: str, now: datetime) -> tuple[int, OrderAction] | None:
        """Take the next planned action and mark it running."""
        ...

    def end_action(self, action_id: int, result: ActionResult, now: datetime) -> None:
        """Write what became of an action; unless it is done, its letters are withdrawn and a person is asked."""
        ...

    def claim(self, mailbox: str, now: datetime) -> Letter | None:
        """Take the next letter that may leave: due, and its action, if it has one, done."""
        ...

    def reopen(self, letter_id: int, now: datetime) -> None:
        """Withdraw a claimed letter whose facts have changed, and let its mail be decided anew."""
        ...

    def about_to_send(self, letter_id: int, now: datetime) -> bool:
        """Mark the letter as sending, durably; False when it must not leave after all."""
        ...

    def record(self, letter_id: int, delivery: Delivery, now: datetime) -> None:
        """Write what became of a letter."""
        ...
