"""`responder report`: show what became of each mail."""

from collections import Counter
from pathlib import Path

import click

from responder.cli.options import config_option


@click.command()
@config_option
@click.option("--mailbox", help="Only this mailbox.")
@click.option("--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="How many of the latest mails.")
@click.option("--replies", is_flag=True, help="Show the replies' text as well.")
def report(config: Path, mailbox: str | None, limit: int, replies: bool) -> None:
    """Show what became of each mail, or in shadow mode what would have."""
    from responder.adapters.store.ledger import SqlLedger
    from responder.bootstrap import install
    from responder.cli.tables import print_records
    from responder.config.load import load_settings

    records = SqlLedger(install(load_settings(config)).engine).records(mailbox, limit)
    if not records:
        click.echo("No mail has arrived yet.")
        return
    print_records(records, replies=replies)
    counts = Counter(record.state for record in records)
    click.echo("\n" + ", ".join(f"{count} {state}" for state, count in counts.most_common()))
