"""`responder evaluate`: measure the classifier on labelled mails."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from responder.training.measure import Figures

BATCH = 500


@click.command()
@click.argument("data", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another folder with a model.")
@click.option(
    "--max-wrong", type=click.FloatRange(0, 0.5, min_open=True), default=0.02, show_default=True, help="The risk that sets the thresholds."
)
def evaluate(data: Path, as_json: bool, model: Path | None, max_wrong: float) -> None:
    """Measure the classifier on rows of JSON with `text`, or `subject` and `body`, and `intent`.

    An intent that is not one of our labels counts as `other`, and how many did is told.
    """
    import numpy as np
    from rich.console import Console
    from rich.progress import Progress

    from responder.adapters.files import shipped
    from responder.bootstrap.models import load_model
    from responder.training.measure import measure
    from responder.training.rows import read_rows
    from responder.understanding.language import written

    folder = model or shipped() / "models" / "default"
    classifier = load_model(folder)
    rows = read_rows(data)
    truth = [row.intent if row.intent in classifier.labels else "other" for row in rows]
    mails = [written(row.subject, row.body, classifier.languages) for row in rows]
    parts = []
    with Progress(console=Console(stderr=True), transient=True, disable=len(rows) < 4 * BATCH) as progress:
        task = progress.add_task("measuring", total=len(rows))
        for start in range(0, len(rows), BATCH):
            parts.append(classifier.judge(mails[start : start + BATCH]).probabilities)
            progress.update(task, advance=BATCH)
    figures = measure(classifier.labels, truth, np.vstack(parts), classifier.thresholds(max_wrong))
    unknown = sum(row.intent not in classifier.labels for row in rows)
    click.echo(json.dumps({"counted_as_other": unknown, **asdict(figures)}) if as_json else _in_words(figures, unknown))


def _in_words(figures: "Figures", unknown: int) -> str:
    lines = [
        f"{figures.mails} mails" + (f" ({unknown} with other intents, counted as other)" if unknown else ""),
        f"accuracy {figures.accuracy:.4f}   macro-F1 {figures.macro_f1:.4f}   calibration error {figures.calibration_error:.4f}",
        f"answered alone {figures.coverage:.1%}"
        + (f", precision {figures.precision_answered:.4f}" if figures.precision_answered is not None else ""),
        "",
        f"{'label':24}{'mails':>7}{'prec.':>8}{'recall':>8}{'F1':>8}{'thresh.':>9}{'alone':>7}{'wrong':>7}",
    ]
    for label, row in figures.labels.items():
        threshold = f"{row.threshold:.3f}" if row.threshold is not None else "never"
        lines.append(
            f"{label:24}{row.mails:7}{row.precision:8.3f}{row.recall:8.3f}{row.f1:8.3f}{threshold:>9}{row.answered:7}{row.answered_wrong:7}"
        )
    lines += ["", "taken for another (true label, taken for, mails):"]
    lines += [f"  {one:24}{other:24}{count:5}" for one, other, count in figures.confusions]
    return "\n".join(lines)
