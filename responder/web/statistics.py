"""Figures that people look at, as pages, pictures and tables."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta, tzinfo

from markupsafe import Markup
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from responder.domain.person import Person
from responder.web.guard import Asker
from responder.web.office import Office
from responder.workflow.agreement import Share, agreement, corrections, waits
from responder.workflow.balance import Line, balance
from responder.workflow.deadlines import age
from responder.workflow.feedback import examples
from responder.workflow.ports.account_books import AccountBooks
from responder.workflow.ports.case_files import Correction
from responder.workflow.ports.figures import Answered, Corrected, Figures, Judgement
from responder.workflow.ports.marks import Marks

SPANS = {"14": timedelta(days=14), "30": timedelta(days=30), "90": timedelta(days=90)}
KINDS = ("answered", "waiting", "under_way", "quarantined", "silent")
# Less than so many say little, so that they are not drawn.
FEWEST = 5


class Statistics:
    """Pages that show what happened."""

    def __init__(
        self, office: Office, books: AccountBooks, figures: Figures, marks: Marks, zone: tzinfo, stopped: Callable[[], str]
    ) -> None:
        self._office, self._books, self._figures, self._marks = office, books, figures, marks
        self._zone, self._stopped = zone, stopped

    def show(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show what became of the mails of the last days, and how good the drafts were."""
        span = _span(request)
        lines = self._lines(asker.person, span)
        judged, answered, corrected = self._counted(asker.person, span)
        alone = sum(each.alone for each in answered)
        return self._office.pages.show(
            request,
            asker,
            "statistics.html",
            lines=[_row(line) for line in reversed(lines)],
            kinds=KINDS,
            chart=chart(lines),
            span=span,
            spans=list(SPANS),
            alone=Share("alone", alone, len(answered)),
            waits=[(each, age(each.median), age(each.ninth)) for each in waits(answered)],
            judged=len(judged),
            by_label=agreement(judged, lambda each: each.label),
            by_rule=agreement(judged, lambda each: each.rule),
            bars=bars(agreement(judged, lambda each: each.label)),
            corrections=corrections(corrected),
            to_learn=len(self._to_learn(asker.person, taken=False)),
            stopped=self._stopped(),
            held=self._marks.held(),
        )

    def days_csv(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the mails by day as a table for a spreadsheet."""
        names = ("day", "mailbox", "arrived", *KINDS, "difference")
        rows = (_row(line) for line in self._lines(asker.person, _span(request)))
        return _table("days.csv", names, ([row[name] for name in names] for row in rows))

    def agreement_csv(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the agreement by label and by rule as a table for a spreadsheet."""
        judged, _, _ = self._counted(asker.person, _span(request))
        ways = (("label", agreement(judged, lambda each: each.label)), ("rule", agreement(judged, lambda each: each.rule)))
        rows = (
            [way, share.name, share.of, share.counted, *(f"{bound:.4f}" for bound in share.bounds)]
            for way, shares in ways
            for share in shares
        )
        return _table("agreement.csv", ("by", "name", "drafts", "sent as drafted", "at least", "at most"), rows)

    def feedback(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the corrected mails that were not taken yet, as rows that `responder train --data` reads, and note that they were taken."""
        office = self._office
        waiting = self._to_learn(asker.person, taken=False)
        rules = {name: profile.reading for name, profile in office.profiles.items()}
        lines = [json.dumps(row, ensure_ascii=False) for row in examples(waiting, office.knowledge.reader, rules)]
        now = office.clock.now()
        office.case_files.take([each.id for each in waiting], now)
        office.audit.note(asker.person.name, "took corrections for training", {"mails": str(len(lines))}, now)
        headers = {"Content-Disposition": f'attachment; filename="corrections-{now:%Y-%m-%d}.jsonl"'}
        return Response("".join(f"{line}\n" for line in lines), media_type="application/jsonl; charset=utf-8", headers=headers)

    def _to_learn(self, person: Person, *, taken: bool) -> list[Correction]:
        return [each for each in self._office.case_files.corrections(taken=taken) if person.may_see(each.mailbox)]

    def _counted(self, person: Person, span: str) -> tuple[list[Judgement], list[Answered], list[Corrected]]:
        since = self._office.clock.now() - SPANS[span]
        return (
            [each for each in self._figures.judgements(since) if person.may_see(each.mailbox)],
            [each for each in self._figures.answered(since) if person.may_see(each.mailbox)],
            [each for each in self._figures.corrected(since) if person.may_see(each.mailbox)],
        )

    def _lines(self, person: Person, span: str) -> list[Line]:
        lines = balance(self._books, self._office.clock.now() - SPANS[span], self._zone)
        return [line for line in lines if person.may_see(line.mailbox)]


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
                    kind, place * step + step * 0.1, top, step * 0.8, size, name, kind, day[kind]
                )
            )
        if place % max(1, len(days) // 14) == 0:
            drawn.append(Markup('<text x="{:.1f}" y="{}">{}</text>').format(place * step + step * 0.1, height + 14, name[5:]))
    return Markup("").join([*drawn, Markup("</svg>")])


def bars(shares: Sequence[Share]) -> Markup:
    """Draw each share as a bar, with its interval as a line across its end, as SVG."""
    shown = [share for share in shares if share.of >= FEWEST]
    if not shown:
        return Markup("")
    left, width, line = 190, 480, 26
    drawn = [Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}">').format(720, line * len(shown), "Sent as drafted")]
    for place, share in enumerate(shown):
        low, high = share.bounds
        top, share_of = place * line, share.counted / share.of
        drawn.append(
            Markup(
                '<text x="{}" y="{}" text-anchor="end">{}</text><rect class="ground" x="{}" y="{}" width="{}" height="16"/>'
                '<rect class="answered" x="{}" y="{}" width="{:.1f}" height="16"><title>{} / {}</title></rect>'
                '<path class="interval" d="M{:.1f} {}H{:.1f}"/><text x="{}" y="{}">{:.0f} %</text>'
            ).format(
                left - 8, top + 17, share.name, left, top + 5, width, left, top + 5, width * share_of, share.counted, share.of,
                left + width * low, top + 13, left + width * high, left + width + 8, top + 17, share_of * 100,
            )
        )  # fmt: skip
    return Markup("").join([*drawn, Markup("</svg>")])


def _span(request: Request) -> str:
    asked = request.query_params.get("days", "")
    return asked if asked in SPANS else "14"


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(head)
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


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
