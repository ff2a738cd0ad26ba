"""`responder model show`: what a trained model is, and what it may answer alone."""

from pathlib import Path

import click


@click.group()
def model() -> None:
    """Look at a trained model."""


@model.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--max-wrong", type=click.FloatRange(0, 0.5, min_open=True), default=0.02, show_default=True, help="The risk that sets the thresholds."
)
def show(folder: Path | None, max_wrong: float) -> None:
    """Show the model in FOLDER, or the shipped one: for each label, whether it is answered alone, and what is missing where not."""
    from responder.adapters.files import read_model_files, shipped
    from responder.understanding.model import load_classifier, threshold_for, wanting

    folder = folder or shipped() / "models" / "default"
    classifier = load_classifier(*read_model_files(folder), str(folder))
    card = classifier.card
    lines = [
        f"{folder}: trained on {card['trained_on']} from {card['mails']} mails, {', '.join(card['languages'])}",
        f"right on {card['held_out_accuracy']:.1%} of held-out mails; SHA-256 {card['sha256'][:16]}…",
        "",
        f"At a risk of {max_wrong:.0%} wrong answers, shown with 95 % certainty on held-out mails:",
        f"{'label':24}{'mails':>7}{'right':>8}  answered alone",
    ]
    for label, held_out in classifier.held_out.items():
        threshold = threshold_for(held_out, max_wrong)
        right = f"{held_out.right.mean():7.1%}" if len(held_out.right) else "      —"
        if threshold <= 1:
            told = f"from confidence {threshold:.3f}, {(held_out.confidence >= threshold).mean():.0%} of them"
        else:
            told = f"never; {wanting(held_out, max_wrong)} more mails that are understood as surely, and rightly, would prove it"
        lines.append(f"{label:24}{len(held_out.right):7} {right}  {told}")
    click.echo("\n".join(lines))
