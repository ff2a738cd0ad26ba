"""The page of one's own account."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from responder.web.guard import Asker
from responder.web.pages import Pages
from responder.web.passwords import Throttle
from responder.web.second_factor import is_secret, new_secret, picture_of, step_of
from responder.workflow.ports.audit import Audit
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.people import People


class Own:
    """Set up or end the codes of one's phone."""

    def __init__(self, pages: Pages, people: People, audit: Audit, clock: Clock) -> None:
        self._pages, self._people, self._audit, self._clock = pages, people, audit, clock
        self._throttle = Throttle()

    def show(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Show whether there are codes, and how to set them up."""
        return self._page(request, asker, new_secret(), wrong=False)

    def totp(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Set codes up, or end them; either needs a code that is right now."""
        name, now = asker.person.name, self._clock.now()
        kept, given = self._people.totp_of(name), str(form.get("secret", ""))
        secret = kept or (given if is_secret(given) else new_secret())
        step = None if self._throttle.too_often(name, now=now) else step_of(secret, str(form.get("code", "")), now)
        if step is None:
            self._throttle.failed(name, now=now)
            return self._page(request, asker, secret, status=400, wrong=True)
        self._people.set_totp(name, None if kept else secret, step)
        self._audit.note(name, "ended codes" if kept else "set codes up", {}, now)
        return RedirectResponse("/me", 303)

    def _page(self, request: Request, asker: Asker, secret: str, *, wrong: bool, status: int = 200) -> Response:
        name = asker.person.name
        has = self._people.totp_of(name) is not None
        drawn = "" if has else picture_of(secret, name, self._pages.shop_name)
        return self._pages.show(request, asker, "me.html", status, has=has, secret="" if has else secret, drawn=drawn, wrong=wrong)
