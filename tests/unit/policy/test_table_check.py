"""All combinations of facts that can happen are gone through."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from responder.domain.decision import Facts
from responder.domain.errors import ConfigError
from responder.policy.playbook import Playbook, read_playbook
from responder.policy.table_check import combinations, problems_of

TABLE = tomllib.loads((Path(__file__).parents[3] / "templates" / "playbook.toml").read_text(encoding="utf-8"))
LAST = {"id": "last", "when": {}, "then": "ask_human"}


def playbook(*rows: Mapping[str, object]) -> Playbook:
    return read_playbook({"rule": [*rows]})


def test_the_shipped_playbook_has_nothing_to_mend() -> None:
    shipped = read_playbook(TABLE)
    assert problems_of(shipped) == []
    assert combinations(shipped) > 50_000


def test_a_gap_is_found_and_shown() -> None:
    [told] = problems_of(read_playbook({"rule": [row for row in TABLE["rule"] if row["id"] != "a-person-reads"]}))
    assert told.startswith("gap: no rule fits")
    assert "such as request = change_order, order = cancelled" in told


def test_a_row_that_can_never_decide_is_found_with_what_hides_it() -> None:
    hidden = {"id": "late-and-lost", "when": {"request": "order_status", "order": "shipped", "value": "low"}, "then": "ask_human"}
    rows = [*TABLE["rule"]]
    rows.insert(len(rows) - 1, hidden)
    [told] = problems_of(read_playbook({"rule": rows}))
    assert "rule 'late-and-lost' can never decide: 'someone-elses-order', 'late', 'long-late' and 1 more before it" in told
    never = {"id": "never", "when": {"order": "several", "value": "low"}, "then": "ask_human"}
    assert problems_of(playbook(never, LAST)) == ["rule 'never' can never decide: its facts never come together"]


def test_an_overlap_is_found_unless_it_is_meant_or_a_special_case() -> None:
    high = {"id": "high", "when": {"value": "high", "order": "shipped"}, "then": "ask_human"}
    late = {"id": "late", "when": {"late": "yes", "order": "shipped"}, "then": "ask_human"}
    special = {"id": "special", "when": {"late": "yes", "order": "shipped", "value": "high", "request": "refund"}, "then": "ask_human"}
    [told] = problems_of(playbook(high, late, LAST))
    assert told.startswith("rules 'high' and 'late' overlap: both fit request = cancel_order, order = shipped, value = high, late = yes")
    assert problems_of(playbook({**high, "goes_first": True}, late, LAST)) == []
    assert problems_of(playbook(special, {**high, "goes_first": True}, late, LAST)) == []


def test_own_rules_stand_in_the_place_of_ours_or_before_them() -> None:
    own = [
        {"id": "thanks", "when": {"request": "thanks"}, "then": "ask_human"},
        {"id": "sales-pitch", "off": True},
        {"id": "big-cancel", "before": "cancel-before-shipping", "then": "ask_human", "about": "A person looks at big orders.",
         "when": {"request": "cancel_order", "order": "not_shipped", "value": "high", "sender": "is_the_customer"}},
        {"id": "warranty", "when": {"request": "warranty_claim"}, "then": "ask_human"},
    ]  # fmt: skip
    mine = read_playbook(TABLE, {"rule": own}, ("warranty_claim",))
    names = [rule.id for rule in mine.rules]
    assert names[0] == "warranty"
    assert names.index("big-cancel") + 1 == names.index("cancel-before-shipping")
    assert "sales-pitch" not in names
    assert len(names) == len(TABLE["rule"]) + 1
    assert mine.rule_for(Facts("thanks")).then == "ask_human"
    assert mine.rule_for(Facts("warranty_claim")).id == "warranty"
    assert problems_of(mine) == []


def test_own_rules_that_name_what_is_not_there_are_told() -> None:
    own = [
        {"id": "thank", "off": True},
        {"id": "new", "before": "nowhere", "when": {}, "then": "ask_human"},
        {"id": "more", "when": {"request": "warranty_claim"}, "then": "ask_human"},
        {"when": {}, "then": "ask_human"},
    ]
    with pytest.raises(ConfigError) as caught:
        read_playbook(TABLE, {"rule": own})
    told = "\n".join(caught.value.problems)
    for part in ("'thank' is switched off, but there", "before 'nowhere', but there", "'warranty_claim' is not known", "'id' is missing"):
        assert part in told
