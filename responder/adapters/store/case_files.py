"""Look cases up in the database."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Row, Select, func, or_, select, update

from responder.adapters.store.schema import cases, corrections, drafts, letters, mails, raw_mails
from responder.workflow.ports.case_files import Correction, Paper, SentPaper, Turn


class SqlCaseFiles:
    """Look things up in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def search(self, words: Sequence[str], limit: int) -> list[Turn]:
        """Give the mails in whose sender, name, subject or order number all words stand; the latest first."""
        places = (mails.c.sender, mails.c.sender_name, mails.c.subject, cases.c.order_number)
        fits = [or_(*(place.icontains(word, autoescape=True) for place in places)) for word in words]
        with self._engine.begin() as connection:
            return [_turn(row) for row in connection.execute(_turns().where(*fits).order_by(mails.c.id.desc()).limit(limit))]

    def conversation(self, mail_id: int) -> list[Turn]:
        """Give all mails of the case that a mail belongs to, the oldest first."""
        with self._engine.begin() as connection:
            return [_turn(row) for row in connection.execute(_turns().where(_same_case(mail_id)).order_by(mails.c.id))]

    def papers(self, mail_id: int) -> list[Paper]:
        """Give all that is kept of the case that a mail belongs to, the oldest mail first."""
        query = _turns().add_columns(mails.c.rule, mails.c.facts, raw_mails.c.content).join(raw_mails, raw_mails.c.mail_id == mails.c.id)
        with self._engine.begin() as connection:
            rows = connection.execute(query.where(_same_case(mail_id)).order_by(mails.c.id)).all()
            replies = connection.execute(
                select(letters).where(letters.c.mail_id.in_([row.id for row in rows])).order_by(letters.c.id)
            ).all()
        return [
            Paper(
                _turn(row),
                row.rule,
                json.loads(row.facts),
                row.content,
                tuple(_sent(reply) for reply in replies if reply.mail_id == row.id),
            )
            for row in rows
        ]

    def corrections(self, *, taken: bool) -> list[Correction]:
        """Give the corrections that were not taken for training yet, with `taken` all; the latest of each mail."""
        latest = select(func.max(corrections.c.id)).group_by(corrections.c.mail_id)
        query = (
            select(corrections, mails.c.mailbox, mails.c.language, raw_mails.c.content)
            .join(mails, mails.c.id == corrections.c.mail_id)
            .join(raw_mails, raw_mails.c.mail_id == mails.c.id)
            .where(corrections.c.id.in_(latest))
            .order_by(corrections.c.id)
        )
        if not taken:
            query = query.where(corrections.c.taken_at.is_(None))
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [Correction(row.id, row.mailbox, row.content, row.language, row.label, row.by, row.at) for row in rows]

    def take(self, taken: Sequence[int], now: datetime) -> None:
        """Note that corrections were taken for training."""
        with self._engine.begin() as connection:
            connection.execute(update(corrections).where(corrections.c.id.in_(taken)).values(taken_at=now))


def _same_case(mail_id: int) -> Any:
    case_id = select(mails.c.case_id).where(mails.c.id == mail_id).scalar_subquery()
    return or_(mails.c.id == mail_id, mails.c.case_id == case_id)


def _turns() -> Select[Any]:
    latest = select(drafts.c.mail_id, func.max(drafts.c.id).label("id")).group_by(drafts.c.mail_id).subquery()
    sent = (
        select(letters.c.mail_id, letters.c.draft_id, func.max(letters.c.ended_at).label("sent_at"))
        .where(letters.c.state == "sent")
        .group_by(letters.c.mail_id, letters.c.draft_id)
        .subquery()
    )
    answering = drafts.alias("answering")
    return (
        select(mails, cases.c.order_number, latest.c.id.label("draft_id"), sent.c.sent_at, answering.c.reply, answering.c.written)
        .outerjoin(cases, cases.c.id == mails.c.case_id)
        .outerjoin(latest, latest.c.mail_id == mails.c.id)
        .outerjoin(sent, sent.c.mail_id == mails.c.id)
        .outerjoin(answering, answering.c.id == sent.c.draft_id)
    )


def _turn(row: Row[Any]) -> Turn:
    return Turn(
        mail_id=row.id,
        draft_id=row.draft_id,
        mailbox=row.mailbox,
        state=row.state,
        arrived_at=row.arrived_at,
        sender=row.sender,
        sender_name=row.sender_name,
        subject=row.subject,
        label=row.label,
        order_number=row.order_number or "",
        because=tuple(row.because),
        answered_with=row.written or (row.reply["text"] if row.reply else ""),
        answered_at=row.sent_at,
    )


def _sent(row: Row[Any]) -> SentPaper:
    return SentPaper(row.message_id, row.state, row.detail, row.automatic, row.planned_at, row.ended_at, row.content)
