"""Working through the queue with others: who has a case open, whose it is, what comes back later; and looking things up."""

import io
import json
import zipfile
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest

from tests.unit.web.desk import Desk
from tests.unit.workflow.house import House, mail

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


@pytest.fixture
def desk(house: House) -> Desk:
    house.go_round(mail("broken", "Order 1043 arrived broken"), mail("broken too", "Order 1042 arrived broken"))
    return Desk(house)


def test_a_case_shows_who_has_it_open(desk: Desk) -> None:
    eve, ben = desk.person("Eve"), desk.person("Ben")
    eve.get("/case/1")
    assert "Eve has this open, too." in ben.get("/case/1").text
    assert "open: Eve" in ben.get("/").text
    assert ben.get("/counts?case=1").json()["others"] == ["Eve"]
    desk.house.clock.advance(seconds=46)
    assert ben.get("/counts?case=1").json()["others"] == []


def test_a_page_that_stays_open_says_so(desk: Desk) -> None:
    eve, ben = desk.person("Eve"), desk.person("Ben")
    eve.get("/case/1")
    for _ in range(5):
        desk.house.clock.advance(seconds=15)
        eve.get("/counts?case=1")
    assert "Eve has this open, too." in ben.get("/case/1").text


def test_the_next_case_is_one_that_nobody_else_has_open(desk: Desk) -> None:
    desk.house.go_round(mail("broken three", "Order 1042 arrived broken"))
    eve, ben = desk.person("Eve"), desk.person("Ben")
    ben.get("/case/2")
    assert eve.post("/case/1/refuse").headers["location"] == "/case/3?done=closed"


def test_what_is_put_off_comes_back_by_itself_and_is_late_all_the_same(desk: Desk) -> None:
    eve = desk.person("Eve")
    assert eve.post("/case/1/put-off", hours="24").headers["location"] == "/case/2?done=put_off"
    assert "1 waiting" in eve.get("/").text and "1 put off" in eve.get("/").text
    assert "/case/1" in eve.get("/?later=1").text
    desk.house.clock.advance(hours=23)
    eve = desk.person("Eve")
    assert eve.get("/counts").json()["waiting"] == 1
    desk.house.clock.advance(hours=2)
    eve = desk.person("Eve")
    assert "2 waiting" in eve.get("/").text and "2 past the deadline" in eve.get("/").text


def test_what_is_put_off_can_be_brought_back(desk: Desk) -> None:
    eve = desk.person("Eve")
    eve.post("/case/1/put-off", hours="72")
    assert "Bring back" in eve.get("/case/1").text
    eve.post("/case/1/put-off", hours="0")
    assert eve.get("/counts").json()["waiting"] == 2


@pytest.mark.parametrize("hours", ["", "-1", "5", "99999", "x"])
def test_a_case_is_put_off_for_one_of_the_spans(desk: Desk, hours: str) -> None:
    assert desk.person().post("/case/1/put-off", hours=hours).status_code == 400


def test_a_case_is_handed_over(desk: Desk) -> None:
    eve, ben = desk.person("Eve"), desk.person("Ben")
    desk.person("Stranger", mailboxes=("other",))
    assert eve.post("/case/1/hand-over", to="Ben").headers["location"] == "/case/2?done=handed_over"
    assert "for Ben" in ben.get("/").text
    assert "/case/1" in ben.get("/?handed_to=Ben").text and "/case/2" not in ben.get("/?handed_to=Ben").text
    # Another reviewer is not led to it.
    assert eve.post("/case/2/refuse").headers["location"] == "/?done=closed"
    for nobody in ("Stranger", "Zoe"):
        assert eve.post("/case/1/hand-over", to=nobody).status_code == 400


@pytest.mark.parametrize(("way", "because"), [("by_hand", "Eve: answered by hand"), ("not_for_us", "Eve: not for us: spam")])
def test_a_case_is_closed_as_answered_by_hand_or_not_for_us(desk: Desk, way: str, because: str) -> None:
    desk.person("Eve").post("/case/1/refuse", way=way, reason="spam" if way == "not_for_us" else "")
    assert desk.house.ledger.records()[0].because[0] == because
    assert [each.label for each in desk.files.corrections(taken=False)] == (["other"] if way == "not_for_us" else [])


def test_an_unknown_way_to_close_is_refused(desk: Desk) -> None:
    assert desk.person().post("/case/1/refuse", way="burn").status_code == 400


def test_earlier_mails_are_found_by_customer_order_and_subject(desk: Desk) -> None:
    eve = desk.person("Eve")
    eve.post("/case/1/refuse", reason="called her")
    for words in ("anna", "1043", "broken"):
        page = eve.get(f"/?q={words}").text
        assert "Earlier mails with these words" in page and 'href="/case/1"' in page.partition("Earlier")[2], words
    assert 'href="/case/1"' not in eve.get("/?q=bob").text
    assert 'href="/case/1"' not in desk.person("Stranger", mailboxes=("other",)).get("/?q=anna").text


def test_a_case_shows_the_conversation(house: House) -> None:
    house.go_round(mail("where", "Order 1043"), mail("broken", "Order 1043 arrived broken"))
    page = Desk(house).person().get("/case/2").text
    assert "The conversation" in page and "RB123456785CN" in page.partition("The conversation")[2]


def test_a_case_is_opened_in_the_log_by_name(desk: Desk) -> None:
    desk.person("Eve").get("/case/1")
    assert [(entry.who, entry.what, entry.about["draft"]) for entry in desk.audit.entries()] == [("Eve", "opened", "1")]


def with_files() -> bytes:
    message = message_from_bytes(mail("broken", "Order 1043 arrived broken"), policy=policy.default)
    assert isinstance(message, EmailMessage)
    message.add_alternative("<p>Order <b>1043</b></p><script>alert(1)</script><img src=//x.example>", subtype="html")
    message.add_attachment(PNG, maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(b"<svg onload=alert(1)>", maintype="image", subtype="png", filename="evil.png")
    message.add_attachment(b"<script>alert(1)</script>", maintype="text", subtype="html", filename="evil.html")
    return message.as_bytes()


@pytest.fixture
def filed(house: House) -> Desk:
    house.go_round(with_files())
    return Desk(house)


def test_html_is_shown_in_a_frame_without_what_acts(filed: Desk) -> None:
    eve = filed.person("Eve")
    assert '<iframe sandbox src="/case/1/html"' in eve.get("/case/1").text
    answer = eve.get("/case/1/html")
    assert "<b>1043</b>" in answer.text and "script" not in answer.text and "x.example" not in answer.text
    assert "sandbox" in answer.headers["Content-Security-Policy"] and "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_only_what_is_a_picture_by_its_bytes_is_shown_as_one(filed: Desk) -> None:
    eve = filed.person("Eve")
    photo, *others = (eve.get(f"/case/1/attachment/{number}") for number in range(3))
    assert (photo.headers["Content-Type"], photo.content) == ("image/png", PNG)
    for other in others:
        assert other.headers["Content-Type"] == "application/octet-stream"
        assert other.headers["Content-Disposition"].startswith("attachment")
    assert eve.get("/case/1/attachment/3").status_code == 404


def test_a_case_is_exported_as_one_file(house: House) -> None:
    house.go_round(mail("where", "Order 1043"), mail("broken", "Order 1043 arrived broken"))
    desk = Desk(house)
    eve = desk.person("Eve")
    eve.get("/case/2")
    answer = eve.get("/case/2/export")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="case-1043.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.namelist() == ["case.json", "01-mail.eml", "01-reply-1-sent.eml", "02-mail.eml"]
        assert archive.read("01-mail.eml") == mail("where", "Order 1043")
        assert archive.read("01-reply-1-sent.eml") == house.courier.sent[0][2]
        told = json.loads(archive.read("case.json"))
    assert [each["state"] for each in told["mails"]] == ["answered", "waiting"]
    assert [entry["what"] for entry in told["log"]] == ["opened", "exported the case"]


def test_what_is_decided_cannot_be_put_off(desk: Desk) -> None:
    eve = desk.person("Eve")
    eve.post("/case/1/refuse")
    eve.post("/case/1/put-off", hours="1")
    desk.house.clock.advance(hours=2)
    assert desk.person("Eve").get("/counts").json()["waiting"] == 1
