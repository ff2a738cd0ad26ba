"""The marks, in the database."""

from datetime import datetime

from sqlalchemy import Engine, delete, insert, select, update

from responder.adapters.store.leaving import COUNT, HELD, counted
from responder.adapters.store.rows import ask_again
from responder.adapters.store.schema import letters, marks, suppressed
from responder.workflow.ports.marks import Suppressed


class SqlMarks:
    """Keep the marks in the database that `engine` opens."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def left(self) -> int:
        """Give how many letters and actions ever began to leave."""
        with self._engine.begin() as connection:
            return counted(connection)

    def held(self) -> str:
        """Say why nothing leaves by itself; empty where it may."""
        with self._engine.begin() as connection:
            return connection.execute(select(marks.c.words).where(marks.c.name == HELD)).scalar_one_or_none() or ""

    def hold(self, because: str, left: int, now: datetime) -> int:
        """Let nothing leave by itself until released, and put what was about to before a person; gives how many those were."""
        with self._engine.begin() as connection:
            for name, count, words in ((COUNT, left, ""), (HELD, 0, because)):
                connection.execute(delete(marks).where(marks.c.name == name))
                connection.execute(insert(marks).values(name=name, count=count, words=words))
            waiting = connection.execute(
                select(letters.c.id, letters.c.draft_id).where(letters.c.automatic, letters.c.state.in_(("planned", "claimed")))
            ).all()
            for letter in waiting:
                connection.execute(update(letters).where(letters.c.id == letter.id).values(state="withdrawn", detail=because, ended_at=now))
                ask_again(connection, letter.draft_id, because, now)
        return len(waiting)

    def release(self) -> bool:
        """Let replies leave by themselves again; False where nothing was held."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(marks).where(marks.c.name == HELD)).rowcount)

    def suppressed(self) -> list[Suppressed]:
        """Give the addresses that are refused, the latest first."""
        with self._engine.begin() as connection:
            rows = connection.execute(select(suppressed).order_by(suppressed.c.since.desc(), suppressed.c.address)).all()
        return [Suppressed(row.address, row.because, row.since) for row in rows]

    def allow(self, address: str) -> bool:
        """Take an address out of them; False where it was not there."""
        with self._engine.begin() as connection:
            return bool(connection.execute(delete(suppressed).where(suppressed.c.address == address.lower())).rowcount)
