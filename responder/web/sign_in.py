"""Signing in, invitations, signing out."""

from datetime import datetime

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from responder.web.guard import Asker, Guard
from responder.web.pages import Pages
from responder.web.passwords import Throttle, digest, fits, hashed, new_token, too_weak
from responder.web.second_factor import step_of
from responder.workflow.ports.audit import Audit
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.people import People


class SignIn:
    """The pages before any other."""

    def __init__(self, guard: Guard, pages: Pages, people: People, audit: Audit, clock: Clock, provider: str = "") -> None:
        """Offer the sign-on of a provider under this title, where there is one."""
        self._provider = provider
        self._guard, self._pages, self._people, self._audit, self._clock = guard, pages, people, audit, clock
        self._throttle = Throttle()

    def show(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Ask for name and password."""
        return RedirectResponse("/", 303) if asker.session else self._page(request, asker, wrong=request.query_params.get("wrong", ""))

    def sign_in(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Let somebody in, or say only that it was not right."""
        name, password, now = str(form.get("name", ""))[:100], str(form.get("password", "")), self._clock.now()
        whos = (f"name {name.lower()}", f"address {request.client.host if request.client else ''}")
        if self._throttle.too_often(*whos, now=now):
            return self._page(request, asker, 429, wrong="often")
        if not (fits(password, self._people.password_of(name)) and self._code_fits(name, str(form.get("code", "")), now)):
            self._throttle.failed(*whos, now=now)
            self._audit.note(name, "sign-in refused", {}, now)
            return self._page(request, asker, 403, wrong="wrong")
        self._audit.note(name, "signed in", {}, now)
        return self._begin(name)

    def invitation(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Ask an invited person for a password."""
        name = self._people.invited(digest(request.path_params["token"]), self._clock.now())
        return self._pages.show(request, asker, "invitation.html", 200 if name else 404, name=name or "", wrong="")

    def accept(self, request: Request, asker: Asker, form: FormData) -> Response:
        """Set the password, and let the person in."""
        invitation, password, now = digest(request.path_params["token"]), str(form.get("password", "")), self._clock.now()
        name = self._people.invited(invitation, now)
        wrong = "differ" if password != form.get("again") else too_weak(password)
        if name is None or wrong:
            return self._pages.show(request, asker, "invitation.html", 400 if name else 404, name=name or "", wrong=wrong)
        self._people.accept(invitation, hashed(password), now)
        self._audit.note(name, "set a password", {}, now)
        return self._begin(name)

    def sign_out(self, request: Request, asker: Asker, form: FormData) -> Response:
        """End the session."""
        self._people.end(digest(self._guard.token_of(request)))
        self._audit.note(asker.person.name, "signed out", {}, self._clock.now())
        return self._guard.signed_out(RedirectResponse("/login", 303))

    def by_provider(self, request: Request, name: str) -> Response:
        """Let in whom a provider vouches for, if somebody of that name was added before."""
        now = self._clock.now()
        if not any(each.name == name and not each.disabled for each in self._people.everybody()):
            self._audit.note(name[:100], "sign-in refused", {"by": "provider"}, now)
            return RedirectResponse("/login?wrong=provider", 303)
        self._audit.note(name, "signed in", {"by": "provider"}, now)
        return self._begin(name, self._pages.show(request, Asker(None), "welcome.html"))

    def _page(self, request: Request, asker: Asker, status: int = 200, *, wrong: str) -> Response:
        return self._pages.show(request, asker, "login.html", status, wrong=wrong, provider=self._provider)

    def _code_fits(self, name: str, code: str, now: datetime) -> bool:
        secret = self._people.totp_of(name)
        if secret is None:
            return True
        step = step_of(secret, code, now)
        return step is not None and self._people.use_code(name, step)

    def _begin(self, name: str, response: Response | None = None) -> Response:
        token = new_token()
        self._people.begin(name, digest(token), new_token(), self._clock.now())
        return self._guard.signed_in(response or RedirectResponse("/", 303), token)
