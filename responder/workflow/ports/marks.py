"""What the books say of themselves: how much has left, why nothing leaves by itself just now, and which addresses are refused."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Suppressed:
    """An address to which nothing automatic goes any more, and what the mail server said."""

    address: str
    because: str
    since: datetime


class Marks(Protocol):
    """Keep the marks. Every verb is one transaction; what it says is durable when it returns."""

    def left(self) -> int:
        """Give how many letters and actions ever began to leave."""
        ...

    def held(self) -> str:
        """Say why nothing leaves by itself; empty where it may."""
        ...

    def hold(self, because: str, left: int, now: datetime) -> int:
        """Let nothing leave by itself until released, and put what was about to before a person; gives how many those were.

        `left` is how many ever left, as it is known from elsewhere.
        """
        ...

    def release(self) -> bool:
        """Let replies leave by themselves again; False where nothing was held."""
        ...

    def suppressed(self) -> list[Suppressed]:
        """Give the addresses that are refused, the latest first."""
        ...

    def allow(self, address: str) -> bool:
        """Take an address out of them; False where it was not there."""
        ...
