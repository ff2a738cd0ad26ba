"""The pages over a house of fakes, and people who are signed in to them."""

from dataclasses import replace
from datetime import UTC, timedelta

from starlette.testclient import TestClient

from responder.adapters.store.audit import SqlAudit
from responder.adapters.store.case_files import SqlCaseFiles
from responder.adapters.store.figures import SqlFigures
from responder.adapters.store.people import SqlPeople
from responder.domain.person import Person, Role
from responder.web.app import make_app
from responder.web.guard import Guard
from responder.web.office import Office
from responder.web.overview import Overview
from responder.web.pages import Pages
from responder.web.passwords import digest, hashed
from responder.web.sign_in import SignIn
from responder.web.single_sign_on import Provider, SingleSignOn
from responder.web.statistics import Statistics
from tests.unit.workflow.house import House

HOST = "http://review.example"
PASSWORD = "correct horse battery"
HASHED = hashed(PASSWORD)


class Desk:
    """The pages, and verbs for tests."""

    def __init__(self, house: House, undo: timedelta = timedelta(), provider: Provider | None = None) -> None:
        self.house, self.people, self.audit = house, SqlPeople(house.engine), SqlAudit(house.engine)
        self.stopped = ""
        guard, pages = Guard(self.people, house.clock, secure=False), Pages("Lumio", UTC)
        reviewer = replace(house.reviewer, undo=undo)
        within = {"shop": timedelta(hours=24)}
        self.files = SqlCaseFiles(house.engine)
        office = Office(pages, reviewer, self.files, house.knowledge, {"shop": house.profile}, within, self.people, self.audit, house.clock)
        statistics = Statistics(office, house.books, SqlFigures(house.engine), house.marks, UTC, lambda: self.stopped)
        overview = Overview(pages, self.people, self.audit, house.clock, house.marks, ["shop", "other"], self._stop, self._resume)
        sign_in = SignIn(guard, pages, self.people, self.audit, house.clock, provider.title if provider else "")
        sign_on = SingleSignOn(provider, sign_in, HOST) if provider else None
        self.app = make_app(guard, office, statistics, overview, sign_in, sign_on)

    def _stop(self, by: str, because: str) -> None:
        self.stopped = f"{by}: {because}"

    def _resume(self) -> bool:
        self.stopped = ""
        return True

    def visitor(self) -> TestClient:
        """Give a browser of somebody who is not signed in."""
        return TestClient(self.app, base_url=HOST, headers={"Origin": HOST}, follow_redirects=False, raise_server_exceptions=False)

    def person(self, name: str = "Eve", role: Role = "reviewer", mailboxes: tuple[str, ...] = ()) -> "Browser":
        """Give a browser of a person who is signed in."""
        now = self.house.clock.now()
        self.people.add(Person(name, role, mailboxes), digest(f"invitation of {name}"), now + timedelta(minutes=15))
        self.people.accept(digest(f"invitation of {name}"), HASHED, now)
        self.people.begin(name, digest(f"token of {name}"), f"csrf of {name}", now)
        client = self.visitor()
        client.cookies.set("responder", f"token of {name}")
        return Browser(client, f"csrf of {name}")


class Browser:
    """A browser of somebody who is signed in; every form carries what the page gave it."""

    def __init__(self, client: TestClient, csrf: str) -> None:
        self.client, self.csrf = client, csrf

    def get(self, path: str, **headers: str):  # type: ignore[no-untyped-def]
        return self.client.get(path, headers=headers)

    def post(self, path: str, **form: str):  # type: ignore[no-untyped-def]
        return self.client.post(path, data={"csrf": self.csrf, **form})

    def shown(self, draft: int) -> str:
        """Read from a case what an approval is bound to."""
        text: str = self.get(f"/case/{draft}").text
        return text.split('name="shown" value="')[1].split('"')[0]

    def approve(self, draft: int, text: str, **form: str):  # type: ignore[no-untyped-def]
        return self.post(f"/case/{draft}/approve", shown=self.shown(draft), text=text, **form)
