"""The playbook as a table: its mistakes are named, and the shipped one covers the issue's cases."""

import tomllib
from itertools import product
from pathlib import Path

import pytest

from responder.domain.decision import FACT_VALUES, Facts
from responder.domain.errors import ConfigError
from responder.policy.playbook import Playbook, read_playbook
from responder.policy.table_check import problems_of

# No shipped rule asks about these; leaving them out keeps the table small.
ASKED = {fact: values for fact, values in FACT_VALUES.items() if fact not in ("reason", "tracking_number", "awaiting")}
SHIPPED = Path(__file__).parents[3] / "templates" / "playbook.toml"


@pytest.fixture(scope="module")
def playbook() -> Playbook:
    return read_playbook(tomllib.loads(SHIPPED.read_text(encoding="utf-8")))


def test_every_mistake_is_named_at_once() -> None:
    table = {
        "rule": [
            {"id": "a", "when": {"request": "cancel"}, "then": "answer", "template": "x"},
            {"id": "a", "when": {"colour": "red"}, "then": "shout"},
            {"when": {}},
            {"id": "b", "then": "answer", "extra": 1, "action": "explode", "awaits": "godot"},
        ],
        "rules": [],
    }
    with pytest.raises(ConfigError) as caught:
        read_playbook(table)
    told = "\n".join(caught.value.problems)
    for expected in (
        "'rules' is not known",
        "'cancel'",
        "'colour'",
        "'shout'",
        "rule 3",
        "'extra'",
        "'explode'",
        "'godot'",
        "names no template",
    ):
        assert expected in told


def test_two_rules_may_not_share_an_id() -> None:
    rule = {"id": "a", "then": "ask_human"}
    with pytest.raises(ConfigError, match="used twice"):
        read_playbook({"rule": [rule, rule]})


def test_the_first_rule_that_fits_decides() -> None:
    playbook = read_playbook(
        {"rule": [{"id": "one", "when": {"request": "thanks"}, "then": "stay_silent"}, {"id": "two", "then": "ask_human"}]}
    )
    assert playbook.rule_for(Facts("thanks")).id == "one"
    assert playbook.rule_for(Facts("other")).id == "two"


@pytest.mark.parametrize(
    ("facts", "then", "template"),
    [
        (Facts("cancel_order", order="not_shipped", sender="is_the_customer"), "answer", "cancel_done"),
        (Facts("cancel_order", order="shipped", sender="is_the_customer"), "answer", "cancel_shipped"),
        (Facts("return_request", order="delivered", returns="open", sender="is_the_customer"), "answer", "return_instructions"),
        (Facts("exchange_request", order="delivered", returns="open", sender="is_the_customer"), "answer", "return_instructions"),
        (Facts("return_request", order="delivered", returns="over", sender="is_the_customer"), "ask_human", "return_received"),
        (Facts("return_request", order="delivered", sender="is_the_customer"), "ask_human", "return_received"),
        (Facts("refund", order="returned", refunded="yes", sender="is_the_customer"), "answer", "refund_state"),
        (Facts("refund", order="cancelled", sender="is_the_customer"), "ask_human", "refund_state"),
        (Facts("refund", order="delivered", sender="is_the_customer"), "ask_human", None),
        (Facts("invoice_request", order="shipped", invoice="yes", sender="is_the_customer"), "answer", "invoice_link"),
        (Facts("invoice_request", order="shipped", sender="is_the_customer"), "ask_human", None),
        (Facts("order_status", order="shipped", late="long", sender="is_the_customer"), "ask_human", "status_late"),
        (Facts("cancel_order", order="delivered", sender="is_the_customer"), "ask_human", "cancel_delivered"),
        (Facts("cancel_order", order="cancelled", sender="is_the_customer"), "answer", "cancel_already"),
        (Facts("change_address", order="not_shipped", sender="is_the_customer", address="none"), "answer", "address_ask"),
        (Facts("change_address", order="not_shipped", sender="is_the_customer", address="incomplete"), "answer", "address_ask"),
        (Facts("change_address", order="not_shipped", sender="is_the_customer", address="complete"), "answer", "address_confirm"),
        (Facts("change_address", order="shipped", value="low", sender="is_the_customer"), "ask_human", "address_resend"),
        (Facts("change_address", order="shipped", value="high", sender="is_the_customer"), "answer", "address_too_late"),
        (Facts("change_address", order="shipped", value="unknown", sender="is_the_customer"), "ask_human", "address_too_late"),
        (Facts("order_status", order="not_shipped", sender="is_the_customer"), "answer", "status_not_shipped"),
        (Facts("order_status", order="shipped", sender="is_the_customer"), "answer", "status_shipped"),
        (Facts("order_status", order="shipped", late="yes", sender="is_the_customer"), "answer", "status_late"),
        (Facts("order_status", order="delivered", sender="is_the_customer"), "answer", "status_delivered"),
        (Facts("delivered_not_received", order="delivered", sender="is_the_customer"), "answer", "not_received"),
        (Facts("cancel_order", order="not_found", sender="someone_else"), "answer", "ask_order_number"),
        (Facts("order_status", order="several", sender="is_the_customer"), "answer", "ask_which_order"),
        (Facts("item_problem", order="delivered", photos="no", sender="is_the_customer"), "ask_human", "problem_ask_photos"),
        (Facts("complaint", order="delivered", sender="is_the_customer"), "answer", "acknowledged"),
        (Facts("other", order="delivered", sender="is_the_customer"), "ask_human", None),
        (Facts("thanks"), "stay_silent", None),
        (Facts("sales_pitch"), "stay_silent", None),
    ],
)
def test_the_shipped_playbook_answers_as_good_sellers_do(playbook: Playbook, facts: Facts, then: str, template: str | None) -> None:
    rule = playbook.rule_for(facts)
    assert (rule.then, rule.template) == (then, template)


def test_acknowledgements_are_there_only_when_they_are_switched_on() -> None:
    off = read_playbook(tomllib.loads(SHIPPED.read_text(encoding="utf-8")), off=frozenset({"acknowledge"}))
    assert off.rule_for(Facts("complaint")).id == "a-person-reads"
    assert not problems_of(off)


def test_the_address_of_strangers_is_never_told_anything(playbook: Playbook) -> None:
    """Whatever a stranger asks about whatever order, the draft or answer is the neutral one, or none."""
    for request, order, value, late in product(FACT_VALUES["request"], FACT_VALUES["order"], FACT_VALUES["value"], FACT_VALUES["late"]):
        if order == "several":  # several orders are always the sender's own
            continue
        facts = Facts(request, order=order, value=value, late=late, sender="someone_else")  # type: ignore[arg-type]
        rule = playbook.rule_for(facts)
        assert rule.template in ("ask_order_number", "acknowledged", None), facts
        assert rule.action is None, facts


def test_orders_are_cancelled_only_before_they_leave(playbook: Playbook) -> None:
    for values in product(*ASKED.values()):
        facts = Facts(**dict(zip(ASKED, values, strict=True)))  # type: ignore[arg-type]
        if playbook.rule_for(facts).action == "cancel_order":
            assert (facts.request, facts.order) == ("cancel_order", "not_shipped")
