"""Write the card of a model: what it is, what it was trained from, what was measured."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from responder.training.corpus import Example
from responder.training.measure import Figures


def card_text(
    card: Mapping[str, Any],
    figures: Figures,
    of_every_day: Figures | None,
    examples: Sequence[Example],
    max_wrong: float,
    experiments: str = "",
) -> str:
    """Give the card as Markdown; `of_every_day` is what was measured on the mails so marked, and `experiments` stands at its end."""
    languages = Counter(example.language for example in examples)
    by_language = ", ".join(f"{language} {count}" for language, count in sorted(languages.items()))
    versions = ", ".join(f"{name} {version}" for name, version in card["versions"].items())
    settings = ", ".join(f"{name} = {value}" for name, value in card["settings"].items())
    lines = [
        "# Model card",
        "",
        "Tells what a customer's mail asks for: TF-IDF of words and of character n-grams into a linear classifier, whose scores",
        "are weighed against each other. How sure it is follows from the lead, the mail's length and unknown words, and the examples",
        "that are like it. Written by `responder train`; `model.npz` holds plain arrays, `card.json` the same facts for programs.",
        "",
        f"- trained on {card['trained_on']} from {card['mails']} mails in {card['groups']} groups ({by_language})",
        f"- features: {card['features']['words']} words and word sequences, {card['features']['characters']} character n-grams",
        f"- settings: {settings}",
        f"- versions: {versions}",
        f"- corpus SHA-256 {card['corpus_sha256']}",
        f"- arrays SHA-256 {card['sha256']}",
        "",
        "## Measured on held-out mails",
        "",
        f"By {card['settings']['folds']}-fold cross-validation over the corpus. Mails that tell of one situation are never split between",
        "training and measuring, so each figure is about situations that the model has not seen.",
        "",
        f"Accuracy {figures.accuracy:.3f} · macro-F1 {figures.macro_f1:.3f} · expected calibration error {figures.calibration_error:.3f}",
        "",
        f"At a risk of {max_wrong:.0%} wrong answers (shown by an upper Clopper-Pearson bound at 95 %), {_alone(figures)}.",
        "A label without a threshold is never answered alone.",
        "",
        "| language | mails | accuracy | macro-F1 |",
        "| --- | --- | --- | --- |",
        *(f"| {language} | {row.mails} | {row.accuracy:.3f} | {row.macro_f1:.3f} |" for language, row in figures.languages.items()),
        "",
        "| label | mails | precision | recall | F1 | threshold | answered | wrong |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for label, row in figures.labels.items():
        threshold = f"{row.threshold:.3f}" if row.threshold is not None else "—"
        lines.append(
            f"| `{label}` | {row.mails} | {row.precision:.3f} | {row.recall:.3f} | {row.f1:.3f} | {threshold} | {row.answered} "
            f"| {row.answered_wrong} |"
        )
    if of_every_day:
        lines += _every_day(of_every_day)
    lines += ["", "Most frequent confusions (true label, taken for, mails):", ""]
    lines += [f"- `{one}` for `{other}`: {count}" for one, other, count in figures.confusions[:10]]
    return "\n".join([*lines, *(["", experiments.strip()] if experiments else [])]) + "\n"


def _every_day(figures: Figures) -> list[str]:
    return [
        "",
        "## Of these, the mails of every day",
        "",
        "Most of the corpus is hard on purpose: near misses, two requests in one, misleading subjects. What an inbox receives is",
        "mostly plain, so mails that are written as they arrive day by day (`<language>/everyday/`) are measured apart, and the",
        "thresholds are proven on them.",
        "",
        f"{figures.mails} mails: accuracy {figures.accuracy:.3f}, macro-F1 {figures.macro_f1:.3f}; {_alone(figures)}.",
        "",
        "| language | mails | accuracy | macro-F1 |",
        "| --- | --- | --- | --- |",
        *(f"| {language} | {row.mails} | {row.accuracy:.3f} | {row.macro_f1:.3f} |" for language, row in figures.languages.items()),
    ]


def _alone(figures: Figures) -> str:
    right = f"{figures.precision_answered:.3f}" if figures.precision_answered is not None else "—"
    return f"{figures.coverage:.1%} would be answered alone, {right} of them rightly"
