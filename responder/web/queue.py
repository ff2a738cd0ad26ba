"""The queue, one case on one page, and what follows from a decision."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from responder.domain.case import Draft
from responder.domain.errors import OutsideError, ReaderGone, UnreadableMail
from responder.domain.person import Person
from responder.domain.reading import Reading
from responder.domain.understanding import LABELS
from responder.web.guard import Asker
from responder.web.pages import Pages, age, late
from responder.workflow.consider import Knowledge, Profile
from responder.workflow.ports.audit import Audit
from responder.workflow.ports.clock import Clock
from responder.workflow.review import MOST_TEXT, Reviewer, Verdict, told_of

MOST_SHOWN = 200


class Queue:
    """The pages that a reviewer works on."""

    def __init__(
        self,
        pages: Pages,
        reviewer: Reviewer,
        knowledge: Knowledge,
        profiles: Mapping[str, Profile],
        reply_within: Mapping[str, timedelta],
        audit: Audit,
        clock: Clock,
    ) -> None:
        self._pages, self._reviewer, self._knowledge, self._profiles = pages, reviewer, knowledge, profiles
        self._reply_within, self._audit, self._clock = reply_within, audit, clock

    def show(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show what waits, the oldest deadline first."""
        wanted = {name: request.query_params.get(name, "") for name in ("mailbox", "label", "language", "q")}
        mine = self._mine(asker.person)
        found = [draft for draft in mine if _fits(draft, wanted)]
        now = self._clock.now()
        return self._pages.show(
            request,
            asker,
            "queue.html",
            drafts=[(draft, age(now - draft.arrived_at), self._is_late(draft)) for draft in found[:MOST_SHOWN]],
            count=len(found),
            overdue=sum(map(self._is_late, mine)),
            wanted=wanted,
            choices={name: sorted(Counter(getattr(draft, name) for draft in mine)) for name in ("mailbox", "label", "language")},
            done=request.query_params.get("done", ""),
            undo=_number(request.query_params.get("undo", "")),
        )

    def counts(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Tell how many wait, for a page that is open."""
        mine = self._mine(asker.person)
        return JSONResponse({"waiting": len(mine), "overdue": sum(map(self._is_late, mine))})

    def case(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show one case: the mail, the draft, the facts, why, and what approving does."""
        return self._case(request, asker, self._draft(request, asker))

    def approve(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Approve what was shown, as it is or with other words."""
        draft = self._draft(request, asker)
        if form.get("shown") != shown_digest(draft):
            return self._case(request, asker, draft, 409, "changed")
        written = str(form.get("text", "")).replace("\r\n", "\n").strip()
        unchanged = not draft.written and written == draft.text.strip()
        text = None if unchanged else written
        try:
            verdict = self._reviewer.approve(draft.id, asker.person.name, text=text, action_done=form.get("action_done") == "yes")
        except OutsideError:
            return self._case(request, asker, draft, 503, "away")
        about = {"draft": str(draft.id), "mail": str(draft.mail_id), "shown": shown_digest(draft), "edited": "yes" if text else "no"}
        self._note(asker, f"approve: {verdict.kind}", about)
        return self._after(request, asker, draft, verdict, written)

    def refuse(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Close the case without a reply."""
        draft = self._draft(request, asker)
        reason = str(form.get("reason", "")).strip()[:500]
        verdict = self._reviewer.refuse(draft.id, reason, asker.person.name)
        self._note(asker, f"refuse: {verdict.kind}", {"draft": str(draft.id), "mail": str(draft.mail_id), "reason": reason})
        return self._after(request, asker, draft, verdict, "")

    def undo(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Take back what was just approved."""
        draft = self._draft(request, asker)
        verdict = self._reviewer.take_back(draft.id)
        self._note(asker, f"undo: {verdict.kind}", {"draft": str(draft.id), "mail": str(draft.mail_id)})
        return RedirectResponse(f"/case/{draft.id}", 303) if verdict.kind == "changed" else RedirectResponse("/?done=late", 303)

    def correct(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Note what the mail really asks for."""
        draft, label = self._draft(request, asker), str(form.get("label", ""))
        if label not in self._labels():
            raise HTTPException(400)
        self._reviewer.reviews.correct(draft.id, label, asker.person.name, self._clock.now())
        self._note(asker, "corrected the label", {"mail": str(draft.mail_id), "from": draft.label, "to": label})
        return RedirectResponse(f"/case/{draft.id}", 303)

    def original(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the mail as it came, as a file that no browser opens by itself."""
        draft = self._draft(request, asker)
        stored = self._reviewer.reviews.mail(draft.id)
        if stored is None:
            raise HTTPException(404)
        self._note(asker, "fetched the original", {"mail": str(draft.mail_id)})
        headers = {"Content-Disposition": f'attachment; filename="mail-{draft.mail_id}.eml"', "Content-Security-Policy": "sandbox"}
        return Response(stored.arrival.content, media_type="application/octet-stream", headers=headers)

    def _mine(self, person: Person) -> list[Draft]:
        mine = [draft for draft in self._reviewer.reviews.waiting() if person.may_see(draft.mailbox)]
        return sorted(mine, key=lambda draft: draft.arrived_at + self._reply_within.get(draft.mailbox, timedelta(days=1)))

    def _is_late(self, draft: Draft) -> bool:
        return late(draft.arrived_at, self._clock.now(), self._reply_within.get(draft.mailbox, timedelta(days=1)))

    def _draft(self, request: Request, asker: Asker) -> Draft:
        """Give the draft that is asked for; one of a mailbox that the person may not see is not there."""
        draft = self._reviewer.reviews.get(int(request.path_params["draft"]))
        if draft is None or not asker.person.may_see(draft.mailbox):
            raise HTTPException(404)
        return draft

    def _labels(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*LABELS, *self._knowledge.playbook.requests)))

    def _case(
        self, request: Request, asker: Asker, draft: Draft, status: int = 200, told: str = "", written: str | None = None
    ) -> Response:
        stored = self._reviewer.reviews.mail(draft.id)
        profile = self._profiles.get(draft.mailbox)
        reading, unreadable = _read(self._knowledge, stored.arrival.content if stored else b"", profile)
        orders: list[dict[str, Any]] = []
        try:
            numbers = (draft.order_number,) if draft.order_number else ()
            found = self._knowledge.order_book.find(numbers, draft.customer) if draft.customer else ()
            orders = [{**asdict(order), "status": order.status} for order in found]
        except OutsideError:
            told = told or "away"
        waiting = [each.id for each in self._mine(asker.person)]
        here = waiting.index(draft.id) if draft.id in waiting else -1
        return self._pages.show(
            request,
            asker,
            "case.html",
            status,
            draft=draft,
            reading=reading,
            unreadable=unreadable,
            orders=orders,
            told=told,
            text=written if written is not None else draft.text,
            shown=shown_digest(draft),
            action=told_of(draft.action) if draft.action else "",
            by_hand=bool(draft.action and self._reviewer.by_hand(draft.action.kind)),
            labels=self._labels(),
            previous=waiting[here - 1] if here > 0 else None,
            following=waiting[here + 1] if 0 <= here < len(waiting) - 1 else None,
            position=here + 1,
            count=len(waiting),
            most_text=MOST_TEXT,
            overdue=self._is_late(draft),
            done=request.query_params.get("done", ""),
            undo=_number(request.query_params.get("undo", "")),
        )

    def _after(self, request: Request, asker: Asker, draft: Draft, verdict: Verdict, written: str) -> Response:
        """Open the next case, or show this one again with what stood in the way."""
        match verdict.kind:
            case "approved" | "closed":
                following = [each.id for each in self._mine(asker.person) if each.id != draft.id]
                undo = f"&undo={draft.id}" if verdict.kind == "approved" else ""
                target = f"/case/{following[0]}?done={verdict.kind}{undo}" if following else f"/?done={verdict.kind}{undo}"
                return RedirectResponse(target, 303)
            case "changed":
                return RedirectResponse(f"/case/{verdict.draft_id}?done=changed", 303)
            case "by_hand":
                return self._case(request, asker, draft, 409, "by_hand", written)
            case _:
                fresh = self._reviewer.reviews.get(draft.id) or draft
                return self._case(request, asker, fresh, 409, verdict.told, written)

    def _note(self, asker: Asker, what: str, about: Mapping[str, str]) -> None:
        self._audit.note(asker.person.name, what, about, self._clock.now())


def shown_digest(draft: Draft) -> str:
    """Give what an approval is bound to: the text, the recipient, the action, and the state of the draft."""
    reply = [draft.reply.to, draft.reply.subject, draft.reply.text] if draft.reply else []
    action = [draft.action.key, draft.action.details] if draft.action else []
    return hashlib.sha256(json.dumps([draft.id, draft.state, reply, action], default=list).encode()).hexdigest()


def _number(text: str) -> str:
    return text if text.isdecimal() else ""


def _fits(draft: Draft, wanted: Mapping[str, str]) -> bool:
    if any(wanted[name] and getattr(draft, name) != wanted[name] for name in ("mailbox", "label", "language")):
        return False
    words = f"{draft.customer} {draft.subject} {draft.order_number} {' '.join(draft.because)}".lower()
    return all(word in words for word in wanted["q"].lower().split())


def _read(knowledge: Knowledge, content: bytes, profile: Profile | None) -> tuple[Reading | None, str]:
    if profile is None:
        return None, "its mailbox is not configured any more"
    try:
        return knowledge.reader.read(content, profile.reading), ""
    except (UnreadableMail, ReaderGone) as error:
        return None, str(error)
