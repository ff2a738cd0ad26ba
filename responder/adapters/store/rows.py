"""Turn rows into values and values into rows, in one place."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from responder.adapters.store.schema import cases, drafts, letters, mails
from responder.domain.case import Draft, OrderAction, Question
from responder.domain.mail import OutgoingMail
from responder.workflow.ports.ledger import Arrival, Unsettled

DRAFT_COLUMNS = (
    drafts,
    mails.c.mailbox,
    mails.c.sender,
    mails.c.sender_name,
    mails.c.subject,
    mails.c.label,
    mails.c.confidence,
    mails.c.rule,
    mails.c.arrived_at,
    mails.c.language,
    cases.c.order_number,
)
DRAFT_SOURCE = drafts.join(mails, drafts.c.mail_id == mails.c.id).outerjoin(cases, mails.c.case_id == cases.c.id)


# The number of letters that were ever planned in answer to a mail: the revision of the next.
LETTERS = select(func.count()).where(letters.c.mail_id == mails.c.id).correlate(mails).scalar_subquery().label("letters")


def reply_to_row(reply: OutgoingMail | None) -> dict[str, Any] | None:
    """Write a reply as JSON."""
    return asdict(reply) if reply else None


def reply_from_row(row: Mapping[str, Any] | None) -> OutgoingMail | None:
    """Read a reply from JSON."""
    return OutgoingMail(**{**row, "references": tuple(row["references"])}) if row else None


def action_to_row(action: OrderAction | None) -> dict[str, Any] | None:
    """Write an order action as JSON."""
    return {**asdict(action), "details": dict(action.details)} if action else None


def action_from_row(row: Mapping[str, Any] | None) -> OrderAction | None:
    """Read an order action from JSON."""
    return OrderAction(row["key"], row["kind"], row["order_number"], tuple(row["details"].items())) if row else None


def question_to_row(question: Question) -> dict[str, Any]:
    """Write a question as JSON."""
    return asdict(question)


def question_from_row(row: Mapping[str, Any]) -> Question:
    """Read a question from JSON; nothing was asked where there is none."""
    return Question(**{**row, "address": tuple(row["address"])}) if row else Question()


def unsettled_from_row(row: Row[Any]) -> Unsettled:
    """Read a mail as it arrived: a row of `mails` with the raw content and the number of its letters."""
    arrival = Arrival(row.mailbox, row.key, row.message_id, row.digest, row.uid, row.uidvalidity, row.arrived_at, row.content, row.backlog)
    return Unsettled(row.id, arrival, row.attempts, row.other_copy, row.letters)


def draft_from_row(row: Row[Any]) -> Draft:
    """Read a draft with what is shown of its mail."""
    return Draft(
        id=row.id,
        mail_id=row.mail_id,
        mailbox=row.mailbox,
        state=row.state,
        because=tuple(row.because),
        reply=reply_from_row(row.reply),
        action=action_from_row(row.action),
        question=question_from_row(row.question),
        customer=row.sender,
        subject=row.subject,
        label=row.label,
        confidence=row.confidence,
        rule=row.rule,
        order_number=row.order_number or "",
        created_at=row.created_at,
        arrived_at=row.arrived_at,
        language=row.language,
        sender_name=row.sender_name,
        written=row.written or "",
        put_off_until=row.put_off_until,
        handed_to=row.handed_to or "",
    )


def ask_again(connection: Connection, draft_id: int, because: str, now: datetime) -> None:
    """Put the matter of an earlier draft before a person again, with the reason first."""
    old = connection.execute(select(drafts).where(drafts.c.id == draft_id)).one()
    connection.execute(
        insert(drafts).values(
            mail_id=old.mail_id,
            state="waiting",
            because=[because, *old.because],
            reply=old.reply,
            written=old.written,
            action=old.action,
            question=old.question,
            created_at=now,
        )
    )
    connection.execute(update(mails).where(mails.c.id == old.mail_id).values(state="waiting"))
