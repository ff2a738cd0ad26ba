"""The outbox: each letter in one state, each order action once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.outbox import SqlOutbox
from responder.adapters.store.reviews import SqlReviews
from responder.workflow.ports.courier import Delivery, Outcome
from responder.workflow.ports.order_desk import ActionResult
from tests.contract.store_samples import ANSWER, CANCEL, NOW, one_mail


@pytest.fixture
def outbox(engine: Engine) -> SqlOutbox:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), ANSWER, NOW)
    return SqlOutbox(engine)


def waiting(engine: Engine) -> list[str]:
    return [draft.because[0] for draft in SqlReviews(engine).waiting()]


def state(engine: Engine) -> str:
    return SqlLedger(engine).records()[0].state


def test_a_letter_is_taken_by_one_only(outbox: SqlOutbox) -> None:
    assert outbox.claim("shop", NOW)
    assert outbox.claim("shop", NOW) is None


def test_a_sent_letter_is_never_taken_again(engine: Engine, outbox: SqlOutbox) -> None:
    letter = outbox.claim("shop", NOW)
    assert letter and outbox.about_to_send(letter.id, NOW)
    outbox.record(letter.id, Delivery("sent", "250 ok"), NOW)
    assert outbox.claim("shop", NOW + timedelta(days=30)) is None
    assert state(engine) == "answered"


def test_a_deferred_letter_comes_back_after_a_growing_wait(outbox: SqlOutbox) -> None:
    now = NOW
    for wait in (5, 10, 20, 40):
        letter = outbox.claim("shop", now)
        assert letter
        outbox.record(letter.id, Delivery("deferred", "451"), now)
        assert outbox.claim("shop", now + timedelta(minutes=wait, seconds=-1)) is None
        now += timedelta(minutes=wait)
    assert outbox.claim("shop", now)


def test_after_a_day_without_success_a_person_is_asked(engine: Engine, outbox: SqlOutbox) -> None:
    letter = outbox.claim("shop", NOW)
    assert letter
    outbox.record(letter.id, Delivery("deferred", "no route"), NOW)
    assert outbox.claim("shop", NOW + timedelta(hours=25)) is None
    assert "could not be sent for a day: no route" in waiting(engine)[0]


@pytest.mark.parametrize(("outcome", "words"), [("refused", "refused this reply"), ("uncertain", "may have been sent already")])
def test_what_went_wrong_is_put_before_a_person_and_not_sent_again(engine: Engine, outbox: SqlOutbox, outcome: Outcome, words: str) -> None:
    letter = outbox.claim("shop", NOW)
    assert letter and outbox.about_to_send(letter.id, NOW)
    outbox.record(letter.id, Delivery(outcome, "detail"), NOW)
    assert outbox.claim("shop", NOW + timedelta(days=1)) is None
    assert words in waiting(engine)[0]
    assert state(engine) == "waiting"


def test_after_a_crash_before_the_dot_the_letter_is_tried_again(outbox: SqlOutbox) -> None:
    assert outbox.claim("shop", NOW)
    assert outbox.recover(NOW) == 0
    assert outbox.claim("shop", NOW)


def test_after_a_crash_at_the_dot_a_person_is_asked(engine: Engine, outbox: SqlOutbox) -> None:
    letter = outbox.claim("shop", NOW)
    assert letter and outbox.about_to_send(letter.id, NOW)
    assert outbox.recover(NOW) == 1
    assert outbox.claim("shop", NOW) is None
    assert "may have been sent already" in waiting(engine)[0]
    assert outbox.recover(NOW) == 0


def test_a_letter_that_is_not_claimed_may_not_be_sent(outbox: SqlOutbox) -> None:
    letter = outbox.claim("shop", NOW)
    assert letter
    outbox.record(letter.id, Delivery("deferred"), NOW)
    assert not outbox.about_to_send(letter.id, NOW)


@pytest.fixture
def with_action(engine: Engine) -> SqlOutbox:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), replace(ANSWER, action=CANCEL), NOW)
    return SqlOutbox(engine)


def test_a_letter_waits_for_its_action(with_action: SqlOutbox) -> None:
    assert with_action.claim("shop", NOW) is None
    started = with_action.start_action("shop", NOW)
    assert started and started[1] == CANCEL
    assert with_action.start_action("shop", NOW) is None
    assert with_action.claim("shop", NOW) is None
    with_action.end_action(started[0], ActionResult("done"), NOW)
    assert with_action.claim("shop", NOW)


@pytest.mark.parametrize("outcome", ["failed", "unknown"])
def test_a_letter_that_claims_what_did_not_happen_never_leaves(engine: Engine, with_action: SqlOutbox, outcome: str) -> None:
    started = with_action.start_action("shop", NOW)
    assert started
    with_action.end_action(started[0], ActionResult(outcome, "no stock system"), NOW)  # type: ignore[arg-type]
    assert with_action.claim("shop", NOW + timedelta(days=2)) is None
    assert "no stock system" in waiting(engine)[0]


def test_after_a_crash_in_an_action_it_is_not_repeated_but_looked_back_at(engine: Engine, with_action: SqlOutbox) -> None:
    assert with_action.unclear_actions("shop") == []
    started = with_action.start_action("shop", NOW)
    assert started
    assert with_action.recover(NOW) == 0
    assert with_action.start_action("shop", NOW) is None
    assert with_action.claim("shop", NOW) is None
    assert with_action.unclear_actions("shop") == [(started[0], CANCEL, NOW)]
    with_action.end_action(started[0], ActionResult("unknown", "nobody answers"), NOW)
    assert with_action.unclear_actions("shop") == []
    assert "may or may not have happened" in waiting(engine)[0]
