"""Deliver what waits in the outbox: order actions first, then the letters that announce them.

In:   the outbox.
Out:  actions done, mails sent, each with its outcome in the books.
Standards: RFC 5321 section 6.1 (who owns a message after which reply).
Limits: one process at a time delivers; the caller holds the lock.
"""

import logging
from collections.abc import Callable

from responder.domain.case import Letter
from responder.domain.errors import OutsideError
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.courier import Courier, Delivery
from responder.workflow.ports.order_desk import OrderDesk
from responder.workflow.ports.outbox import Outbox

log = logging.getLogger(__name__)


def deliver(
    mailbox: str,
    outbox: Outbox,
    desk: OrderDesk,
    courier: Courier,
    clock: Clock,
    *,
    still_true: Callable[[Letter], bool] = lambda _: True,
    file_sent: Callable[[bytes], None] | None = None,
    going_on: Callable[[], bool] = lambda: True,
) -> int:
    """Do all actions and send all letters of a mailbox that are due; gives how many letters were sent.

    `still_true` tells whether a letter that has waited still says what the order book says; one that does not is withdrawn, and its
    mail is decided anew. `file_sent` puts a copy into the folder for sent mail. Stops between two pieces of work when not `going_on`,
    and after a letter that could not leave for now, since the next would fare no better.
    """
    while going_on() and (started := outbox.start_action(mailbox, clock.now())):
        action_id, action = started
        result = desk.carry_out(action)
        outbox.end_action(action_id, result, clock.now())
        log.info("action %d (%s): %s", action_id, action.kind, result.outcome)
    sent = 0
    while going_on() and (letter := outbox.claim(mailbox, clock.now())):
        try:
            fresh = still_true(letter)
        except OutsideError as error:
            outbox.record(letter.id, Delivery("deferred", f"nobody can tell whether it is still true: {error}"), clock.now())
            log.warning("letter %d: waits, since something outside is away: %s", letter.id, error)
            break
        if not fresh:
            outbox.reopen(letter.id, clock.now())
            log.info("letter %d: withdrawn, since the order has changed; its mail is decided anew", letter.id)
            continue
        delivery = courier.deliver(letter.content, letter.sender, letter.recipient, _marking(outbox, clock, letter.id))
        outbox.record(letter.id, delivery, clock.now())
        log.info("letter %d: %s", letter.id, delivery.outcome)
        if delivery.outcome == "sent":
            sent += 1
            _file(letter.id, letter.content, file_sent)
        elif delivery.outcome == "deferred":
            log.warning("letter %d: tried again later: %s", letter.id, delivery.detail)
            break
    return sent


def _marking(outbox: Outbox, clock: Clock, letter_id: int) -> Callable[[], bool]:
    """Give what the courier calls before the final dot."""
    return lambda: outbox.about_to_send(letter_id, clock.now())


def _file(letter_id: int, content: bytes, file_sent: Callable[[bytes], None] | None) -> None:
    """Keep a copy; that it fails changes nothing about the reply, which has left."""
    if file_sent is None:
        return
    try:
        file_sent(content)
    except OutsideError as error:
        log.warning("letter %d: no copy in the folder for sent mail: %s", letter_id, error)
