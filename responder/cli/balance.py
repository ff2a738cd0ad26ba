"""`responder balance`: show for each day that every mail that arrived has ended in one state."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import Span, config_option

if TYPE_CHECKING:
    from responder.adapters.store.account_books import SqlAccountBooks
    from responder.bootstrap import Installation

MOST_NAMED = 10


@click.command()
@config_option
@click.option("--since", type=Span(), default="7d", show_default=True, metavar="SPAN", help="How far back.")
@click.option("--server", is_flag=True, help="Compare with the mail servers' own count as well.")
@click.pass_context
def balance(ctx: click.Context, config: Path, since: timedelta, server: bool) -> None:
    """Show that for each mailbox and day arrived = answered + waiting + under way + quarantined + silent: the difference must be 0."""
    from rich.console import Console
    from rich.table import Table

    from responder.adapters.store.account_books import SqlAccountBooks
    from responder.bootstrap import install
    from responder.config.load import load_settings
    from responder.workflow.balance import balance as draw_up

    installation = install(load_settings(config))
    books = SqlAccountBooks(installation.engine)
    lines = draw_up(books, installation.clock.now() - since, installation.settings.zone())
    if not lines:
        click.echo("No mail has arrived in this time.")
    else:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for name in ("day", "mailbox"):
            table.add_column(name)
        for name in ("arrived", "answered", "waiting", "under way", "quarantined", "silent", "difference"):
            table.add_column(name, justify="right")
        table.add_column("silent by reason")
        for line in lines:
            counts = (line.arrived, line.answered, line.waiting, line.under_way, line.quarantined, line.silent.total(), line.difference)
            reasons = ", ".join(f"{count} {rule}" for rule, count in line.silent.most_common())
            table.add_row(f"{line.day}", line.mailbox, *map(str, counts), reasons, style="red" if line.difference else "")
        Console().print(table)
    strays = [number for line in lines for number in line.strays]
    if strays:
        click.echo(f"Nothing backs the state of these mails: {', '.join(map(str, strays[:MOST_NAMED]))}; please report this as a fault.")
    missing = _compare(installation, books, since) if server else 0
    ctx.exit(1 if missing or any(line.difference for line in lines) else 0)


def _compare(installation: "Installation", books: "SqlAccountBooks", since: timedelta) -> int:
    """Tell what each server has that is in no book; gives how many those are."""
    from responder.bootstrap.connections import imap_mailbox
    from responder.workflow.balance import count_on_server

    missing = 0
    for mailbox in installation.settings.mailbox:
        way_in = imap_mailbox(mailbox)
        counted = count_on_server(way_in, mailbox.name, books, installation.clock.now() - since)
        way_in.close()
        missing += len(counted.missing)
        told = f"mailbox {mailbox.name}: the server has {counted.mails} mails of this time"
        if counted.missing:
            some = ", ".join(map(str, counted.missing[:MOST_NAMED]))
            click.echo(f"{told}, {len(counted.missing)} of them in no book (UID {some}); look again after the bot's next look")
        else:
            click.echo(f"{told}, all of them in the books")
    return missing
