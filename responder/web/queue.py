"""The queue: what waits, and looking up what was."""

from collections.abc import Mapping

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from responder.domain.case import Draft
from responder.web.guard import Asker
from responder.web.office import Office, number_in
from responder.workflow.deadlines import age

MOST_SHOWN = 200
MOST_FOUND = 50
FILTERS = ("mailbox", "label", "language", "handed_to", "rule")


class Queue:
    """The list that a reviewer works through."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show what waits, the nearest deadline first; with words, also what was and fits them."""
        office = self._office
        wanted = {name: request.query_params.get(name, "") for name in (*FILTERS, "q", "later")}
        mine = office.waiting_for(asker.person)
        at_hand = [draft for draft in mine if office.is_put_off(draft) == bool(wanted["later"])]
        found = [draft for draft in at_hand if _fits(draft, wanted)]
        now = office.clock.now()
        open_now = office.reviewer.reviews.open_now(now)
        return office.pages.show(
            request,
            asker,
            "queue.html",
            drafts=[
                (draft, age(now - draft.arrived_at), office.is_late(draft), _others(open_now, draft.id, asker))
                for draft in found[:MOST_SHOWN]
            ],
            count=len(found),
            overdue=sum(map(office.is_late, mine)),
            put_off=len(mine) - len(at_hand) if not wanted["later"] else 0,
            wanted=wanted,
            choices={name: sorted({value for draft in at_hand if (value := getattr(draft, name))}) for name in FILTERS},
            earlier=self._earlier(wanted["q"], asker, {draft.mail_id for draft in found}),
            done=request.query_params.get("done", ""),
            undo=number_in(request.query_params.get("undo", "")),
        )

    def counts(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Tell how many wait, for a page that is open; a page that shows a case names it, so that others see that it is open."""
        office, now = self._office, self._office.clock.now()
        mine = office.line_of(asker.person)
        others: list[str] = []
        case = number_in(request.query_params.get("case", ""))
        if case and int(case) in {draft.id for draft in mine}:
            office.reviewer.reviews.looks(int(case), asker.person.name, now)
            others = _others(office.reviewer.reviews.open_now(now), int(case), asker)
        waiting = sum(not office.is_put_off(draft) for draft in mine)
        return JSONResponse({"waiting": waiting, "overdue": sum(map(office.is_late, mine)), "others": others})

    def _earlier(self, words: str, asker: Asker, shown: set[int]) -> list[tuple[object, str]]:
        if not words.strip():
            return []
        now = self._office.clock.now()
        found = self._office.case_files.search(words.split(), MOST_FOUND)
        return [(turn, age(now - turn.arrived_at)) for turn in found if asker.person.may_see(turn.mailbox) and turn.mail_id not in shown]


def _others(open_now: Mapping[int, list[str]], draft: int, asker: Asker) -> list[str]:
    return [name for name in open_now.get(draft, ()) if name != asker.person.name]


def _fits(draft: Draft, wanted: Mapping[str, str]) -> bool:
    if any(wanted[name] and getattr(draft, name) != wanted[name] for name in FILTERS):
        return False
    words = f"{draft.customer} {draft.sender_name} {draft.subject} {draft.order_number} {' '.join(draft.because)}".lower()
    return all(word in words for word in wanted["q"].lower().split())
