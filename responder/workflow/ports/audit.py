"""What was done by whom, in an order that cannot be changed unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One deed; `chain` is the digest of this entry and of the chain before it."""

    number: int
    at: datetime
    who: str
    what: str
    about: Mapping[str, str]
    chain: str


class Audit(Protocol):
    """Keep the audit log: nothing in it is ever changed or taken out. Every verb is one transaction."""

    def note(self, who: str, what: str, about: Mapping[str, str], now: datetime) -> None:
        """Add an entry."""
        ...

    def entries(self, limit: int | None = None) -> list[AuditEntry]:
        """Give the entries, the latest `limit` of them, the oldest first."""
        ...

    def broken_at(self, limit: int | None = None) -> int | None:
        """Give the number of the first entry, among the latest `limit`, that does not follow from the one before it; None where all do."""
        ...
