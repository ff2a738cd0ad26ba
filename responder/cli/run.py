"""`responder run`: answer mail until told to stop."""

import logging
import sys
import threading
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import Span, config_option

if TYPE_CHECKING:
    from responder.bootstrap import Installation
    from responder.bootstrap.work import MailboxWork
    from responder.web.app import Server

DELIVER_EVERY = 1.0
LOOK_FOR_LATE_EVERY = 60.0
log = logging.getLogger(__name__)


@click.command()
@config_option
@click.option("--once", is_flag=True, help="Look into each mailbox once, deliver what is due, and end.")
@click.option(
    "--backlog",
    type=Span(),
    metavar="SPAN",
    help="Also put older mail, such as the last 3d, into the review queue; it is never answered alone.",
)
def run(config: Path, once: bool, backlog: timedelta | None) -> None:
    """Answer mail: look into every mailbox, decide each mail once, send or queue the replies.

    Goes on until SIGTERM or Ctrl-C; what is in flight then is ended first.
    """
    from responder.daemon.signals import stop_on_signals

    with stop_on_signals() as stop:
        sys.exit(_run(config, once, backlog, stop))


def _run(config: Path, once: bool, backlog: timedelta | None, stop: threading.Event) -> int:
    from responder.adapters.lock import only_one
    from responder.bootstrap import install
    from responder.bootstrap.work import recover
    from responder.config.load import load_settings

    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)-7s %(message)s")
    for name in ("httpx2", "alembic", "imapclient"):
        logging.getLogger(name).setLevel(logging.WARNING)
    installation = install(load_settings(config))
    _ = installation.knowledge, installation.profiles, installation.order_desk, installation.engine
    with only_one(installation.beside_database(".lock")) as mine:
        if not mine:
            raise click.ClickException("another `responder run` uses this database; stop that one first")
        in_doubt = recover(installation)
        if in_doubt:
            log.warning("%d replies or actions were in flight when the program ended last; a person is asked about each", in_doubt)
        try:
            return _once(installation, backlog, stop) if once else _for_ever(installation, backlog, stop)
        finally:
            installation.reader.close()


def _once(installation: "Installation", backlog: timedelta | None, stop: threading.Event) -> int:
    from responder.bootstrap.work import MailboxWork
    from responder.domain.errors import OutsideError

    failed = 0
    for mailbox in installation.settings.mailbox:
        work = MailboxWork(installation, mailbox, lambda: not stop.is_set())
        settled = 0
        try:
            settled = work.look(backlog)
        except OutsideError as error:
            failed += 1
            log.error("mailbox %s: %s", mailbox.name, error)
        sent = work.deliver()
        work.close()
        log.info("mailbox %s: %d mails decided, %d replies sent", mailbox.name, settled, sent)
    return 1 if failed else 0


def _for_ever(installation: "Installation", backlog: timedelta | None, stop: threading.Event) -> int:
    from responder.bootstrap.work import MailboxWork
    from responder.daemon.patience import Patience
    from responder.daemon.schedule import Job, run_until
    from responder.workflow.deadlines import DeadlineWatch

    pages = _serve(installation) if installation.settings.web.on else None
    now = installation.clock.now
    jobs: list[Job] = []
    works: list[MailboxWork] = []
    for mailbox in installation.settings.mailbox:
        work = MailboxWork(installation, mailbox, lambda: not stop.is_set())
        works.append(work)
        looking = Patience(f"mailbox {mailbox.name}", _Look(work, backlog), now)
        jobs.append(Job(f"look {mailbox.name}", looking, mailbox.poll_seconds))
        jobs.append(Job(f"deliver {mailbox.name}", work.deliver, DELIVER_EVERY))
    watch = DeadlineWatch(installation.reviewer.reviews, installation.reply_within, installation.clock)
    jobs.append(Job("watch the deadlines", watch.look, LOOK_FOR_LATE_EVERY))
    log.info("answering %d mailboxes; stop with SIGTERM or Ctrl-C", len(works))
    well = run_until(stop, jobs, now())
    for work in works:
        work.close()
    if pages:
        pages.stop()
    log.info("stopped")
    return 0 if well else 1


def _serve(installation: "Installation") -> "Server":
    from responder.bootstrap.web import web_server

    pages = web_server(installation)
    pages.start()
    log.info("the review pages: http://%s:%d/", installation.settings.web.host, pages.port)
    return pages


class _Look:
    """Look into a mailbox; the backlog is fetched by the first look that succeeds."""

    def __init__(self, work: "MailboxWork", backlog: timedelta | None) -> None:
        self._work = work
        self._backlog = backlog

    def __call__(self) -> None:
        self._work.look(self._backlog)
        self._backlog = None
