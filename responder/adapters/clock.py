"""The time of day, from the machine's clock or fixed for a trial."""

from datetime import UTC, datetime


class SystemClock:
    """Tell the machine's time."""

    def now(self) -> datetime:
        """Give the current moment, aware and in UTC."""
        return datetime.now(UTC)  # noqa: TID251  this is the clock that the others ask


class FixedClock:
    """Tell always the same time."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    def now(self) -> datetime:
        """Give the moment that was fixed."""
        return self._moment
