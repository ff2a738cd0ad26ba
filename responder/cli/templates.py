"""`responder templates`: look at all replies."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import config_option

if TYPE_CHECKING:
    from responder.composing.preview import Shown
    from responder.policy.playbook import Playbook


@click.group()
def templates() -> None:
    """Look at the replies. Without a configuration, the shipped ones."""


@templates.command()
@config_option
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), default=Path("replies.html"), show_default=True)
def preview(config: Path, into: Path) -> None:
    """Write every reply in every language as one page, to look at in a browser."""
    from responder.bootstrap import install_or_shipped
    from responder.composing.preview import preview_page

    installation = install_or_shipped(config)
    rules = replies_to_show(installation.rules)
    today = installation.clock.now().astimezone(installation.settings.zone()).date()
    languages = installation.languages_of(installation.replies)
    into.write_text(preview_page(rules, installation.replies, languages, installation.shop, today), encoding="utf-8")
    click.echo(f"{len(rules)} replies in {len(languages)} languages: {into}")


def replies_to_show(playbook: "Playbook") -> "list[Shown]":
    """Give every rule with a reply, with the state of the order that it is shown for."""
    from responder.composing.preview import Shown

    return [
        Shown(rule.id, rule.about, rule.template, _state(rule.when.get("order", frozenset())), "no" not in rule.when.get("late", {"no"}))
        for rule in playbook.rules
        if rule.template
    ]


def _state(orders: frozenset[str]) -> str:
    """Choose the state to show a rule with, of those that it fits."""
    wanted = ("not_shipped", "shipped", "delivered", "cancelled", "returned", "several", "not_named", "not_found")
    return next((state for state in wanted if state in orders), "shipped")
