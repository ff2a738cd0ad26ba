"""The review queue: decided once, by one person."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.outbox import SqlOutbox
from responder.adapters.store.reviews import SqlReviews
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.ledger import PlannedLetter
from responder.workflow.ports.order_desk import ActionResult
from tests.contract.store_samples import CANCEL, NOW, REPLY, WAIT, arrival, one_mail

LETTER = PlannedLetter("<r1@example.com>", b"bytes")


@pytest.fixture
def reviews(engine: Engine) -> SqlReviews:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), replace(WAIT, action=CANCEL), NOW)
    return SqlReviews(engine)


def test_a_waiting_draft_shows_its_mail_reply_and_action(reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    assert (draft.reply, draft.action, draft.customer, draft.label) == (REPLY, CANCEL, "anna@example.org", "order_status")
    stored = reviews.mail(draft.id)
    assert stored and stored.arrival.content == arrival().content


def test_an_approved_draft_runs_its_action_then_its_letter(engine: Engine, reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    assert reviews.approve(draft.id, REPLY, LETTER, action_done=False, by="kim", now=NOW)
    outbox = SqlOutbox(engine)
    assert outbox.claim("shop", NOW) is None
    started = outbox.start_action("shop", NOW)
    assert started
    outbox.end_action(started[0], ActionResult("done"), NOW)
    letter = outbox.claim("shop", NOW)
    assert letter and letter.content == b"bytes"
    outbox.about_to_send(letter.id, NOW)
    outbox.record(letter.id, Delivery("sent"), NOW)
    assert reviews.outcome(draft.id) == "sent"
    assert SqlLedger(engine).records()[0].state == "answered"


def test_an_action_done_by_hand_is_not_run(engine: Engine, reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    assert reviews.approve(draft.id, REPLY, LETTER, action_done=True, by="kim", now=NOW)
    assert SqlOutbox(engine).start_action("shop", NOW) is None
    assert SqlOutbox(engine).claim("shop", NOW)


def test_only_the_first_decision_counts(reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    assert reviews.approve(draft.id, REPLY, LETTER, action_done=True, by="kim", now=NOW)
    assert not reviews.approve(draft.id, REPLY, replace(LETTER, message_id="<r2@x>"), action_done=True, by="lee", now=NOW)
    assert not reviews.refuse(draft.id, "late", "lee", NOW)
    assert reviews.waiting() == []


def test_a_refused_draft_is_silent_with_the_reason(engine: Engine, reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    assert reviews.refuse(draft.id, "spam", "kim", NOW)
    record = SqlLedger(engine).records()[0]
    assert (record.state, record.because[0]) == ("silent", "kim: spam")
    assert SqlOutbox(engine).claim("shop", NOW) is None


def test_a_failed_action_may_be_tried_again_by_a_person(engine: Engine, reviews: SqlReviews) -> None:
    outbox = SqlOutbox(engine)
    (draft,) = reviews.waiting()
    reviews.approve(draft.id, REPLY, LETTER, action_done=False, by="kim", now=NOW)
    started = outbox.start_action("shop", NOW)
    assert started
    outbox.end_action(started[0], ActionResult("failed", "busy"), NOW)
    (again,) = reviews.waiting()
    assert "busy" in again.because[0]
    assert reviews.approve(again.id, REPLY, PlannedLetter("<r2@example.com>", b"second"), action_done=False, by="kim", now=NOW)
    assert outbox.start_action("shop", NOW)


def test_a_renewed_draft_takes_the_place_of_the_old(reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    fresh = replace(REPLY, text="It has left.\n")
    new_id = reviews.renew(draft.id, fresh, None, ("changed",), "", NOW)
    (waiting,) = reviews.waiting()
    assert (waiting.id, waiting.reply, waiting.action, waiting.because) == (new_id, fresh, None, ("changed",))
    old = reviews.get(draft.id)
    assert old and old.state == "superseded"


def test_letters_are_counted_by_mail(reviews: SqlReviews) -> None:
    (draft,) = reviews.waiting()
    before = reviews.mail(draft.id)
    reviews.approve(draft.id, REPLY, LETTER, action_done=True, by="kim", now=NOW)
    after = reviews.mail(draft.id)
    assert before and after
    assert (before.letters, after.letters) == (0, 1)
