"""Every reply of every rule in every language, as files to compare with; `make golden` writes them anew.

A change of a template shows in the difference of these files, in all languages at once.
"""

from datetime import date
from pathlib import Path

from responder.cli.templates import replies_to_show
from responder.composing.samples import sample_values
from responder.composing.values import Shop
from tests.docs.test_templates import COMPOSER, PLAYBOOK, SOURCES

FOLDER = Path(__file__).parent / "golden"
TODAY = date(2026, 3, 10)


def replies_in(language: str) -> str:
    """Write all replies of a language below each other, each under its rule."""
    shop = Shop("Lumio", "The Lumio team")
    pieces = []
    for shown in replies_to_show(PLAYBOOK):
        text = COMPOSER.write(shown.template, language, sample_values(language, shop, shown.order, TODAY, late=shown.late))
        pieces.append(f"== {shown.id}\n\n{text}")
    return "\n".join(pieces)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for language in SOURCES:
        (FOLDER / f"{language}.txt").write_text(replies_in(language), encoding="utf-8")
