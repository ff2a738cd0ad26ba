"""`responder review`: look at drafts; approve, rewrite or refuse them."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from responder.cli.options import config_option

if TYPE_CHECKING:
    from responder.bootstrap import Installation
    from responder.workflow.review import Verdict


@click.group()
def review() -> None:
    """Look at the drafts that wait for a person, and decide on them."""


def _installation(config: Path) -> "Installation":
    from responder.bootstrap import install
    from responder.config.load import load_settings

    return install(load_settings(config))


@review.command("list")
@config_option
def list_drafts(config: Path) -> None:
    """List what waits, the oldest first."""
    from rich.console import Console
    from rich.table import Table

    from responder.adapters.store.reviews import SqlReviews
    from responder.workflow.deadlines import age

    installation = _installation(config)
    drafts = SqlReviews(installation.engine).waiting()
    if not drafts:
        click.echo("Nothing waits.")
        return
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("N", justify="right", no_wrap=True, min_width=4)
    table.add_column("age", justify="right", no_wrap=True, min_width=6)
    for column, ratio in (("from", 4), ("subject", 6), ("asks for", 5), ("draft", 5)):
        table.add_column(column, ratio=ratio, overflow="ellipsis", no_wrap=True)
    now = installation.clock.now()
    for draft in drafts:
        label = f"{draft.label} {draft.confidence:.2f}" if draft.label else "—"
        what = "for your information" if draft.state == "told" else draft.reply.template or "own words" if draft.reply else "no draft"
        if draft.action and draft.state != "told":
            what += f" + {draft.action.kind}"
        table.add_row(str(draft.id), age(now - draft.created_at), draft.customer or "?", draft.subject, label, what)
    Console().print(table)
    click.echo(f"\n{len(drafts)} waiting. See one with `responder review show N`.")


@review.command()
@click.argument("number", type=int)
@config_option
def show(config: Path, number: int) -> None:
    """Show one draft with the mail that it answers."""
    from responder.adapters.store.reviews import SqlReviews
    from responder.cli.words import shown_draft

    installation = _installation(config)
    reviews = SqlReviews(installation.engine)
    draft, stored = reviews.get(number), reviews.mail(number)
    if draft is None or stored is None:
        raise click.ClickException(f"there is no draft {number}; `responder review list` shows those that wait")
    profile = installation.profiles.get(draft.mailbox)
    click.echo(shown_draft(draft, stored.arrival.content, profile, installation.reader, installation.order_desk.by_hand))
    installation.reader.close()


@review.command()
@click.argument("number", type=int)
@click.option("--done", is_flag=True, help="The action was done in the shop by hand: confirm it.")
@config_option
def approve(config: Path, number: int, done: bool) -> None:
    """Send a draft as it is, after doing the order action that it announces."""
    _decide(_installation(config), number, None, done)


@review.command()
@click.argument("number", type=int)
@click.option("--file", "file", type=click.File("r", encoding="utf-8"), required=True, help="The reply's text; - reads standard input.")
@click.option("--done", is_flag=True, help="The action was done in the shop by hand: confirm it.")
@config_option
def rewrite(config: Path, number: int, file: TextIO, done: bool) -> None:
    """Send your own text in place of a draft."""
    _decide(_installation(config), number, file.read(), done)


@review.command()
@click.argument("number", type=int)
@click.option("--reason", default="", help="Why, for the report.")
@config_option
def refuse(config: Path, number: int, reason: str) -> None:
    """Close a draft; nothing is sent."""
    verdict = _installation(config).reviewer.refuse(number, reason, getpass.getuser())
    if verdict.kind != "closed":
        raise click.ClickException(verdict.told)
    click.echo(f"Closed {number}; nothing is sent.")


def _decide(installation: "Installation", number: int, text: str | None, done: bool) -> None:
    verdict = installation.reviewer.approve(number, getpass.getuser(), text=text, action_done=done)
    if verdict.kind == "by_hand" and sys.stdin.isatty() and click.confirm(f"Have you done this in the shop: {verdict.told}?"):
        verdict = installation.reviewer.approve(number, getpass.getuser(), text=text, action_done=True)
    _tell(installation, verdict, number)
    installation.reader.close()


def _tell(installation: "Installation", verdict: "Verdict", number: int) -> None:
    match verdict.kind:
        case "approved":
            click.echo(_delivered(installation, number))
        case "closed":
            click.echo(f"Closed {number}: you have seen it.")
        case "changed":
            raise click.ClickException(f"Nothing is sent: {verdict.told}. Look at the new draft: responder review show {verdict.draft_id}")
        case "by_hand":
            raise click.ClickException(
                f"First {verdict.told} in the shop, then confirm it with --done. The reply says that it has happened, so it waits for that."
            )
        case "impossible":
            raise click.ClickException(verdict.told)


def _delivered(installation: "Installation", number: int) -> str:
    """Deliver at once, unless a running bot does it anyway."""
    from responder.adapters.lock import only_one
    from responder.adapters.store.reviews import SqlReviews
    from responder.bootstrap.work import MailboxWork, recover

    reviews = SqlReviews(installation.engine)
    draft = reviews.get(number)
    mailbox = next(mailbox for mailbox in installation.settings.mailbox if draft and mailbox.name == draft.mailbox)
    with only_one(installation.beside_database(".lock")) as mine:
        if not mine:
            return f"Approved {number}; the running bot delivers it now."
        recover(installation)
        work = MailboxWork(installation, mailbox, lambda: True)
        work.deliver()
        work.close()
    match reviews.outcome(number):
        case "sent":
            return f"Sent {number}."
        case "planned":
            return f"Approved {number}; the mail server is away, so it is sent later, by `responder run`."
        case _:
            return f"Approved {number}, but it could not be sent; see why with `responder review list`."
