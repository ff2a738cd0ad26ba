"""Find and read what operators edit or exchange: templates, the playbook, the model; the shipped ones where they have none.

Limits: in a checkout the shipped files are the checkout's own; in an installed copy they lie inside the package.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from responder.domain.errors import ConfigError

ANSWERS_FOLDER = "answers"


def shipped() -> Path:
    """Give the folder that holds the shipped `templates`, `models` and `config.example.toml`."""
    package = Path(str(files("responder")))
    inside = package / "_shipped"
    return inside if inside.is_dir() else package.parent


def read_templates(folder: Path) -> dict[str, dict[str, str]]:
    """Read all reply templates: language -> name -> source.

    Raises:
        ConfigError: the folder is missing, or a file cannot be read.
    """
    root = folder / "replies"
    if not root.is_dir():
        raise ConfigError([f"{root}: there is no such folder; restore the templates with `responder init`"])
    problems: list[str] = []
    sources: dict[str, dict[str, str]] = {}
    for path in sorted(root.glob("*/*.txt")):
        try:
            sources.setdefault(path.parent.name, {})[path.stem] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            problems.append(f"{path}: cannot be read; save it as UTF-8")
    if problems:
        raise ConfigError(problems)
    return sources


def read_table(path: Path) -> Mapping[str, object]:
    """Read a file of rules.

    Raises:
        ConfigError: the file is missing, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError([f"{path}: there is no such file; `responder init` writes the shipped playbook.toml anew"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read; save it as UTF-8 ({type(error).__name__})"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: is not valid TOML: {error}"]) from error


def read_card_labels(folder: Path) -> list[str]:
    """Read which labels a model gives.

    Raises:
        ConfigError: there is no model in the folder.
    """
    path = folder / "card.json"
    try:
        labels: list[str] = json.loads(path.read_text(encoding="utf-8"))["labels"]
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError([f"{path}: cannot be read ({error}); train a model with `responder train`"]) from error
    return labels


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """The contents of a model's files: arrays and card, and those of its second model, for answers, empty where it has none."""

    arrays: bytes
    card: bytes
    answer_arrays: bytes = b""
    answer_card: bytes = b""


def read_model_files(folder: Path) -> ModelFiles:
    """Read the files of a model.

    Raises:
        ConfigError: one of them is missing.
    """
    answers = folder / ANSWERS_FOLDER
    try:
        return ModelFiles(
            (folder / "model.npz").read_bytes(),
            (folder / "card.json").read_bytes(),
            (answers / "model.npz").read_bytes() if answers.exists() else b"",
            (answers / "card.json").read_bytes() if answers.exists() else b"",
        )
    except OSError as error:
        raise ConfigError([f"{folder}: there is no whole model in it ({error.filename}); train one with `responder train`"]) from error
