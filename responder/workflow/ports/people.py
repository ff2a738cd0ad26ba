"""Who may sign in, and who is signed in.

Standards: OWASP ASVS 5.0, 7.2 to 7.4: sessions are kept on the server, known by the digest of a random token, and end.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from responder.domain.person import Person


@dataclass(frozen=True, slots=True)
class Session:
    """A person who is signed in; `csrf` is what every form of the session must send along."""

    person: Person
    csrf: str


class People(Protocol):
    """Keep people and their sessions; tokens are given and kept as digests. Every verb is one transaction."""

    def add(self, person: Person, invitation: str, until: datetime) -> None:
        """Write a person, new or changed, who may set a password with this invitation until then; codes of a phone end."""
        ...

    def everybody(self) -> list[Person]:
        """Give all people by name."""
        ...

    def disable(self, name: str) -> bool:
        """Let a person sign in no more, and end what sessions there are; False where there is nobody of that name."""
        ...

    def password_of(self, name: str) -> str | None:
        """Give the hash of a password; None where there is none, or the person may not sign in."""
        ...

    def totp_of(self, name: str) -> str | None:
        """Give the secret of somebody's codes; None where there are none."""
        ...

    def set_totp(self, name: str, secret: str | None, step: int) -> None:
        """Set the secret of somebody's codes, or end them with None; the code of `step` has been used."""
        ...

    def use_code(self, name: str, step: int) -> bool:
        """Note that the code of a step was used; False where it, or a later one, was used before."""
        ...

    def invited(self, invitation: str, now: datetime) -> str | None:
        """Give the name of the person whom a valid invitation was made for."""
        ...

    def accept(self, invitation: str, password: str, now: datetime) -> str | None:
        """Set the password (its hash) by an invitation, which is used up; earlier sessions end. Gives the name, None if not valid."""
        ...

    def begin(self, name: str, token: str, csrf: str, now: datetime) -> None:
        """Begin a session."""
        ...

    def session(self, token: str, now: datetime) -> Session | None:
        """Give a session that goes on: not idle for too long, not too old, its person not disabled."""
        ...

    def end(self, token: str) -> None:
        """End a session."""
        ...
