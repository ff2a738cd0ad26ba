"""`responder train`: train the classifier from a corpus, and from an operator's own mails."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.progress import Progress

    from responder.domain.understanding import Label
    from responder.training.corpus import Example


@click.command()
@click.argument("corpus", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--data",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your own labelled mails, besides the corpus: a line of JSON each, with `intent` and `text`, or `subject` and `body`. Repeatable.",
)
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
def train(corpus: Path | None, data: tuple[Path, ...], into: Path, max_wrong: float) -> None:
    """Train the classifier from labelled mails, and measure it on mails that it was not trained on.

    CORPUS is a folder laid out like the shipped one, which is used without it. An intent that the bot has no label for becomes
    a label of its own; its mails go to a person until a rule of the playbook says more.
    """
    from rich.console import Console
    from rich.progress import Progress

    from responder.adapters.files import ANSWERS_FOLDER, shipped
    from responder.domain.answers import ANSWERS
    from responder.domain.understanding import LABELS
    from responder.training.corpus import read_answers, read_corpus, read_experiments, read_lexicons
    from responder.training.rows import examples_of, read_rows

    corpus = corpus or shipped() / "models" / "default" / "corpus"
    examples, lexicons = read_corpus(corpus), read_lexicons(corpus)
    answers = read_answers(corpus, examples)
    languages = sorted({example.language for example in examples})
    for path in data:
        examples += examples_of(read_rows(path), str(path), languages)
    labels = [*LABELS, *sorted({example.label for example in examples} - set(LABELS))]
    with Progress(console=Console(stderr=True), transient=True) as progress:
        told = [_train(examples, labels, lexicons, into, max_wrong, progress, read_experiments(corpus))]
        if answers:
            told.append(_train(answers, ANSWERS, lexicons, into / ANSWERS_FOLDER, max_wrong, progress))
    own = labels[len(LABELS) :]
    if own:
        told.append(f"Labels of your own: {', '.join(own)}. Their mails wait for a person until the playbook has a rule for them.")
    click.echo("\n".join(told))


def _train(
    examples: "Sequence[Example]",
    labels: "Sequence[Label]",
    lexicons: "Mapping[str, str]",
    into: Path,
    max_wrong: float,
    progress: "Progress",
    experiments: str = "",
) -> str:
    """Train one model, write its files, and tell what it can."""
    from responder.adapters.clock import SystemClock
    from responder.training.card import card_text
    from responder.training.learn import learn
    from responder.training.measure import measure
    from responder.understanding.model import load_classifier

    what = f"training on {len(examples)} mails"
    task = progress.add_task(what, total=1.0)
    today = SystemClock().now().date()
    trained = learn(
        examples, labels, lexicons, today, lambda step, done: progress.update(task, description=f"{what}: {step}", completed=done)
    )
    progress.update(task, completed=1.0)
    classifier = load_classifier(trained.arrays, trained.card, str(into))
    figures, of_every_day = (
        measure(
            labels,
            [examples[row].label for row in rows],
            trained.held_out[rows],
            classifier.thresholds(max_wrong),
            [examples[row].language for row in rows],
        )
        if rows
        else None
        for rows in (list(range(len(examples))), [row for row, example in enumerate(examples) if example.everyday])
    )
    assert figures
    into.mkdir(parents=True, exist_ok=True)
    (into / "model.npz").write_bytes(trained.arrays)
    (into / "card.json").write_bytes(trained.card)
    (into / "CARD.md").write_text(card_text(classifier.card, figures, of_every_day, examples, max_wrong, experiments), encoding="utf-8")
    return (
        f"{len(examples)} mails, {len(classifier.languages)} languages. Held out: accuracy {figures.accuracy:.3f}, "
        f"macro-F1 {figures.macro_f1:.3f}, calibration error {figures.calibration_error:.3f}, "
        f"answered alone {(of_every_day or figures).coverage:.1%}{' of everyday mails' if of_every_day else ''}. Written to {into}."
    )
