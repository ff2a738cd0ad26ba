"""Signing in by a provider: those who were added, vouched for by what the provider has signed, and nobody else."""

from collections.abc import Iterator

import httpx2
import pytest
from starlette.testclient import TestClient

from responder.domain.person import Person
from responder.web.passwords import digest
from responder.web.single_sign_on import Provider
from tests.rig.oidc_provider import CLIENT_ID, CLIENT_SECRET, OidcProvider, oidc_provider
from tests.unit.web.desk import HOST, Desk
from tests.unit.workflow.house import House


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    with oidc_provider() as provider:
        yield provider


@pytest.fixture
def desk(house: House, provider: OidcProvider) -> Desk:
    desk = Desk(house, provider=Provider(provider.issuer, CLIENT_ID, CLIENT_SECRET, "email", "Sign in with Lumio"))
    desk.people.add(Person("eve@shop.example", "lead"), digest("unused"), house.clock.now())
    return desk


def way_back(client: TestClient) -> str:
    """Go to the provider and give the address that it sends the browser back to."""
    there = client.get("/oidc")
    assert there.status_code == 302, there.headers
    back = httpx2.get(there.headers["location"]).headers["location"]
    assert back.startswith(f"{HOST}/oidc/back?")
    return back.removeprefix(HOST)


def test_who_was_added_comes_in(desk: Desk) -> None:
    client = desk.visitor()
    assert "Sign in with Lumio" in client.get("/login").text
    answer = client.get(way_back(client))
    # A strict cookie is not sent on a way that began at the provider, so a page of ours stands in between.
    assert answer.status_code == 200 and 'content="0;url=/"' in answer.text
    assert client.get("/statistics").status_code == 200
    assert [(entry.who, entry.what) for entry in desk.audit.entries()] == [("eve@shop.example", "signed in")]


def test_nobody_comes_in_twice_by_one_code(desk: Desk) -> None:
    client = desk.visitor()
    back = way_back(client)
    client.get(back)
    client.cookies.delete("responder")
    assert client.get(back).headers["location"] == "/login?wrong=provider"


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "mallory@shop.example"},
        {"email_verified": False},
        {"email": ""},
        {"email": ["eve@shop.example"]},
        {"iss": "https://evil.example"},
        {"aud": "another client"},
        {"nonce": "of another browser"},
        {"exp": 1},
    ],
)
def test_who_is_not_vouched_for_stays_outside(desk: Desk, provider: OidcProvider, claims: dict[str, object]) -> None:
    provider.claims |= claims
    client = desk.visitor()
    assert client.get(way_back(client)).headers["location"] == "/login?wrong=provider"
    assert client.get("/").headers["location"] == "/login"
    assert "did not let you in" in client.get("/login?wrong=provider").text


def test_a_token_that_a_stranger_has_signed_is_refused(desk: Desk, provider: OidcProvider) -> None:
    provider.forge = True
    client = desk.visitor()
    assert client.get(way_back(client)).headers["location"] == "/login?wrong=provider"


def test_the_way_back_belongs_to_the_browser_that_went(desk: Desk) -> None:
    back = way_back(desk.visitor())
    assert desk.visitor().get(back).headers["location"] == "/login?wrong=provider"


def test_who_was_disabled_stays_outside(desk: Desk) -> None:
    desk.people.disable("eve@shop.example")
    client = desk.visitor()
    assert client.get(way_back(client)).headers["location"] == "/login?wrong=provider"


def test_a_provider_that_is_away_leads_back_to_the_sign_in_page(house: House) -> None:
    desk = Desk(house, provider=Provider("http://127.0.0.1:1", CLIENT_ID, CLIENT_SECRET, "email", "Sign in with Lumio"))
    assert desk.visitor().get("/oidc").headers["location"] == "/login?wrong=provider"
