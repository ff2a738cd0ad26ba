"""`responder web` and `responder people`: the pages on which people review, and who may sign in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import config_option
from responder.domain.person import ROLES, Person, Role

if TYPE_CHECKING:
    from responder.bootstrap import Installation


def _installation(config: Path) -> "Installation":
    from responder.bootstrap import install
    from responder.config.load import load_settings

    return install(load_settings(config))


@click.command()
@config_option
def web(config: Path) -> None:
    """Serve the review pages alone; `responder run` serves them as well, where `[web] on` says so."""
    from responder.bootstrap.web import web_server

    installation = _installation(config)
    server = web_server(installation)
    here = f"http://{installation.settings.web.host}:{server.port}/"
    click.echo(f"The review pages: {here}   (Ctrl-C ends; `responder people add NAME` lets somebody in)")
    try:
        server.run()
    finally:
        installation.reader.close()


@click.group()
def people() -> None:
    """Say who may sign in to the review pages."""


@people.command()
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), default="reviewer", show_default=True)
@click.option("--mailbox", multiple=True, help="Only this mailbox; more than once for several.")
@config_option
def add(name: str, role: Role, mailbox: tuple[str, ...], config: Path) -> None:
    """Let NAME in, or give a new password: prints a link that can be used once, for fifteen minutes."""
    from responder.bootstrap.web import invite

    installation = _installation(config)
    known = [each.name for each in installation.settings.mailbox]
    if unknown := [each for each in mailbox if each not in known]:
        raise click.ClickException(f"there is no mailbox {', '.join(unknown)}; there are: {', '.join(known)}")
    settings = installation.settings.web
    link = invite(installation, Person(name, role, mailbox), settings.address or f"http://{settings.host}:{settings.port}")
    click.echo(f"{name} ({role}) sets a password here, once, within fifteen minutes:\n{link}")


@people.command("list")
@config_option
def list_people(config: Path) -> None:
    """Show who may sign in."""
    from responder.adapters.store.people import SqlPeople

    everybody = SqlPeople(_installation(config).engine).everybody()
    for each in everybody:
        click.echo(f"{each.name:30}{each.role:10}{', '.join(each.mailboxes) or 'all mailboxes'}{'  (disabled)' if each.disabled else ''}")
    if not everybody:
        click.echo("Nobody yet: responder people add NAME --role admin")


@click.group()
def audit() -> None:
    """Look at the log of what people did."""


@audit.command()
@config_option
@click.pass_context
def verify(ctx: click.Context, config: Path) -> None:
    """Check that every entry follows from those before it: that nothing was changed or taken out of their midst."""
    from responder.adapters.store.audit import SqlAudit

    log = SqlAudit(_installation(config).engine)
    broken = log.broken_at()
    if broken is not None:
        click.echo(f"Entry {broken} does not follow from those before it: the log was changed there.")
        ctx.exit(1)
    click.echo(f"{len(log.entries())} entries, each follows from those before it.")


@audit.command()
@config_option
def export(config: Path) -> None:
    """Write the log as JSON, a line an entry."""
    import json
    from dataclasses import asdict

    from responder.adapters.store.audit import SqlAudit

    for entry in SqlAudit(_installation(config).engine).entries():
        click.echo(json.dumps(asdict(entry), default=str, ensure_ascii=False))
