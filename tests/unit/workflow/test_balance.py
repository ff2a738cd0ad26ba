"""The balance: every mail that arrived is in one state that something backs, and the server has none that is in no book."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from sqlalchemy import update

from responder.adapters.store.schema import drafts, letters, mails
from responder.workflow.balance import balance, count_on_server
from tests.fakes.mailbox import FakeMailbox
from tests.unit.workflow.house import House, mail


def lines(house: House):  # type: ignore[no-untyped-def]
    return balance(house.books, house.clock.now() - timedelta(days=7), UTC)


def on_server(house: House, mailbox: FakeMailbox | None = None):  # type: ignore[no-untyped-def]
    return count_on_server(mailbox or house.mailbox, "shop", house.books, house.clock.now() - timedelta(days=7))


def test_arrived_is_the_sum_of_what_became_of_it(house: House) -> None:
    house.go_round(mail("where is it"), mail("broken", "Order 1043"), mail("thanks"), mail("thanks", "Ta"))
    (line,) = lines(house)
    assert (line.arrived, line.answered, line.waiting, line.silent, line.difference) == (4, 1, 1, {"thanks": 2}, 0)


@pytest.mark.parametrize(
    ("subject", "table", "state"), [("where is it", letters, "withdrawn"), ("broken", drafts, "refused"), ("where is it", mails, "lost")]
)
def test_a_state_that_nothing_backs_is_found(house: House, subject: str, table, state: str) -> None:  # type: ignore[no-untyped-def]
    house.go_round(mail(subject, "Order 1043"))
    with house.engine.begin() as connection:
        connection.execute(update(table).values(state=state))
    (line,) = lines(house)
    assert line.difference
    assert line.strays == (1,)


def test_what_is_under_way_counts(house: House) -> None:
    house.open = False
    house.go_round(mail("where is it"))
    (line,) = lines(house)
    assert (line.under_way, line.difference) == (1, 0)


def test_days_are_those_of_the_shop(house: House) -> None:
    house.go_round(mail("where is it"))
    house.clock.advance(hours=30)
    house.go_round(mail("where is the other", "Order 1043"))
    assert [line.day.day for line in lines(house)] == [10, 11]


def test_a_mail_that_the_books_do_not_have_is_found_on_the_server(house: House) -> None:
    house.go_round(mail("where is it"))
    assert on_server(house).missing == ()
    with house.engine.begin() as connection:
        connection.execute(update(mails).values(key="forgotten", uid=99))
    assert on_server(house).missing == (1,)


def test_what_came_before_the_first_look_is_not_counted(house: House) -> None:
    house.mailbox.arrive(mail("old"), house.clock.now() - timedelta(hours=1))
    house.go_round(mail("where is it"))
    counted = on_server(house)
    assert (counted.mails, counted.missing) == (1, ())


def test_renumbered_moved_doubled_and_copied_mail_is_known(house: House) -> None:
    house.go_round(mail("where is it"), mail("thanks"))
    house.mailbox.renumber()
    house.go_round()
    content, at = house.mailbox.messages.pop(1)
    house.mailbox.arrive(content, at)  # moved away and back
    house.mailbox.arrive(content, at)  # and doubled
    house.go_round()
    assert on_server(house).missing == ()
    assert len(house.courier.sent) == 1
    (line,) = lines(house)
    assert (line.arrived, line.difference) == (2, 0)


def test_mails_without_a_message_id_are_told_apart_by_their_contents(house: House) -> None:
    bare = [mail("where is it", text, Message_ID="") for text in ("Order 1042", "Order 1043", "Order 1042")]
    house.go_round(*bare)
    (line,) = lines(house)
    assert (line.arrived, line.difference) == (2, 0)
    assert on_server(house).missing == ()


def test_before_the_first_look_nothing_is_counted(house: House) -> None:
    house.mailbox.arrive(mail("where is it"), house.clock.now())
    assert on_server(house) == replace(on_server(house), mails=0, missing=())
    assert lines(house) == []
