"""Each mail is handled once, ends in one visible state, and nothing falls through to an answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from responder.domain.errors import ReaderGone, TransientError
from responder.domain.mail import RawMessage
from responder.domain.reading import Reading, ReadingRules
from responder.workflow.receive import poll, settle_arrived
from tests.unit.workflow.house import AUTO, House, InProcessReader, MakeHouse, mail


def test_the_first_look_answers_nothing_that_lies_there(house: House) -> None:
    house.mailbox.arrive(mail("where is it"))
    assert house.go_round() == []
    (record,) = house.go_round(mail("where is my new order"))
    assert record.state == "answered"


def test_the_backlog_goes_to_a_person_and_is_never_sent(house: House) -> None:
    house.mailbox.arrive(mail("where is it"), house.clock.now() - timedelta(days=2))
    house.mailbox.arrive(mail("where is the old one"), house.clock.now() - timedelta(days=5))
    poll(house.mailbox, "shop", house.ledger, house.clock, backlog=timedelta(days=3))
    house.look()
    house.deliver()
    (record,) = house.ledger.records()
    assert (record.state, record.subject) == ("waiting", "where is it")
    assert house.courier.sent == []
    assert any("before the bot's first look" in reason for reason in record.because)


def test_a_mail_is_answered_once_however_often_one_looks(house: House) -> None:
    for _ in range(3):
        house.go_round()
    house.go_round(mail("where is it"))
    for _ in range(3):
        house.go_round()
    assert len(house.courier.sent) == 1


def test_the_same_mail_elsewhere_or_again_is_known(house: House) -> None:
    content = mail("where is it")
    house.go_round(content)
    house.go_round(content)
    assert len(house.courier.sent) == 1
    assert len(house.ledger.records()) == 1


def test_another_mail_under_a_known_message_id_goes_to_a_person(house: House) -> None:
    house.go_round(mail("where is it", Message_ID="<same@example.org>"))
    records = house.go_round(mail("where is it", "Order 1042 again", Message_ID="<same@example.org>"))
    assert [record.state for record in records] == ["answered", "waiting"]


def test_mails_without_a_message_id_are_told_apart_by_contents(house: House) -> None:
    records = house.go_round(mail("where is it", "one, order 1042", Message_ID=""), mail("where is it", "two, order 1043", Message_ID=""))
    assert [record.state for record in records] == ["answered", "answered"]


def test_after_numbering_anew_known_mails_are_passed_over_and_others_go_to_a_person(house: House) -> None:
    house.go_round(mail("where is it"))
    house.mailbox.arrive(mail("where is the second"), house.clock.now())
    house.mailbox.renumber()
    records = house.go_round()
    assert [record.state for record in records] == ["answered", "waiting"]
    assert len(house.courier.sent) == 1
    assert house.go_round(mail("where is the third", "Order 1043"))[-1].state == "answered"


def test_more_mails_than_one_batch_are_all_recorded(house: House) -> None:
    records = house.go_round(*(mail(f"thanks {number}") for number in range(120)))
    assert len(records) == 120


def test_mail_of_machines_is_silent(house: House) -> None:
    records = house.go_round(
        mail("where is it", Auto_Submitted="auto-replied"),
        mail("where is it 2", List_Id="<news.example.org>"),
        mail("where is it 3", Return_Path="<>"),
        mail("where is it 4", sender="service@shop.example"),
        mail("where is it 5", sender="mailer-daemon@example.org"),
    )
    assert {record.state for record in records} == {"silent"}
    assert house.courier.sent == []


def test_an_error_in_one_mail_puts_it_before_a_person_and_stops_nobody_else(house: House) -> None:
    records = house.go_round(mail("explode"), mail("where is it"))
    assert [record.state for record in records] == ["waiting", "answered"]
    assert "RuntimeError: boom" in records[0].because[0]


def test_a_mail_that_ends_the_program_three_times_is_quarantined(house: House) -> None:
    house.go_round()
    house.mailbox.arrive(mail("where is it"))
    poll(house.mailbox, "shop", house.ledger, house.clock)
    for _ in range(3):
        assert house.ledger.next_unsettled("shop", 0)  # taken up, and then the program ended
    house.mailbox.arrive(mail("where is the other"))
    records = house.go_round()
    assert [record.state for record in records] == ["quarantined", "answered"]


def test_while_the_order_book_is_away_mail_waits_then_a_person_gets_it(house: House) -> None:
    house.go_round()
    house.order_book.away = True
    (record,) = house.go_round(mail("where is it"))
    assert record.state == "arrived"
    for _ in range(5):
        house.go_round()
    assert house.ledger.records()[0].state == "arrived"
    house.clock.advance(hours=3)
    (record,) = house.go_round()
    assert record.state == "waiting"
    assert "order book is away" in record.because[0]


def test_when_the_order_book_is_back_the_mail_is_answered(house: House) -> None:
    house.order_book.away = True
    house.go_round()
    house.go_round(mail("where is it"))
    house.order_book.away = False
    assert house.go_round()[0].state == "answered"


def test_the_order_book_is_asked_once_a_mail(house: House) -> None:
    house.go_round(mail("where is it"), mail("cancel 1043"))
    assert house.order_book.asked == 2


def test_a_mailbox_that_is_away_raises_and_loses_nothing(house: House) -> None:
    house.go_round()
    house.mailbox.arrive(mail("where is it"))
    house.mailbox.error = TransientError("gone")
    with pytest.raises(TransientError):
        house.look()
    house.mailbox.error = None
    assert house.go_round()[0].state == "answered"


def test_deciding_stops_between_two_mails_when_asked_to(house: House) -> None:
    house.go_round()
    for number in range(3):
        house.mailbox.arrive(mail(f"where is it {number}"))
    poll(house.mailbox, "shop", house.ledger, house.clock)
    answers = iter([True, False])
    assert settle_arrived(house.profile, house.knowledge, house.ledger, house.clock, house.signet, lambda: next(answers)) == 1
    assert len(house.go_round()) == 3


def test_shadow_mode_sends_nothing_and_says_what_it_would_have_done(make_house: MakeHouse) -> None:
    from tests.unit.workflow.house import AUTO

    house = make_house(limits=replace(AUTO, mode="shadow"))
    records = house.go_round(mail("where is it"), mail("broken lamp"))
    assert [record.state for record in records] == ["silent", "silent"]
    assert "it would have been answered" in records[0].because[0]
    assert "a person would have been asked" in records[1].because[0]
    assert "1042" in records[0].reply_text
    assert (house.courier.sent, house.desk.done, house.reviews.waiting()) == ([], [], [])


def test_review_mode_is_the_default_and_puts_every_draft_before_a_person(make_house: MakeHouse) -> None:
    from responder.policy.decide import Limits

    house = make_house(limits=Limits())
    records = house.go_round(mail("where is it"), mail("cancel 1042"))
    assert [record.state for record in records] == ["waiting", "waiting"]
    assert (house.courier.sent, house.desk.done) == ([], [])
    assert len(house.reviews.waiting()) == 2


def test_a_strangers_question_about_an_order_gets_the_neutral_reply(house: House) -> None:
    house.go_round(
        mail("where is it", "Order 1042", sender="mallory@example.net"), mail("where is it", "Order 9999", sender="eve@example.net")
    )
    texts = [content.split(b"\r\n\r\n", 1)[1] for _, _, content in house.courier.sent]
    assert len(texts) == 2
    assert texts[0] == texts[1]  # byte for byte, whether there is such an order or not
    assert b"1042" not in texts[0]


def test_no_more_than_so_many_replies_to_one_sender_a_day(make_house: MakeHouse) -> None:
    house = make_house(limits=replace(AUTO, repeat_after=timedelta()))
    house.go_round()
    for number in range(6):
        house.go_round(mail(f"where is it {number}", "My parcel?"))
    assert len(house.courier.sent) == 3
    house.clock.advance(hours=25)
    house.go_round(mail("where is it tomorrow", "My parcel?"))
    assert len(house.courier.sent) == 4


def test_the_same_reply_about_the_same_order_goes_to_a_sender_once_a_week(house: House) -> None:
    """RFC 5230 section 4.2: also to a machine that gives itself away by nothing."""
    for day, number in enumerate((1043, 1043, 1042, 1043)):
        assert house.go_round(mail(f"where is it {day}", f"Order {number}"))[-1].state == ("waiting" if day in (1, 3) else "answered")
        house.clock.advance(hours=25)
    assert "the same reply went to this sender within 7 days" in house.ledger.records()[1].because
    house.clock.advance(days=7)
    assert house.go_round(mail("where is it now", "Order 1043"))[-1].state == "answered"


def test_after_three_answers_about_one_order_a_person_goes_on(make_house: MakeHouse) -> None:
    house = make_house(limits=replace(AUTO, repeat_after=timedelta(), per_sender_per_day=10))
    states = [house.go_round(mail(f"where is it {number}"))[-1].state for number in range(5)]
    assert states == ["answered", "answered", "answered", "waiting", "waiting"]
    assert house.go_round(mail("where is it", "Order 1043"))[-1].state == "answered"
    assert "3 automatic replies in this case already" in house.ledger.records()[3].because


def test_mail_that_is_not_addressed_to_us_goes_to_a_person(house: House) -> None:
    """RFC 5230 section 4.5."""
    records = house.go_round(
        mail("where is it", To="undisclosed-recipients:;"),
        mail("where is it 2", To="list@example.org", Cc="carol@example.net"),
        mail("where is it 3", "Order 1043", To="list@example.org", Delivered_To="Service+shop@shop.example"),
    )
    assert [record.state for record in records] == ["waiting", "waiting", "answered"]
    assert any("aliases" in reason for reason in records[0].because)


def test_a_late_order_is_answered_and_a_person_is_told(house: House) -> None:
    house.clock.advance(days=10)
    house.go_round(mail("where is it", "Order 1043"))
    assert len(house.courier.sent) == 1
    assert [draft.state for draft in house.reviews.waiting()] == ["told"]


def test_after_a_crash_while_fetching_a_renumbered_mailbox_nothing_is_lost(house: House) -> None:
    house.go_round()
    for number in range(120):
        house.mailbox.arrive(mail(f"where is it {number}"), house.clock.now())
    house.mailbox.renumber()
    whole = house.mailbox.fetch

    def breaks_off(uids: Sequence[int]) -> Iterator[RawMessage]:
        for raw in whole(uids):
            if raw.uid > 70:
                raise TransientError("gone")
            yield raw

    house.mailbox.fetch = breaks_off  # type: ignore[method-assign]
    with pytest.raises(TransientError):
        house.look()
    house.mailbox.fetch = whole  # type: ignore[method-assign]
    assert len(house.go_round()) == 120
    assert house.courier.sent == []


def test_what_was_fetched_before_the_line_broke_is_kept(house: House) -> None:
    house.go_round()
    for number in range(120):
        house.mailbox.arrive(mail(f"thanks {number}"))
    whole = house.mailbox.fetch

    def breaks_off(uids: Sequence[int]) -> Iterator[RawMessage]:
        for raw in whole(uids):
            if raw.uid > 70:
                raise TransientError("gone")
            yield raw

    house.mailbox.fetch = breaks_off  # type: ignore[method-assign]
    with pytest.raises(TransientError):
        house.look()
    assert len(house.ledger.records()) == 50
    house.mailbox.fetch = whole  # type: ignore[method-assign]
    assert len(house.go_round()) == 120


def test_a_mail_that_kills_its_reader_three_times_is_quarantined_and_the_others_flow(house: House) -> None:
    class Mortal(InProcessReader):
        def read(self, content: bytes, rules: ReadingRules) -> Reading:
            if b"poison" in content:
                raise ReaderGone("reading this mail ended the process that read it")
            return super().read(content, rules)

    house.knowledge = replace(house.knowledge, reader=Mortal())
    records = house.go_round(mail("poison"), mail("where is it"))
    assert [record.state for record in records] == ["arrived", "answered"]
    for _ in range(3):
        records = house.go_round()
    assert [record.state for record in records] == ["quarantined", "answered"]
    assert "failed 3 times" in records[0].because[0]


def test_our_own_reply_that_comes_back_is_not_answered(house: House) -> None:
    house.go_round(mail("where is it"))
    records = house.go_round(house.courier.sent[0][2].replace(b"service@shop.example", b"relay@example.org"))
    assert records[-1].state == "silent"
    assert len(house.courier.sent) == 1
