"""A mail is read as the answer to what was asked last."""

import pytest

from responder.domain.answers import MEANINGS, Answered, Awaiting, meanings_of
from responder.domain.case import Question
from responder.domain.understanding import Details, PostalAddress, Request, Understanding
from responder.policy.answers import what_is_asked

ADDRESS = ("Lindenweg 4", "10115 Berlin")


def reply(question: Awaiting, meaning: str, details: Details | None = None) -> Understanding:
    answers = tuple(Answered(each, meaning if each == question else "unclear", 0.95, 0.7) for each in MEANINGS)
    return Understanding("en", (Request("refund", 0.9),), threshold=0.8, answers=answers, details=details or Details())


@pytest.mark.parametrize(
    ("question", "meaning"), [(question, meaning) for question in MEANINGS for meaning in meanings_of(question) if meaning != "new_request"]
)
def test_an_answer_is_what_the_question_makes_of_it(question: Awaiting, meaning: str) -> None:
    asked = what_is_asked(reply(question, meaning), Question(question, "change_address", ADDRESS))
    assert asked.request == ("unclear" if meaning == "given" else meaning)
    assert (asked.awaiting, asked.confidence, asked.threshold, asked.is_answer) == (question, 0.95, 0.7, True)


@pytest.mark.parametrize(
    ("question", "details"),
    [
        ("order_number", Details(order_numbers=("1042",))),
        ("order_number", Details(bare_numbers=("1042",))),
        ("new_address", Details(address=PostalAddress(ADDRESS))),
        ("confirm_address", Details(address=PostalAddress(ADDRESS))),
        ("photos", Details(photos=True)),
    ],
)
def test_who_gives_what_was_wanted_has_his_request_go_on(question: Awaiting, details: Details) -> None:
    asked = what_is_asked(reply(question, "given", details), Question(question, "cancel_order"))
    assert (asked.request, asked.awaiting, asked.confidence, asked.is_answer) == ("cancel_order", "nothing", 0.95, True)
    assert question in asked.note


def test_a_decision_counts_more_than_an_address_below_it() -> None:
    """Many sign with their address."""
    details = Details(address=PostalAddress(ADDRESS))
    assert what_is_asked(reply("confirm_address", "confirms", details), Question("confirm_address", "x", ADDRESS)).request == "confirms"


def test_a_new_request_is_read_by_itself() -> None:
    asked = what_is_asked(reply("order_number", "new_request"), Question("order_number", "cancel_order"))
    assert (asked.request, asked.awaiting, asked.confidence, asked.threshold, asked.is_answer) == ("refund", "nothing", 0.9, 0.8, False)


def test_the_same_request_anew_with_what_was_wanted_is_an_answer() -> None:
    """ "There is a mistake in it, the right address is ..." reads like the first mail did."""
    said = reply("confirm_address", "new_request", Details(address=PostalAddress(ADDRESS)))
    asked = what_is_asked(said, Question("confirm_address", "refund", ADDRESS))
    assert (asked.request, asked.is_answer, asked.confidence, asked.threshold) == ("refund", True, 0.9, 0.8)
    assert not what_is_asked(said, Question("confirm_address", "change_address", ADDRESS)).is_answer


def test_without_a_question_an_answer_is_read_like_any_mail() -> None:
    assert what_is_asked(reply("confirm_address", "confirms"), Question()).request == "refund"


def test_a_yes_to_an_address_that_was_never_read_back_is_not_clear() -> None:
    assert what_is_asked(reply("confirm_address", "confirms"), Question("confirm_address", "change_address")).request == "unclear"
