"""Decide what becomes of a mail.

In:   the mail, what it means, the facts, the playbook, the circumstances and the limits.
Out:  StaySilent, AskHuman or Answer, each with its reasons in words.
Standards: RFC 3834 section 2 (mail of machines is not answered).
Limits: whatever speaks against answering alone turns an answer into a draft for a person; nothing turns a draft into an answer.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Literal

from responder.domain.decision import Answer, AskHuman, Decision, Mode, OrderActionKind, StaySilent
from responder.domain.mail import InboundMail
from responder.domain.order import Order
from responder.domain.understanding import Understanding
from responder.policy.answers import Asked
from responder.policy.facts import Gathered
from responder.policy.playbook import Playbook, Rule

# Files that are run when they are opened; a double ending counts by its last.
_PROGRAMS = (
    ".exe .scr .com .pif .bat .cmd .vbs .vbe .js .jse .wsf .wsh .hta .msi .msp .jar .lnk .ps1 .cpl .reg .iso .img .vhd .apk .app .dmg "
    ".xlsm .docm .pptm .xll .chm .url .library-ms .search-ms"
).split()

ActionMode = Literal["off", "ask", "auto"]


@dataclass(frozen=True, slots=True)
class ActionLimit:
    """How far an order action may go: `auto` only up to `up_to` (in the order's currency) where that is given."""

    mode: ActionMode = "ask"
    up_to: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """What the operator allows."""

    mode: Mode = "review"
    only_verified: bool = True
    max_turns: int = 3
    max_age: timedelta = timedelta(days=2)
    per_sender_per_day: int = 3
    per_day: int = 500
    repeat_after: timedelta = timedelta(days=7)
    high_value: Mapping[str, Decimal] = field(default_factory=dict)
    actions: Mapping[OrderActionKind, ActionLimit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What happened before and around this mail.

    `age` is the time since it arrived; the counts are of automatic replies within the last 24 hours; `said` holds the template and
    the order number of each automatic reply to this sender within the time after which one may be repeated; `held` says why nothing
    leaves without a person just now.
    """

    age: timedelta = timedelta()
    turns: int = 0
    with_person: bool = False
    replies_to_sender: int = 0
    replies_in_all: int = 0
    language_known: bool = True
    other_copy: bool = False
    said: frozenset[tuple[str, str]] = frozenset()
    held: str = ""


def decide(
    mail: InboundMail,
    understanding: Understanding,
    asked: Asked,
    gathered: Gathered,
    playbook: Playbook,
    circumstances: Circumstances,
    limits: Limits,
) -> Decision:
    """Decide on one mail; the fall-through is a person, never an answer."""
    hard = [str(sign) for sign in mail.machine_signs if sign.hard]
    if hard:
        return StaySilent("written-by-a-machine", tuple(hard))
    if mail.sender_doubt or not mail.sender:
        return AskHuman("sender-in-doubt", (f"the sender is in doubt: {mail.sender_doubt or 'no address'}",))
    rule = playbook.rule_for(gathered.facts)
    because = (
        f"{asked.request} with confidence {asked.confidence:.2f}",
        *filter(None, [asked.note]),
        f"rule {rule.id}: {rule.about}",
        *gathered.notes,
    )
    if rule.action and limits.actions.get(rule.action, ActionLimit()).mode == "off":
        return AskHuman(rule.id, (*because, f"{rule.action} is switched off, so there is no draft that announces it"))
    match rule.then:
        case "ask_human":
            return AskHuman(rule.id, because + tuple(_doubts(mail, understanding, asked)), rule.template, rule.action, rule.awaits)
        case "stay_silent":
            doubts = tuple(_doubts(mail, understanding, asked))
            return AskHuman(rule.id, because + doubts) if doubts else StaySilent(rule.id, because)
        case "answer":
            brakes = tuple(_brakes(mail, understanding, asked, gathered.order, rule, circumstances, limits))
            if brakes:
                return AskHuman(rule.id, because + brakes, rule.template, rule.action, rule.awaits)
            assert rule.template is not None
            return Answer(rule.id, because, rule.template, rule.action, rule.awaits, rule.tell)


def _doubts(mail: InboundMail, understanding: Understanding, asked: Asked) -> list[str]:
    doubts = [f"perhaps written by a machine: {sign}" for sign in mail.machine_signs]
    doubts += [f"a program is attached: {each.name}" for each in mail.attachments if each.name.lower().endswith(tuple(_PROGRAMS))]
    if asked.not_sure_enough:
        wanted = f"{asked.threshold:.2f} are wanted" if asked.threshold <= 1 else "this is never answered alone"
        doubts.append(f"not sure enough: confidence {asked.confidence:.2f}, {wanted}")
    if understanding.further and asked.awaiting == "nothing":
        doubts.append("it asks for more: " + ", ".join(understanding.further))
    return doubts


def _brakes(
    mail: InboundMail,
    understanding: Understanding,
    asked: Asked,
    order: Order | None,
    rule: Rule,
    circumstances: Circumstances,
    limits: Limits,
) -> list[str]:
    brakes = _doubts(mail, understanding, asked)
    if limits.mode == "review":
        brakes.append("review mode: every draft waits for a person")
    if circumstances.held:
        brakes.append(circumstances.held)
    if limits.only_verified and not mail.verified:
        brakes.append("the sender is not verified")
    if not mail.addressed_to_us:
        # RFC 5230 section 4.5: mail that reached us by a list or a hidden copy is not answered.
        brakes.append("none of this shop's addresses is among the recipients; an address that is yours belongs under aliases")
    if not circumstances.language_known:
        brakes.append(f"there are no templates in this mail's language ({understanding.language})")
    if circumstances.with_person:
        brakes.append("a person is already at this case")
    if circumstances.turns >= limits.max_turns:
        brakes.append(f"{circumstances.turns} automatic replies in this case already")
    if circumstances.age > limits.max_age:
        brakes.append(f"the mail is {circumstances.age // timedelta(hours=1)} hours old")
    if circumstances.other_copy:
        brakes.append("another mail with the same Message-ID but other contents came before")
    if limits.repeat_after and not asked.is_answer and (rule.template, order.number if order else "") in circumstances.said:
        # RFC 5230 section 4.2: one reply of a kind to a sender within the time; in a conversation `max_turns` is the limit.
        brakes.append(f"the same reply went to this sender within {limits.repeat_after.days} days")
    if circumstances.replies_to_sender >= limits.per_sender_per_day:
        brakes.append(f"{circumstances.replies_to_sender} automatic replies to this sender within a day")
    if circumstances.replies_in_all >= limits.per_day:
        brakes.append(f"{circumstances.replies_in_all} automatic replies in all within a day")
    if rule.action:
        brakes += _action_brakes(rule.action, mail, order, limits)
    return brakes


def _action_brakes(action: OrderActionKind, mail: InboundMail, order: Order | None, limits: Limits) -> list[str]:
    if mail.typed_sender:
        return [f"the sender's address was typed into a form, so {action} needs a person's yes"]
    limit = limits.actions.get(action, ActionLimit())
    if limit.mode != "auto":
        return [f"{action} needs a person's yes"]
    if limit.up_to is not None and (order is None or order.total is None or order.total > limit.up_to):
        return [f"{action} goes alone only up to {limit.up_to}"]
    return []
