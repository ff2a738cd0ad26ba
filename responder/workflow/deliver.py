"""Deliver what waits in the outbox: order actions first, then the letters that announce them.

In:   the outbox.
Out:  actions done, mails sent, each with its outcome in the books.
Standards: RFC 5321 section 6.1 (who owns a message after which reply).
Limits: one process at a time delivers; the caller holds the lock.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

from responder.domain.case import Letter
from responder.domain.errors import OutsideError
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.courier import Courier, Delivery
from responder.workflow.ports.order_desk import OrderDesk
from responder.workflow.ports.outbox import Outbox

log = logging.getLogger(__name__)

# How long the shop may take to show what became of an action, before a person is asked.
PATIENCE = timedelta(minutes=15)
# A mail that came so long ago is looked for in the folder for sent mail first: the books may be older than what has happened.
LONG_AGO = timedelta(minutes=10)


class SentMail(Protocol):
    """The folder for sent mail; see the port Mailbox."""

    def file_sent(self, content: bytes) -> None:
        """Put a copy there, once."""
        ...

    def has_sent(self, message_id: str) -> bool:
        """Tell whether a copy is there."""
        ...


def deliver(
    mailbox: str,
    outbox: Outbox,
    desk: OrderDesk,
    courier: Courier,
    clock: Clock,
    *,
    still_true: Callable[[Letter], bool] = lambda _: True,
    sent_mail: SentMail | None = None,
    going_on: Callable[[], bool] = lambda: True,
) -> int:
    """Do all actions and send all letters of a mailbox that are due; gives how many letters were sent.

    `still_true` tells whether a letter that has waited still says what the order book says; one that does not is withdrawn, and its
    mail is decided anew. `sent_mail` is where copies are filed and looked for: an automatic letter whose mail came long ago
    may have left before the books forgot it. Stops between two pieces of work when not `going_on`,
    and after a letter that could not leave for now, since the next would fare no better.
    """
    _act(mailbox, outbox, desk, clock, going_on)
    sent = 0
    while going_on() and (letter := outbox.claim(mailbox, clock.now())):
        try:
            if _left_before(letter, sent_mail, clock):
                outbox.found(letter.id, clock.now())
                log.warning("letter %d: a copy is in the folder for sent mail, so it has left before", letter.id)
                continue
            fresh = still_true(letter)
        except OutsideError as error:
            outbox.record(letter.id, Delivery("deferred", f"nobody can tell whether it may leave: {error}"), clock.now())
            log.warning("letter %d: waits, since something outside is away: %s", letter.id, error)
            break
        if not fresh:
            outbox.reopen(letter.id, clock.now())
            log.info("letter %d: withdrawn, since the order has changed; its mail is decided anew", letter.id)
            continue
        delivery = courier.deliver(letter.content, letter.sender, letter.recipient, _marking(outbox, clock, letter.id, going_on))
        outbox.record(letter.id, delivery, clock.now())
        log.info("letter %d: %s", letter.id, delivery.outcome)
        if delivery.outcome == "sent":
            sent += 1
            _file(letter.id, letter.content, sent_mail)
        elif delivery.outcome == "deferred":
            log.warning("letter %d: tried again later: %s", letter.id, delivery.detail)
            break
    return sent


def _act(mailbox: str, outbox: Outbox, desk: OrderDesk, clock: Clock, going_on: Callable[[], bool]) -> None:
    """Look back at actions whose outcome is not clear, then do what is planned; a clear outcome is written, an unclear one waits."""
    for action_id, action, begun in outbox.unclear_actions(mailbox):
        result = desk.look_back(action)
        if result.outcome != "unknown" or clock.now() - begun >= PATIENCE:
            outbox.end_action(action_id, result, clock.now())
        log.info("action %d (%s): looked back at, %s", action_id, action.kind, result.outcome)
    while going_on() and (started := outbox.start_action(mailbox, clock.now())):
        action_id, action = started
        result = desk.carry_out(action)
        if result.outcome != "unknown":
            outbox.end_action(action_id, result, clock.now())
        log.info("action %d (%s): %s", action_id, action.kind, result.outcome)


def _left_before(letter: Letter, sent_mail: SentMail | None, clock: Clock) -> bool:
    if sent_mail is None or not letter.automatic or clock.now() - letter.arrived_at < LONG_AGO:
        return False
    return sent_mail.has_sent(letter.message_id)


def find_uncertain(mailbox: str, outbox: Outbox, sent_mail: SentMail, clock: Clock) -> int:
    """Look for the letters of the last day of which nobody knows whether they left; gives how many have a copy in the folder for sent mail.

    Servers that keep a copy of what they take (Gmail, Microsoft 365) answer so; where there is none, a person goes on looking.
    """
    found = 0
    try:
        for letter_id, message_id in outbox.uncertain(mailbox, clock.now() - timedelta(days=1)):
            if sent_mail.has_sent(message_id):
                outbox.found(letter_id, clock.now())
                found += 1
    except OutsideError as error:
        log.warning("mailbox %s: the folder for sent mail cannot be looked through: %s", mailbox, error)
    return found


def _marking(outbox: Outbox, clock: Clock, letter_id: int, going_on: Callable[[], bool]) -> Callable[[], bool]:
    """Give what the courier calls before the final dot."""
    return lambda: going_on() and outbox.about_to_send(letter_id, clock.now())


def _file(letter_id: int, content: bytes, sent_mail: SentMail | None) -> None:
    """Keep a copy; that it fails changes nothing about the reply, which has left."""
    if sent_mail is None:
        return
    try:
        sent_mail.file_sent(content)
    except OutsideError as error:
        log.warning("letter %d: no copy in the folder for sent mail: %s", letter_id, error)
