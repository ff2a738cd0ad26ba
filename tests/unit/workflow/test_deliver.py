"""A reply leaves once, after the action that it announces, and what went wrong is before a person."""

from dataclasses import replace
from email import message_from_bytes
from email.policy import default

import pytest

from responder.workflow.ports.courier import Delivery, Outcome
from responder.workflow.ports.order_desk import ActionResult
from tests.fakes.courier import FakeCourier
from tests.fakes.order_desk import FakeOrderDesk
from tests.rig.letters import text_of
from tests.unit.workflow.house import SHIPPED_ORDER, House, MakeHouse, mail


def test_a_cancellation_happens_before_the_reply_says_so(house: House) -> None:
    (record,) = house.go_round(mail("cancel", "Please cancel order 1042"))
    assert record.state == "answered"
    assert [action.key for action in house.desk.done] == ["cancel_order:1042"]
    ((sender, recipient, content),) = house.courier.sent
    assert (sender, recipient) == ("service@shop.example", "anna@example.org")
    reply = message_from_bytes(content, policy=default)
    assert "we have cancelled your order 1042" in text_of(reply)
    assert reply["Subject"] == "Re: cancel"
    assert reply["Auto-Submitted"] == "auto-replied"
    assert reply["In-Reply-To"]
    assert house.signet.is_ours(reply["Message-ID"])
    assert house.mailbox.filed == [content]


def test_what_the_shop_refused_is_never_claimed(make_house: MakeHouse) -> None:
    house = make_house(desk=FakeOrderDesk(ActionResult("failed", "the picker has it")))
    (record,) = house.go_round(mail("cancel", "Please cancel order 1042"))
    assert record.state == "waiting"
    assert house.courier.sent == []
    (draft,) = house.reviews.waiting()
    assert "the picker has it" in draft.because[0]
    house.go_round()
    assert len(house.desk.done) == 1


def test_what_the_shop_shows_later_is_claimed_then_and_not_done_twice(make_house: MakeHouse) -> None:
    house = make_house(desk=FakeOrderDesk(ActionResult("unknown", "no answer")))
    (record,) = house.go_round(mail("cancel", "Please cancel order 1042"))
    assert (record.state, house.courier.sent) == ("answering", [])
    house.desk.found = ActionResult("done")
    (record,) = house.go_round()
    assert record.state == "answered"
    assert (len(house.desk.done), len(house.desk.looked_back)) == (1, 1)


def test_what_stays_unclear_is_put_before_a_person_and_never_claimed(make_house: MakeHouse) -> None:
    house = make_house(desk=FakeOrderDesk(ActionResult("unknown", "no answer")))
    house.go_round(mail("cancel", "Please cancel order 1042"))
    house.clock.advance(minutes=14)
    assert house.go_round()[0].state == "answering"
    house.clock.advance(minutes=1)
    assert house.go_round()[0].state == "waiting"
    assert house.courier.sent == []
    assert "may or may not have happened" in house.reviews.waiting()[0].because[0]
    assert len(house.desk.done) == 1


def test_an_order_is_cancelled_once_though_asked_for_twice(house: House) -> None:
    house.go_round(mail("cancel", "Please cancel order 1042"), mail("cancel again", "Please cancel order 1042 now"))
    assert len(house.desk.done) == 1


@pytest.mark.parametrize(("outcome", "state"), [("refused", "waiting"), ("uncertain", "waiting"), ("deferred", "answering")])
def test_what_could_not_be_sent_shows_in_the_mails_state(make_house: MakeHouse, outcome: Outcome, state: str) -> None:
    house = make_house(courier=FakeCourier(Delivery(outcome, "because")))
    (record,) = house.go_round(mail("where is it"))
    assert record.state == state
    house.go_round()
    house.go_round()
    assert house.courier.tried == 1


def test_a_deferred_reply_leaves_later(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("deferred", "away")))
    house.go_round(mail("where is it"))
    house.courier.result = Delivery("sent")
    house.clock.advance(minutes=6)
    assert house.go_round()[0].state == "answered"


def test_when_the_server_is_away_the_other_replies_are_not_tried_in_vain(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("deferred", "away")))
    house.go_round(mail("where is it"), mail("where is the other"))
    assert house.courier.tried == 1


def test_that_no_copy_could_be_filed_changes_nothing(house: House) -> None:
    from responder.domain.errors import TransientError

    house.go_round()
    house.mailbox.arrive(mail("where is it"))
    house.look()
    house.mailbox.error = TransientError("gone")
    assert house.deliver() == 1
    assert house.ledger.records()[0].state == "answered"


def test_after_a_crash_at_the_dot_the_reply_is_before_a_person_and_not_sent_again(make_house: MakeHouse) -> None:
    class Crash(BaseException):
        """The program ends here."""

    class CrashingCourier(FakeCourier):
        def deliver(self, content, sender, recipient, before_dot):  # type: ignore[no-untyped-def]
            before_dot()
            raise Crash

    house = make_house(courier=CrashingCourier())
    with pytest.raises(Crash):
        house.go_round(mail("where is it"))
    again = make_house(mailbox=house.mailbox)
    assert again.outbox.recover(again.clock.now()) == 1
    (record,) = again.go_round()
    assert record.state == "waiting"
    assert again.courier.sent == []
    assert "may have been sent already" in again.reviews.waiting()[0].because[0]


def test_a_reply_that_had_to_wait_is_written_anew_when_the_order_has_changed(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("deferred", "away")))
    house.go_round(mail("where is it"))
    house.order_book.orders = [replace(SHIPPED_ORDER, number="1042")]
    house.courier.result = Delivery("sent")
    house.clock.advance(minutes=10)
    house.go_round()
    assert house.courier.sent == []
    (record,) = house.go_round()
    assert record.state == "answered"
    ((_, _, content),) = house.courier.sent
    assert "RB123456785CN" in text_of(content)


def test_a_reply_that_had_to_wait_leaves_as_it_is_when_nothing_has_changed(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("deferred", "away")))
    house.go_round(mail("where is it"), mail("cancel 1043 too", "Please cancel order 1042"))
    house.courier.result = Delivery("sent")
    house.clock.advance(minutes=10)
    house.go_round()
    house.go_round()
    assert len(house.courier.sent) == 2


def test_while_the_order_book_is_away_an_old_reply_waits(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("deferred", "away")))
    house.go_round(mail("where is it"))
    house.courier.result = Delivery("sent")
    house.order_book.away = True
    house.clock.advance(minutes=10)
    (record,) = house.go_round()
    assert (record.state, house.courier.sent) == ("answering", [])
    house.order_book.away = False
    house.clock.advance(hours=1)
    assert house.go_round()[0].state == "answered"
