"""Read the corpus: mails by language and label, with their slots filled.

In:   a folder laid out as its README says.
Out:  examples, in the same order and with the same fillings for the same corpus.
Limits: every mistake is named with its file and line; nothing is skipped.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from responder.domain.answers import ANSWERS, NEW_REQUEST
from responder.domain.errors import ConfigError
from responder.domain.understanding import LABELS, Label
from responder.understanding.concepts import read_lexicon

SLOTS = frozenset("order order2 name product product2 date city country address tracking carrier amount shop email".split())
ANSWERS_PER_NEW_REQUEST = 2
LIKE_ANSWERS = frozenset({"thanks", "other"})  # a mail of these may be an answer as well
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Example:
    """One mail of the corpus; mails of one `group` tell of one situation and are never split between training and measuring.

    `everyday` mails are written as an inbox receives them, not to be hard: the thresholds are proven on them.
    """

    subject: str
    body: str
    label: Label
    also: tuple[Label, ...]
    language: str
    group: str
    everyday: bool = False


def read_corpus(folder: Path) -> list[Example]:
    """Read all mails of a corpus.

    Raises:
        ConfigError: with one line for every mistake.
    """
    slots = _read_slots(folder)
    files = {path: path.parent.name for path in sorted(folder.glob("*/*.txt")) if path.parent.name in slots}
    files |= {path: path.parents[1].name for path in sorted(folder.glob("*/everyday/*.txt")) if path.parents[1].name in slots}
    if not files:
        raise ConfigError([f"{folder}: there is no <language>/<label>.txt in it, or no slots for its languages in slots.toml"])
    return _read_files(files, LABELS, slots)


def read_experiments(folder: Path) -> str:
    """Read what was tried with a corpus, `EXPERIMENTS.md`, for the model's card; empty where nothing is told."""
    path = folder / "EXPERIMENTS.md"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def read_answers(folder: Path, examples: Sequence[Example]) -> list[Example]:
    """Read what customers answer, `<language>/answers/<label>.txt`, and add some of the other mails as new requests; empty without any.

    Raises:
        ConfigError: with one line for every mistake.
    """
    slots = _read_slots(folder)
    files = {path: path.parents[1].name for path in sorted(folder.glob("*/answers/*.txt")) if path.parents[1].name in slots}
    answers = _read_files(files, ANSWERS, slots)
    others = [replace(example, subject="", also=(), label=NEW_REQUEST) for example in examples if example.label not in LIKE_ANSWERS]
    if not answers:
        return []
    return answers + others[:: max(len(others) * ANSWERS_PER_NEW_REQUEST // len(answers), 1)]


def _read_files(files: Mapping[Path, str], labels: Sequence[Label], slots: Mapping[str, Mapping[str, list[str]]]) -> list[Example]:
    """Read files, each with its language."""
    problems: list[str] = []
    examples: list[Example] = []
    for path, language in files.items():
        if path.stem not in labels:
            problems.append(f"{path}: '{path.stem}' is not a label; one of {', '.join(labels)}")
            continue
        try:
            examples += _read_file(path, language, slots[language], len(examples))
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return examples


def read_lexicons(folder: Path) -> dict[str, str]:
    """Read `concepts/<language>.txt`: the words that stand for ideas, by language; none where there is no such folder.

    Raises:
        ConfigError: with one line for every mistake.
    """
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((folder / "concepts").glob("*.txt"))}
    problems: list[str] = []
    for language, text in texts.items():
        try:
            read_lexicon(text, language, str(folder / "concepts" / f"{language}.txt"))
        except ConfigError as error:
            problems += error.problems
    if problems:
        raise ConfigError(problems)
    return texts


def _read_slots(folder: Path) -> dict[str, dict[str, list[str]]]:
    path = folder / "slots.toml"
    try:
        table: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read: {error}"]) from error
    common = table.pop("common", {})
    return {language: {**common, **own} for language, own in table.items()}


def _read_file(path: Path, language: str, slots: Mapping[str, list[str]], start: int) -> Iterator[Example]:
    label, everyday = path.stem, path.parent.name == "everyday"
    problems: list[str] = []
    examples: list[Example] = []
    for topic, line, lines in _mails(path):
        place = f"{path}:{line}"
        subject, also, body = _parts(lines)
        unknown = [slot for text in (subject, body) for slot in _SLOT.findall(text) if slot not in SLOTS]
        problems += [f"{place}: '{{{slot}}}' is not a slot" for slot in unknown]
        problems += [f"{place}: 'Also: {name}' is not a label" for name in also if name not in LABELS]
        if not subject and not body:
            problems.append(f"{place}: the mail is empty")
        number = start + len(examples)
        examples.append(
            Example(
                _filled(subject, slots, number),
                _filled(body, slots, number),
                label,
                also,
                language,
                f"{language}/{'everyday/' if everyday else ''}{label}/{topic}",
                everyday,
            )
        )
    if problems:
        raise ConfigError(problems)
    return iter(examples)


def _mails(path: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Split a file into mails: topic, number of the mail's first line, and its lines."""
    topic, first, lines = "", 1, list[str]()
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), "## "], start=1):
        begins_topic = line.startswith("## ")
        if begins_topic or line.strip() == "%%":
            if any(line.strip() for line in lines):
                yield topic, first, lines
            lines, first = [], number + 1
            topic = line[3:].strip() if begins_topic else topic
        elif not line.startswith("# "):
            lines.append(line)


def _parts(lines: list[str]) -> tuple[str, tuple[str, ...], str]:
    subject, also = "", tuple[str, ...]()
    rest = list(lines)
    while rest and not rest[0].strip():
        rest.pop(0)
    if rest and rest[0].startswith("Subject:"):
        subject = rest.pop(0).removeprefix("Subject:").strip()
    if rest and rest[0].startswith("Also:"):
        also = tuple(name.strip() for name in rest.pop(0).removeprefix("Also:").split(",") if name.strip())
    return subject, also, "\n".join(rest).strip()


def _filled(text: str, slots: Mapping[str, list[str]], number: int) -> str:
    """Fill the slots, each mail with other words than the one before."""

    def word(match: re.Match[str]) -> str:
        name = match.group(1)
        words = slots.get(name.rstrip("2"), [""]) or [""]
        return words[(number * 7 + (3 if name.endswith("2") else 0)) % len(words)]

    return _SLOT.sub(word, text)
