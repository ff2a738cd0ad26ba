"""Something outside that is away is tried again with growing waits, and told once."""

import logging

import pytest

from responder.daemon.patience import Patience
from responder.domain.errors import OutsideError, PermanentError, TransientError
from tests.fakes.clock import FakeClock


class Work:
    """Work that fails with `error` while it is set."""

    def __init__(self) -> None:
        self.error: OutsideError | None = None
        self.calls = 0

    def __call__(self) -> None:
        self.calls += 1
        if self.error:
            raise self.error


@pytest.fixture
def work() -> Work:
    return Work()


def calls_in(work: Work, patience: Patience, clock: FakeClock, minutes: int) -> int:
    before = work.calls
    for _ in range(minutes * 2):
        patience()
        clock.advance(seconds=30)
    return work.calls - before


def test_waits_grow_up_to_a_quarter_of_an_hour(work: Work) -> None:
    clock = FakeClock()
    patience = Patience("mailbox shop", work, clock.now)
    work.error = TransientError("no route")
    assert 5 <= calls_in(work, patience, clock, 30) <= 8
    assert 3 <= calls_in(work, patience, clock, 60) <= 5


def test_after_the_return_there_is_no_wait_left(work: Work) -> None:
    clock = FakeClock()
    patience = Patience("mailbox shop", work, clock.now)
    work.error = TransientError("no route")
    calls_in(work, patience, clock, 60)
    work.error = None
    clock.advance(minutes=15)
    assert patience()
    assert calls_in(work, patience, clock, 5) == 10


def test_it_is_told_once_and_the_return_as_well(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    clock = FakeClock()
    patience = Patience("mailbox shop", work, clock.now)
    with caplog.at_level(logging.INFO):
        work.error = TransientError("no route")
        calls_in(work, patience, clock, 120)
        work.error = None
        clock.advance(minutes=15)
        patience()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert "works again, after 2:15:00" in caplog.text


def test_a_refusal_is_an_error_and_new_words_are_told(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    clock = FakeClock()
    patience = Patience("mailbox shop", work, clock.now)
    work.error = TransientError("no route")
    patience()
    work.error = PermanentError("wrong password")
    clock.advance(minutes=1)
    patience()
    assert [record.levelname for record in caplog.records] == ["WARNING", "ERROR"]


def test_an_error_of_our_own_is_not_swallowed() -> None:
    def broken() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Patience("x", broken, FakeClock().now)()
