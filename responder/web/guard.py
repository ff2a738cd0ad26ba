"""What stands before every page: who asks, whether they may, and what the browser may do with the answer.

Standards: OWASP ASVS 5.0, 3.3 (cookies), 3.4 (headers), 3.5 (forgery), 8.2 and 8.3 (rights); Content Security Policy Level 3.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from responder.domain.person import Person
from responder.web.passwords import digest
from responder.web.rights import RIGHTS
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.people import People, Session

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    # With `no-referrer`, browsers send the origin of a form as `null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
HSTS = {"Strict-Transport-Security": "max-age=31536000"}


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: a session, or nobody."""

    session: Session | None

    @property
    def person(self) -> Person:
        """Give the person who is signed in."""
        if self.session is None:
            raise HTTPException(403)
        return self.session.person


Page = Callable[[Request, Asker, FormData], Response]


class Guard:
    """Make routes of pages; each is guarded by the table of rights."""

    def __init__(self, people: People, clock: Clock, *, secure: bool) -> None:
        self._people, self._clock, self.secure = people, clock, secure

    @property
    def cookie(self) -> str:
        """Name the cookie; the prefix has browsers keep to its rules, where there is TLS."""
        return "__Host-responder" if self.secure else "responder"

    def route(self, path: str, name: str, page: Page, method: str = "GET") -> Route:
        """Guard a page."""
        least = RIGHTS[name]

        async def answer(request: Request) -> Response:
            session = await run_in_threadpool(self._session, request)
            if least and session is None:
                response: Response = RedirectResponse("/login", 303)
            elif least and session and not session.person.is_at_least(least):
                raise HTTPException(403)
            else:
                form = await request.form(max_fields=50, max_part_size=100_000) if method == "POST" else FormData()
                if method == "POST":
                    self._not_forged(request, session, form)
                response = await run_in_threadpool(page, request, Asker(session), form)
            return self._with_headers(response)

        return Route(path, answer, methods=[method], name=name)

    def open_route(self, path: str, name: str, page: Callable[[Request], Awaitable[Response]]) -> Route:
        """Put the headers on a page that needs no session and that waits for others."""
        assert RIGHTS[name] is None

        async def answer(request: Request) -> Response:
            return self._with_headers(await page(request))

        return Route(path, answer, methods=["GET"], name=name)

    def signed_in(self, response: Response, token: str) -> Response:
        """Give the browser its session."""
        response.set_cookie(self.cookie, token, httponly=True, secure=self.secure, samesite="strict", path="/")
        return response

    def signed_out(self, response: Response) -> Response:
        """Take the session from the browser."""
        response.delete_cookie(self.cookie, httponly=True, secure=self.secure, samesite="strict", path="/")
        return response

    def token_of(self, request: Request) -> str:
        """Give the token of a request's session."""
        return request.cookies.get(self.cookie, "")

    def failed(self, response: Response) -> Response:
        """Put the headers on a page that tells a fault."""
        return self._with_headers(response)

    def _session(self, request: Request) -> Session | None:
        token = self.token_of(request)
        return self._people.session(digest(token), self._clock.now()) if token else None

    def _not_forged(self, request: Request, session: Session | None, form: FormData) -> None:
        """Refuse what another site had the browser send (ASVS 3.5.1 to 3.5.3)."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise HTTPException(403)
        origin = request.headers.get("origin")
        if origin is None or urlsplit(origin).netloc != request.headers.get("host"):
            raise HTTPException(403)
        if session is not None and not secrets.compare_digest(str(form.get("csrf", "")), session.csrf):
            raise HTTPException(403)

    def _with_headers(self, response: Response) -> Response:
        for name, value in {**HEADERS, **(HSTS if self.secure else {})}.items():
            response.headers.setdefault(name, value)
        return response
