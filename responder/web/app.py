"""Put the pages together, and serve them.

In:   the pages' parts, a host and a port.
Out:  a web application.
Standards: OWASP ASVS 5.0, 13.4 (nothing is told of the program to those who are not signed in).
Limits: TLS is a reverse proxy's; by default the server listens on this machine alone.
"""

import logging
import socket
import threading
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from responder.domain.errors import ConfigError
from responder.web.case_page import CasePage
from responder.web.deciding import Deciding
from responder.web.guard import Asker, Guard
from responder.web.office import Office
from responder.web.overview import Overview
from responder.web.own import Own
from responder.web.queue import Queue
from responder.web.sign_in import SignIn
from responder.web.statistics import Statistics

if TYPE_CHECKING:
    from responder.web.single_sign_on import SingleSignOn

log = logging.getLogger(__name__)

FAULTS = {
    400: ("That was not understood", "Something in the form was missing or not known."),
    403: ("That is not allowed", "Your role does not include this, or the page was open for too long. Sign in again and try once more."),
    404: ("There is nothing here", "It does not exist, or you may not see it."),
    405: ("That was not understood", "Something in the form was missing or not known."),
    500: ("Something went wrong here", "It stands in the program's log. Nothing was sent twice."),
}


def make_app(
    guard: Guard, office: Office, statistics: Statistics, overview: Overview, sign_in: SignIn, sign_on: "SingleSignOn | None" = None
) -> Starlette:
    """Put the pages together; `sign_on` leads to a provider, where there is one."""
    pages, queue, case = office.pages, Queue(office), CasePage(office)
    own, deciding = Own(pages, office.people, office.audit, office.clock), Deciding(office, case)

    def fault(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        title, text = FAULTS.get(status, FAULTS[500])
        return guard.failed(pages.show(request, Asker(None), "fault.html", status, code=status, title=title, text=text))

    static = Path(str(files("responder.web").joinpath("static")))
    routes: list[BaseRoute] = [
        guard.route("/healthz", "healthz", lambda *_: PlainTextResponse("ok\n")),
        guard.route("/login", "login", sign_in.show),
        guard.route("/login", "sign_in", sign_in.sign_in, "POST"),
        guard.route("/invitation/{token}", "invitation", sign_in.invitation),
        guard.route("/invitation/{token}", "accept", sign_in.accept, "POST"),
        guard.route("/logout", "logout", sign_in.sign_out, "POST"),
        guard.route("/", "queue", queue.show),
        guard.route("/counts", "counts", queue.counts),
        guard.route("/case/{draft:int}", "case", case.show),
        guard.route("/case/{draft:int}/html", "html", case.html),
        guard.route("/case/{draft:int}/attachment/{number:int}", "attachment", case.attachment),
        guard.route("/case/{draft:int}/original", "original", case.original),
        guard.route("/case/{draft:int}/export", "export", case.export),
        guard.route("/case/{draft:int}/approve", "approve", deciding.approve, "POST"),
        guard.route("/case/{draft:int}/refuse", "refuse", deciding.refuse, "POST"),
        guard.route("/case/{draft:int}/undo", "undo", deciding.undo, "POST"),
        guard.route("/case/{draft:int}/correct", "correct", deciding.correct, "POST"),
        guard.route("/case/{draft:int}/put-off", "put_off", deciding.put_off, "POST"),
        guard.route("/case/{draft:int}/hand-over", "hand_over", deciding.hand_over, "POST"),
        guard.route("/me", "me", own.show),
        guard.route("/me/totp", "totp", own.totp, "POST"),
        guard.route("/statistics", "statistics", statistics.show),
        guard.route("/statistics/days.csv", "days_csv", statistics.days_csv),
        guard.route("/statistics/agreement.csv", "agreement_csv", statistics.agreement_csv),
        guard.route("/statistics/corrections.jsonl", "feedback", statistics.feedback, "POST"),
        guard.route("/audit", "audit", overview.log),
        guard.route("/stop", "stop", overview.stop, "POST"),
        guard.route("/resume", "resume", overview.resume, "POST"),
        guard.route("/release", "release", overview.release, "POST"),
        guard.route("/people", "people", overview.everybody),
        guard.route("/people/invite", "invite", overview.invite, "POST"),
        guard.route("/people/disable", "disable", overview.disable, "POST"),
        Mount("/static", StaticFiles(directory=static), name="static"),
    ]
    middleware = []
    if sign_on is not None:
        routes += [guard.open_route("/oidc", "oidc", sign_on.begin), guard.open_route("/oidc/back", "oidc_back", sign_on.back)]
        middleware = [sign_on.middleware(secure=guard.secure)]
    return Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: fault, Exception: fault})


class Server:
    """Serve an application until told to stop; listens from the beginning.

    Raises:
        ConfigError: the port is taken, or not ours to take.
    """

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, date_header=True)
        self._server = uvicorn.Server(config)
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            self._socket = socket.create_server((host, port), family=family, backlog=128)
            # asyncio sets this only on sockets whose protocol is named; without it each answer waits 40 ms for an acknowledgement.
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError as error:
            told = error.strerror or str(error)
            raise ConfigError(
                [f"web.port: {host} port {port} cannot be listened on ({told}); choose another, or end what listens there"]
            ) from error

    @property
    def port(self) -> int:
        """Give the port that is listened on."""
        return int(self._socket.getsockname()[1])

    def run(self) -> None:
        """Serve; returns after `stop`."""
        self._server.run(sockets=[self._socket])

    def start(self) -> None:
        """Serve in a thread of its own."""
        self._thread = threading.Thread(target=self.run, name="web", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End what `start` began."""
        self._server.should_exit = True
        self._thread.join(10)
