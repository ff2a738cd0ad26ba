"""Load the configuration file.

In:   the path of a TOML file.
Out:  Settings, or a ConfigError with one line for every mistake: where it is, what is wrong, how to mend it.
Limits: no value from the file is ever repeated in an error, since it may be a secret.
"""

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from responder.config.settings import Settings
from responder.domain.errors import ConfigError

_MENDS = {
    "missing": "is missing; add it",
    "int_parsing": "must be a whole number, without quotes",
    "int_type": "must be a whole number, without quotes",
    "float_parsing": "must be a number, without quotes",
    "float_type": "must be a number, without quotes",
    "decimal_parsing": "must be a number",
    "decimal_type": "must be a number",
    "bool_parsing": "must be true or false, without quotes",
    "bool_type": "must be true or false, without quotes",
    "string_type": "must be text, in quotes",
    "tuple_type": 'must be a list, such as ["one", "two"]',
    "dict_type": "must be a table",
    "model_type": "must be a table",
    "path_type": "must be a path, in quotes",
    "too_short": "must have at least one entry; add a [[mailbox]] table",
}


def load_settings(path: Path) -> Settings:
    """Load and check the configuration.

    Raises:
        ConfigError: with all problems.
    """
    try:
        with path.open("rb") as file:
            table = tomllib.load(file)
    except FileNotFoundError:
        raise ConfigError([f"{path}: there is no such file; make one with `responder init`"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path}: cannot be read ({type(error).__name__})"]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError([f"{path}: is not valid TOML: {error}"]) from None
    try:
        return Settings.model_validate(table, context={"folder": path.resolve().parent})
    except ValidationError as error:
        found = [each for each in error.errors(include_input=False, include_url=False) if not _follows_from_another(each, table)]
        raise ConfigError([f"{path}: {_told(each, table)}" for each in found]) from None


def _follows_from_another(found: ErrorDetails, table: Mapping[str, Any]) -> bool:
    """Tell whether an error only says that an entry with errors of its own does not count."""
    return found["type"] == "too_short" and bool(table.get(str(found["loc"][-1])))


def _told(found: ErrorDetails, table: Mapping[str, Any]) -> str:
    place = _place(found["loc"], table)
    name = str(found["loc"][-1]) if found["loc"] else ""
    match found["type"]:
        case "extra_forbidden" if name in ("password", "secret", "passwd"):
            return f"{place}: passwords do not stand in this file; use password_file, password_env or password_credential"
        case "extra_forbidden":
            near = get_close_matches(name, _siblings(found["loc"]), n=1)
            return f"{place}: is not known; " + (f"did you mean {near[0]}?" if near else "remove it, or see config.example.toml")
        case "literal_error":
            return f"{place}: must be one of {found['ctx']['expected']}"
        case "value_error":
            return f"{place}: {found['ctx']['error']}"
        case kind if kind in _MENDS:
            return f"{place}: {_MENDS[kind]}"
        case _:
            return f"{place}: {found['msg'][0].lower()}{found['msg'][1:]}"


def _place(steps: Iterable[int | str], table: Mapping[str, Any]) -> str:
    """Write a place as people find it: a mailbox by its number and its name."""
    words: list[str] = []
    here: Any = table
    for step in steps:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            here = None
        if isinstance(step, int):
            name = here.get("name") if isinstance(here, dict) else None
            words[-1] += f"[{step + 1}]" + (f" ({name})" if isinstance(name, str) and name.isprintable() else "")
        else:
            words.append(step)
    return ".".join(words) or "the file"


def _siblings(steps: tuple[int | str, ...]) -> list[str]:
    """Name the settings of the table in which a step stands."""
    model: type[BaseModel] = Settings
    for step in steps[:-1]:
        if isinstance(step, int):
            continue
        field = model.model_fields.get(step)
        candidates = [field.annotation, *get_args(field.annotation)] if field else []
        inner = next((kind for kind in candidates if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)
