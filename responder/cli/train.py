"""`responder train`: train the classifier from a corpus."""

from pathlib import Path

import click


@click.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--into", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder for model.npz, card.json and CARD.md."
)
@click.option(
    "--max-wrong",
    type=click.FloatRange(0, 0.5, min_open=True),
    default=0.02,
    show_default=True,
    help="The risk for which the card tells thresholds.",
)
def train(corpus: Path, into: Path, max_wrong: float) -> None:
    """Train the classifier from a corpus of labelled mails, and measure it on mails that it was not trained on."""
    from rich.console import Console

    from responder.adapters.clock import SystemClock
    from responder.training.card import card_text
    from responder.training.corpus import read_corpus, read_lexicons
    from responder.training.learn import learn
    from responder.training.measure import measure
    from responder.understanding.model import load_classifier

    console = Console(stderr=True)
    examples, lexicons = read_corpus(corpus), read_lexicons(corpus)
    with console.status("reading the corpus") as status:
        trained = learn(
            examples, lexicons, SystemClock().now().date(), lambda step: status.update(f"training on {len(examples)} mails: {step}")
        )
    classifier = load_classifier(trained.arrays, trained.card, str(into))
    figures = measure(
        [example.label for example in examples],
        trained.held_out,
        classifier.thresholds(max_wrong),
        [example.language for example in examples],
    )
    into.mkdir(parents=True, exist_ok=True)
    (into / "model.npz").write_bytes(trained.arrays)
    (into / "card.json").write_bytes(trained.card)
    (into / "CARD.md").write_text(card_text(classifier.card, figures, examples, max_wrong), encoding="utf-8")
    click.echo(
        f"{len(examples)} mails, {len(classifier.languages)} languages. Held out: accuracy {figures.accuracy:.3f}, "
        f"macro-F1 {figures.macro_f1:.3f}, calibration error {figures.calibration_error:.3f}, "
        f"answered alone {figures.coverage:.1%}. Written to {into}."
    )
