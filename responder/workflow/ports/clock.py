"""The time of day."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Tell the time."""

    def now(self) -> datetime:
        """Give the current moment, aware and in UTC."""
        ...
