"""A mail is read as the answer to what was asked last."""

import pytest

from responder.domain.case import Question
from responder.domain.understanding import Details, PostalAddress, Request, Understanding
from responder.policy.answers import what_is_asked

ADDRESS = ("Lindenweg 4", "10115 Berlin")


def reply(answer: str, confidence: float = 0.95, *, label: str = "other", details: Details | None = None) -> Understanding:
    answers = (Request(answer, confidence), Request("new_request" if answer != "new_request" else "unclear", 1 - confidence))
    return Understanding(
        "en", (Request(label, 0.9),), threshold=0.8, answers=answers, answer_threshold=0.7, details=details or Details()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("awaits", "answer", "meaning"),
    [
        ("keep_or_refuse", "keeps", "keeps"),
        ("keep_or_refuse", "confirms", "keeps"),
        ("keep_or_refuse", "declines", "refuses"),
        ("keep_or_refuse", "already_received", "already_received"),
        ("keep_or_refuse", "sends_photos", "unclear"),
        ("agree_return", "confirms", "agrees"),
        ("agree_return", "declines", "declines"),
        ("agree_return", "refuses", "unclear"),
        ("confirm_address", "confirms", "confirms"),
        ("confirm_address", "keeps_old_address", "keeps_old_address"),
        ("confirm_address", "corrects_address", "unclear"),
        ("new_address", "keeps_old_address", "keeps_old_address"),
        ("order_number", "does_not_know", "does_not_know"),
        ("order_number", "confirms", "unclear"),
        ("photos", "has_no_photos", "has_no_photos"),
        ("cancel_reason", "gives_reason", "gives_reason"),
    ],
)
def test_an_answer_means_what_the_question_makes_of_it(awaits: str, answer: str, meaning: str) -> None:
    asked = what_is_asked(reply(answer), Question(awaits, "change_address", ADDRESS))  # type: ignore[arg-type]
    assert (asked.request, asked.awaiting, asked.confidence, asked.threshold) == (meaning, awaits, 0.95, 0.7)


@pytest.mark.parametrize(
    ("awaits", "details", "given"),
    [
        ("order_number", Details(order_numbers=("1042",)), "an order number"),
        ("new_address", Details(address=PostalAddress(ADDRESS)), "an address"),
        ("confirm_address", Details(address=PostalAddress(ADDRESS)), "an address"),
        ("photos", Details(photos=True), "photos"),
    ],
)
def test_who_gives_what_was_wanted_has_his_request_go_on(awaits: str, details: Details, given: str) -> None:
    asked = what_is_asked(reply("unclear", details=details), Question(awaits, "cancel_order"))  # type: ignore[arg-type]
    assert (asked.request, asked.awaiting) == ("cancel_order", "nothing")
    assert asked.confidence == pytest.approx(0.95)
    assert given in asked.note


def test_a_new_request_is_read_by_itself() -> None:
    asked = what_is_asked(reply("new_request", label="refund"), Question("order_number", "cancel_order"))
    assert (asked.request, asked.awaiting, asked.confidence, asked.threshold) == ("refund", "nothing", 0.9, 0.8)


def test_without_a_question_an_answer_is_read_like_any_mail() -> None:
    assert what_is_asked(reply("confirms", label="thanks"), Question()).request == "thanks"


def test_a_yes_to_an_address_that_was_never_read_back_is_not_clear() -> None:
    assert what_is_asked(reply("confirms"), Question("confirm_address", "change_address")).request == "unclear"
