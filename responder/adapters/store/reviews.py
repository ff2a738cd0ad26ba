"""The review queue, in the database."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, insert, or_, select, update

from responder.adapters.store.ledger import plan_action, plan_letter
from responder.adapters.store.rows import (
    DRAFT_COLUMNS,
    DRAFT_SOURCE,
    LETTERS,
    action_from_row,
    action_to_row,
    draft_from_row,
    reply_to_row,
    unsettled_from_row,
)
from responder.adapters.store.schema import actions, cases, corrections, drafts, letters, looking, mails, raw_mails
from responder.domain.case import Draft, LetterState, OrderAction
from responder.domain.mail import OutgoingMail
from responder.workflow.ports.ledger import PlannedLetter, Unsettled
from responder.workflow.ports.reviews import Place

WAITING = ("waiting", "told")
# A page that is open says so every fifteen seconds.
JUST_NOW = timedelta(seconds=45)


class SqlReviews:
    """Keep the review queue in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def waiting(self) -> list[Draft]:
        """Give the drafts that wait, the oldest first."""
        query = select(*DRAFT_COLUMNS).select_from(DRAFT_SOURCE).where(drafts.c.state.in_(WAITING)).order_by(drafts.c.id)
        with self._engine.begin() as connection:
            return [draft_from_row(row) for row in connection.execute(query)]

    def line(self) -> list[Place]:
        """Give the places of the drafts that wait, the oldest first."""
        query = (
            select(drafts.c.id, mails.c.mailbox, mails.c.arrived_at, drafts.c.put_off_until, drafts.c.handed_to)
            .join(mails, mails.c.id == drafts.c.mail_id)
            .where(drafts.c.state.in_(WAITING))
            .order_by(drafts.c.id)
        )
        with self._engine.begin() as connection:
            return [Place(id_, mailbox, at, until, to or "") for id_, mailbox, at, until, to in connection.execute(query)]

    def get(self, draft_id: int) -> Draft | None:
        """Give one draft, whatever its state."""
        query = select(*DRAFT_COLUMNS).select_from(DRAFT_SOURCE).where(drafts.c.id == draft_id)
        with self._engine.begin() as connection:
            row = connection.execute(query).one_or_none()
        return draft_from_row(row) if row else None

    def mail(self, draft_id: int) -> Unsettled | None:
        """Give the mail that a draft answers, as it arrived."""
        query = (
            select(mails, raw_mails.c.content, LETTERS)
            .join(drafts, drafts.c.mail_id == mails.c.id)
            .join(raw_mails, raw_mails.c.mail_id == mails.c.id)
            .where(drafts.c.id == draft_id)
        )
        with self._engine.begin() as connection:
            row = connection.execute(query).one_or_none()
        return unsettled_from_row(row) if row else None

    def approve(self, draft_id: int, reply: OutgoingMail, letter: PlannedLetter, *, action_done: bool, by: str, now: datetime) -> bool:
        """Put the draft's action and letter into the outbox; False when the draft does not wait any more."""
        with self._engine.begin() as connection:
            row = _close(connection, draft_id, "approved", by, now)
            if row is None:
                return False
            written = None if row.reply and row.reply["text"] == reply.text else reply.text
            connection.execute(update(drafts).where(drafts.c.id == draft_id).values(written=written))
            action_id = None
            action = action_from_row(row.action)
            if action:
                mailbox = connection.execute(select(mails.c.mailbox).where(mails.c.id == row.mail_id)).scalar_one()
                wanted = "done" if action_done else "planned"
                action_id, state = plan_action(connection, mailbox, action, wanted, now)
                # A person says so: what failed or stayed unknown may be tried again, or was done by hand.
                if state in ("failed", "unknown") or (action_done and state == "planned"):
                    connection.execute(update(actions).where(actions.c.id == action_id).values(state=wanted, planned_at=now))
            plan_letter(
                connection,
                mail_id=row.mail_id,
                draft_id=draft_id,
                action_id=action_id,
                reply=reply,
                letter=letter,
                now=now,
            )
            connection.execute(update(mails).where(mails.c.id == row.mail_id).values(state="answering"))
        return True

    def refuse(self, draft_id: int, reason: str, by: str, now: datetime) -> bool:
        """Close the draft without sending; False when it does not wait any more."""
        with self._engine.begin() as connection:
            told = connection.execute(select(drafts.c.state).where(drafts.c.id == draft_id)).scalar_one_or_none() == "told"
            row = _close(connection, draft_id, "refused", by, now, reason)
            if row is None:
                return False
            if not told:
                because = [f"{by}: {reason or 'no reply'}", *row.because]
                connection.execute(update(mails).where(mails.c.id == row.mail_id).values(state="silent", because=because))
        return True

    def renew(
        self, draft_id: int, reply: OutgoingMail | None, action: OrderAction | None, because: tuple[str, ...], written: str, now: datetime
    ) -> int:
        """Replace a draft whose facts have changed by a new one that waits; gives the new one's number."""
        with self._engine.begin() as connection:
            row = _close(connection, draft_id, "superseded", "responder", now)
            if row is None:
                return draft_id
            new_id: int = connection.execute(
                insert(drafts)
                .values(
                    mail_id=row.mail_id,
                    state="waiting",
                    because=list(because),
                    reply=reply_to_row(reply),
                    action=action_to_row(action),
                    written=written or row.written,
                    question=row.question,
                    created_at=now,
                )
                .returning(drafts.c.id)
            ).scalar_one()
            return new_id

    def take_back(self, draft_id: int, now: datetime) -> bool:
        """Let an approved draft wait again, if its letter is not due yet and its action not begun; False where it is too late."""
        with self._engine.begin() as connection:
            letter = connection.execute(
                select(letters.c.id, letters.c.mail_id)
                .outerjoin(actions, letters.c.action_id == actions.c.id)
                .where(
                    letters.c.draft_id == draft_id,
                    letters.c.state == "planned",
                    letters.c.due_at > now,
                    or_(letters.c.action_id.is_(None), actions.c.state == "planned"),
                )
            ).one_or_none()
            if letter is None:
                return False
            connection.execute(
                update(letters).where(letters.c.id == letter.id).values(state="withdrawn", detail="taken back", ended_at=now)
            )
            connection.execute(
                update(drafts).where(drafts.c.id == draft_id).values(state="waiting", decided_by=None, decided_at=None, reason=None)
            )
            connection.execute(update(mails).where(mails.c.id == letter.mail_id).values(state="waiting"))
        return True

    def put_off(self, draft_id: int, until: datetime | None) -> bool:
        """Have a draft wait out of sight until then, or come back with None; False when it does not wait any more."""
        return self._set(draft_id, put_off_until=until)

    def hand_over(self, draft_id: int, to: str) -> bool:
        """Say who is to look at a draft, nobody in particular with an empty name; False when it does not wait any more."""
        return self._set(draft_id, handed_to=to or None)

    def _set(self, draft_id: int, **values: object) -> bool:
        change = update(drafts).where(drafts.c.id == draft_id, drafts.c.state.in_(WAITING)).values(values)
        with self._engine.begin() as connection:
            return bool(connection.execute(change).rowcount)

    def looks(self, draft_id: int, person: str, now: datetime) -> None:
        """Note that a person has a draft open."""
        own = (looking.c.draft_id == draft_id, looking.c.person == person)
        with self._engine.begin() as connection:
            if not connection.execute(update(looking).where(*own).values(at=now)).rowcount:
                connection.execute(delete(looking).where(looking.c.at < now - JUST_NOW))
                connection.execute(insert(looking).values(draft_id=draft_id, person=person, at=now))

    def open_now(self, now: datetime) -> dict[int, list[str]]:
        """Give the names of those who have a draft open just now, for each draft that somebody has."""
        found: dict[int, list[str]] = {}
        query = select(looking).where(looking.c.at >= now - JUST_NOW).order_by(looking.c.person)
        with self._engine.begin() as connection:
            for row in connection.execute(query):
                found.setdefault(row.draft_id, []).append(row.person)
        return found

    def correct(self, draft_id: int, label: str, by: str, now: datetime) -> bool:
        """Note what a mail really asks for, as an example to learn from."""
        with self._engine.begin() as connection:
            mail_id = connection.execute(select(drafts.c.mail_id).where(drafts.c.id == draft_id)).scalar_one_or_none()
            if mail_id is None:
                return False
            connection.execute(insert(corrections).values(mail_id=mail_id, label=label, by=by, at=now))
        return True

    def outcome(self, draft_id: int) -> LetterState | None:
        """Say what became of the letter of a draft; None when it has none."""
        query = select(letters.c.state).where(letters.c.draft_id == draft_id).order_by(letters.c.id.desc()).limit(1)
        with self._engine.begin() as connection:
            state: LetterState | None = connection.execute(query).scalar_one_or_none()
        return state


def _close(connection: Connection, draft_id: int, state: str, by: str, now: datetime, reason: str | None = None) -> Row[Any] | None:
    """End a draft if it still waits, and give its row as it was; None when somebody was faster."""
    row = connection.execute(select(drafts).where(drafts.c.id == draft_id, drafts.c.state.in_(WAITING))).one_or_none()
    if row is None:
        return None
    connection.execute(update(drafts).where(drafts.c.id == draft_id).values(state=state, decided_by=by, decided_at=now, reason=reason))
    case_id = connection.execute(select(mails.c.case_id).where(mails.c.id == row.mail_id)).scalar_one_or_none()
    connection.execute(update(cases).where(cases.c.id == case_id).values(updated_at=now))
    return row
