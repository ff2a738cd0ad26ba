"""Passwords and tokens.

Standards: argon2id (RFC 9106) with the library's defaults; OWASP ASVS 5.0, 6.2.1 (length), 6.3.1 (throttling), 7.2.3 (random tokens).
"""

import hashlib
import secrets
from collections import deque
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST, LONGEST = 12, 200
MOST_TRIALS, WITHIN = 5, timedelta(minutes=15)
_COMMON = ("password", "passwort", "123456", "qwerty", "letmein", "welcome", "geheim", "responder")
_hasher = PasswordHasher()
# Verified where there is nobody of a name, so that the time tells nothing.
_NOBODY = _hasher.hash(secrets.token_urlsafe())


def new_token() -> str:
    """Draw a token of 256 bits."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def hashed(password: str) -> str:
    """Give what is kept of a password."""
    return _hasher.hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Tell whether a password is the one that was kept; takes as long when there is none."""
    try:
        return _hasher.verify(kept or _NOBODY, password[:LONGEST]) and kept is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def too_weak(password: str) -> str:
    """Say why a password cannot be taken; empty where it can."""
    if not SHORTEST <= len(password) <= LONGEST:
        return "length"
    if len(set(password)) < 5 or any(password.lower().startswith(word) and len(password) < 2 * SHORTEST for word in _COMMON):
        return "common"
    return ""


class Throttle:
    """Let a name, and an address, fail only so often within a time."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[datetime]] = {}

    def too_often(self, *whos: str, now: datetime) -> bool:
        """Tell whether one of them has failed too often just now."""
        return any(len(self._recent(who, now)) >= MOST_TRIALS for who in whos)

    def failed(self, *whos: str, now: datetime) -> None:
        """Note a failure."""
        for who in whos:
            self._recent(who, now).append(now)

    def _recent(self, who: str, now: datetime) -> deque[datetime]:
        if len(self._failures) > 10_000:
            self._failures = {key: times for key, times in self._failures.items() if times and now - times[-1] < WITHIN}
        times = self._failures.setdefault(who, deque())
        while times and now - times[0] > WITHIN:
            times.popleft()
        return times
