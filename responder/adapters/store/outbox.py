"""The outbox, in the database; the states and their law stand in the port."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, and_, or_, select, update

from responder.adapters.store.rows import action_from_row, ask_again
from responder.adapters.store.schema import actions, cases, drafts, letters, mails
from responder.domain.case import Letter, OrderAction
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.order_desk import ActionResult

FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(seconds=4000)
MAX_AGE = timedelta(days=1)


class SqlOutbox:
    """Keep what is to leave in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def recover(self, now: datetime) -> int:
        """After a start: put what a crash left `claimed` back, and what it left `sending` or `running` before a person. Gives how many."""
        with self._engine.begin() as connection:
            connection.execute(update(letters).where(letters.c.state == "claimed").values(state="planned"))
            in_doubt = connection.execute(select(letters.c.id, letters.c.draft_id).where(letters.c.state == "sending")).all()
            for letter in in_doubt:
                _end_letter(connection, letter.id, "uncertain", "the program ended while this was being sent", now)
                ask_again(connection, letter.draft_id, "this reply may have been sent already: the program ended at that moment", now)
            running = connection.execute(select(actions.c.id).where(actions.c.state == "running")).scalars().all()
            for action_id in running:
                _end_action(connection, action_id, ActionResult("unknown", "the program ended while this was being done"), now)
        return len(in_doubt) + len(running)

    def start_action(self, mailbox: str, now: datetime) -> tuple[int, OrderAction] | None:
        """Take the next planned action and mark it running."""
        with self._engine.begin() as connection:
            row = connection.execute(
                select(actions).where(actions.c.mailbox == mailbox, actions.c.state == "planned").order_by(actions.c.id).limit(1)
            ).one_or_none()
            if row is None:
                return None
            connection.execute(update(actions).where(actions.c.id == row.id).values(state="running", started_at=now))
        action = action_from_row({"key": row.key, "kind": row.kind, "order_number": row.order_number, "details": row.details})
        assert action
        return row.id, action

    def end_action(self, action_id: int, result: ActionResult, now: datetime) -> None:
        """Write what became of an action; unless it is done, its letters are withdrawn and a person is asked."""
        with self._engine.begin() as connection:
            _end_action(connection, action_id, result, now)

    def claim(self, mailbox: str, now: datetime) -> Letter | None:
        """Take the next letter that may leave: due, and its action, if it has one, done."""
        with self._engine.begin() as connection:
            _withdraw_old(connection, mailbox, now)
            row = connection.execute(
                select(letters)
                .outerjoin(actions, letters.c.action_id == actions.c.id)
                .where(
                    letters.c.mailbox == mailbox,
                    letters.c.state == "planned",
                    letters.c.due_at <= now,
                    or_(letters.c.action_id.is_(None), actions.c.state == "done"),
                )
                .order_by(letters.c.due_at, letters.c.id)
                .limit(1)
            ).one_or_none()
            if row is None:
                return None
            connection.execute(update(letters).where(letters.c.id == row.id).values(state="claimed", attempts=row.attempts + 1))
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
        )

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
        return bool(marked.rowcount)

    def record(self, letter_id: int, delivery: Delivery, now: datetime) -> None:
        """Write what became of a letter."""
        with self._engine.begin() as connection:
            letter = connection.execute(select(letters).where(letters.c.id == letter_id)).one()
            match delivery.outcome:
                case "sent":
                    _end_letter(connection, letter_id, "sent", delivery.detail, now)
                    _answered(connection, letter.mail_id, letter.draft_id, letter.automatic, now)
                case "deferred" | "withheld":
                    wait = min(FIRST_WAIT * 2 ** (letter.attempts - 1), LONGEST_WAIT)
                    connection.execute(
                        update(letters)
                        .where(letters.c.id == letter_id)
                        .values(state="planned", detail=delivery.detail, due_at=now + wait, ended_at=None)
                    )
                case "refused":
                    _end_letter(connection, letter_id, "refused", delivery.detail, now)
                    ask_again(connection, letter.draft_id, f"the mail server refused this reply: {delivery.detail}", now)
                case "uncertain":
                    _end_letter(connection, letter_id, "uncertain", delivery.detail, now)
                    ask_again(connection, letter.draft_id, f"this reply may have been sent already: {delivery.detail}", now)


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


def _withdraw_old(connection: Connection, mailbox: str, now: datetime) -> None:
    old = connection.execute(
        select(letters.c.id, letters.c.draft_id, letters.c.detail).where(
            and_(letters.c.mailbox == mailbox, letters.c.state == "planned", letters.c.planned_at < now - MAX_AGE)
        )
    ).all()
    for letter in old:
        _end_letter(connection, letter.id, "withdrawn", letter.detail, now)
        ask_again(connection, letter.draft_id, f"this reply could not be sent for a day: {letter.detail or 'the bot was away'}", now)
