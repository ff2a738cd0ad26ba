"""An approval holds for exactly what was shown."""

from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.policy import default

import pytest

from responder.policy.decide import Limits
from responder.workflow.ports.order_desk import ActionResult
from tests.fakes.order_desk import FakeOrderDesk
from tests.rig.letters import text_of
from tests.unit.workflow.house import House, MakeHouse, mail


@pytest.fixture
def waiting(make_house: MakeHouse) -> House:
    house = make_house(limits=Limits())
    house.go_round(mail("cancel", "Please cancel order 1042"))
    return house


def number(house: House) -> int:
    (draft,) = house.reviews.waiting()
    return draft.id


def test_approving_runs_the_action_then_sends(waiting: House) -> None:
    assert waiting.reviewer.approve(number(waiting), "kim").kind == "approved"
    assert waiting.deliver() == 1
    assert [action.kind for action in waiting.desk.done] == ["cancel_order"]
    assert waiting.ledger.records()[0].state == "answered"


def test_when_the_order_has_left_meanwhile_the_draft_is_shown_anew(waiting: House) -> None:
    waiting.order_book.orders[0] = replace(waiting.order_book.orders[0], shipped_at=date(2026, 3, 10))
    verdict = waiting.reviewer.approve(number(waiting), "kim")
    assert verdict.kind == "changed"
    assert waiting.deliver() == 0
    assert waiting.desk.done == []
    (draft,) = waiting.reviews.waiting()
    assert draft.id == verdict.draft_id
    assert draft.action is None
    assert draft.reply and "already left us" in draft.reply.text


def test_own_words_leave_as_a_persons_mail(waiting: House) -> None:
    assert waiting.reviewer.approve(number(waiting), "kim", text="Dear Anna, done.\n").kind == "approved"
    waiting.deliver()
    reply = message_from_bytes(waiting.courier.sent[0][2], policy=default)
    assert text_of(reply).splitlines() == ["Dear Anna, done."]
    assert reply["Auto-Submitted"] is None
    assert reply["Subject"] == "Re: cancel"


def test_a_mail_without_a_draft_can_be_answered_in_own_words(make_house: MakeHouse) -> None:
    house = make_house(limits=Limits())
    house.go_round(mail("a question", "Do you like lamps?"))
    assert house.reviewer.approve(number(house), "kim").kind == "impossible"
    assert house.reviewer.approve(number(house), "kim", text="We do.").kind == "approved"
    house.deliver()
    assert house.courier.sent[0][1] == "anna@example.org"


def test_what_a_person_does_by_hand_must_be_confirmed_first(make_house: MakeHouse) -> None:
    house = make_house(limits=Limits(), desk=FakeOrderDesk(by_hand=True))
    house.go_round(mail("cancel", "Please cancel order 1042"))
    verdict = house.reviewer.approve(number(house), "kim")
    assert (verdict.kind, verdict.told) == ("by_hand", "cancel order 1042")
    assert house.deliver() == 0
    assert house.reviewer.approve(number(house), "kim", action_done=True).kind == "approved"
    assert house.deliver() == 1
    assert house.desk.done == []


def test_when_the_shop_refuses_the_action_nothing_is_sent_and_the_person_is_asked_again(make_house: MakeHouse) -> None:
    house = make_house(limits=Limits(), desk=FakeOrderDesk(ActionResult("failed", "too late")))
    house.go_round(mail("cancel", "Please cancel order 1042"))
    house.reviewer.approve(number(house), "kim")
    assert house.deliver() == 0
    (draft,) = house.reviews.waiting()
    assert "too late" in draft.because[0]


def test_refusing_sends_nothing_and_keeps_the_reason(waiting: House) -> None:
    assert waiting.reviewer.refuse(number(waiting), "answered by phone", "kim").kind == "closed"
    assert waiting.deliver() == 0
    record = waiting.ledger.records()[0]
    assert (record.state, record.because[0]) == ("silent", "kim: answered by phone")


def test_a_second_decision_is_refused_kindly(waiting: House) -> None:
    draft = number(waiting)
    waiting.reviewer.refuse(draft, "", "kim")
    verdict = waiting.reviewer.approve(draft, "lee")
    assert verdict.kind == "impossible"
    assert "it is refused" in verdict.told
    assert "there is no draft 99" in waiting.reviewer.approve(99, "lee").told


def test_a_note_is_closed_by_approving_it_and_nothing_more_is_sent(house: House) -> None:
    house.clock.advance(days=10)
    house.go_round(mail("where is it", "Order 1043"))
    assert house.reviewer.approve(number(house), "kim").kind == "closed"
    assert house.reviews.waiting() == []
    house.deliver()
    assert len(house.courier.sent) == 1
    assert house.ledger.records()[0].state == "answered"
