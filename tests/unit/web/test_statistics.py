"""The figures: how far people agree with the drafts, how long customers waited, what was corrected."""

import json
from pathlib import Path

import pytest

from responder.training.rows import read_rows
from responder.workflow.agreement import Share, agreement
from responder.workflow.ports.figures import Judgement
from tests.unit.web.desk import Browser, Desk
from tests.unit.workflow.house import House, mail


@pytest.fixture
def desk(house: House) -> Desk:
    house.go_round(mail("where", "Order 1043"), *(mail(f"broken {number}", "Order 1043 arrived broken") for number in range(6)))
    desk = Desk(house)
    eve = desk.person("Eve")
    for draft in range(2, 6):
        shown = house.reviews.get(draft)
        assert shown and shown.reply
        eve.approve(draft, shown.reply.text if draft < 5 else "In other words.")
    eve.post("/case/6/refuse")
    eve.post("/case/7/correct", label="refund")
    house.deliver()
    return desk


@pytest.fixture
def lead(desk: Desk) -> Browser:
    return desk.person("Ann", "lead")


def test_drafts_that_were_sent_as_they_were_are_counted_by_label_and_rule(lead: Browser) -> None:
    rows = lead.get("/statistics/agreement.csv").text.splitlines()
    assert rows == [
        "by,name,drafts,sent as drafted,at least,at most",
        "label,item_problem,5,3,0.2307,0.8824",
        "rule,problem-without-photos,5,3,0.2307,0.8824",
    ]
    page = lead.get("/statistics").text
    assert "3 (60 %)" in page and "23–88 %" in page and 'class="interval"' in page


def test_what_was_taken_back_is_no_judgement(house: House) -> None:
    from datetime import timedelta

    house.go_round(mail("broken", "Order 1043 arrived broken"))
    desk = Desk(house, undo=timedelta(seconds=10))
    eve = desk.person("Eve", "lead")
    eve.approve(1, "In other words.")
    eve.post("/case/1/undo")
    assert len(eve.get("/statistics/agreement.csv").text.splitlines()) == 1


def test_how_long_customers_waited_is_told_apart_from_who_answered(lead: Browser) -> None:
    page = lead.get("/statistics").text
    assert "of 5 answered mails were answered alone" in page and "20 %" in page


def test_figures_are_of_the_days_asked_for_and_of_ones_own_mailboxes(desk: Desk) -> None:
    stranger = desk.person("Zoe", "lead", mailboxes=("other",))
    assert len(stranger.get("/statistics/agreement.csv").text.splitlines()) == 1
    desk.house.clock.advance(hours=24 * 20)
    ann = desk.person("Ann", "lead")
    assert len(ann.get("/statistics/agreement.csv").text.splitlines()) == 1
    assert len(ann.get("/statistics/agreement.csv?days=30").text.splitlines()) == 3
    assert ann.get("/statistics?days=nonsense").status_code == 200


def test_corrected_mails_are_taken_once_as_rows_to_train_with(lead: Browser, tmp_path: Path) -> None:
    assert "Take 1 corrected mails for training" in lead.get("/statistics").text
    taken = lead.post("/statistics/corrections.jsonl").text
    assert json.loads(taken)["by"] == "Eve"
    (tmp_path / "rows.jsonl").write_text(taken, encoding="utf-8")
    (row,) = read_rows(tmp_path / "rows.jsonl")
    assert (row.subject, row.intent, row.thread) == ("broken 5", "refund", "anna@example.org")
    assert lead.post("/statistics/corrections.jsonl").text == ""
    assert "problem with the goods" in lead.get("/statistics").text.partition("What was corrected")[2]


def test_only_the_last_word_on_a_mail_counts(desk: Desk) -> None:
    eve = desk.person("Eve")
    eve.post("/case/7/correct", label="complaint")
    assert [each.label for each in desk.files.corrections(taken=False)] == ["complaint"]


@pytest.mark.parametrize(
    ("counted", "of", "low", "high"), [(0, 0, 0.0, 1.0), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (50, 100, 0.404, 0.596)]
)
def test_a_share_has_the_bounds_of_wilson(counted: int, of: int, low: float, high: float) -> None:
    assert Share("", counted, of).bounds == pytest.approx((low, high), abs=1e-3)


def test_the_most_frequent_stand_first() -> None:
    judged = [Judgement("shop", label, "rule", "en", "edited") for label in ("refund", "other", "refund")]
    assert [(share.name, share.counted, share.of) for share in agreement(judged, lambda each: each.label)] == [
        ("refund", 0, 2),
        ("other", 0, 1),
    ]


def test_a_hold_is_released_by_those_who_lead(desk: Desk) -> None:
    desk.house.marks.hold("the database is older than what has happened", 9, desk.house.clock.now())
    ann = desk.person("Ann", "lead")
    assert "older than what has happened" in ann.get("/statistics").text
    ann.post("/release")
    assert desk.house.marks.held() == ""
    assert desk.audit.entries()[-1].what == "released"
