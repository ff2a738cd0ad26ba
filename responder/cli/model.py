"""`responder model`: the models of an installation, what each is, and which one is in use."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from responder.cli.options import config_option
from responder.domain.errors import ConfigError

if TYPE_CHECKING:
    from responder.adapters.models import ModelShelf

NEXT_START = "The bot uses it from its next start on."


@click.group()
def model() -> None:
    """Look at trained models, and choose the one that the bot uses."""


@model.command("list")
@config_option
def list_models(config: Path) -> None:
    """List the models of this installation, and mark the one in use."""
    from responder.bootstrap.models import load_model

    shelf = _shelf(config)
    click.echo(f"  {'model':24}{'trained':12}{'mails':>8}{'right':>8}  languages")
    for name in shelf.names():
        mark = "*" if shelf.path(name) == shelf.current() else " "
        try:
            card = load_model(shelf.path(name)).card
        except ConfigError as error:
            click.echo(f"{mark} {name:24}cannot be used: {'; '.join(error.problems)}")
            continue
        click.echo(
            f"{mark} {name:24}{card['trained_on']:12}{card['mails']:8}{card['held_out_accuracy']:8.1%}  {' '.join(card['languages'])}"
        )


@model.command()
@click.argument("name")
@config_option
def use(name: str, config: Path) -> None:
    """Use the model NAME from the next start on; it is tried first."""
    from responder.bootstrap.models import load_model

    shelf = _shelf(config)
    load_model(shelf.path(name))
    shelf.use(name)
    click.echo(f"'{name}' is chosen. {NEXT_START}")


@model.command()
@config_option
def rollback(config: Path) -> None:
    """Go back to the model that was in use before."""
    click.echo(f"Back to '{_shelf(config).rollback()}'. {NEXT_START}")


@model.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--max-wrong", type=click.FloatRange(0, 0.5, min_open=True), default=0.02, show_default=True, help="The risk that sets the thresholds."
)
def show(folder: Path | None, max_wrong: float) -> None:
    """Show the model in FOLDER, or the shipped one: for each label, whether it is answered alone, and what is missing where not."""
    from responder.adapters.files import shipped
    from responder.bootstrap.models import load_model
    from responder.understanding.model import NEVER, threshold_for, wanting

    folder = folder or shipped() / "models" / "default"
    classifier = load_model(folder)
    card = classifier.card
    lines = [
        f"{folder}: trained on {card['trained_on']} from {card['mails']} mails, {', '.join(card['languages'])}",
        f"right on {card['held_out_accuracy']:.1%} of held-out mails; SHA-256 {card['sha256'][:16]}…",
        "",
        f"At a risk of {max_wrong:.0%} wrong answers, shown with 95 % certainty on held-out mails:",
        f"{'label':24}{'mails':>7}{'right':>8}  answered alone",
    ]
    thresholds = classifier.thresholds(max_wrong)
    for label, held_out in classifier.held_out.items():
        threshold = thresholds[label]
        right = f"{held_out.right.mean():7.1%}" if len(held_out.right) else "      —"
        more = wanting(held_out, max_wrong)
        if threshold > 1:
            told = f"never; so many more mails, understood as surely and rightly, would prove it: {more}"
        else:
            told = f"from confidence {threshold:.3f}, {(held_out.confidence >= threshold).mean():.0%} of them"
            if threshold_for(held_out, max_wrong) == NEVER:
                told += f" (together with the others; to prove it by itself: {more} more)"
        lines.append(f"{label:24}{len(held_out.right):7} {right}  {told}")
    click.echo("\n".join(lines))


def _shelf(config: Path) -> "ModelShelf":
    from responder.adapters.models import ModelShelf
    from responder.config.load import load_settings

    return ModelShelf(load_settings(config).model.folder)
