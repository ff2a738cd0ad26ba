"""Read labelled mails from JSON lines: an operator's own, to measure on or to train with.

In:   lines such as {"subject": "Order 1042", "body": "Where is it?", "intent": "order_status"}.
Out:  rows, and examples to train from.
Limits: every mistake is named with its line; nothing is skipped. `text` may stand for subject and body.
`thread` names what belongs together: mails of one thread, and mails with the same words, are never split between training and measuring.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from responder.domain.errors import ConfigError
from responder.domain.understanding import Label
from responder.training.corpus import Example
from responder.understanding.language import written
from responder.understanding.text import classifier_text

MOST_PROBLEMS = 20
_LABEL = re.compile(r"[a-z][a-z0-9_]{1,40}")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled mail; `language` and `thread` are empty where the line does not name them."""

    subject: str
    body: str
    intent: Label
    also: tuple[Label, ...]
    language: str
    thread: str


def read_rows(path: Path) -> list[Row]:
    """Read all rows of a file.

    Raises:
        ConfigError: with one line for every mistake, or because there is no row.
    """
    rows: list[Row] = []
    problems: list[str] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read; save it as UTF-8 ({type(error).__name__})"]) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row: Any = json.loads(line)
        except ValueError:
            problems.append(f"{path}:{number}: is not JSON")
            continue
        if not isinstance(row, dict) or not isinstance(row.get("intent"), str) or not ("text" in row or "body" in row):
            problems.append(f"{path}:{number}: needs `intent`, and `text` or `subject` and `body`")
            continue
        rows.append(
            Row(
                str(row.get("subject") or ""),
                str(row.get("text", row.get("body")) or ""),
                row["intent"],
                tuple(map(str, row.get("also") or ())),
                str(row.get("language") or ""),
                str(row.get("thread") or ""),
            )
        )
    if problems or not rows:
        raise ConfigError(problems[:MOST_PROBLEMS] or [f"{path}: there is no row in it"])
    return rows


def examples_of(rows: Sequence[Row], place: str, known: Sequence[str]) -> list[Example]:
    """Make examples of rows; the language is told from the text where a row does not name it, `known` are those expected.

    Raises:
        ConfigError: an intent could not be a label, or a mail is empty.
    """
    problems = []
    examples = []
    for number, row in enumerate(rows, start=1):
        problems += [
            f"{place}: row {number}: '{name}' cannot be a label; use small letters, digits and _"
            for name in (row.intent, *row.also)
            if not _LABEL.fullmatch(name)
        ]
        words = classifier_text(row.subject, row.body)
        if not words:
            problems.append(f"{place}: row {number}: the mail is empty")
        language = row.language or written(row.subject, row.body, known).language
        group = f"{place}/{row.thread or words}"
        examples.append(Example(row.subject, row.body, row.intent, row.also, language, group, everyday=True))
    if problems:
        raise ConfigError(problems[:MOST_PROBLEMS])
    return examples
