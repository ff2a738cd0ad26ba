"""Read the playbook: an ordered table of rules over facts; the first rule that fits decides.

In:   the parsed TOML of `playbook.toml`.
Out:  a Playbook, or a ConfigError that names every mistake at once.
Limits: where no rule fits, a person is asked; no file can change that.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Literal, cast, get_args

from responder.domain.answers import Awaiting
from responder.domain.decision import FACT_VALUES, ORDER_ACTIONS, Facts, OrderActionKind
from responder.domain.errors import ConfigError
from responder.domain.understanding import LABELS

Then = Literal["answer", "ask_human", "stay_silent"]
_KEYS = {"id", "about", "when", "then", "template", "action", "awaits", "tell", "goes_first", "only_if"}
SWITCHES = ("acknowledge",)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: when all its facts hold, do `then`.

    `tell` puts the matter before a person as well, after it has been answered; `goes_first` says that it decides on purpose where
    a later row fits as well.
    """

    id: str
    about: str
    when: Mapping[str, frozenset[str]]
    then: Then
    template: str | None = None
    action: OrderActionKind | None = None
    awaits: Awaiting = "nothing"
    tell: bool = False
    goes_first: bool = False

    def fits(self, facts: Facts) -> bool:
        """Tell whether every fact that the rule asks about has one of the values it names."""
        return all(getattr(facts, fact) in values for fact, values in self.when.items())


FALL_THROUGH = Rule(id="no-rule", about="No rule fits: a person reads it.", when={}, then="ask_human")


@dataclass(frozen=True, slots=True)
class Playbook:
    """All rules, in the order in which they are tried; `requests` are all that a mail may ask for by itself."""

    rules: tuple[Rule, ...]
    requests: tuple[str, ...] = LABELS

    def rule_for(self, facts: Facts) -> Rule:
        """Give the first rule that fits; a person is asked where there is none."""
        return next((rule for rule in self.rules if rule.fits(facts)), FALL_THROUGH)

    def templates(self) -> frozenset[str]:
        """Name every template that a rule sends or drafts."""
        return frozenset(rule.template for rule in self.rules if rule.template)


def read_playbook(
    table: Mapping[str, object],
    own: Mapping[str, object] | None = None,
    own_labels: tuple[str, ...] = (),
    off: frozenset[str] = frozenset(),
) -> Playbook:
    """Make rules of the parsed file, and of the operator's own: a row of his with a known id stands in its place.

    His other rows come first, or before the rule that `before` names; `off = true` takes a rule out. `own_labels` are the model's
    labels besides ours; a row whose `only_if` names a switch of `off` is left out.

    Raises:
        ConfigError: with one line for every mistake in it.
    """
    problems: list[str] = []
    rows = _rows(table, "playbook", problems)
    if own is not None:
        rows = _with_own(rows, _rows(own, "own rules", problems), problems)
    rules: list[Rule] = []
    values = {**FACT_VALUES, "request": (*FACT_VALUES["request"], *own_labels)}
    for index, row in enumerate(rows, start=1):
        rule, wrong = _read_rule(row, f"playbook rule {index}", values)
        problems += wrong
        if rule and not (isinstance(row, Mapping) and row.get("only_if") in off):
            rules.append(rule)
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            problems.append(f"playbook rule '{rule.id}': the id is used twice; give each rule its own")
        seen.add(rule.id)
    if problems:
        raise ConfigError(problems)
    return Playbook(tuple(rules), (*LABELS, *own_labels))


def _rows(table: Mapping[str, object], place: str, problems: list[str]) -> list[object]:
    problems += [f"{place}: '{key}' is not known; a playbook holds only [[rule]] tables" for key in table if key != "rule"]
    rows = table.get("rule")
    if isinstance(rows, list) and rows:
        return rows
    problems.append(f"{place}: no [[rule]] in it; the shipped playbook comes back with `responder init`")
    return []


def _with_own(rows: list[object], own: list[object], problems: list[str]) -> list[object]:
    """Put the operator's rows in their places."""
    result = list(rows)
    for row in own:
        name = row.get("id") if isinstance(row, Mapping) else None
        if not isinstance(row, Mapping) or not isinstance(name, str):
            result.insert(0, row)
            continue
        before, off = row.get("before"), row.get("off") is True
        plain = {key: value for key, value in row.items() if key not in ("before", "off")}
        known = _place_of(result, name)
        if known is None and off:
            problems.append(f"own rules: '{name}' is switched off, but there is no such rule")
        elif known is not None:
            result[known : known + 1] = [] if off else [plain]
        elif before is None:
            result.insert(0, plain)
        elif (place := _place_of(result, before)) is not None:
            result.insert(place, plain)
        else:
            problems.append(f"own rules: '{name}' is to stand before '{before}', but there is no such rule")
    return result


def _place_of(rows: list[object], name: object) -> int | None:
    return next((place for place, row in enumerate(rows) if isinstance(row, Mapping) and row.get("id") == name), None)


def _read_rule(row: object, place: str, known: Mapping[str, tuple[str, ...]]) -> tuple[Rule | None, list[str]]:
    if not isinstance(row, Mapping):
        return None, [f"{place}: not a table; write it as [[rule]] with id, when and then"]
    name = row.get("id")
    if not isinstance(name, str) or not name:
        return None, [f"{place}: 'id' is missing; give it a short name, such as \"cancel-unshipped\""]
    place = f"playbook rule '{name}'"
    problems = [f"{place}: '{key}' is not known; one of {_listed(_KEYS)}" for key in row if key not in _KEYS]
    when, wrong = _read_when(row.get("when", {}), place, known)
    problems += wrong
    problems += _unless_in(place, "then", row.get("then"), get_args(Then))
    if row.get("action") is not None:
        problems += _unless_in(place, "action", row["action"], ORDER_ACTIONS)
    if row.get("awaits") is not None:
        problems += _unless_in(place, "awaits", row["awaits"], get_args(Awaiting))
    if row.get("only_if") is not None:
        problems += _unless_in(place, "only_if", row["only_if"], SWITCHES)
    if row.get("then") == "answer" and not isinstance(row.get("template"), str):
        problems.append(f"{place}: it answers, but names no template")
    if problems:
        return None, problems
    return Rule(
        id=name,
        about=str(row.get("about", "")),
        when=when,
        then=row["then"],
        template=row.get("template"),
        action=cast(OrderActionKind | None, row.get("action")),
        awaits=cast(Awaiting, row.get("awaits", "nothing")),
        tell=bool(row.get("tell", False)),
        goes_first=bool(row.get("goes_first", False)),
    ), []


def _read_when(when: object, place: str, known: Mapping[str, tuple[str, ...]]) -> tuple[dict[str, frozenset[str]], list[str]]:
    if not isinstance(when, Mapping):
        return {}, [f"{place}: 'when' must be a table of facts"]
    problems: list[str] = []
    read: dict[str, frozenset[str]] = {}
    for fact, wanted in when.items():
        if fact not in FACT_VALUES:
            problems.append(f"{place}: '{fact}' is not a fact; one of {_listed(field.name for field in fields(Facts))}")
            continue
        values = wanted if isinstance(wanted, list) else [wanted]
        for value in values:
            problems += _unless_in(place, fact, value, known[fact])
        read[fact] = frozenset(str(value) for value in values)
    return read, problems


def _unless_in(place: str, key: str, value: object, allowed: Iterable[str]) -> list[str]:
    allowed = tuple(allowed)
    return [] if value in allowed else [f"{place}: {key} = {value!r} is not known; one of {_listed(allowed)}"]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
