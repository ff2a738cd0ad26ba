"""What becomes of a mail, and what keeps the bot from answering alone."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from responder.domain.case import Question
from responder.domain.decision import Answer, AskHuman, Decision, Facts, StaySilent
from responder.domain.mail import InboundMail, Sign
from responder.domain.order import Order
from responder.domain.understanding import Label, Request, Understanding
from responder.policy.answers import what_is_asked
from responder.policy.decide import ActionLimit, Circumstances, Limits, decide
from responder.policy.facts import Gathered
from responder.policy.playbook import Playbook, Rule

MAIL = InboundMail("<1@example.com>", "anna@example.com", "Anna", None, (), "Hello", None, "text", verified=True)
SURE = Understanding("en", (Request("order_status", 0.97),), threshold=0.9)
ORDER = Order("1042", "anna@example.com", total=Decimal("25"), currency="EUR")
ANSWER = Rule("where", "tell where it is", {"request": frozenset({"order_status"})}, "answer", "status", tell=True)
CANCEL = replace(ANSWER, id="cancel", action="cancel_order")
SILENT = replace(ANSWER, id="thanks", then="stay_silent", template=None)
AUTO = Limits(mode="auto", actions={"cancel_order": ActionLimit("auto", Decimal(100))})


def decided(
    rule: Rule = ANSWER,
    mail: InboundMail = MAIL,
    understanding: Understanding = SURE,
    limits: Limits = AUTO,
    circumstances: Circumstances | None = None,
    order: Order = ORDER,
    request: Label = "order_status",
) -> Decision:
    gathered = Gathered(Facts(request, order="shipped", sender="is_the_customer"), order)
    asked = what_is_asked(understanding, Question())
    return decide(mail, understanding, asked, gathered, Playbook((rule,)), circumstances or Circumstances(), limits)


def test_a_sure_mail_of_a_verified_customer_is_answered() -> None:
    decision = decided()
    assert isinstance(decision, Answer)
    assert (decision.rule, decision.template, decision.tell) == ("where", "status", True)


def test_shadow_mode_decides_as_auto_does() -> None:
    assert decided(limits=replace(AUTO, mode="shadow")) == decided()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"limits": replace(AUTO, mode="review")}, "review mode"),
        ({"mail": replace(MAIL, verified=False)}, "not verified"),
        ({"mail": replace(MAIL, machine_signs=(Sign("precedence", "first-class", hard=False),))}, "perhaps written by a machine"),
        ({"understanding": replace(SURE, threshold=0.98)}, "not sure enough"),
        ({"understanding": replace(SURE, threshold=2.0)}, "never answered alone"),
        ({"understanding": replace(SURE, further=("refund",))}, "asks for more: refund"),
        ({"circumstances": Circumstances(language_known=False)}, "language"),
        ({"circumstances": Circumstances(with_person=True)}, "a person is already"),
        ({"circumstances": Circumstances(turns=3)}, "3 automatic replies"),
        ({"circumstances": Circumstances(age=timedelta(hours=49))}, "49 hours old"),
        ({"circumstances": Circumstances(other_copy=True)}, "same Message-ID"),
        ({"circumstances": Circumstances(replies_to_sender=3)}, "to this sender"),
        ({"circumstances": Circumstances(replies_in_all=500)}, "in all"),
        ({"rule": CANCEL, "limits": replace(AUTO, actions={})}, "needs a person's yes"),
        ({"rule": CANCEL, "limits": replace(AUTO, actions={"cancel_order": ActionLimit("ask")})}, "needs a person's yes"),
        ({"rule": CANCEL, "order": replace(ORDER, total=Decimal("100.01"))}, "only up to 100"),
        ({"rule": CANCEL, "order": replace(ORDER, total=None)}, "only up to 100"),
    ],
)
def test_whatever_speaks_against_it_makes_a_draft_for_a_person(change: dict[str, Any], reason: str) -> None:
    decision = decided(**change)
    assert isinstance(decision, AskHuman)
    assert decision.template == "status"
    assert any(reason in because for because in decision.because)


def test_an_action_within_its_limit_goes_alone() -> None:
    decision = decided(rule=CANCEL)
    assert isinstance(decision, Answer)
    assert decision.action == "cancel_order"


def test_a_draft_never_announces_an_action_that_is_off() -> None:
    decision = decided(rule=CANCEL, limits=replace(AUTO, actions={"cancel_order": ActionLimit("off")}))
    assert decision == AskHuman("cancel", decision.because)


def test_a_machine_is_never_answered_in_any_mode() -> None:
    machine = replace(MAIL, machine_signs=(Sign("auto-submitted", "auto-replied"),))
    for limits in (AUTO, replace(AUTO, mode="review"), replace(AUTO, mode="shadow", only_verified=False)):
        assert isinstance(decided(mail=machine, limits=limits), StaySilent)


def test_a_sender_in_doubt_goes_to_a_person_without_a_draft() -> None:
    decision = decided(mail=replace(MAIL, sender="", sender_doubt="two addresses in From"))
    assert isinstance(decision, AskHuman)
    assert decision.template is None


def test_silence_needs_certainty_too() -> None:
    assert isinstance(decided(rule=SILENT), StaySilent)
    assert isinstance(decided(rule=SILENT, understanding=replace(SURE, threshold=0.99)), AskHuman)


def test_where_no_rule_fits_a_person_is_asked() -> None:
    decision = decided(request="other")
    assert isinstance(decision, AskHuman)
    assert decision.rule == "no-rule"


def test_a_decision_carries_its_reasons() -> None:
    because = decided().because
    assert "order_status with confidence 0.97" in because[0]
    assert "tell where it is" in because[1]
