"""The books: each mail once, each decision whole."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from responder.adapters.store.engine import open_database
from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.outbox import SqlOutbox
from responder.adapters.store.reviews import SqlReviews
from responder.domain.case import Question
from responder.domain.errors import ConfigError
from responder.workflow.ports.courier import Delivery
from responder.workflow.ports.ledger import Follows, PlannedLetter, Settlement
from responder.workflow.ports.mailbox import Position
from tests.contract.store_samples import ANSWER, ASKED, CANCEL, NOW, WAIT, arrival, one_mail

DAY = timedelta(days=1)


def test_a_mailbox_has_no_position_before_the_first_look(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    assert ledger.position("shop") is None
    ledger.arrive("shop", [], Position(7, 12, NOW))
    assert ledger.position("shop") == Position(7, 12, NOW)
    assert ledger.position("other") is None


def test_arrivals_and_position_are_written_together_and_known_mails_passed_over(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    assert ledger.arrive("shop", [arrival("a", 1), arrival("b", 2, "<2@x>")], Position(7, 3, NOW)) == 2
    assert ledger.arrive("shop", [arrival("b", 9, "<2@x>"), arrival("c", 10, "<3@x>")], Position(8, 11, NOW)) == 1
    assert ledger.position("shop") == Position(8, 11, NOW)


def test_what_was_written_is_there_after_a_new_start(tmp_path: Path) -> None:
    first = open_database(tmp_path / "books.sqlite3")
    SqlLedger(first).arrive("shop", [arrival()], Position(7, 2, NOW))
    first.dispose()
    again = open_database(tmp_path / "books.sqlite3")
    taken = SqlLedger(again).next_unsettled("shop", 0)
    again.dispose()
    assert taken
    assert taken.arrival == arrival()


def test_each_attempt_is_counted_before_it_begins_unless_it_is_put_back(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    number = one_mail(ledger)
    second = ledger.next_unsettled("shop", 0)
    assert second and second.attempts == 1
    ledger.put_back(number)
    third = ledger.next_unsettled("shop", 0)
    assert third and third.attempts == 1


def test_mails_are_taken_up_oldest_first_and_each_once_a_round(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.arrive("shop", [arrival("a", 1, "<1@x>"), arrival("b", 2, "<2@x>")], Position(7, 3, NOW))
    first = ledger.next_unsettled("shop", 0)
    assert first and first.arrival.key == "a"
    second = ledger.next_unsettled("shop", first.id)
    assert second and second.arrival.key == "b"
    assert ledger.next_unsettled("shop", second.id) is None


def test_another_mail_with_a_known_message_id_is_marked(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.arrive("shop", [arrival("a", 1, "<same@x>"), arrival("b", 2, "<same@x>"), arrival("c", 3, "")], Position(7, 4, NOW))
    marks = []
    after = 0
    while taken := ledger.next_unsettled("shop", after):
        marks.append(taken.other_copy)
        after = taken.id
    assert marks == [False, True, False]


def test_a_settled_mail_is_not_taken_up_again(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), WAIT, NOW)
    assert ledger.next_unsettled("shop", 0) is None
    record = ledger.records()[0]
    assert (record.state, record.rule, record.because, record.reply_text) == ("waiting", "rule", ("because",), "Hello\n")


def test_an_answer_puts_its_letter_into_the_outbox_and_counts_in_the_history(engine: Engine) -> None:
    ledger, outbox = SqlLedger(engine), SqlOutbox(engine)
    ledger.settle(one_mail(ledger), ANSWER, NOW)
    letter = outbox.claim("shop", NOW)
    assert letter and letter.recipient == "anna@example.org"
    outbox.about_to_send(letter.id, NOW)
    outbox.record(letter.id, Delivery("sent"), NOW)
    history = ledger.history("shop", Follows("ANNA@example.org", NOW, ("<r1@example.com>",)), NOW - DAY, NOW - DAY)
    assert (history.question, history.turns, history.replies_to_sender, history.replies_in_all) == (ASKED, 1, 1, 1)
    assert ledger.history("shop", Follows("bob@example.org", NOW), NOW - DAY, NOW - DAY).replies_to_sender == 0
    assert ledger.history("shop", Follows("anna@example.org", NOW), NOW + DAY, NOW - DAY).replies_in_all == 0


def test_nobody_joins_a_case_with_anothers_message_id(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), ANSWER, NOW)
    assert ledger.history("shop", Follows("mallory@example.org", NOW, ("<r1@example.com>",)), NOW - DAY, NOW - DAY).case_id is None


def test_a_case_is_gone_on_with_by_the_same_customer_and_order_while_it_is_fresh(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), replace(ANSWER, order_number="LC-1042"), NOW)

    def case_of(sender: str, number: str, since: datetime = NOW - DAY) -> int | None:
        return ledger.history("shop", Follows(sender, since, (), (number,)), NOW - DAY, NOW - DAY).case_id

    assert case_of("Anna@example.org", "# lc-1042") is not None
    assert case_of("anna@example.org", "LC-1043") is None
    assert case_of("bob@example.org", "LC-1042") is None
    assert case_of("anna@example.org", "LC-1042", since=NOW + DAY) is None


def test_thanks_end_what_was_awaited(engine: Engine) -> None:
    ledger, outbox = SqlLedger(engine), SqlOutbox(engine)
    ledger.settle(one_mail(ledger), ANSWER, NOW)
    letter = outbox.claim("shop", NOW)
    assert letter
    outbox.record(letter.id, Delivery("sent"), NOW)
    follows = Follows("anna@example.org", NOW, ("<r1@example.com>",))
    case_id = ledger.history("shop", follows, NOW - DAY, NOW - DAY).case_id
    ledger.settle(one_mail(ledger, "key-2"), Settlement("silent", "thanks", ("because",), case_id=case_id, closes=True), NOW)
    assert ledger.history("shop", follows, NOW - DAY, NOW - DAY).question == Question()


def test_a_mail_that_also_needs_a_person_leaves_a_note_beside_its_answer(engine: Engine) -> None:
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), replace(ANSWER, tell=True), NOW)
    waiting = SqlReviews(engine).waiting()
    assert [draft.state for draft in waiting] == ["told"]


@pytest.mark.parametrize("state", ["failed", "unknown"])
def test_an_action_that_went_wrong_before_is_never_repeated_without_a_person(engine: Engine, state: str) -> None:
    from responder.workflow.ports.order_desk import ActionResult

    ledger, outbox = SqlLedger(engine), SqlOutbox(engine)
    ledger.settle(one_mail(ledger, "a"), replace(ANSWER, action=CANCEL), NOW)
    started = outbox.start_action("shop", NOW)
    assert started
    outbox.end_action(started[0], ActionResult(state, "the shop said no"), NOW)  # type: ignore[arg-type]
    again = replace(ANSWER, action=CANCEL, letter=PlannedLetter("<r2@example.com>", b""))
    ledger.settle(one_mail(ledger, "b"), again, NOW)
    assert ledger.records()[-1].state == "waiting"
    assert outbox.start_action("shop", NOW) is None
    assert outbox.claim("shop", NOW) is None


def test_a_database_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "books.sqlite3"
    engine = open_database(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(ConfigError, match="newer version"):
        open_database(path)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="does not exist"):
        open_database(tmp_path / "nowhere" / "books.sqlite3")
