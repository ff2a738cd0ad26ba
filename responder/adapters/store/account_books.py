"""The books as they are counted, in the database."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Engine, and_, case, exists, false, func, or_, select, true

from responder.adapters.store.schema import actions, drafts, letters, mails, positions
from responder.workflow.ports.account_books import Entry

_letter = exists().where(letters.c.mail_id == mails.c.id)
_draft = exists().where(drafts.c.mail_id == mails.c.id)
_under_way = exists().where(
    letters.c.mail_id == mails.c.id,
    letters.c.state.in_(("planned", "claimed", "sending")),
    or_(letters.c.action_id.is_(None), exists().where(actions.c.id == letters.c.action_id, actions.c.state != "failed")),
)
# What must be there for a mail to be in its state: nothing waits unseen, and nothing counts as answered that did not leave.
_BACKED = case(
    (mails.c.state == "answered", and_(_letter, exists().where(letters.c.mail_id == mails.c.id, letters.c.state == "sent"))),
    (mails.c.state == "waiting", and_(_draft, exists().where(drafts.c.mail_id == mails.c.id, drafts.c.state == "waiting"))),
    (mails.c.state == "answering", _under_way),
    (mails.c.state.in_(("arrived", "silent", "quarantined")), true()),
    else_=false(),
)


class SqlAccountBooks:
    """Count in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def entries(self, since: datetime) -> list[Entry]:
        """Give the mails that arrived since then."""
        query = select(mails.c.id, mails.c.mailbox, mails.c.arrived_at, mails.c.state, mails.c.rule, _BACKED.label("backed"))
        with self._engine.begin() as connection:
            rows = connection.execute(query.where(mails.c.arrived_at >= since).order_by(mails.c.id)).all()
        return [Entry(row.id, row.mailbox, row.arrived_at, row.state, row.rule, bool(row.backed)) for row in rows]

    def first_look(self, mailbox: str) -> datetime | None:
        """Tell when a mailbox was looked into first; None where it never was."""
        with self._engine.begin() as connection:
            row = connection.execute(select(positions).where(positions.c.mailbox == mailbox)).one_or_none()
            if row is None or row.since is not None:
                return row.since if row else None
            earliest: datetime | None = connection.execute(
                select(func.min(mails.c.arrived_at)).where(mails.c.mailbox == mailbox, ~mails.c.backlog)
            ).scalar_one()
        return earliest or row.read_at

    def unknown(self, mailbox: str, uidvalidity: int, uids: Collection[int]) -> list[int]:
        """Give those of the UIDs that no mail of the books was fetched under, ascending."""
        query = select(mails.c.uid).where(mails.c.mailbox == mailbox, mails.c.uidvalidity == uidvalidity)
        with self._engine.begin() as connection:
            known = set(connection.execute(query).scalars())
        return sorted(set(uids) - known)

    def knows(self, key: str) -> bool:
        """Tell whether a mail is known, whichever mailbox it came by."""
        with self._engine.begin() as connection:
            return connection.execute(select(mails.c.id).where(mails.c.key == key)).first() is not None
