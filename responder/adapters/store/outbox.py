"""The outbox, in the database; the states and their law stand in the port."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, exists, func, or_, select, update

from responder.adapters.store.leaving import HELD, count_one_more, limit_reached, suppress
from responder.adapters.store.rows import action_from_row, ask_again
from responder.adapters.store.schema import actions, cases, drafts, letters, mails, marks, suppressed
from responder.domain.case import Letter, OrderAction
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.order_desk import ActionResult
from responder.workflow.ports.outbox import SendingLimits

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(seconds=4000)
MAX_AGE = timedelta(days=1)
LIMIT_WAIT = timedelta(minutes=1)
MOST_LOOKED_AT = 100
_NO_MORE_THAN = SendingLimits()


class SqlOutbox:
    """Keep what is to leave in the database that `engine` opens."""

    def __init__(self, engine: Engine, limits: SendingLimits = _NO_MORE_THAN, note: Callable[[int], None] = lambda _: None) -> None:
        """Keep to `limits`; `note` is told the count of all that ever began to leave, before it leaves."""
        self._engine, self._limits, self._note = engine, limits, note

    def recover(self, now: datetime) -> int:
        """After a start: put what a crash left `claimed` back, and what it left `sending` before a person. Gives how many of the latter."""
        with self._engine.begin() as connection:
            connection.execute(update(letters).where(letters.c.state == "claimed").values(state="planned"))
            in_doubt = connection.execute(select(letters.c.id, letters.c.draft_id).where(letters.c.state == "sending")).all()
            for letter in in_doubt:
                _end_letter(connection, letter.id, "uncertain", "the program ended while this was being sent", now)
                ask_again(connection, letter.draft_id, "this reply may have been sent already: the program ended at that moment", now)
        return len(in_doubt)

    def start_action(self, mailbox: str, now: datetime) -> tuple[int, OrderAction] | None:
        """Take the next planned action whose letter is still to leave, and mark it running."""
        announced = exists().where(letters.c.action_id == actions.c.id, letters.c.state == "planned", letters.c.due_at <= now)
        with self._engine.begin() as connection:
            row = connection.execute(
                select(actions).where(actions.c.mailbox == mailbox, actions.c.state == "planned", announced).order_by(actions.c.id).limit(1)
            ).one_or_none()
            if row is None:
                return None
            connection.execute(update(actions).where(actions.c.id == row.id).values(state="running", started_at=now))
            leaving = count_one_more(connection)
        self._note(leaving)
        return row.id, _action(row)

    def unclear_actions(self, mailbox: str) -> list[tuple[int, OrderAction, datetime]]:
        """Give the actions that were begun and of which nobody knows what became, each with the moment when it was begun."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                select(actions).where(actions.c.mailbox == mailbox, actions.c.state == "running").order_by(actions.c.id)
            ).all()
        return [(row.id, _action(row), row.started_at) for row in rows]

    def end_action(self, action_id: int, result: ActionResult, now: datetime) -> None:
        """Write what became of an action; unless it is done, its letters are withdrawn and a person is asked."""
        with self._engine.begin() as connection:
            _end_action(connection, action_id, result, now)

    def claim(self, mailbox: str, now: datetime) -> Letter | None:
        """Take the next letter that may leave: due, within the limits, not to a suppressed address, and its action, if any, done."""
        with self._engine.begin() as connection:
            _withdraw_old(connection, mailbox, now)
            _withdraw_suppressed(connection, mailbox, now)
            due = connection.execute(
                select(letters, mails.c.arrived_at)
                .join(mails, letters.c.mail_id == mails.c.id)
                .outerjoin(actions, letters.c.action_id == actions.c.id)
                .where(
                    letters.c.mailbox == mailbox,
                    letters.c.state == "planned",
                    letters.c.due_at <= now,
                    or_(letters.c.action_id.is_(None), actions.c.state == "done"),
                )
                .order_by(letters.c.due_at, letters.c.id)
                .limit(MOST_LOOKED_AT)
            )
            held = connection.execute(select(marks.c.words).where(marks.c.name == HELD)).scalar_one_or_none()
            for row in due.all():
                if row.automatic and held:
                    continue
                if row.automatic and (over := limit_reached(connection, row.recipient, row.family, self._limits, now)):
                    later = {"due_at": now + LIMIT_WAIT, "detail": over}
                    connection.execute(update(letters).where(letters.c.id == row.id).values(later))
                    continue
                connection.execute(update(letters).where(letters.c.id == row.id).values(state="claimed", attempts=row.attempts + 1))
                return _letter(row)
        return None

    def reopen(self, letter_id: int, now: datetime) -> None:
        """Withdraw a claimed letter whose facts have changed, and let its mail be decided anew."""
        with self._engine.begin() as connection:
            letter = connection.execute(select(letters).where(letters.c.id == letter_id)).one()
            _end_letter(connection, letter_id, "withdrawn", "the order has changed since it was written", now)
            connection.execute(update(drafts).where(drafts.c.id == letter.draft_id).values(state="superseded"))
            connection.execute(update(mails).where(mails.c.id == letter.mail_id).values(state="arrived", attempts=0))

    def about_to_send(self, letter_id: int, now: datetime) -> bool:
        """Mark the letter as sending, durably; False when it must not leave after all."""
        with self._engine.begin() as connection:
            marked = connection.execute(
                update(letters).where(letters.c.id == letter_id, letters.c.state == "claimed").values(state="sending", ended_at=now)
            )
            if not marked.rowcount:
                return False
            leaving = count_one_more(connection)
        self._note(leaving)
        return True

    def uncertain(self, mailbox: str, since: datetime) -> list[tuple[int, str]]:
        """Give the number and the Message-ID of the letters since then of which nobody has said yet whether they left."""
        open_draft = select(drafts.c.id).where(drafts.c.mail_id == letters.c.mail_id, drafts.c.state == "waiting").exists()
        query = select(letters.c.id, letters.c.message_id).where(
            letters.c.mailbox == mailbox, letters.c.state == "uncertain", letters.c.ended_at >= since, open_draft
        )
        with self._engine.begin() as connection:
            return [(row.id, row.message_id) for row in connection.execute(query)]

    def found(self, letter_id: int, now: datetime) -> None:
        """Write that a letter has left after all, since a copy was found; nobody needs to look at it any more."""
        with self._engine.begin() as connection:
            letter = connection.execute(select(letters).where(letters.c.id == letter_id)).one()
            _end_letter(connection, letter_id, "sent", "a copy is in the folder for sent mail", now)
            connection.execute(
                update(drafts).where(drafts.c.mail_id == letter.mail_id, drafts.c.state == "waiting").values(state="superseded")
            )
            _answered(connection, letter.mail_id, letter.draft_id, letter.automatic, now)

    def record(self, letter_id: int, delivery: Delivery, now: datetime) -> None:
        """Write what became of a letter."""
        with self._engine.begin() as connection:
            letter = connection.execute(select(letters).where(letters.c.id == letter_id)).one()
            match delivery.outcome:
                case "sent":
                    _end_letter(connection, letter_id, "sent", delivery.detail, now)
                    _answered(connection, letter.mail_id, letter.draft_id, letter.automatic, now)
                case "withheld":
                    again = {"state": "planned", "attempts": letter.attempts - 1, "ended_at": None}
                    connection.execute(update(letters).where(letters.c.id == letter_id).values(again))
                case "deferred":
                    wait = min(FIRST_WAIT * 2 ** (letter.attempts - 1), LONGEST_WAIT)
                    connection.execute(
                        update(letters)
                        .where(letters.c.id == letter_id)
                        .values(state="planned", detail=delivery.detail, due_at=now + wait, ended_at=None)
                    )
                case "refused":
                    _end_letter(connection, letter_id, "refused", delivery.detail, now)
                    if delivery.no_such_address:
                        suppress(connection, letter.recipient, delivery.detail, now)
                    ask_again(connection, letter.draft_id, f"the mail server refused this reply: {delivery.detail}", now)
                case "uncertain":
                    _end_letter(connection, letter_id, "uncertain", delivery.detail, now)
                    ask_again(connection, letter.draft_id, f"this reply may have been sent already: {delivery.detail}", now)


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        draft_id=row.draft_id,
        mailbox=row.mailbox,
        sender=row.sender,
        recipient=row.recipient,
        message_id=row.message_id,
        content=row.content,
        attempts=row.attempts + 1,
        planned_at=row.planned_at,
        automatic=row.automatic,
        acts=row.action_id is not None,
        arrived_at=row.arrived_at,
    )


def _action(row: Row[Any]) -> OrderAction:
    action = action_from_row({"key": row.key, "kind": row.kind, "order_number": row.order_number, "details": row.details})
    assert action
    return action


def _end_letter(connection: Connection, letter_id: int, state: str, detail: str, now: datetime) -> None:
    connection.execute(update(letters).where(letters.c.id == letter_id).values(state=state, detail=detail, ended_at=now))


def _answered(connection: Connection, mail_id: int, draft_id: int, automatic: bool, now: datetime) -> None:
    connection.execute(update(mails).where(mails.c.id == mail_id).values(state="answered"))
    case_id = connection.execute(select(mails.c.case_id).where(mails.c.id == mail_id)).scalar_one()
    question = connection.execute(select(drafts.c.question).where(drafts.c.id == draft_id)).scalar_one()
    turns = cases.c.turns + (1 if automatic else 0)
    connection.execute(update(cases).where(cases.c.id == case_id).values(question=question, turns=turns, updated_at=now))


def _end_action(connection: Connection, action_id: int, result: ActionResult, now: datetime) -> None:
    connection.execute(update(actions).where(actions.c.id == action_id).values(state=result.outcome, detail=result.detail, ended_at=now))
    if result.outcome == "done":
        return
    kind = connection.execute(select(actions.c.kind).where(actions.c.id == action_id)).scalar_one()
    told = "failed" if result.outcome == "failed" else "may or may not have happened"
    waiting = connection.execute(
        select(letters.c.id, letters.c.draft_id).where(letters.c.action_id == action_id, letters.c.state == "planned")
    )
    for letter in waiting.all():
        _end_letter(connection, letter.id, "withdrawn", result.detail, now)
        ask_again(connection, letter.draft_id, f"{kind} {told}: {result.detail}", now)


def _withdraw_suppressed(connection: Connection, mailbox: str, now: datetime) -> None:
    hopeless = connection.execute(
        select(letters.c.id, letters.c.draft_id, suppressed.c.because)
        .join(suppressed, suppressed.c.address == func.lower(letters.c.recipient))
        .where(letters.c.mailbox == mailbox, letters.c.state == "planned", letters.c.automatic)
    ).all()
    for letter in hopeless:
        _end_letter(connection, letter.id, "withdrawn", letter.because, now)
        ask_again(connection, letter.draft_id, f"mail to this address was refused before: {letter.because}", now)


def _withdraw_old(connection: Connection, mailbox: str, now: datetime) -> None:
    old = connection.execute(
        select(letters.c.id, letters.c.draft_id, letters.c.detail).where(
            and_(letters.c.mailbox == mailbox, letters.c.state == "planned", letters.c.planned_at < now - MAX_AGE)
        )
    ).all()
    for letter in old:
        _end_letter(connection, letter.id, "withdrawn", letter.detail, now)
        ask_again(connection, letter.draft_id, f"this reply could not be sent for a day: {letter.detail or 'the bot was away'}", now)
