"""Every word of the pages stands in every language, and nothing else does."""

import re
import tomllib
from pathlib import Path

import pytest

from responder.domain.person import ROLES
from responder.domain.understanding import LABELS
from responder.web import pages
from responder.web.app import FAULTS
from responder.web.pages import LANGUAGES
from responder.web.statistics import KINDS

HERE = Path(pages.__file__).parent
CALL = re.compile(r"""\bt\((?:"([^"]+)"|'([^']+)')""")
SAID = re.compile(r'"(A name and a role are needed\.|Nobody takes rights from themselves\.)"')
STATES = ("arrived", "answering", "answered", "waiting", "silent", "quarantined")
# These are shown by names that the program uses.
BY_NAME = {
    *LABELS,
    *KINDS,
    *ROLES,
    *STATES,
    "alone",
    "with a person",
    *("ordered_at ship_by shipped_at deliver_by delivered_at cancelled_at refunded_at".split()),
}


def used() -> set[str]:
    found = {
        first or second for path in (HERE / "pages").glob("*.html") for first, second in CALL.findall(path.read_text(encoding="utf-8"))
    }
    said = set(SAID.findall((HERE / "overview.py").read_text(encoding="utf-8")))
    return found | said | BY_NAME | {text for pair in FAULTS.values() for text in pair}


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_every_word_is_there_with_its_slots(language: str) -> None:
    words = tomllib.loads((HERE / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    assert sorted(used() - set(words)) == []
    assert sorted(set(words) - used()) == []
    slots = re.compile(r"\{\w+\}")
    assert [text for text, told in words.items() if sorted(slots.findall(text)) != sorted(slots.findall(told))] == []
