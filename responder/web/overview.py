"""The log, the stop, and people: the pages of those who lead."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from responder.domain.person import ROLES, Person
from responder.web.guard import Asker
from responder.web.pages import Pages
from responder.web.passwords import digest, new_token
from responder.workflow.ports.audit import Audit
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.marks import Marks
from responder.workflow.ports.people import People

INVITATION = timedelta(minutes=15)
LATEST = 500


class Overview:
    """Pages that show what happened, and who may do what."""

    def __init__(
        self,
        pages: Pages,
        people: People,
        audit: Audit,
        clock: Clock,
        marks: Marks,
        mailboxes: Sequence[str],
        stop: Callable[[str, str], None],
        resume: Callable[[], bool],
    ) -> None:
        self._pages, self._people, self._audit, self._clock = pages, people, audit, clock
        self._marks, self._mailboxes, self._stop, self._resume = marks, mailboxes, stop, resume

    def log(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show who did what."""
        entries = list(reversed(self._audit.entries(LATEST)))
        return self._pages.show(request, asker, "audit.html", entries=entries, broken=self._audit.broken_at(LATEST))

    def stop(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Let nothing leave."""
        because = str(form.get("because", "")).strip()[:200]
        self._stop(asker.person.name, because)
        self._audit.note(asker.person.name, "stopped", {"because": because}, self._clock.now())
        return RedirectResponse("/statistics", 303)

    def resume(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Let replies leave again."""
        self._resume()
        self._audit.note(asker.person.name, "resumed", {}, self._clock.now())
        return RedirectResponse("/statistics", 303)

    def release(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Let replies leave by themselves again, after what was held was looked through."""
        if self._marks.release():
            self._audit.note(asker.person.name, "released", {}, self._clock.now())
        return RedirectResponse("/statistics", 303)

    def everybody(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show the people."""
        return self._show_people(request, asker)

    def invite(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Write a person, and give a link with which to set a password."""
        name, role = " ".join(str(form.get("name", "")).split())[:100], str(form.get("role", ""))
        mailboxes = tuple(each for each in map(str, form.getlist("mailboxes")) if each in self._mailboxes)
        chosen = next((each for each in ROLES if each == role), None)
        if not name or chosen is None:
            return self._show_people(request, asker, 400, wrong="A name and a role are needed.")
        if name == asker.person.name and chosen != asker.person.role:
            return self._show_people(request, asker, 400, wrong="Nobody takes rights from themselves.")
        token, now = new_token(), self._clock.now()
        self._people.add(Person(name, chosen, mailboxes), digest(token), now + INVITATION)
        self._audit.note(asker.person.name, "invited", {"name": name, "role": role, "mailboxes": ", ".join(mailboxes)}, now)
        return self._show_people(request, asker, link=f"{request.base_url}invitation/{token}", invited=name)

    def disable(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Let a person sign in no more."""
        name = str(form.get("name", ""))
        if name != asker.person.name and self._people.disable(name):
            self._audit.note(asker.person.name, "disabled", {"name": name}, self._clock.now())
        return RedirectResponse("/people", 303)

    def _show_people(
        self, request: Request, asker: Asker, status: int = 200, *, link: str = "", invited: str = "", wrong: str = ""
    ) -> Response:
        everybody = self._people.everybody()
        values = {"everybody": everybody, "roles": ROLES, "mailboxes": self._mailboxes, "link": link, "invited": invited, "wrong": wrong}
        return self._pages.show(request, asker, "people.html", status, **values)
