"""What people decided and how long customers waited, from the database."""

from datetime import datetime

from sqlalchemy import Engine, func, select

from responder.adapters.store.schema import corrections, drafts, letters, mails
from responder.workflow.ports.figures import Answered, Corrected, Judgement


class SqlFigures:
    """Count in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def judgements(self, since: datetime) -> list[Judgement]:
        """Give what people made of drafts that had a text."""
        query = (
            select(drafts.c.state, drafts.c.reply, drafts.c.written, mails.c.mailbox, mails.c.label, mails.c.rule, mails.c.language)
            .join(mails, mails.c.id == drafts.c.mail_id)
            .where(drafts.c.state.in_(("approved", "refused")), drafts.c.decided_at >= since)
            .order_by(drafts.c.id)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [
            Judgement(
                row.mailbox,
                row.label,
                row.rule,
                row.language,
                "closed" if row.state == "refused" else "edited" if row.written else "as drafted",
            )
            for row in rows
            if row.reply
        ]

    def answered(self, since: datetime) -> list[Answered]:
        """Give the mails that were answered, each with its first reply that left."""
        query = (
            select(
                mails.c.mailbox, mails.c.arrived_at, func.min(letters.c.ended_at).label("sent_at"), func.min(drafts.c.state).label("state")
            )
            .join(letters, letters.c.mail_id == mails.c.id)
            .join(drafts, drafts.c.id == letters.c.draft_id)
            .where(letters.c.state == "sent", letters.c.ended_at >= since)
            .group_by(mails.c.id)
            .order_by(mails.c.id)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [Answered(row.mailbox, row.arrived_at, row.sent_at, row.state == "sent_alone") for row in rows]

    def corrected(self, since: datetime) -> list[Corrected]:
        """Give the labels that were corrected, the latest word on each mail."""
        latest = select(func.max(corrections.c.id)).group_by(corrections.c.mail_id)
        query = (
            select(mails.c.mailbox, mails.c.label.label("was"), corrections.c.label)
            .join(mails, mails.c.id == corrections.c.mail_id)
            .where(corrections.c.id.in_(latest), corrections.c.at >= since)
            .order_by(corrections.c.id)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [Corrected(row.mailbox, row.was, row.label) for row in rows]
