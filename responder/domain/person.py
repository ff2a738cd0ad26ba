"""The people who work with the bot."""

from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["reviewer", "lead", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sign in; `mailboxes` are those that they may see, all where none is named."""

    name: str
    role: Role
    mailboxes: tuple[str, ...] = ()
    disabled: bool = False

    def is_at_least(self, role: Role) -> bool:
        """Tell whether this person's role includes another."""
        return ROLES.index(self.role) >= ROLES.index(role)

    def may_see(self, mailbox: str) -> bool:
        """Tell whether this person may see what lies in a mailbox."""
        return not self.mailboxes or mailbox in self.mailboxes
