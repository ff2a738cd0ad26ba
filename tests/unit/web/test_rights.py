"""Who may do what: every role on every route, and on what lies in a mailbox that is not theirs."""

import pytest
from starlette.routing import Route

from responder.domain.person import ROLES, Role
from responder.web.rights import RIGHTS
from responder.web.single_sign_on import Provider
from tests.unit.web.desk import HOST, Desk
from tests.unit.workflow.house import House, mail

ALLOWED = {200, 303, 400, 404, 409}


@pytest.fixture
def desk(house: House) -> Desk:
    house.go_round(mail("broken", "Order 1043 arrived broken"))
    return Desk(house, provider=Provider("http://127.0.0.1:1", "responder", "secret", "email", "Sign in elsewhere"))


def routes(desk: Desk) -> list[tuple[str, str, str]]:
    found = [
        (route.name, next(iter(route.methods - {"HEAD"})), route.path)
        for route in desk.app.routes
        if isinstance(route, Route) and route.methods
    ]
    return [
        (name, method, path.replace("{draft:int}", "1").replace("{number:int}", "0").replace("{token}", "x"))
        for name, method, path in found
    ]


def test_every_route_stands_in_the_table(desk: Desk) -> None:
    assert {name for name, _, _ in routes(desk)} | {"static"} == set(RIGHTS)


@pytest.mark.parametrize("role", [None, *ROLES])
def test_each_role_reaches_what_the_table_says_and_nothing_else(desk: Desk, role: Role | None) -> None:
    for name, method, path in routes(desk):
        if name == "logout":
            continue
        browser = desk.person("Eve", role) if role else None
        client = browser.client if browser else desk.visitor()
        answer = client.get(path) if method == "GET" else client.post(path, data={"csrf": browser.csrf if browser else ""})
        least = RIGHTS[name]
        if least is None:
            assert answer.status_code in ALLOWED | {403}, name  # a wrong password is refused
        elif role is None:
            assert (answer.status_code, answer.headers["location"]) == (303, "/login"), name
        elif ROLES.index(role) >= ROLES.index(least):
            assert answer.status_code in ALLOWED, name
        else:
            assert answer.status_code == 403, name


@pytest.mark.parametrize("path", ["", "/original", "/export", "/html"])
def test_a_case_of_another_mailbox_is_not_there(desk: Desk, path: str) -> None:
    assert desk.person("Eve", mailboxes=("other",)).get(f"/case/1{path}").status_code == 404
    assert desk.person("Ann", mailboxes=("shop",)).get(f"/case/1{path}").status_code == 200


@pytest.mark.parametrize("deed", ["approve", "refuse", "undo", "correct", "put-off", "hand-over"])
def test_nothing_is_done_to_a_case_of_another_mailbox(desk: Desk, deed: str) -> None:
    browser = desk.person("Eve", "admin", mailboxes=("other",))
    assert browser.post(f"/case/1/{deed}", label="other", text="x").status_code == 404
    assert [draft.state for draft in desk.house.reviews.waiting()] == ["waiting"]


def test_the_queue_and_the_figures_show_ones_own_mailboxes(desk: Desk) -> None:
    stranger = desk.person("Eve", "lead", mailboxes=("other",))
    assert "anna@example.org" not in stranger.get("/").text
    assert stranger.get("/counts").json() == {"waiting": 0, "overdue": 0, "others": []}
    assert "shop" not in stranger.get("/statistics/days.csv").text


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
def test_what_another_site_had_the_browser_send_is_refused(desk: Desk, headers: dict[str, str]) -> None:
    browser = desk.person()
    answer = browser.client.post("/case/1/refuse", data={"csrf": browser.csrf}, headers={"Origin": HOST, **headers})
    assert answer.status_code == 403
    assert desk.house.reviews.waiting()


@pytest.mark.parametrize("csrf", ["", "csrf of somebody else"])
def test_a_form_without_its_token_is_refused(desk: Desk, csrf: str) -> None:
    assert desk.person().client.post("/case/1/refuse", data={"csrf": csrf}).status_code == 403
    assert desk.house.reviews.waiting()


def test_a_form_without_an_origin_is_refused(desk: Desk) -> None:
    browser = desk.person()
    del browser.client.headers["Origin"]
    assert browser.post("/case/1/refuse").status_code == 403


def test_every_answer_carries_what_protects_the_browser(desk: Desk) -> None:
    for browser, path in ((desk.visitor(), "/login"), (desk.person().client, "/"), (desk.person().client, "/case/999")):
        headers = browser.get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe-inline" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Cache-Control"] == "no-store"
