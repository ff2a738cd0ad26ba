"""Receive mail: fetch what is new, record it, then decide each mail once.

In:   a mailbox, the books.
Out:  arrivals and decisions in the books; letters in the outbox.
Standards: RFC 9051 section 2.3.1.1 (UIDVALIDITY), section 7.4.1 (UIDNEXT).
Limits: what lay in a mailbox before the first look, or reappears after its UIDs were made anew, is never answered without a person.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from responder.composing.letter import to_bytes
from responder.composing.message_id import is_our_message_id, new_message_id
from responder.domain.decision import Answer, AskHuman, StaySilent
from responder.domain.errors import OutsideError, ReaderGone
from responder.domain.mail import InboundMail, OutgoingMail, RawMessage
from responder.domain.understanding import Understanding
from responder.intake.identity import message_key
from responder.workflow.consider import Considered, Knowledge, Profile, consider
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.ledger import Arrival, Follows, History, Ledger, PlannedLetter, Settlement, Unsettled
from responder.workflow.ports.mailbox import Mailbox, Position

BATCH = 50
BATCH_BYTES = 16_000_000
MOST_ATTEMPTS = 3
LONGEST_WAIT = timedelta(hours=2)
LOOK_BACK = timedelta(days=1)
SAME_MATTER = timedelta(days=7)
OVERLAP = timedelta(days=2)
NOTE_EVERY = timedelta(hours=1)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Signet:
    """The installation's key, with which replies are named."""

    key: bytes

    def planned(self, reply: OutgoingMail, mail_key: str, revision: int, now: datetime) -> PlannedLetter:
        """Freeze a reply into the bytes that leave."""
        message_id = new_message_id(self.key, mail_key, revision, reply.sender.rpartition("@")[2])
        return PlannedLetter(message_id, to_bytes(reply, message_id, now))

    def is_ours(self, message_id: str) -> bool:
        """Tell whether a Message-ID is one of our replies'."""
        return is_our_message_id(self.key, message_id)


def poll(mailbox: Mailbox, name: str, ledger: Ledger, clock: Clock, *, backlog: timedelta | None = None) -> int:
    """Fetch and record what is new; gives how many mails were.

    With `backlog`, mail that arrived so long ago is fetched as well, to be seen by a person.

    Raises:
        OutsideError: the server is away, or refuses.
    """
    now = clock.now()
    here = mailbox.position()
    known = ledger.position(name)
    new = 0
    if known is None:
        log.info("mailbox %s: first look; what arrives from now on is answered", name)
        ledger.arrive(name, (), replace(here, read_at=now))
    elif known.uidvalidity != here.uidvalidity:
        log.warning("mailbox %s: the server has numbered its mail anew; what is not known yet goes to a person", name)
        since = ((known.read_at or now) - OVERLAP).date()
        new += _record(name, ledger, _arrivals(mailbox, name, mailbox.uids(since=since), backlog=True))
        # Only now is the new numbering relied on: after a crash on the way here, all is fetched again.
        ledger.arrive(name, (), replace(here, read_at=now))
    else:
        new += _fetch_new(mailbox, name, ledger, known, here, now)
    if backlog is not None:
        since = now - backlog
        uids = [uid for uid in mailbox.uids(since=since.date()) if uid < here.next_uid]
        older = (arrival for arrival in _arrivals(mailbox, name, uids, backlog=True) if arrival.arrived_at >= since)
        new += _record(name, ledger, older)
    return new


def _fetch_new(mailbox: Mailbox, name: str, ledger: Ledger, known: Position, here: Position, now: datetime) -> int:
    uids = mailbox.uids(from_uid=known.next_uid)
    new = _record(name, ledger, _arrivals(mailbox, name, uids, backlog=False), now)
    reached = max(here.next_uid, known.next_uid, uids[-1] + 1 if uids else 0)
    # The moment of the last look is written now and then, not every minute.
    if reached > known.next_uid or known.read_at is None or now - known.read_at > NOTE_EVERY:
        ledger.arrive(name, (), Position(here.uidvalidity, reached, now))
    return new


def _arrivals(mailbox: Mailbox, name: str, uids: Sequence[int], *, backlog: bool) -> Iterator[Arrival]:
    for raw in mailbox.fetch(uids):
        yield _arrival(name, raw, backlog=backlog)


def _record(name: str, ledger: Ledger, arrivals: Iterable[Arrival], now: datetime | None = None) -> int:
    """Write arrivals some at a time, bounded in number and in bytes; with `now`, the position follows the last of them."""
    new, some, size = 0, list[Arrival](), 0
    for arrival in arrivals:
        some.append(arrival)
        size += len(arrival.content)
        if len(some) >= BATCH or size >= BATCH_BYTES:
            new += ledger.arrive(name, some, _after(some, now))
            some, size = [], 0
    return new + (ledger.arrive(name, some, _after(some, now)) if some else 0)


def _after(some: Sequence[Arrival], now: datetime | None) -> Position | None:
    return Position(some[-1].uidvalidity, some[-1].uid + 1, now) if now else None


def key_of(content: bytes) -> str:
    """Give what a mail is known by wherever it lies: its Message-ID and its contents."""
    return _key(*message_key(content))


def _key(message_id: str, digest: str) -> str:
    return hashlib.sha256(f"{message_id}\0{digest}".encode("utf-8", "surrogateescape")).hexdigest()


def _arrival(name: str, raw: RawMessage, *, backlog: bool) -> Arrival:
    message_id, digest = message_key(raw.content)
    return Arrival(name, _key(message_id, digest), message_id, digest, raw.uid, raw.uidvalidity, raw.arrived_at, raw.content, backlog)


def settle_arrived(
    profile: Profile, knowledge: Knowledge, ledger: Ledger, clock: Clock, signet: Signet, going_on: Callable[[], bool] = lambda: True
) -> int:
    """Decide the mails that have arrived, the oldest first; gives how many were settled. Stops between mails when not `going_on`."""
    settled, reached = 0, 0
    while going_on() and (each := ledger.next_unsettled(profile.name, after=reached)):
        reached = each.id
        settled += _settle(each, profile, knowledge, ledger, clock, signet)
    return settled


def _settle(each: Unsettled, profile: Profile, knowledge: Knowledge, ledger: Ledger, clock: Clock, signet: Signet) -> bool:
    now = clock.now()
    if each.attempts >= MOST_ATTEMPTS:
        because = (f"reading this mail failed {each.attempts} times, so it is set aside with its raw bytes",)
        ledger.settle(each.id, Settlement("quarantined", "quarantined", because), now)
        log.error("mail %d: quarantined", each.id)
        return True
    try:
        considered = consider_unsettled(each, profile, knowledge, ledger, now)
        settlement = settlement_of(considered, each, profile, signet, now)
    except ReaderGone as error:
        # The attempt stays counted: after the third, the mail is set aside.
        log.error("mail %d: %s; it is tried again at the next look", each.id, error)
        return False
    except OutsideError as error:
        if now - each.arrival.arrived_at < LONGEST_WAIT:
            ledger.put_back(each.id)
            log.warning("mail %d: waits, since something outside is away: %s", each.id, error)
            return False
        settlement = Settlement("waiting", "outside-is-away", (str(error),), draft_state="waiting")
    except Exception as error:
        # The one catch-all: whatever is wrong with this mail or with us, a person sees the mail, and the next one is not held up.
        log.exception("mail %d: could not be handled; a person is asked", each.id)
        settlement = Settlement("waiting", "error", (f"an error in the program: {type(error).__name__}: {error}",), draft_state="waiting")
    ledger.settle(each.id, settlement, now)
    log.info("mail %d: %s by rule %s", each.id, settlement.state, settlement.rule)
    return True


def consider_unsettled(each: Unsettled, profile: Profile, knowledge: Knowledge, ledger: Ledger, now: datetime) -> Considered:
    """Consider a mail of the books, with what the books know of its sender."""
    if each.arrival.backlog and profile.limits.mode == "auto":
        profile = replace(profile, limits=replace(profile.limits, mode="review"))

    def look_back(mail: InboundMail, understanding: Understanding) -> History:
        follows = Follows(
            sender=mail.sender,
            references=tuple(reference for reference in (mail.in_reply_to, *mail.references) if profile.own_message_id(reference)),
            order_numbers=understanding.details.order_numbers if mail.verified else (),
            answers=mail.in_reply_to,
            since=now - SAME_MATTER,
        )
        return ledger.history(profile.name, follows, now - LOOK_BACK, now - profile.limits.repeat_after)

    return consider(
        each.arrival.content,
        profile,
        knowledge,
        now=now,
        arrived_at=each.arrival.arrived_at,
        look_back=look_back,
        other_copy=each.other_copy,
    )


def settlement_of(considered: Considered, each: Unsettled, profile: Profile, signet: Signet, now: datetime) -> Settlement:
    """Say what the books write about a considered mail."""
    settlement = _with_findings(considered, profile)
    shadow = profile.limits.mode == "shadow"
    if settlement.came_back:
        reported = (f"a mail server reports on a reply of ours: {settlement.came_back.detail or 'without a reason'}",)
        return replace(settlement, state="silent", rule="reply-came-back", because=reported, draft_state=None, reply=None, action=None)
    match considered.decision:
        case StaySilent(rule, because):
            return replace(settlement, state="silent", rule=rule, because=because, closes=settlement.label == "thanks")
        case AskHuman(rule, because):
            if each.arrival.backlog:
                because = ("it arrived before the bot's first look at this mailbox", *because)
            if shadow:
                because = ("shadow mode: a person would have been asked", *because)
                return replace(settlement, state="silent", rule=rule, because=because, draft_state="shadow")
            return replace(settlement, state="waiting", rule=rule, because=because, draft_state="waiting")
        case Answer(rule, because, tell=tell):
            assert considered.reply
            if shadow:
                because = ("shadow mode: it would have been answered", *because)
                return replace(settlement, state="silent", rule=rule, because=because, draft_state="shadow")
            return replace(
                settlement,
                state="answering",
                rule=rule,
                because=because,
                draft_state="sent_alone",
                tell=tell,
                letter=signet.planned(considered.reply, each.arrival.key, each.letters, now),
            )


def _with_findings(considered: Considered, profile: Profile) -> Settlement:
    settlement = Settlement("arrived", "", (), reply=considered.reply, action=considered.action, case_id=considered.history.case_id)
    mail, understanding, gathered, asked = considered.mail, considered.understanding, considered.gathered, considered.asked
    if mail is None or understanding is None or gathered is None or asked is None:
        return settlement
    return replace(
        settlement,
        sender=mail.sender,
        sender_name=mail.sender_name,
        subject=mail.subject,
        language=understanding.language,
        label=asked.request,
        confidence=asked.confidence,
        question=considered.question,
        facts=json.dumps(asdict(gathered.facts)),
        order_number=gathered.order.number if gathered.order else "",
        came_back=mail.report if mail.report and profile.own_message_id(mail.report.about) else None,
    )
