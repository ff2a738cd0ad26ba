"""Signing in: by a password after an invitation, not too often, and not for ever."""

from datetime import timedelta

import pyotp
import pytest

from responder.domain.person import Person
from responder.web.passwords import digest, too_weak
from tests.unit.web.desk import PASSWORD, Desk
from tests.unit.workflow.house import House


@pytest.fixture
def desk(house: House) -> Desk:
    return Desk(house)


def test_an_invitation_sets_a_password_once_and_lets_in(desk: Desk) -> None:
    desk.people.add(Person("Eve", "admin"), digest("the token"), desk.house.clock.now() + timedelta(minutes=15))
    client = desk.visitor()
    assert "Welcome, Eve" in client.get("/invitation/the token").text
    answer = client.post("/invitation/the token", data={"password": PASSWORD, "again": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/").status_code == 200
    assert desk.visitor().get("/invitation/the token").status_code == 404


def test_an_invitation_ends_after_its_time(desk: Desk) -> None:
    desk.people.add(Person("Eve", "admin"), digest("the token"), desk.house.clock.now() + timedelta(minutes=15))
    desk.house.clock.advance(minutes=16)
    answer = desk.visitor().post("/invitation/the token", data={"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 404
    assert desk.people.password_of("Eve") is None


def test_signing_in_and_out(desk: Desk) -> None:
    desk.person("Eve")
    client = desk.visitor()
    answer = client.post("/login", data={"name": "Eve", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert all(word in cookie for word in ("httponly", "samesite=strict", "path=/"))
    page = client.get("/").text
    csrf = page.split('name="csrf" value="')[1].split('"')[0]
    assert client.post("/logout", data={"csrf": csrf}).headers["location"] == "/login"
    assert client.get("/").headers["location"] == "/login"


def test_a_wrong_password_and_a_name_that_is_not_there_are_told_alike(desk: Desk) -> None:
    desk.person("Eve")
    pages = [desk.visitor().post("/login", data={"name": name, "password": "wrong wrong wrong"}) for name in ("Eve", "Nobody")]
    assert [page.status_code for page in pages] == [403, 403]
    assert pages[0].text == pages[1].text


def test_too_many_trials_have_to_wait(desk: Desk) -> None:
    desk.person("Eve")
    client = desk.visitor()
    for _ in range(5):
        client.post("/login", data={"name": "Eve", "password": "wrong wrong wrong"})
    assert client.post("/login", data={"name": "Eve", "password": PASSWORD}).status_code == 429
    desk.house.clock.advance(minutes=16)
    assert client.post("/login", data={"name": "Eve", "password": PASSWORD}).status_code == 303


@pytest.mark.parametrize(("idle", "steps"), [(31, 1), (20, 37)])
def test_a_session_ends_when_it_is_idle_or_old(desk: Desk, idle: int, steps: int) -> None:
    browser = desk.person()
    for _ in range(steps):
        desk.house.clock.advance(minutes=idle)
        answer = browser.get("/")
    assert answer.headers["location"] == "/login"


def test_who_is_disabled_is_out_at_once(desk: Desk) -> None:
    browser, admin = desk.person("Eve"), desk.person("Ann", "admin")
    admin.post("/people/disable", name="Eve")
    assert browser.get("/").headers["location"] == "/login"
    assert desk.visitor().post("/login", data={"name": "Eve", "password": PASSWORD}).status_code == 403


def test_an_admin_invites_but_takes_no_rights_from_himself(desk: Desk) -> None:
    admin = desk.person("Ann", "admin")
    page = admin.post("/people/invite", name="Bob", role="reviewer", mailboxes="shop").text
    assert "/invitation/" in page
    assert [person.mailboxes for person in desk.people.everybody()] == [(), ("shop",)]
    assert admin.post("/people/invite", name="Ann", role="reviewer").status_code == 400
    assert admin.post("/people/invite", name="Carl", role="owner").status_code == 400


@pytest.mark.parametrize(
    ("password", "why"),
    [("short", "length"), ("a" * 201, "length"), ("aaaaaaaaaaaaaa", "common"), ("password1234", "common"), (PASSWORD, "")],
)
def test_passwords_that_are_easy_to_guess_are_not_taken(password: str, why: str) -> None:
    assert too_weak(password) == why


def test_the_log_is_a_chain_in_which_a_change_shows(desk: Desk) -> None:
    from sqlalchemy import update

    from responder.adapters.store.schema import audit

    for what in ("one", "two", "three"):
        desk.audit.note("Eve", what, {"draft": "1"}, desk.house.clock.now())
    assert desk.audit.broken_at() is None
    with desk.house.engine.begin() as connection:
        connection.execute(update(audit).where(audit.c.what == "two").values(who="Bob"))
    assert desk.audit.broken_at() == 2


def code_at(desk: Desk, secret: str) -> str:
    return str(pyotp.TOTP(secret).at(desk.house.clock.now()))


def with_codes(desk: Desk) -> str:
    browser = desk.person("Eve")
    page = browser.get("/me").text
    secret = str(page.split('name="secret" value="')[1].split('"')[0])
    assert "<svg" in page
    assert browser.post("/me/totp", secret=secret, code=code_at(desk, secret)).status_code == 303
    return secret


def test_codes_are_asked_for_once_they_are_set_up(desk: Desk) -> None:
    secret = with_codes(desk)
    desk.house.clock.advance(seconds=60)
    sign_in = {"name": "Eve", "password": PASSWORD}
    assert desk.visitor().post("/login", data=sign_in).status_code == 403
    assert desk.visitor().post("/login", data={**sign_in, "code": "000000"}).status_code == 403
    assert desk.visitor().post("/login", data={**sign_in, "code": code_at(desk, secret)}).status_code == 303


def test_a_code_counts_once(desk: Desk) -> None:
    secret = with_codes(desk)
    form = {"name": "Eve", "password": PASSWORD, "code": code_at(desk, secret)}
    # The one that set them up has been used.
    assert desk.visitor().post("/login", data=form).status_code == 403
    desk.house.clock.advance(seconds=60)
    form["code"] = code_at(desk, secret)
    assert [desk.visitor().post("/login", data=form).status_code for _ in range(2)] == [303, 403]


@pytest.mark.parametrize(("late", "answer"), [(-30, 303), (30, 303), (90, 403), (-90, 403)])
def test_a_phone_may_be_one_step_early_or_late(desk: Desk, late: int, answer: int) -> None:
    secret = with_codes(desk)
    desk.house.clock.advance(seconds=300)
    code = pyotp.TOTP(secret).at(desk.house.clock.now() + timedelta(seconds=late))
    assert desk.visitor().post("/login", data={"name": "Eve", "password": PASSWORD, "code": code}).status_code == answer


def test_codes_are_not_set_up_without_one_that_is_right(desk: Desk) -> None:
    browser = desk.person("Eve")
    for secret, code in (("A" * 32, "000000"), ("nonsense", "000000"), ("", "")):
        assert browser.post("/me/totp", secret=secret, code=code).status_code == 400
    assert desk.people.totp_of("Eve") is None


def test_ending_codes_needs_one_and_a_new_invitation_ends_them(desk: Desk) -> None:
    secret = with_codes(desk)
    browser = desk.person("Ann")
    assert browser.post("/me/totp", code="000000", secret=secret).status_code == 400
    client = desk.visitor()
    desk.house.clock.advance(seconds=60)
    client.post("/login", data={"name": "Eve", "password": PASSWORD, "code": code_at(desk, secret)})
    csrf = client.get("/me").text.split('name="csrf" value="')[1].split('"')[0]
    assert client.post("/me/totp", data={"csrf": csrf, "code": "000000"}).status_code == 400
    desk.house.clock.advance(seconds=60)
    assert client.post("/me/totp", data={"csrf": csrf, "code": code_at(desk, secret)}).status_code == 303
    assert desk.people.totp_of("Eve") is None
    with_codes(desk)
    desk.people.add(Person("Eve", "reviewer"), digest("new phone"), desk.house.clock.now() + timedelta(minutes=15))
    assert desk.people.totp_of("Eve") is None
