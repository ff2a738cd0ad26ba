"""`responder demo`: show the bot at work on sample mails; needs no account and nothing installed by hand."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import click

from responder.domain.person import Person

if TYPE_CHECKING:
    from rich.console import Console

    from responder.bootstrap import Installation
    from responder.bootstrap.work import MailboxWork
    from responder.demo.mail_servers import Outgoing

LOOK_EVERY = 2.0


@click.command()
@click.option("--once", is_flag=True, help="End after the sample mails, instead of going on until Ctrl-C.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="Where the demo's files lie; default: a new temporary folder."
)
def demo(once: bool, folder: Path | None) -> None:
    """Run mail servers, a small shop and the bot on this machine, let sample mails arrive, and show what became of each."""
    from rich.console import Console

    from responder.adapters.clock import SystemClock
    from responder.daemon.signals import stop_on_signals
    from responder.demo.mail_servers import imap_server, smtp_server
    from responder.demo.shop import sample_mails, shop_interface, write_order_book

    logging.basicConfig(level=logging.CRITICAL)
    console = Console()
    folder = folder or Path(mkdtemp(prefix="responder-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    today = SystemClock().now().date()
    orders, secret = folder / "orders.csv", "demo"
    write_order_book(orders, today)
    mails = sample_mails()
    with ExitStack() as stack:
        stop = stack.enter_context(stop_on_signals())
        with console.status("starting an IMAP server, an SMTP server and a small shop"):
            imap_port = stack.enter_context(imap_server(folder / "imap.log"))
            smtp_port, outgoing = stack.enter_context(smtp_server())
            url = stack.enter_context(shop_interface(orders, secret, today))
            config = _write_config(folder, imap_port, smtp_port, url, secret)
        with _bot(config) as (installation, work):
            work.look()
            _let_arrive(console, imap_port, mails)
            with console.status(f"the bot reads, understands and answers {len(mails)} mails"):
                started = time.monotonic()
                work.look()
                work.deliver()
                seconds = time.monotonic() - started
            _show(installation, outgoing, seconds)
            if not once:
                _go_on(config, installation, work, imap_port, smtp_port, stop)


@contextmanager
def _bot(config: Path) -> "Iterator[tuple[Installation, MailboxWork]]":
    from responder.bootstrap import install
    from responder.bootstrap.work import MailboxWork
    from responder.config.load import load_settings

    installation = install(load_settings(config))
    work = MailboxWork(installation, installation.settings.mailbox[0], lambda: True)
    try:
        yield installation, work
    finally:
        work.close()


def _write_config(folder: Path, imap_port: int, smtp_port: int, url: str, secret: str) -> Path:
    from responder.demo.mail_servers import HOST, PASSWORD, USER

    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    (folder / "secret").write_text(secret, encoding="utf-8")
    config = folder / "config.toml"
    config.write_text(
        f"""# The demo's configuration.
[shop]
name = "Lanterna & Co."
signature = "Lanterna customer service"

[[mailbox]]
name = "lanterna"
address = "service@lanterna.example"
from_name = "Lanterna & Co."
poll_seconds = 2
authserv_ids = ["mx.lanterna.example"]

[mailbox.imap]
host = "{HOST}"
port = {imap_port}
security = "plain"
username = "{USER}"
password_file = "password"

[mailbox.smtp]
host = "{HOST}"
port = {smtp_port}
security = "plain"
username = ""

[orders]
csv = "orders.csv"

[answers]
mode = "auto"

[actions.cancel_order]
mode = "auto"
up_to = 200

[actions.desk]
by = "webhook"
url = "{url}"
password_file = "secret"

[web]
port = 0
""",
        encoding="utf-8",
    )
    return config


def _let_arrive(console: "Console", port: int, mails: list[tuple[str, bytes]]) -> None:
    from rich.progress import track

    from responder.demo.mail_servers import deliver_mail

    for _, content in track(mails, "sample mails arrive", console=console, transient=True):
        deliver_mail(port, content)


def _show(installation: "Installation", outgoing: "Outgoing", seconds: float) -> None:
    from responder.adapters.store.ledger import SqlLedger
    from responder.cli.tables import print_records

    records = SqlLedger(installation.engine).records()
    print_records(records, replies=True)
    counts = Counter(record.state for record in records)
    told = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    click.echo(f"\n{len(records)} mails in {seconds:.1f} s: {told}. {len(outgoing.mails)} replies were sent.")


def _go_on(config: Path, installation: "Installation", work: "MailboxWork", imap_port: int, smtp_port: int, stop: threading.Event) -> None:
    from responder.bootstrap.web import invite, web_server

    pages = web_server(installation)
    pages.start()
    click.echo("\nThe bot goes on. Review what waits in your browser; the link lets you in once, within fifteen minutes:")
    click.echo(f"  {invite(installation, Person('You', 'admin'), f'http://127.0.0.1:{pages.port}')}")
    click.echo("Or in another terminal:")
    click.echo(f"  responder review list --config {config}")
    click.echo(f"  responder report --config {config}")
    click.echo(f"IMAP is on port {imap_port}, SMTP on port {smtp_port}. Ctrl-C ends the demo.")
    while not stop.wait(LOOK_EVERY):
        work.look()
        work.deliver()
    pages.stop()
    click.echo("Ended.")
