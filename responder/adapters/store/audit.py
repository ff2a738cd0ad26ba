"""The audit log, in the database: a chain of digests, each over an entry and the digest before it."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from sqlalchemy import Engine, insert, select

from responder.adapters.store.schema import audit
from responder.workflow.ports.audit import AuditEntry

BEGINNING = "0" * 64


class SqlAudit:
    """Keep the log in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def note(self, who: str, what: str, about: Mapping[str, str], now: datetime) -> None:
        """Add an entry."""
        with self._engine.begin() as connection:
            last = connection.execute(select(audit.c.chain).order_by(audit.c.id.desc()).limit(1)).scalar_one_or_none() or BEGINNING
            chain = _link(last, now, who, what, about)
            connection.execute(insert(audit).values(at=now, who=who, what=what, about=dict(about), chain=chain))

    def entries(self, limit: int | None = None) -> list[AuditEntry]:
        """Give the entries, the latest `limit` of them, the oldest first."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(audit).order_by(audit.c.id.desc()).limit(limit)).all()
        return [AuditEntry(row.id, row.at, row.who, row.what, row.about, row.chain) for row in reversed(rows)]

    def broken_at(self, limit: int | None = None) -> int | None:
        """Give the number of the first entry, among the latest `limit`, that does not follow from the one before it; None where all do."""
        entries = self.entries(limit)
        last = BEGINNING
        if limit is not None and len(entries) == limit:
            last = entries.pop(0).chain
        for entry in entries:
            if entry.chain != _link(last, entry.at, entry.who, entry.what, entry.about):
                return entry.number
            last = entry.chain
        return None


def _link(before: str, at: datetime, who: str, what: str, about: Mapping[str, str]) -> str:
    told = json.dumps([before, at.astimezone(UTC).isoformat(), who, what, dict(about)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()
