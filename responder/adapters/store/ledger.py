"""The books, in the database: arrivals, decisions, and what happened before."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, update

from responder.adapters.store.leaving import suppress
from responder.adapters.store.rows import (
    LETTERS,
    action_to_row,
    ask_again,
    question_from_row,
    question_to_row,
    reply_from_row,
    reply_to_row,
    unsettled_from_row,
)
from responder.adapters.store.schema import actions, cases, drafts, letters, mails, positions, raw_mails
from responder.domain.case import MailRecord, OrderAction, Question
from responder.domain.mail import OutgoingMail, Report
from responder.domain.order import normal_number
from responder.workflow.ports.ledger import Arrival, Follows, History, PlannedLetter, Settlement, Unsettled
from responder.workflow.ports.mailbox import Position


class SqlLedger:
    """Keep the books in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def position(self, mailbox: str) -> Position | None:
        """Say how far a mailbox has been read; None before the first look."""
        with self._engine.begin() as connection:
            row = connection.execute(select(positions).where(positions.c.mailbox == mailbox)).one_or_none()
        return Position(row.uidvalidity, row.next_uid, row.read_at) if row else None

    def arrive(self, mailbox: str, arrivals: Sequence[Arrival], position: Position | None) -> int:
        """Record arrivals and the new position together; mails that are known already are passed over. Gives how many were new.

        Without a position, the old one stays.
        """
        with self._engine.begin() as connection:
            new = sum(_record(connection, arrival) for arrival in arrivals)
            if position is not None:
                reached = {"uidvalidity": position.uidvalidity, "next_uid": position.next_uid, "read_at": position.read_at}
                if not connection.execute(update(positions).where(positions.c.mailbox == mailbox).values(reached)).rowcount:
                    connection.execute(insert(positions).values(mailbox=mailbox, since=position.read_at, **reached))
        return new

    def next_unsettled(self, mailbox: str, after: int) -> Unsettled | None:
        """Give the oldest mail that has not been decided and whose number is above `after`, and count one more attempt for it."""
        with self._engine.begin() as connection:
            row = connection.execute(
                select(mails, raw_mails.c.content, LETTERS)
                .join(raw_mails, raw_mails.c.mail_id == mails.c.id)
                .where(mails.c.mailbox == mailbox, mails.c.state == "arrived", mails.c.id > after)
                .order_by(mails.c.id)
                .limit(1)
            ).one_or_none()
            if row is None:
                return None
            connection.execute(update(mails).where(mails.c.id == row.id).values(attempts=mails.c.attempts + 1))
        return unsettled_from_row(row)

    def put_back(self, mail_id: int) -> None:
        """Leave a mail undecided, and do not count the attempt: something outside was away."""
        with self._engine.begin() as connection:
            connection.execute(update(mails).where(mails.c.id == mail_id).values(attempts=mails.c.attempts - 1))

    def history(self, mailbox: str, follows: Follows, since: datetime, said_since: datetime) -> History:
        """Tell what happened before with this sender, and find the case that the mail goes on with."""
        left = (letters.c.automatic, letters.c.state.not_in(("withdrawn", "refused")))
        sent, to_him = (*left, letters.c.planned_at >= since), func.lower(letters.c.recipient) == follows.sender.lower()
        with self._engine.begin() as connection:
            in_all = connection.execute(select(func.count()).select_from(letters).where(*sent)).scalar_one()
            to_sender = connection.execute(select(func.count()).select_from(letters).where(*sent, to_him)).scalar_one()
            said = [
                reply_from_row(row.reply)
                for row in connection.execute(
                    select(drafts.c.reply)
                    .join(letters, letters.c.draft_id == drafts.c.id)
                    .where(*left, letters.c.planned_at >= said_since, to_him)
                )
            ]
            case = _case_followed(connection, mailbox, follows)
            answers_somebody_else = _answers_somebody_else(connection, follows.answers)
        before = History(
            replies_to_sender=to_sender,
            replies_in_all=in_all,
            said=frozenset((reply.template, reply.order_number) for reply in said if reply),
        )
        if case is None:
            return before
        return replace(
            before,
            case_id=case.id,
            question=question_from_row(case.question),
            order_number=case.order_number,
            turns=case.turns,
            with_person=case.with_person or answers_somebody_else,
        )

    def settle(self, mail_id: int, settlement: Settlement, now: datetime) -> None:
        """Write a decision: the mail's state, its case, its draft, its action and its letter."""
        with self._engine.begin() as connection:
            settled, action_id = _with_action(connection, mail_id, settlement, now)
            case_id = _case(connection, mail_id, settled, now) if settled.draft_state or settled.case_id else None
            connection.execute(
                update(mails)
                .where(mails.c.id == mail_id)
                .values(
                    state=settled.state,
                    rule=settled.rule,
                    because=list(settled.because),
                    sender=settled.sender,
                    sender_name=settled.sender_name,
                    subject=settled.subject[:1000],
                    language=settled.language,
                    label=settled.label,
                    confidence=settled.confidence,
                    facts=settled.facts,
                    case_id=case_id,
                    settled_at=now,
                )
            )
            if settled.came_back:
                _came_back(connection, settled.came_back, now)
            if settled.draft_state:
                draft_id = _draft(connection, mail_id, settled, settled.draft_state, now)
                if settled.letter:
                    _letter(connection, mail_id, draft_id, action_id, settled, now)
                if settled.tell:
                    _draft(connection, mail_id, replace(settled, reply=None, action=None), "told", now)

    def records(self, mailbox: str | None = None, limit: int = 1000) -> list[MailRecord]:
        """Give what is kept of the latest mails, the oldest of them first."""
        latest_draft = select(drafts.c.mail_id, func.max(drafts.c.id).label("id")).group_by(drafts.c.mail_id).subquery()
        sent = (
            select(letters.c.mail_id, func.max(letters.c.ended_at).label("sent_at"))
            .where(letters.c.state == "sent")
            .group_by(letters.c.mail_id)
            .subquery()
        )
        query = (
            select(mails, drafts.c.reply, drafts.c.written, sent.c.sent_at)
            .outerjoin(latest_draft, latest_draft.c.mail_id == mails.c.id)
            .outerjoin(drafts, drafts.c.id == latest_draft.c.id)
            .outerjoin(sent, sent.c.mail_id == mails.c.id)
            .order_by(mails.c.id.desc())
            .limit(limit)
        )
        if mailbox is not None:
            query = query.where(mails.c.mailbox == mailbox)
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [
            MailRecord(
                row.id,
                row.mailbox,
                row.state,
                row.arrived_at,
                row.sender,
                row.subject,
                row.language,
                row.label,
                row.confidence,
                row.rule,
                tuple(row.because),
                row.written or (row.reply["text"] if row.reply else ""),
                row.sent_at,
            )
            for row in reversed(rows)
        ]


def _case_followed(connection: Connection, mailbox: str, follows: Follows) -> Row[Any] | None:
    """Find the case by our own Message-IDs, else by the customer and the order; the latest where there are several."""
    of_the_customer = (cases.c.mailbox == mailbox, func.lower(cases.c.customer) == follows.sender.lower())
    by_reference = connection.execute(
        select(cases)
        .join(mails, mails.c.case_id == cases.c.id)
        .join(letters, letters.c.mail_id == mails.c.id)
        .where(letters.c.message_id.in_(follows.references), *of_the_customer)
        .order_by(letters.c.id.desc())
        .limit(1)
    ).one_or_none()
    if by_reference or not follows.order_numbers:
        return by_reference
    wanted = {normal_number(number) for number in follows.order_numbers}
    recent = connection.execute(
        select(cases).where(*of_the_customer, cases.c.order_number != "", cases.c.updated_at >= follows.since).order_by(cases.c.id.desc())
    )
    return next((row for row in recent if normal_number(row.order_number) in wanted), None)


def _answers_somebody_else(connection: Connection, message_id: str) -> bool:
    """Tell whether a mail answers one that neither we nor a customer wrote: a colleague has written from a mail program."""
    if not message_id:
        return False
    ours = connection.execute(select(letters.c.id).where(letters.c.message_id == message_id)).first()
    customers = connection.execute(select(mails.c.id).where(mails.c.message_id == message_id[:1000])).first()
    return not ours and not customers


def _record(connection: Connection, arrival: Arrival) -> bool:
    if connection.execute(select(mails.c.id).where(mails.c.key == arrival.key)).first():
        return False
    other_copy = bool(
        arrival.message_id and connection.execute(select(mails.c.id).where(mails.c.message_id == arrival.message_id[:1000])).first()
    )
    mail_id = connection.execute(
        insert(mails)
        .values(
            mailbox=arrival.mailbox,
            key=arrival.key,
            message_id=arrival.message_id[:1000],
            digest=arrival.digest,
            uid=arrival.uid,
            uidvalidity=arrival.uidvalidity,
            arrived_at=arrival.arrived_at,
            backlog=arrival.backlog,
            other_copy=other_copy,
        )
        .returning(mails.c.id)
    ).scalar_one()
    connection.execute(insert(raw_mails).values(mail_id=mail_id, content=arrival.content))
    return True


def _with_action(connection: Connection, mail_id: int, settlement: Settlement, now: datetime) -> tuple[Settlement, int | None]:
    """Plan the action of an automatic answer; what was tried before without success goes to a person instead."""
    if settlement.letter is None or settlement.action is None:
        return settlement, None
    mailbox = connection.execute(select(mails.c.mailbox).where(mails.c.id == mail_id)).scalar_one()
    action_id, state = plan_action(connection, mailbox, settlement.action, "planned", now)
    if state in ("planned", "running", "done"):
        return settlement, action_id
    because = (*settlement.because, f"{settlement.action.kind} was tried before for this order, and is {state}")
    return replace(settlement, state="waiting", because=because, draft_state="waiting", letter=None, tell=False), None


def _came_back(connection: Connection, report: Report, now: datetime) -> None:
    """Note at a letter that it came back; one that will never arrive is put before a person, and its address is not written to again."""
    letter = connection.execute(select(letters).where(letters.c.message_id == report.about)).one_or_none()
    if letter is None:
        return
    connection.execute(update(letters).where(letters.c.id == letter.id).values(detail=f"came back: {report.detail}"))
    if report.failed:
        suppress(connection, letter.recipient, report.detail, now)
        ask_again(connection, letter.draft_id, f"this reply came back and did not reach the customer: {report.detail}", now)


def plan_action(connection: Connection, mailbox: str, action: OrderAction, state: str, now: datetime) -> tuple[int, str]:
    """Put an action into the books unless one with its key is there already; give its number and its state."""
    known = connection.execute(select(actions.c.id, actions.c.state).where(actions.c.key == action.key)).one_or_none()
    if known:
        return known.id, known.state
    action_id = connection.execute(
        insert(actions)
        .values(
            key=action.key,
            mailbox=mailbox,
            kind=action.kind,
            order_number=action.order_number,
            details=dict(action.details),
            state=state,
            planned_at=now,
            ended_at=now if state == "done" else None,
        )
        .returning(actions.c.id)
    ).scalar_one()
    return action_id, state


def _case(connection: Connection, mail_id: int, settlement: Settlement, now: datetime) -> int:
    with_person = settlement.state == "waiting"
    if settlement.case_id is not None:
        changes: dict[str, object] = {"updated_at": now}
        if with_person:
            changes["with_person"] = True
        if settlement.order_number:
            changes["order_number"] = settlement.order_number
        if settlement.closes:
            changes["question"] = question_to_row(Question())
        connection.execute(update(cases).where(cases.c.id == settlement.case_id).values(changes))
        return settlement.case_id
    mailbox = connection.execute(select(mails.c.mailbox).where(mails.c.id == mail_id)).scalar_one()
    new_id: int = connection.execute(
        insert(cases)
        .values(
            mailbox=mailbox,
            customer=settlement.sender,
            order_number=settlement.order_number,
            with_person=with_person,
            opened_at=now,
            updated_at=now,
        )
        .returning(cases.c.id)
    ).scalar_one()
    return new_id


def _draft(connection: Connection, mail_id: int, settlement: Settlement, state: str, now: datetime) -> int:
    new_id: int = connection.execute(
        insert(drafts)
        .values(
            mail_id=mail_id,
            state=state,
            because=list(settlement.because),
            reply=reply_to_row(settlement.reply),
            action=action_to_row(settlement.action),
            question=question_to_row(settlement.question),
            created_at=now,
        )
        .returning(drafts.c.id)
    ).scalar_one()
    return new_id


def _letter(connection: Connection, mail_id: int, draft_id: int, action_id: int | None, settlement: Settlement, now: datetime) -> None:
    assert settlement.letter and settlement.reply
    plan_letter(
        connection,
        mail_id=mail_id,
        draft_id=draft_id,
        action_id=action_id,
        reply=settlement.reply,
        letter=settlement.letter,
        now=now,
    )


def plan_letter(
    connection: Connection,
    *,
    mail_id: int,
    draft_id: int,
    action_id: int | None,
    reply: OutgoingMail,
    letter: PlannedLetter,
    now: datetime,
) -> None:
    """Put a letter into the outbox, frozen as the bytes that will leave."""
    revision = connection.execute(select(func.count()).select_from(letters).where(letters.c.mail_id == mail_id)).scalar_one()
    mailbox = connection.execute(select(mails.c.mailbox).where(mails.c.id == mail_id)).scalar_one()
    connection.execute(
        insert(letters).values(
            mail_id=mail_id,
            draft_id=draft_id,
            action_id=action_id,
            mailbox=mailbox,
            revision=revision,
            message_id=letter.message_id,
            sender=reply.sender,
            recipient=reply.to,
            automatic=reply.automatic,
            family=reply.template,
            content=letter.content,
            state="planned",
            due_at=letter.not_before or now,
            planned_at=now,
        )
    )
