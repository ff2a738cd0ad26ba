"""What the pages about cases share: who may see which draft, what is late, and the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request

from responder.domain.case import Draft
from responder.domain.person import Person
from responder.web.guard import Asker
from responder.web.pages import Pages
from responder.workflow.consider import Knowledge, Profile
from responder.workflow.deadlines import deadline
from responder.workflow.ports.audit import Audit
from responder.workflow.ports.case_files import CaseFiles
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.people import People
from responder.workflow.ports.reviews import Place
from responder.workflow.review import Reviewer

Waiting = TypeVar("Waiting", Draft, Place)


@dataclass(frozen=True, slots=True)
class Office:
    """The parts that the pages about cases work with."""

    pages: Pages
    reviewer: Reviewer
    case_files: CaseFiles
    knowledge: Knowledge
    profiles: Mapping[str, Profile]
    reply_within: Mapping[str, timedelta]
    people: People
    audit: Audit
    clock: Clock

    def waiting_for(self, person: Person) -> list[Draft]:
        """Give what waits in a person's mailboxes, the nearest deadline first; what is put off stands at its place as well."""
        return self._in_order(self.reviewer.reviews.waiting(), person)

    def line_of(self, person: Person) -> list[Place]:
        """Give the same as places alone."""
        return self._in_order(self.reviewer.reviews.line(), person)

    def _in_order(self, waiting: list[Waiting], person: Person) -> list[Waiting]:
        mine = [each for each in waiting if person.may_see(each.mailbox)]
        return sorted(mine, key=lambda each: deadline(each, self.reply_within))

    def is_put_off(self, draft: Draft | Place) -> bool:
        """Tell whether a draft waits out of sight."""
        return draft.put_off_until is not None and draft.put_off_until > self.clock.now()

    def is_late(self, draft: Draft | Place) -> bool:
        """Tell whether a mail has waited for longer than it may."""
        return deadline(draft, self.reply_within) < self.clock.now()

    def asked_for(self, request: Request, asker: Asker) -> Draft:
        """Give the draft that is asked for; one of a mailbox that the person may not see is not there."""
        draft = self.reviewer.reviews.get(int(request.path_params["draft"]))
        if draft is None or not asker.person.may_see(draft.mailbox):
            raise HTTPException(404)
        return draft

    def content(self, draft: Draft) -> bytes:
        """Give the bytes of the mail that a draft answers."""
        stored = self.reviewer.reviews.mail(draft.id)
        if stored is None:
            raise HTTPException(404)
        return stored.arrival.content

    def note(self, asker: Asker, what: str, draft: Draft, **about: str) -> None:
        """Write into the log what somebody did with a draft."""
        facts = {"draft": str(draft.id), "mail": str(draft.mail_id), **about}
        self.audit.note(asker.person.name, what, facts, self.clock.now())


def number_in(text: str) -> str:
    """Give a number that stands in an address, as text; empty where it is none."""
    return text if text.isdecimal() else ""
