"""One case on one page: the mail and what hangs on it, the draft, the order, the conversation, and why."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from responder.domain.case import Draft
from responder.domain.errors import OutsideError, ReaderGone, UnreadableMail
from responder.domain.reading import Reading
from responder.domain.understanding import LABELS
from responder.web.guard import Asker
from responder.web.office import Office, number_in
from responder.web.shown import shown_digest
from responder.workflow.case_export import case_file
from responder.workflow.consider import Knowledge, Profile
from responder.workflow.review import MOST_TEXT, told_of

# What a browser may show as a picture: the first bytes say what a file is, not its name.
_PICTURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF87a": "image/gif", b"GIF89a": "image/gif"}
MOST_OF_PICTURE = 10_000_000
ALONE = "sandbox; default-src 'none'; frame-ancestors 'self'"


class CasePage:
    """The page of a case, and the files that belong to it."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def show(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show one case."""
        draft = self._office.asked_for(request, asker)
        if draft.state in ("waiting", "told"):
            self._office.reviewer.reviews.looks(draft.id, asker.person.name, self._office.clock.now())
        self._office.note(asker, "opened", draft)
        return self.page(request, asker, draft)

    def page(self, request: Request, asker: Asker, draft: Draft, status: int = 200, told: str = "", written: str | None = None) -> Response:
        """Give the page, with what stood in the way of a decision and the words that were written."""
        office = self._office
        content = office.content(draft)
        reading, unreadable = _read(office.knowledge, content, office.profiles.get(draft.mailbox))
        orders: list[dict[str, Any]] = []
        try:
            numbers = (draft.order_number,) if draft.order_number else ()
            found = office.knowledge.order_book.find(numbers, draft.customer) if draft.customer else ()
            orders = [{**asdict(order), "status": order.status} for order in found]
        except OutsideError:
            told = told or "away"
        now = office.clock.now()
        conversation = office.case_files.conversation(draft.mail_id)
        waiting = [each.id for each in office.line_of(asker.person) if not office.is_put_off(each) or each.id == draft.id]
        here = waiting.index(draft.id) if draft.id in waiting else -1
        others = [name for name in office.reviewer.reviews.open_now(now).get(draft.id, ()) if name != asker.person.name]
        return office.pages.show(
            request,
            asker,
            "case.html",
            status,
            draft=draft,
            reading=reading,
            unreadable=unreadable,
            has_html=b"text/html" in content.lower(),
            most_of_picture=MOST_OF_PICTURE,
            conversation=[turn for turn in conversation if turn.mail_id != draft.mail_id],
            answered_with=next((turn.answered_with for turn in conversation if turn.mail_id == draft.mail_id), ""),
            orders=orders,
            told=told,
            text=written if written is not None else draft.text,
            shown=shown_digest(draft),
            action=told_of(draft.action) if draft.action else "",
            by_hand=bool(draft.action and office.reviewer.by_hand(draft.action.kind)),
            labels=labels_of(office.knowledge),
            colleagues=[each.name for each in office.people.everybody() if not each.disabled and each.may_see(draft.mailbox)],
            put_off=office.is_put_off(draft),
            others=others,
            previous=waiting[here - 1] if here > 0 else None,
            following=waiting[here + 1] if 0 <= here < len(waiting) - 1 else None,
            position=here + 1,
            count=len(waiting),
            most_text=MOST_TEXT,
            overdue=office.is_late(draft),
            done=request.query_params.get("done", ""),
            undo=number_in(request.query_params.get("undo", "")),
        )

    def original(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the mail as it came, as a file that no browser opens by itself."""
        draft = self._office.asked_for(request, asker)
        self._office.note(asker, "fetched the original", draft)
        return _download(self._office.content(draft), f"mail-{draft.mail_id}.eml")

    def html(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give the mail's HTML, cleaned, for a frame in which nothing runs and from which nothing is fetched."""
        content = self._office.content(self._office.asked_for(request, asker))
        try:
            shown = self._office.knowledge.reader.html(content)
        except (UnreadableMail, ReaderGone) as error:
            raise HTTPException(404) from error
        page = f'<!DOCTYPE html><meta charset="utf-8"><meta name="color-scheme" content="light dark"><title>mail</title>{shown}'
        return HTMLResponse(page, headers={"Content-Security-Policy": ALONE})

    def attachment(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give an attachment: what is a picture by its first bytes as a picture, all else as a file that no browser opens by itself."""
        draft = self._office.asked_for(request, asker)
        number = int(request.path_params["number"])
        try:
            content = self._office.knowledge.reader.attachment(self._office.content(draft), number)
        except (UnreadableMail, ReaderGone) as error:
            raise HTTPException(404) from error
        kind = picture(content)
        if kind and len(content) <= MOST_OF_PICTURE:
            return Response(content, media_type=kind, headers={"Content-Security-Policy": ALONE})
        self._office.note(asker, "fetched an attachment", draft, number=str(number + 1))
        return _download(content, f"mail-{draft.mail_id}-attachment-{number + 1}.bin")

    def export(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Give all that is kept of the case as one file."""
        draft = self._office.asked_for(request, asker)
        self._office.note(asker, "exported the case", draft)
        papers = self._office.case_files.papers(draft.mail_id)
        content = case_file(papers, self._office.audit.entries(), self._office.clock.now())
        return _download(content, f"case-{draft.order_number or draft.mail_id}.zip", "application/zip")


def labels_of(knowledge: Knowledge) -> tuple[str, ...]:
    """Give the labels that a mail can be corrected to."""
    return tuple(dict.fromkeys((*LABELS, *knowledge.playbook.requests)))


def picture(content: bytes) -> str:
    """Give the media type of a picture by its first bytes; empty where it is none."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for first, kind in _PICTURES.items() if content.startswith(first)), "")


def _download(content: bytes, name: str, kind: str = "application/octet-stream") -> Response:
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_."))
    headers: Mapping[str, str] = {"Content-Disposition": f'attachment; filename="{safe}"', "Content-Security-Policy": "sandbox"}
    return Response(content, media_type=kind, headers=headers)


def _read(knowledge: Knowledge, content: bytes, profile: Profile | None) -> tuple[Reading | None, str]:
    if profile is None:
        return None, "its mailbox is not configured any more"
    try:
        return knowledge.reader.read(content, profile.reading), ""
    except (UnreadableMail, ReaderGone) as error:
        return None, str(error)
