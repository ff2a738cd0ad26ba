"""A matter over several mails: what was asked, what is answered, and what is done only then."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
from sqlalchemy import select

from responder.adapters.store.schema import mails
from responder.workflow.ports.ledger import Follows
from tests.rig.letters import text_of
from tests.unit.workflow.house import AUTO, SHIPPED_ORDER, House, MakeHouse, mail

ADDRESS = "Anna Kern\nLindenweg 4\n10115 Berlin\nGermany"
SHIPPED = "Order 1043"


def last_text(house: House) -> str:
    return text_of(house.courier.sent[-1][2])


def test_an_address_is_changed_only_after_it_was_read_back_and_confirmed(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    assert "    Lindenweg 4\n    10115 Berlin" in last_text(house)
    assert house.desk.done == []
    records = house.go_round(house.reply("new address", "Yes, that is right."))
    assert [record.rule for record in records] == ["address-read-back", "address-confirmed"]
    [action] = house.desk.done
    assert (action.kind, action.order_number) == ("change_address", "1042")
    assert dict(action.details)["address"].splitlines() == ADDRESS.splitlines()
    assert "We have changed the delivery address of your order 1042" in last_text(house)


def test_a_corrected_address_is_read_back_again(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    records = house.go_round(house.reply("new address", f"Sorry, it is\n{ADDRESS.replace('4', '41')}"))
    assert [record.rule for record in records] == ["address-read-back", "address-read-back"]
    assert "Lindenweg 41" in last_text(house)
    house.go_round(house.reply("new address", "Yes!"))
    assert "Lindenweg 41" in dict(house.desk.done[-1].details)["address"]


def test_the_old_address_stays(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    assert house.go_round(house.reply("new address", "Old one is fine after all"))[-1].rule == "address-stays"
    assert house.desk.done == []
    assert "We have changed nothing" in last_text(house)


def test_an_address_that_is_asked_for_is_read_back_when_it_comes(house: House) -> None:
    house.go_round(mail("new address", "Order 1042, I have moved"))
    records = house.go_round(house.reply("new address", ADDRESS))
    assert [record.rule for record in records] == ["address-missing", "address-read-back"]


def test_a_parcel_that_left_before_the_address_was_confirmed_is_not_promised_a_new_one(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    house.order_book.orders = [replace(SHIPPED_ORDER, number="1042")]
    records = house.go_round(house.reply("new address", "Yes, that is right."))
    assert (records[-1].state, records[-1].rule) == ("waiting", "address-confirmed-after-shipping-low-value")
    assert house.desk.done == []


@pytest.mark.parametrize(
    ("answer", "rule", "told", "done"),
    [
        ("Keep it, then.", "keeps-it", "RB123456785CN", []),
        ("Yes.", "keeps-it", "RB123456785CN", []),
        ("Refuse it!", "refuses-it", "refuse the parcel when it is delivered", ["refund_on_return"]),
    ],
)
def test_after_it_was_shipped_the_customer_keeps_or_refuses(house: House, answer: str, rule: str, told: str, done: list[str]) -> None:
    house.go_round(mail("cancel it", SHIPPED))
    assert "Would you still like to accept the parcel" in last_text(house)
    assert house.go_round(house.reply("cancel it", answer))[-1].rule == rule
    assert told in last_text(house)
    assert [action.kind for action in house.desk.done] == done


def test_what_has_arrived_goes_back_at_the_shops_cost_after_a_persons_yes(house: House) -> None:
    house.go_round(mail("cancel it", SHIPPED))
    records = house.go_round(house.reply("cancel it", "Arrived this morning"))
    assert (records[-1].rule, records[-1].state) == ("has-it-already", "waiting")
    [draft] = house.reviews.waiting()
    assert house.reviewer.approve(draft.id, "kim").kind == "approved"
    house.deliver()
    assert "we will pay for the return" in last_text(house)
    assert house.go_round(house.reply("cancel it", "Yes please"))[-1].rule == "agrees-to-the-return"
    draft = house.reviews.waiting()[-1]
    assert draft.action and draft.action.kind == "refund_on_return"


def test_the_order_number_lets_the_request_go_on(make_house: MakeHouse) -> None:
    house = make_house()
    house.go_round(mail("cancel it", "I ordered by mistake"))
    records = house.go_round(house.reply("cancel it", "It is 1042"))
    assert [record.rule for record in records] == ["which-of-several", "cancel-before-shipping"]
    assert records[-1].label == "cancel_order"
    assert [action.order_number for action in house.desk.done] == ["1042"]


def test_the_case_keeps_the_order_that_the_answer_does_not_name(house: House) -> None:
    house.go_round(mail("cancel it", SHIPPED))
    house.go_round(house.reply("cancel it", "Keep it, then."))
    assert "1043" in last_text(house)


def test_what_fits_no_answer_goes_to_a_person(house: House) -> None:
    house.go_round(mail("cancel it", SHIPPED))
    records = house.go_round(house.reply("cancel it", "Hm, my brother will tell you"))
    assert (records[-1].state, records[-1].label) == ("waiting", "unclear")


def test_another_question_in_the_thread_is_read_by_itself(house: House) -> None:
    house.go_round(mail("cancel it", SHIPPED))
    assert house.go_round(house.reply("where is it", "Where is it anyway?"))[-1].rule == "on-its-way"


def test_nobody_answers_in_anothers_case(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    house.go_round(house.reply("new address", "Yes, order 1042", From="Mallory <mallory@example.net>"))
    assert house.desk.done == []


def test_where_a_colleague_has_answered_from_a_mail_program_a_person_goes_on(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    ours = message_from_bytes(house.courier.sent[-1][2])["Message-ID"]
    colleagues = "<8f2c@desktop.shop.example>"
    records = house.go_round(mail("Re: new address", "Yes, that is right.", In_Reply_To=colleagues, References=f"{ours} {colleagues}"))
    assert (records[-1].state, records[-1].rule) == ("waiting", "address-confirmed")
    assert "a person is already at this case" in records[-1].because
    assert house.desk.done == []


def test_a_subject_alone_joins_no_case(house: House) -> None:
    house.go_round(mail("new address", f"Order 1042, please send it to\n{ADDRESS}"))
    records = house.go_round(mail("Re: new address", "Yes", In_Reply_To="<forged@shop.example>"))
    assert records[-1].label == "change_address"
    assert house.desk.done == []


def test_a_marketplace_alias_and_the_order_number_join_the_case(make_house: MakeHouse) -> None:
    """Marketplaces strip References; the alias is the customer's where the order book says so, and nobody else's."""
    alias = "x7k2@marketplace.example"
    house = make_house()
    house.order_book.orders = [replace(SHIPPED_ORDER, other_emails=(alias,))]
    house.go_round(mail("cancel it", SHIPPED, sender=alias), mail("cancel mine", "Order 1043", sender="other@marketplace.example"))
    house.go_round(mail("where is it", "Order 1043", sender=alias))
    with house.engine.connect() as connection:
        first, strangers, second = connection.execute(select(mails.c.case_id).order_by(mails.c.id)).scalars().all()
    assert second == first
    assert strangers != first


def test_thanks_end_what_was_awaited(house: House) -> None:
    house.go_round(mail("cancel it", SHIPPED))
    house.go_round(house.reply("thanks", "where thanks"))
    history = house.ledger.history(
        "shop", Follows("anna@example.org", house.clock.now() - timedelta(days=7), (), ("1043",)), *2 * (house.clock.now(),)
    )
    assert history.question.awaits == "nothing"


def test_a_few_words_are_answered_in_the_language_of_the_question(make_house: MakeHouse) -> None:
    house = make_house(limits=replace(AUTO))
    house.go_round(mail("cancel it", SHIPPED))
    house.go_round(house.reply("cancel it", "Yes"))
    assert house.ledger.records()[-1].state == "answered"
