"""What follows from a decision."""

from datetime import timedelta

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from responder.domain.case import Draft
from responder.domain.errors import OutsideError
from responder.web.case_page import CasePage, labels_of
from responder.web.guard import Asker
from responder.web.office import Office
from responder.web.shown import shown_digest
from responder.workflow.review import Verdict

# For how many hours a case can be put off; 0 brings it back.
HOURS = (0, 1, 4, 24, 72)
WAYS_TO_CLOSE = {"": "", "by_hand": "answered by hand", "not_for_us": "not for us"}


class Deciding:
    """The verbs of a reviewer."""

    def __init__(self, office: Office, case_page: CasePage) -> None:
        self._office, self._case_page = office, case_page

    def approve(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Approve what was shown, as it is or with other words."""
        draft = self._office.asked_for(request, asker)
        written = str(form.get("text", "")).replace("\r\n", "\n").strip()
        if form.get("shown") != shown_digest(draft):
            return self._case_page.page(request, asker, draft, 409, "changed")
        unchanged = not draft.written and written == draft.text.strip()
        text = None if unchanged else written
        try:
            done = form.get("action_done") == "yes"
            verdict = self._office.reviewer.approve(draft.id, asker.person.name, text=text, action_done=done)
        except OutsideError:
            return self._case_page.page(request, asker, draft, 503, "away", written)
        self._office.note(asker, f"approve: {verdict.kind}", draft, shown=shown_digest(draft), edited="yes" if text else "no")
        return self._after(request, asker, draft, verdict, written)

    def refuse(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Close the case without a reply of the bot."""
        draft, way = self._office.asked_for(request, asker), str(form.get("way", ""))
        if way not in WAYS_TO_CLOSE:
            raise HTTPException(400)
        reason = ": ".join(filter(None, (WAYS_TO_CLOSE[way], str(form.get("reason", "")).strip()[:500])))
        verdict = self._office.reviewer.refuse(draft.id, reason, asker.person.name)
        if verdict.kind == "closed" and way == "not_for_us" and draft.label != "other":
            self._correct(asker, draft, "other")
        self._office.note(asker, f"refuse: {verdict.kind}", draft, reason=reason)
        return self._after(request, asker, draft, verdict, "")

    def undo(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Take back what was just approved."""
        draft = self._office.asked_for(request, asker)
        verdict = self._office.reviewer.take_back(draft.id)
        self._office.note(asker, f"undo: {verdict.kind}", draft)
        return RedirectResponse(f"/case/{draft.id}", 303) if verdict.kind == "changed" else RedirectResponse("/?done=late", 303)

    def correct(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Note what the mail really asks for."""
        draft, label = self._office.asked_for(request, asker), str(form.get("label", ""))
        if label not in labels_of(self._office.knowledge):
            raise HTTPException(400)
        self._correct(asker, draft, label)
        return RedirectResponse(f"/case/{draft.id}?done=corrected", 303)

    def put_off(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Have the case wait out of sight for some hours."""
        draft, hours = self._office.asked_for(request, asker), str(form.get("hours", ""))
        if not hours.isdecimal() or int(hours) not in HOURS:
            raise HTTPException(400)
        until = self._office.clock.now() + timedelta(hours=int(hours)) if int(hours) else None
        self._office.reviewer.reviews.put_off(draft.id, until)
        self._office.note(asker, "put off" if until else "brought back", draft, hours=hours)
        return self._next(asker, draft, "put_off") if until else RedirectResponse(f"/case/{draft.id}", 303)

    def hand_over(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Say who is to look at the case."""
        draft, to = self._office.asked_for(request, asker), str(form.get("to", ""))
        known = {each.name for each in self._office.people.everybody() if not each.disabled and each.may_see(draft.mailbox)}
        if to and to not in known:
            raise HTTPException(400)
        self._office.reviewer.reviews.hand_over(draft.id, to)
        self._office.note(asker, "handed over", draft, to=to)
        return RedirectResponse(f"/case/{draft.id}", 303) if to in ("", asker.person.name) else self._next(asker, draft, "handed_over")

    def _correct(self, asker: Asker, draft: Draft, label: str) -> None:
        self._office.reviewer.reviews.correct(draft.id, label, asker.person.name, self._office.clock.now())
        self._office.note(asker, "corrected the label", draft, **{"from": draft.label, "to": label})

    def _after(self, request: Request, asker: Asker, draft: Draft, verdict: Verdict, written: str) -> Response:
        """Open the next case, or show this one again with what stood in the way."""
        match verdict.kind:
            case "approved":
                return self._next(asker, draft, f"approved&undo={draft.id}")
            case "closed":
                return self._next(asker, draft, "closed")
            case "changed":
                return RedirectResponse(f"/case/{verdict.draft_id}?done=changed", 303)
            case "by_hand":
                return self._case_page.page(request, asker, draft, 409, "by_hand", written)
            case _:
                fresh = self._office.reviewer.reviews.get(draft.id) or draft
                return self._case_page.page(request, asker, fresh, 409, verdict.told, written)

    def _next(self, asker: Asker, draft: Draft, done: str) -> Response:
        """Open the next case that nobody else has open or is to look at; where there is none, the queue."""
        office, me = self._office, asker.person.name
        open_now = office.reviewer.reviews.open_now(office.clock.now())
        for each in office.line_of(asker.person):
            taken = each.handed_to not in ("", me) or any(name != me for name in open_now.get(each.id, ()))
            if each.id != draft.id and not taken and not office.is_put_off(each):
                return RedirectResponse(f"/case/{each.id}?done={done}", 303)
        return RedirectResponse(f"/?done={done}", 303)
