"""`responder playbook`: look at the rules, go through all that can happen, and ask what if."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import config_option
from responder.domain.answers import MEANINGS, decisive
from responder.domain.decision import FACT_VALUES
from responder.domain.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

    from responder.policy.playbook import Rule

_THEN = {"answer": "answers", "ask_human": "asks a person", "stay_silent": "stays silent"}


@click.group()
def playbook() -> None:
    """Look at the rules: what is answered, and when. Without a configuration, the shipped rules."""


@playbook.command()
@config_option
@click.pass_context
def check(ctx: click.Context, config: Path) -> None:
    """Go through every combination of facts: gaps, rows that can never decide, overlaps, missing templates."""
    from responder.bootstrap import install_or_shipped
    from responder.policy.table_check import combinations, problems_of

    installation = install_or_shipped(config)
    rules = installation.rules
    problems = problems_of(rules)
    problems += installation.replies.problems(rules.templates(), installation.languages_of(installation.replies))
    for problem in problems:
        click.echo(problem)
    told = f"{len(rules.rules)} rules, {combinations(rules)} combinations of facts"
    click.echo(f"{told}: {len(problems)} to mend." if problems else f"{told}: each falls to a rule, and every rule decides some.")
    ctx.exit(1 if problems else 0)


@playbook.command()
@config_option
@click.option("--request", help="Only the rules that may decide this request.")
def show(config: Path, request: str | None) -> None:
    """Show the rules as a table, in the order in which they are tried."""
    from rich.console import Console
    from rich.table import Table

    from responder.bootstrap import install_or_shipped

    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("when", ratio=4)
    table.add_column("then", ratio=3)
    table.add_column("rule", ratio=4)
    for rule in install_or_shipped(config).rules.rules:
        if request is None or request in rule.when.get("request", {request}):
            table.add_row(_when(rule), _then(rule), f"[bold]{rule.id}[/bold]\n[dim]{rule.about}[/dim]\n")
    Console().print(table)


def _with_facts(command: "Callable[..., None]") -> "Callable[..., None]":
    for fact, values in reversed(FACT_VALUES.items()):
        kind = click.STRING if fact == "request" else click.Choice(values)
        option = click.option(f"--{fact.replace('_', '-')}", fact, type=kind, required=fact == "request", help=f"The fact `{fact}`.")
        command = option(command)
    return command


@playbook.command("try")
@config_option
@_with_facts
@click.option("--language", default="en", show_default=True, help="The language of the reply that is shown.")
def try_out(config: Path, language: str, **given: str | None) -> None:
    """Tell which rule decides on these facts, why, and show its reply for a made-up order."""
    from responder.bootstrap import install_or_shipped
    from responder.composing.samples import sample_values
    from responder.domain.decision import Facts

    installation = install_or_shipped(config)
    rules = installation.rules
    if given["request"] not in (known := {*rules.requests, *FACT_VALUES["request"]}):
        raise ConfigError([f"--request: '{given['request']}' is not known; one of {', '.join(sorted(known))}"])
    questions = [question for question in MEANINGS if given["request"] in decisive(question)]
    stated = {"sender": "is_the_customer", **({"awaiting": questions[0]} if questions else {})}
    stated |= {fact: value for fact, value in given.items() if value is not None}
    facts = Facts(**stated)  # type: ignore[arg-type]
    for rule in rules.rules:
        if rule.fits(facts):
            break
        missed = [fact for fact, values in rule.when.items() if getattr(facts, fact) not in values]
        if facts.request in rule.when.get("request", frozenset()):
            click.echo(click.style(f"not {rule.id}: {', '.join(f'{fact} is {getattr(facts, fact)}' for fact in missed)}", dim=True))
    rule = rules.rule_for(facts)
    click.echo(f"{click.style(rule.id, bold=True)}: {rule.about}\n  {_then(rule).replace(chr(10), chr(10) + '  ')}")
    if rule.template:
        today = installation.clock.now().astimezone(installation.settings.zone()).date()
        values = sample_values(language, installation.shop, facts.order, today, late=facts.late != "no")
        click.echo("\n" + "\n".join(f"  | {line}" for line in installation.composer.write(rule.template, language, values).splitlines()))


def _when(rule: "Rule") -> str:
    if not rule.when:
        return "always"
    return "\n".join(f"{fact.replace('_', ' ')}: {', '.join(sorted(values))}" for fact, values in rule.when.items())


def _then(rule: "Rule") -> str:
    lines = [_THEN[rule.then]]
    if rule.action:
        lines.append(f"first: {rule.action}")
    if rule.template:
        lines.append(f"{'sends' if rule.then == 'answer' else 'draft'}: {rule.template}")
    if rule.awaits != "nothing":
        lines.append(f"then awaits: {rule.awaits}")
    if rule.tell:
        lines.append("and a person is told")
    return "\n".join(lines)
