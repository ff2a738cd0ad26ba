"""Statistics, the log, and people: the pages of those who lead."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import timedelta, tzinfo

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from responder.domain.person import ROLES, Person
from responder.web.guard import Asker
from responder.web.pages import Pages
from responder.web.passwords import digest, new_token
from responder.workflow.balance import Line, balance
from responder.workflow.ports.account_books import AccountBooks
from responder.workflow.ports.audit import Audit
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.marks import Marks
from responder.workflow.ports.people import People

INVITATION = timedelta(minutes=15)
SHOWN_DAYS = timedelta(days=14)
LATEST = 500
KINDS = ("answered", "waiting", "under_way", "quarantined", "silent")


class Overview:
    """Pages that show what happened, and who may do what."""

    def __init__(
        self,
        pages: Pages,
        books: AccountBooks,
        marks: Marks,
        people: People,
        audit: Audit,
        clock: Clock,
        zone: tzinfo,
        mailboxes: Sequence[str],
        stopped: Callable[[], str],
        stop: Callable[[str, str], None],
        resume: Callable[[], bool],
    ) -> None:
        self._pages, self._books, self._marks, self._people, self._audit = pages, books, marks, people, audit
        self._clock, self._zone, self._mailboxes = clock, zone, mailboxes
        self._stopped, self._stop, self._resume = stopped, stop, resume

    def statistics(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show what became of the mails of the last days."""
        lines = self._lines(asker.person)
        return self._pages.show(
            request,
            asker,
            "statistics.html",
            lines=[_row(line) for line in reversed(lines)],
            kinds=KINDS,
            chart=chart(lines),
            stopped=self._stopped(),
            held=self._marks.held(),
        )

    def statistics_csv(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the same as a table for a spreadsheet."""
        text = io.StringIO()
        writer = csv.writer(text)
        names = ("day", "mailbox", "arrived", *KINDS, "difference")
        writer.writerow(names)
        for line in self._lines(asker.person):
            row = _row(line)
            writer.writerow([harmless(str(row[name])) for name in names])
        headers = {"Content-Disposition": 'attachment; filename="statistics.csv"'}
        return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)

    def log(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show who did what."""
        entries = list(reversed(self._audit.entries(LATEST)))
        return self._pages.show(request, asker, "audit.html", entries=entries, broken=self._audit.broken_at())

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

    def _lines(self, person: Person) -> list[Line]:
        return [line for line in balance(self._books, self._clock.now() - SHOWN_DAYS, self._zone) if person.may_see(line.mailbox)]


def harmless(cell: str) -> str:
    """Write a cell so that no spreadsheet takes it for a formula (OWASP ASVS 5.0, 1.2.10)."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and not cell.lstrip("-").replace(".", "", 1).isdigit() else cell


def chart(lines: Sequence[Line]) -> Markup:
    """Draw a bar for each day, parted by what became of its mails, as SVG."""
    days: dict[str, dict[str, int]] = {}
    for line in lines:
        row = _row(line)
        day = days.setdefault(str(line.day), dict.fromkeys(KINDS, 0))
        for kind in KINDS:
            day[kind] += int(str(row[kind]))
    most = max((sum(day.values()) for day in days.values()), default=0) or 1
    width, height, step = 720, 180, 720 / max(len(days), 7)
    drawn = [Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(width, height + 20, "Mails by day")]
    for place, (name, day) in enumerate(days.items()):
        top = float(height)
        for kind in KINDS:
            size = (height - 20) * day[kind] / most
            top -= size
            drawn.append(
                Markup('<rect class="{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{} {}: {}</title></rect>').format(
                    kind, place * step + 4, top, step - 8, size, name, kind, day[kind]
                )
            )
        drawn.append(Markup('<text x="{:.1f}" y="{}">{}</text>').format(place * step + 4, height + 14, name[5:]))
    return Markup("").join([*drawn, Markup("</svg>")])


def _row(line: Line) -> dict[str, object]:
    counts = {"answered": line.answered, "waiting": line.waiting, "under_way": line.under_way, "quarantined": line.quarantined}
    return {
        "day": line.day,
        "mailbox": line.mailbox,
        "arrived": line.arrived,
        **counts,
        "silent": line.silent.total(),
        "difference": line.difference,
    }
