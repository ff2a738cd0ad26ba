"""Try again with growing waits when something outside is away, and say so once.

Limits: the first failure and the return are logged, and a refusal whenever its words change; nothing is logged every minute.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from responder.domain.errors import OutsideError, PermanentError

FIRST = timedelta(seconds=30)
LONGEST = timedelta(minutes=15)

log = logging.getLogger(__name__)


class Patience:
    """Call a piece of work, but not before the wait after its last failure is over."""

    def __init__(self, name: str, work: Callable[[], object], now: Callable[[], datetime]) -> None:
        self._name = name
        self._work = work
        self._now = now
        self._failures = 0
        self._since: datetime | None = None
        self._next: datetime | None = None
        self._told = ""

    def __call__(self) -> bool:
        """Do the work if it is time; tells whether it was done without a failure."""
        now = self._now()
        if self._next is not None and now < self._next:
            return False
        try:
            self._work()
        except OutsideError as error:
            self._failed(error, now)
            return False
        if self._since is not None:
            log.info("%s: works again, after %s", self._name, str(now - self._since).split(".")[0])
        self._failures, self._since, self._next, self._told = 0, None, None, ""
        return True

    def _failed(self, error: OutsideError, now: datetime) -> None:
        self._failures += 1
        self._since = self._since or now
        self._next = now + min(FIRST * 2 ** (self._failures - 1), LONGEST)
        words = str(error)
        if words != self._told:
            level = logging.ERROR if isinstance(error, PermanentError) else logging.WARNING
            log.log(level, "%s: %s; tried again with growing waits", self._name, words)
            self._told = words
