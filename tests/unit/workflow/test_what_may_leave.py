"""What bounds what leaves: a stop, limits within an hour, refused addresses, replies that came back, and books that are too old."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from responder.adapters.store.schema import letters
from responder.workflow.deliver import find_uncertain
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.outbox import SendingLimits
from tests.fakes.courier import FakeCourier
from tests.unit.workflow.house import House, MakeHouse, mail


def by(sender: str) -> bytes:
    return mail("where is it", "Where is my parcel?", sender=sender)


def test_while_it_is_shut_nothing_leaves_and_nothing_is_done(house: House) -> None:
    house.open = False
    (record,) = house.go_round(mail("cancel", "Please cancel order 1042"))
    assert (record.state, house.courier.tried, house.desk.done) == ("answering", 0, [])
    house.open = True
    assert house.go_round()[0].state == "answered"


def test_a_stop_before_the_dot_holds_the_reply_back(make_house: MakeHouse) -> None:
    class Stopping(FakeCourier):
        def deliver(self, content, sender, recipient, before_dot):  # type: ignore[no-untyped-def]
            house.open = False
            return super().deliver(content, sender, recipient, before_dot)

    house = make_house(courier=Stopping())
    assert house.go_round(mail("where is it"))[0].state == "answering"
    assert house.courier.sent == []
    house.open, house.courier = True, FakeCourier()
    assert house.go_round()[0].state == "answered"


@pytest.mark.parametrize(
    ("limits", "senders", "left"),
    [
        (SendingLimits(per_hour=2), ["a@one.example", "b@two.example", "c@three.example"], 2),
        (SendingLimits(per_hour_to_domain=1), ["a@one.example", "b@One.Example", "c@two.example"], 2),
        (SendingLimits(per_hour_of_template=2), ["a@one.example", "b@two.example", "c@three.example"], 2),
        (SendingLimits(per_hour_to_domain=1), ["a@one.example", "b@someone.example"], 2),
    ],
)
def test_no_more_leave_within_an_hour_than_the_limits_allow(
    make_house: MakeHouse, limits: SendingLimits, senders: list[str], left: int
) -> None:
    house = make_house(sending=limits)
    house.order_book.orders = []
    house.go_round(*map(by, senders))
    house.clock.advance(minutes=50)
    house.go_round()
    assert len(house.courier.sent) == left
    house.clock.advance(minutes=15)
    house.go_round()
    assert len(house.courier.sent) == len(senders)


def test_what_a_person_approved_is_not_held_up_by_limits(make_house: MakeHouse) -> None:
    house = make_house(sending=SendingLimits(per_hour=1))
    house.go_round(mail("where is it"), mail("broken", "Order 1043 arrived broken"))
    (draft,) = house.reviews.waiting()
    house.reviewer.approve(draft.id, "eve", text="We are sorry.")
    house.go_round()
    assert len(house.courier.sent) == 2


def test_an_address_that_is_refused_is_not_written_to_again(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("refused", "550 no such user", no_such_address=True)))
    house.go_round(mail("where is it"))
    assert [each.address for each in house.marks.suppressed()] == ["anna@example.org"]
    house.courier.result = Delivery("sent")
    records = house.go_round(mail("cancel it", "Please cancel order 1042"))
    assert (records[-1].state, len(house.courier.sent)) == ("waiting", 0)
    assert "550 no such user" in house.reviews.waiting()[-1].because[0]
    assert house.marks.allow("Anna@example.org")
    assert house.go_round(mail("where is mine", "Order 1043"))[-1].state == "answered"


def test_a_message_that_is_refused_says_nothing_of_its_address(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("refused", "554 content")))
    house.go_round(mail("where is it"))
    assert house.marks.suppressed() == []


def bounce(message_id: str, *, action: str = "failed", status: str = "5.1.1") -> bytes:
    """Write a delivery report as Postfix does (RFC 3464)."""
    return f"""From: MAILER-DAEMON@mx.example
To: service@shop.example
Subject: Undelivered Mail Returned to Sender
Message-ID: <{action}.1@mx.example>
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="cut"

--cut
Content-Type: text/plain

I'm sorry to have to inform you that your message could not be delivered.

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 mailbox gone

--cut
Content-Type: text/rfc822-headers

Subject: Re: where is it
Message-ID: {message_id}

--cut--
""".replace("\n", "\r\n").encode()


def our_last(house: House) -> str:
    return next(line for line in house.courier.sent[-1][2].decode().splitlines() if line.startswith("Message-ID")).split()[1]


def test_a_reply_that_came_back_is_told_and_its_address_is_not_written_to_again(house: House) -> None:
    house.go_round(mail("where is it"))
    first, second = house.go_round(bounce(our_last(house)))
    assert (first.state, second.state, second.rule) == ("waiting", "silent", "reply-came-back")
    (draft,) = house.reviews.waiting()
    assert "550 mailbox gone" in draft.because[0]
    assert [each.address for each in house.marks.suppressed()] == ["anna@example.org"]


def test_a_reply_that_is_only_late_is_not_told(house: House) -> None:
    house.go_round(mail("where is it"))
    first, second = house.go_round(bounce(our_last(house), action="delayed", status="4.4.1"))
    assert (first.state, second.rule, house.marks.suppressed()) == ("answered", "reply-came-back", [])


def test_a_report_on_mail_that_is_not_ours_changes_nothing(house: House) -> None:
    house.go_round(mail("where is it"))
    first, second = house.go_round(bounce("<r1.forged@shop.example>"))
    assert (first.state, second.rule, house.marks.suppressed()) == ("answered", "written-by-a-machine", [])


def test_books_that_are_too_old_let_nothing_leave_by_itself_until_released(house: House) -> None:
    house.go_round(mail("where is it"))
    house.mailbox.arrive(mail("cancel it", "Please cancel order 1042"), house.clock.now())
    house.look()
    assert house.marks.hold("these books are too old", 77, house.clock.now()) == 1
    assert house.deliver() == 0
    assert "too old" in house.reviews.waiting()[0].because[0]
    records = house.go_round(mail("where is the other", "Order 1043"))
    assert (records[-1].state, len(house.courier.sent)) == ("waiting", 1)
    assert "these books are too old" in records[-1].because
    assert (house.marks.left(), house.desk.done) == (77, [])
    assert house.marks.release()
    assert house.go_round(mail("address", "The address of order 1042 is wrong"))[-1].state == "answered"


def test_what_is_in_the_folder_for_sent_mail_does_not_leave_again(make_house: MakeHouse) -> None:
    """The books have forgotten a reply, the mailbox has not: a copy of the whole machine from yesterday was put in place."""
    first = make_house()
    first.look()
    first.mailbox.arrive(mail("where is it"), first.clock.now())
    first.look()
    with first.engine.begin() as connection:
        connection.execute(update(letters).values(state="planned"))
    first.deliver()
    with first.engine.begin() as connection:
        connection.execute(update(letters).values(state="planned", due_at=first.clock.now()))
    first.clock.advance(minutes=11)
    first.deliver()
    assert len(first.courier.sent) == 1
    assert first.ledger.records()[0].state == "answered"


def test_a_copy_in_the_folder_for_sent_mail_settles_a_doubt(make_house: MakeHouse) -> None:
    house = make_house(courier=FakeCourier(Delivery("uncertain", "no answer")))
    (record,) = house.go_round(mail("where is it"))
    assert record.state == "waiting"
    assert find_uncertain("shop", house.outbox, house.mailbox, house.clock) == 0
    house.mailbox.filed.append(b"Message-ID: " + house.outbox.uncertain("shop", house.clock.now() - timedelta(days=1))[0][1].encode())
    assert find_uncertain("shop", house.outbox, house.mailbox, house.clock) == 1
    assert house.ledger.records()[0].state == "answered"
    assert house.reviews.waiting() == []


def test_everything_that_begins_to_leave_is_counted(make_house: MakeHouse) -> None:
    house = make_house()
    house.go_round(mail("where is it"), mail("cancel it", "Please cancel order 1042"))
    assert house.marks.left() == 3  # two letters and a cancellation
