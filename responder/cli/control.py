"""`responder stop`, `resume`, `release`, `suppressed`: what a person says to the running bot."""

import getpass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import config_option

if TYPE_CHECKING:
    from responder.bootstrap import Installation


def _installation(config: Path) -> "Installation":
    from responder.bootstrap import install
    from responder.config.load import load_settings

    return install(load_settings(config))


@click.command()
@config_option
@click.option("--because", default="", help="Why; the log and `responder resume` say it again.")
def stop(config: Path, because: str) -> None:
    """Let nothing leave from now on, by whomever it was approved. Mail is still read and drafted; what waits, waits on."""
    installation = _installation(config)
    installation.gate.stop(getpass.getuser(), because, installation.clock.now())
    click.echo("Nothing leaves any more, within a second. `responder resume` lets replies leave again.")


@click.command()
@config_option
def resume(config: Path) -> None:
    """Let replies leave again after `responder stop`."""
    gate = _installation(config).gate
    told = gate.stopped()
    if not gate.resume():
        click.echo("Nobody had stopped it.")
        return
    click.echo(f"It was {told}. Replies leave again.")


@click.command()
@config_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def release(config: Path, yes: bool) -> None:
    """Let replies leave without a person again, after a database from a backup has been put in place."""
    marks = _installation(config).marks
    held = marks.held()
    if not held:
        click.echo("Nothing is held.")
        return
    click.echo(f"{held}.")
    if yes or click.confirm("Have you looked through the queue, and may replies leave by themselves again?"):
        marks.release()
        click.echo("Released.")


@click.command()
@config_option
@click.option("--allow", metavar="ADDRESS", help="Let replies go to this address again.")
def suppressed(config: Path, allow: str | None) -> None:
    """Show the addresses that mail servers refuse; nothing goes there without a person."""
    marks = _installation(config).marks
    if allow:
        click.echo(f"Replies may go to {allow} again." if marks.allow(allow) else f"{allow} is not among them.")
        return
    addresses = marks.suppressed()
    for each in addresses:
        click.echo(f"{each.since:%Y-%m-%d}  {each.address}  {each.because}")
    if not addresses:
        click.echo("No address is refused.")
