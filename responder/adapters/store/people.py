"""People and their sessions, in the database."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, delete, insert, select, update

from responder.adapters.store.schema import invitations, people, sessions
from responder.domain.person import Person
from responder.workflow.ports.people import Session

# OWASP ASVS 5.0, 7.3.1 and 7.3.2.
IDLE, LONGEST = timedelta(minutes=30), timedelta(hours=12)
NOTE_EVERY = timedelta(minutes=1)


class SqlPeople:
    """Keep people in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, person: Person, invitation: str, until: datetime) -> None:
        """Write a person, new or changed, who may set a password with this invitation until then; codes of a phone end."""
        values = {"role": person.role, "mailboxes": list(person.mailboxes), "disabled": person.disabled, "totp": None}
        with self._engine.begin() as connection:
            if not connection.execute(update(people).where(people.c.name == person.name).values(values)).rowcount:
                connection.execute(insert(people).values(name=person.name, **values))
            connection.execute(delete(invitations).where(invitations.c.person == person.name))
            connection.execute(insert(invitations).values(token=invitation, person=person.name, until=until))

    def everybody(self) -> list[Person]:
        """Give all people by name."""
        with self._engine.begin() as connection:
            return [_person(row) for row in connection.execute(select(people).order_by(people.c.name))]

    def disable(self, name: str) -> bool:
        """Let a person sign in no more, and end what sessions there are; False where there is nobody of that name."""
        with self._engine.begin() as connection:
            there = connection.execute(update(people).where(people.c.name == name).values(disabled=True)).rowcount
            connection.execute(delete(sessions).where(sessions.c.person == name))
            connection.execute(delete(invitations).where(invitations.c.person == name))
        return bool(there)

    def password_of(self, name: str) -> str | None:
        """Give the hash of a password; None where there is none, or the person may not sign in."""
        query = select(people.c.password).where(people.c.name == name, ~people.c.disabled)
        with self._engine.begin() as connection:
            password: str | None = connection.execute(query).scalar_one_or_none()
        return password

    def totp_of(self, name: str) -> str | None:
        """Give the secret of somebody's codes; None where there are none."""
        with self._engine.begin() as connection:
            secret: str | None = connection.execute(select(people.c.totp).where(people.c.name == name)).scalar_one_or_none()
        return secret

    def set_totp(self, name: str, secret: str | None, step: int) -> None:
        """Set the secret of somebody's codes, or end them with None; the code of `step` has been used."""
        with self._engine.begin() as connection:
            connection.execute(update(people).where(people.c.name == name).values(totp=secret, totp_used=step))

    def use_code(self, name: str, step: int) -> bool:
        """Note that the code of a step was used; False where it, or a later one, was used before."""
        with self._engine.begin() as connection:
            use = update(people).where(people.c.name == name, people.c.totp_used < step).values(totp_used=step)
            return bool(connection.execute(use).rowcount)

    def invited(self, invitation: str, now: datetime) -> str | None:
        """Give the name of the person whom a valid invitation was made for."""
        query = select(invitations.c.person).where(invitations.c.token == invitation, invitations.c.until > now)
        with self._engine.begin() as connection:
            name: str | None = connection.execute(query).scalar_one_or_none()
        return name

    def accept(self, invitation: str, password: str, now: datetime) -> str | None:
        """Set the password (its hash) by an invitation, which is used up; earlier sessions end. Gives the name, None if not valid."""
        query = select(invitations.c.person).where(invitations.c.token == invitation, invitations.c.until > now)
        with self._engine.begin() as connection:
            name: str | None = connection.execute(query).scalar_one_or_none()
            if name is not None:
                connection.execute(update(people).where(people.c.name == name).values(password=password))
                connection.execute(delete(invitations).where(invitations.c.person == name))
                connection.execute(delete(sessions).where(sessions.c.person == name))
        return name

    def begin(self, name: str, token: str, csrf: str, now: datetime) -> None:
        """Begin a session; those that are over are cleared away."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where((sessions.c.begun_at < now - LONGEST) | (sessions.c.seen_at < now - IDLE)))
            connection.execute(insert(sessions).values(token=token, person=name, csrf=csrf, begun_at=now, seen_at=now))

    def session(self, token: str, now: datetime) -> Session | None:
        """Give a session that goes on: not idle for too long, not too old, its person not disabled."""
        query = (
            select(people, sessions.c.csrf, sessions.c.seen_at)
            .join(sessions, sessions.c.person == people.c.name)
            .where(
                sessions.c.token == token,
                ~people.c.disabled,
                sessions.c.begun_at > now - LONGEST,
                sessions.c.seen_at > now - IDLE,
            )
        )
        with self._engine.begin() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            if now - row.seen_at > NOTE_EVERY:
                connection.execute(update(sessions).where(sessions.c.token == token).values(seen_at=now))
        return Session(_person(row), row.csrf)

    def end(self, token: str) -> None:
        """End a session."""
        with self._engine.begin() as connection:
            connection.execute(delete(sessions).where(sessions.c.token == token))


def _person(row: Row[Any]) -> Person:
    return Person(row.name, row.role, tuple(row.mailboxes), row.disabled)
