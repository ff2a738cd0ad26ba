"""Put the pages together, and serve them.

In:   the pages' parts, a host and a port.
Out:  a web application.
Standards: OWASP ASVS 5.0, 13.4 (nothing is told of the program to those who are not signed in).
Limits: TLS is a reverse proxy's; by default the server listens on this machine alone.
"""

import logging
from importlib.resources import files
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from responder.web.guard import Asker, Guard
from responder.web.overview import Overview
from responder.web.pages import Pages
from responder.web.queue import Queue
from responder.web.sign_in import SignIn

log = logging.getLogger(__name__)

FAULTS = {
    400: ("That was not understood", "Something in the form was missing or not known."),
    403: ("That is not allowed", "Your role does not include this, or the page was open for too long. Sign in again and try once more."),
    404: ("There is nothing here", "It does not exist, or you may not see it."),
    405: ("That was not understood", "Something in the form was missing or not known."),
    500: ("Something went wrong here", "It stands in the program's log. Nothing was sent twice."),
}


def make_app(guard: Guard, pages: Pages, sign_in: SignIn, queue: Queue, overview: Overview) -> Starlette:
    """Put the pages together."""

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
        guard.route("/case/{draft:int}", "case", queue.case),
        guard.route("/case/{draft:int}/approve", "approve", queue.approve, "POST"),
        guard.route("/case/{draft:int}/refuse", "refuse", queue.refuse, "POST"),
        guard.route("/case/{draft:int}/undo", "undo", queue.undo, "POST"),
        guard.route("/case/{draft:int}/correct", "correct", queue.correct, "POST"),
        guard.route("/case/{draft:int}/original", "original", queue.original),
        guard.route("/statistics", "statistics", overview.statistics),
        guard.route("/statistics.csv", "statistics_csv", overview.statistics_csv),
        guard.route("/audit", "audit", overview.log),
        guard.route("/stop", "stop", overview.stop, "POST"),
        guard.route("/resume", "resume", overview.resume, "POST"),
        guard.route("/people", "people", overview.everybody),
        guard.route("/people/invite", "invite", overview.invite, "POST"),
        guard.route("/people/disable", "disable", overview.disable, "POST"),
        Mount("/static", StaticFiles(directory=static), name="static"),
    ]
    return Starlette(routes=routes, exception_handlers={HTTPException: fault, Exception: fault})


class Server:
    """Serve an application until told to stop."""

    def __init__(self, app: Starlette, host: str, port: int) -> None:
        config = uvicorn.Config(app, host=host, port=port, log_level="warning", access_log=False, server_header=False, date_header=True)
        self._server = uvicorn.Server(config)

    def run(self) -> None:
        """Serve; returns after `stop`."""
        self._server.run()

    def stop(self) -> None:
        """End what is served."""
        self._server.should_exit = True
