"""A clock that is set by hand."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Tell the time that was set."""

    def __init__(self, moment: datetime = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Give the set moment."""
        return self.moment

    def advance(self, **span: float) -> None:
        """Let time pass: `advance(hours=3)`."""
        self.moment += timedelta(**span)
