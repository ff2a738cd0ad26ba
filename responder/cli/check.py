"""`responder check`: try everything that can go wrong at start, and say how to mend it."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import config_option
from responder.domain.errors import ConfigError, OutsideError

if TYPE_CHECKING:
    from responder.adapters.mailbox import ImapMailbox
    from responder.bootstrap import Installation
    from responder.config.settings import MailboxSettings

RECENT = 30


@click.command()
@config_option
@click.pass_context
def check(ctx: click.Context, config: Path) -> None:
    """Try the configuration, the templates, the model, the orders and the mail servers; sends nothing.

    The exit code is 1 when anything is wrong.
    """
    from responder.bootstrap import install
    from responder.bootstrap.connections import imap_mailbox, smtp_courier
    from responder.config.load import load_settings

    trials: list[tuple[str, Callable[[], list[str]]]] = []
    settings = load_settings(config)
    installation = install(settings)
    click.echo(f"{_mark(True)} configuration: {config}, {len(settings.mailbox)} mailboxes, mode {settings.answers.mode}")
    trials.append(("templates", lambda: _templates(installation)))
    trials.append(("model", lambda: _model(installation)))
    trials.append(("reading", lambda: _reading(installation)))
    trials.append(("orders", lambda: _orders(installation)))
    trials.append(("database", lambda: _database(installation)))
    for mailbox in settings.mailbox:
        way_in, way_out = imap_mailbox(mailbox), smtp_courier(mailbox)
        trials.append((f"mailbox {mailbox.name}, IMAP", way_in.probe))
        trials.append((f"mailbox {mailbox.name}, SMTP", way_out.probe))
        trials.append((f"mailbox {mailbox.name}, senders", partial(_senders, way_in, mailbox)))
    wrong = sum(not _try(name, trial) for name, trial in trials)
    if wrong:
        click.echo(f"\n{wrong} of {len(trials) + 1} parts need mending.")
        ctx.exit(1)
    click.echo("\nAll is well.")


def _senders(way_in: "ImapMailbox", mailbox: "MailboxSettings") -> list[str]:
    """Look at recent mail for the server names whose verdicts on senders can be believed (RFC 8601)."""
    from responder.intake.authentication import authserv_ids_seen

    recent = way_in.uids()[-RECENT:]
    seen = Counter(next(iter(authserv_ids_seen(raw.content)), "") for raw in way_in.fetch(recent))
    way_in.close()
    if mailbox.authserv_ids:
        known = sum(seen[name] for name in mailbox.authserv_ids)
        told = f"{known} of the last {len(recent)} mails bear a verdict of {', '.join(mailbox.authserv_ids)}"
        return [told] if known or not recent else [f"{told}; is the name written as in the field Authentication-Results?"]
    name, count = next(((name, count) for name, count in seen.most_common() if name), ("", 0))
    lines = ["authserv_ids is empty, so no sender is verified, and nothing is answered without a person"]
    if name:
        lines.append(
            f'{count} of the last {len(recent)} mails bear a verdict of {name}; if that is your mail server: authserv_ids = ["{name}"]'
        )
    return lines


def _try(name: str, trial: Callable[[], list[str]]) -> bool:
    try:
        told = trial()
    except ConfigError as error:
        told, well = error.problems, False
    except OutsideError as error:
        told, well = str(error).splitlines(), False
    else:
        well = True
    click.echo(f"{_mark(well)} {name}: {told[0] if told else ''}")
    for line in told[1:]:
        click.echo(f"    {line}")
    return well


def _mark(well: bool) -> str:
    return click.style("ok   ", fg="green") if well else click.style("WRONG", fg="red")


def _templates(installation: "Installation") -> list[str]:
    languages = installation.languages_of(installation.composer)
    lines = [f"{len(installation.playbook.rules)} rules, replies in {', '.join(sorted(languages))} ({installation.templates_folder})"]
    missing = [mailbox for mailbox in installation.settings.mailbox if mailbox.default_language not in languages]
    if missing:
        raise ConfigError([f"mailbox {mailbox.name}: default_language {mailbox.default_language} has no templates" for mailbox in missing])
    return lines


def _model(installation: "Installation") -> list[str]:
    understander = installation.understander
    alone = understander.answerable()
    return [
        f"trained on {understander.card['mails']} mails in {', '.join(understander.card['languages'])} ({installation.model_folder})",
        f"at a risk of {installation.settings.model.max_wrong:.0%}, it may answer alone: {', '.join(alone) or 'nothing'}",
    ]


def _reading(installation: "Installation") -> list[str]:
    missing = installation.reader.confinement()
    installation.reader.close()
    return missing or ["mail is read in processes that reach no network and open no file"]


def _orders(installation: "Installation") -> list[str]:
    orders = installation.settings.orders
    kind = next((name for name in ("csv", "sql", "http", "shopify", "woocommerce") if getattr(orders, name)), None)
    if kind is None:
        return ["no order book is named, so no order is ever found; name one under [orders]"]
    # An address that nobody has: the book must answer, and know nothing.
    installation.order_book.find(("0",), "nobody@responder.invalid")
    return [f"{orders.csv or kind} can be asked"]


def _database(installation: "Installation") -> list[str]:
    path = installation.settings.database.path
    _ = installation.engine, installation.signet
    return [f"{path}"]
