"""Deciding on the pages: exactly what was shown, once, with a way back; and nothing that a mail says runs in the browser."""

from datetime import timedelta
from html.parser import HTMLParser
from urllib.parse import quote

import pytest

from tests.fakes.order_desk import FakeOrderDesk
from tests.rig.letters import text_of
from tests.unit.web.desk import Browser, Desk
from tests.unit.workflow.house import House, MakeHouse, mail
from tests.unit.workflow.test_injection import PAYLOADS

BROKEN = mail("broken", "Order 1043 arrived broken")


@pytest.fixture
def desk(house: House) -> Desk:
    house.go_round(BROKEN)
    return Desk(house)


def draft_text(desk: Desk, number: int = 1) -> str:
    draft = desk.house.reviews.get(number)
    assert draft and draft.reply
    return draft.reply.text


def test_the_queue_shows_what_waits_and_finds_it(desk: Desk) -> None:
    browser = desk.person()
    page = browser.get("/").text
    assert "1 waiting" in page and "anna@example.org" in page and "problem with the goods" in page
    assert "anna@example.org" in browser.get("/?q=anna+1043").text
    assert "anna@example.org" not in browser.get("/?q=bob").text
    assert "anna@example.org" not in browser.get("/?label=refund").text


def test_what_has_waited_for_too_long_is_marked_and_first(desk: Desk) -> None:
    desk.house.clock.advance(hours=25)
    desk.house.go_round(mail("broken too", "Order 1042 arrived broken", sender="bob@example.org"))
    browser = desk.person()
    page = browser.get("/").text
    assert "1 past the deadline" in page
    assert page.index("anna@example.org") < page.index("bob@example.org")
    assert browser.get("/counts").json() == {"waiting": 2, "overdue": 1, "others": []}


def test_a_case_shows_mail_draft_order_and_reasons(desk: Desk) -> None:
    page = desk.person().get("/case/1").text
    for words in ("Order 1043 arrived broken", "RB123456785CN", "rule problem-without-photos", "sends this reply"):
        assert words in page


def test_what_is_approved_as_shown_leaves_as_shown(desk: Desk) -> None:
    answer = desk.person().approve(1, draft_text(desk))
    assert (answer.status_code, answer.headers["location"]) == (303, "/?done=approved&undo=1")
    desk.house.deliver()
    assert text_of(desk.house.courier.sent[0][2]).strip() == draft_text(desk).strip()
    assert [entry.what for entry in desk.audit.entries()] == ["opened", "approve: approved"]


def test_other_words_leave_in_place_of_the_draft(desk: Desk) -> None:
    desk.person().approve(1, "We are sorry, a new one is on its way.")
    desk.house.deliver()
    assert "a new one is on its way" in text_of(desk.house.courier.sent[0][2])


@pytest.mark.parametrize("shown", ["", "something else"])
def test_an_approval_of_something_else_than_was_shown_is_refused(desk: Desk, shown: str) -> None:
    answer = desk.person().post("/case/1/approve", shown=shown, text=draft_text(desk))
    assert answer.status_code == 409
    assert "look again" in answer.text
    assert desk.house.deliver() == 0


def test_when_the_order_has_changed_the_case_is_shown_again(desk: Desk) -> None:
    browser, text = desk.person(), draft_text(desk)
    shown = browser.shown(1)
    desk.house.order_book.orders = []
    answer = browser.post("/case/1/approve", shown=shown, text=text)
    assert answer.headers["location"] == "/case/2?done=changed"
    assert desk.house.deliver() == 0


def test_the_second_of_two_reviewers_is_refused_kindly(desk: Desk) -> None:
    first, second, text = desk.person("Eve"), desk.person("Bob"), draft_text(desk)
    shown = second.shown(1)
    assert first.approve(1, text).status_code == 303
    answer = second.post("/case/1/approve", shown=shown, text=text)
    assert answer.status_code == 409
    desk.house.deliver()
    assert len(desk.house.courier.sent) == 1


def test_the_same_approval_twice_sends_once(desk: Desk) -> None:
    browser, text = desk.person(), draft_text(desk)
    shown = browser.shown(1)
    for _ in range(2):
        browser.post("/case/1/approve", shown=shown, text=text)
    desk.house.deliver()
    assert len(desk.house.courier.sent) == 1


def test_what_was_approved_can_be_taken_back_until_it_leaves(house: House) -> None:
    house.go_round(BROKEN)
    desk = Desk(house, undo=timedelta(seconds=10))
    browser = desk.person()
    browser.approve(1, draft_text(desk))
    assert house.deliver() == 0
    assert browser.post("/case/1/undo").headers["location"] == "/case/1"
    house.clock.advance(seconds=11)
    assert house.deliver() == 0
    browser.approve(1, draft_text(desk))
    house.clock.advance(seconds=11)
    assert house.deliver() == 1
    assert browser.post("/case/1/undo").headers["location"] == "/?done=late"
    assert len(house.courier.sent) == 1


def test_an_edited_reply_that_was_taken_back_leaves_as_it_was_edited(house: House) -> None:
    house.go_round(BROKEN)
    desk = Desk(house, undo=timedelta(seconds=10))
    browser = desk.person()
    browser.approve(1, "A new one is on its way.")
    browser.post("/case/1/undo")
    page = browser.get("/case/1").text
    assert page.split("</textarea>")[0].rstrip().endswith("A new one is on its way.") and "What the bot drafted" in page
    assert browser.approve(1, "A new one is on its way.").headers["location"] == "/?done=approved&undo=1"
    house.clock.advance(seconds=11)
    house.deliver()
    assert [text_of(content).strip() for _, _, content in house.courier.sent] == ["A new one is on its way."]


def test_what_a_person_wrote_is_kept_when_the_order_has_changed(desk: Desk) -> None:
    browser = desk.person()
    shown = browser.shown(1)
    desk.house.order_book.orders = []
    browser.post("/case/1/approve", shown=shown, text="A new one is on its way.")
    assert "A new one is on its way." in browser.get("/case/2").text


def test_what_a_person_does_by_hand_is_confirmed_first(make_house: MakeHouse) -> None:
    from responder.policy.decide import Limits

    house = make_house(limits=Limits(), desk=FakeOrderDesk(by_hand=True))
    house.go_round(mail("cancel", "Please cancel order 1042"))
    desk = Desk(house)
    browser = desk.person()
    answer = browser.approve(1, draft_text(desk))
    assert answer.status_code == 409 and "cancel order 1042" in answer.text
    assert browser.approve(1, draft_text(desk), action_done="yes").status_code == 303
    assert house.deliver() == 1


def test_an_action_is_not_begun_while_it_can_be_taken_back(make_house: MakeHouse) -> None:
    from responder.policy.decide import Limits

    house = make_house(limits=Limits())
    house.go_round(mail("cancel", "Please cancel order 1042"))
    desk = Desk(house, undo=timedelta(seconds=10))
    desk.person().approve(1, draft_text(desk))
    house.deliver()
    assert house.desk.done == []
    house.clock.advance(seconds=11)
    house.deliver()
    assert len(house.desk.done) == 1


def test_closing_without_a_reply_keeps_the_reason(desk: Desk) -> None:
    assert desk.person().post("/case/1/refuse", reason="called her").headers["location"] == "/?done=closed"
    record = desk.house.ledger.records()[0]
    assert (record.state, record.because[0]) == ("silent", "Eve: called her")


def test_a_corrected_label_is_kept_as_an_example(desk: Desk) -> None:
    from sqlalchemy import select

    from responder.adapters.store.schema import corrections

    browser = desk.person()
    assert browser.post("/case/1/correct", label="refund").status_code == 303
    assert browser.post("/case/1/correct", label="nonsense").status_code == 400
    with desk.house.engine.begin() as connection:
        assert [(row.label, row.by) for row in connection.execute(select(corrections))] == [("refund", "Eve")]


def test_the_next_case_opens_after_a_decision(desk: Desk) -> None:
    desk.house.go_round(mail("broken too", "Order 1042 arrived broken"))
    assert desk.person().post("/case/1/refuse").headers["location"].startswith("/case/2?done=closed")


def test_the_original_is_a_file_that_no_browser_opens(desk: Desk) -> None:
    answer = desk.person().get("/case/1/original")
    assert answer.content == BROKEN
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    ("language", "words"), [("de-DE,en;q=0.5", "1 warten"), ("zh-CN", "1 封待处理"), ("fr, en", "1 waiting"), ("", "1 waiting")]
)
def test_the_pages_speak_the_languages_of_the_people(desk: Desk, language: str, words: str) -> None:
    assert words in desk.person().get("/", **{"Accept-Language": language}).text


def test_a_stop_is_one_press_away(desk: Desk) -> None:
    lead = desk.person("Ann", "lead")
    lead.post("/stop", because="wrong prices")
    assert "Ann: wrong prices" in lead.get("/statistics").text
    lead.post("/resume")
    assert desk.stopped == ""


def test_figures_are_parted_by_what_became_of_the_mails(desk: Desk) -> None:
    lead = desk.person("Ann", "lead")
    assert "<rect" in lead.get("/statistics").text
    assert lead.get("/statistics/days.csv").text.splitlines()[1] == "2026-03-10,shop,1,0,1,0,0,0,0"


class _Active(HTMLParser):
    """Find what would run or fetch something that is not of the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        framed = tag == "iframe" and not ("sandbox" in given and not given["sandbox"] and str(given["src"]).startswith("/case/"))
        if (
            framed
            or tag in ("object", "embed", "base", "math", "foreignobject")
            or (tag == "script" and given.get("src") != "/static/keys.js")
        ):
            self.found.append(tag)
        self.found += [name for name in given if name.startswith("on") or name in ("srcdoc", "style")]
        self.found += [
            value for name, value in attrs if name in ("href", "src", "action") and value and not value.startswith(("/", "#", "data:,"))
        ]


SCRIPTS = """<script>alert(1)</script>
<img src=x onerror=alert(1)>
"><svg onload=alert(1)>
'><iframe srcdoc='<script>alert(1)</script>'>
javascript:alert(1)
<a href=javascript:alert(1)>x</a>
</textarea><script>alert(1)</script>
</title><script>alert(1)</script>
<base href=//evil.example>
<meta http-equiv=refresh content='0;url=//evil.example'>
{{constructor.constructor('alert(1)')()}}
<style>@import'//evil.example'</style>
<form action=//evil.example><input name=csrf>
<math><mtext></form><form><mglyph><style>
<body onpageshow=alert(1)>
<details open ontoggle=alert(1)>""".splitlines()


@pytest.mark.parametrize("payload", [*SCRIPTS, *(str(payload) for payload in PAYLOADS)])
def test_nothing_that_a_mail_says_runs_in_the_browser(make_house: MakeHouse, payload: str) -> None:
    flat = " ".join(payload.split()) or "x"
    try:
        content = mail(f"broken {flat}"[:200], f"Order 1043 {payload}", From=f'"{flat[:60].replace(chr(34), "")}" <anna@example.org>')
    except (ValueError, UnicodeError):
        content = mail("broken", f"Order 1043 {payload}".encode("utf-8", "replace").decode())
    house = make_house()
    house.go_round(content)
    browser: Browser = Desk(house).person("Eve " + "".join(filter(str.isascii, flat))[:40].replace(";", ""), "admin")
    for path in ("/", "/case/1", "/people", "/audit", "/statistics", f"/?q={quote(payload[:50])}"):
        looking = _Active()
        answer = browser.get(path)
        looking.feed(answer.text)
        assert looking.found == [], path
