"""Consider one mail: from its bytes to what should become of it. Receiving, explaining and reviewing all go this way.

In:   the bytes of a mail, its mailbox, and what the program knows.
Out:  Considered: what was read, understood and decided, and the reply; nothing is written and nothing is sent.
Limits: the order book is asked once; what it raises (TransientError) goes to the caller.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo

from responder.composing.compose import Composer, TemplateFault
from responder.composing.letter import references_for, reply_subject
from responder.composing.values import Shop, lines_to_read_back, template_values
from responder.domain.case import OrderAction, Question
from responder.domain.decision import Answer, AskHuman, Decision, StaySilent
from responder.domain.errors import UnreadableMail
from responder.domain.mail import InboundMail, OutgoingMail, Sign
from responder.domain.order import Order, normal_number
from responder.domain.reading import ReadingRules
from responder.domain.understanding import Details, Understanding
from responder.policy.answers import Asked, what_is_asked
from responder.policy.decide import Circumstances, Limits, decide
from responder.policy.facts import Gathered, ReturnTerms, gather
from responder.policy.playbook import Playbook
from responder.workflow.ports.ledger import History
from responder.workflow.ports.order_book import OrderBook
from responder.workflow.ports.reader import Reader

FEW_WORDS = 60


@dataclass(frozen=True, slots=True)
class Profile:
    """A mailbox as the use cases see it.

    `languages` are those in which replies may be written; `own_message_id` tells the Message-IDs of our own replies; `held` says
    why nothing leaves by itself just now.
    """

    name: str
    address: str
    from_name: str
    limits: Limits
    reading: ReadingRules
    languages: frozenset[str]
    default_language: str = "en"
    own_message_id: Callable[[str], bool] = lambda _: False
    held: Callable[[], str] = lambda: ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known before any mail is read."""

    reader: Reader
    order_book: OrderBook
    playbook: Playbook
    composer: Composer
    shop: Shop
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Considered:
    """What was found out about a mail; `mail` and what follows from it are None when it cannot be read."""

    decision: Decision
    unreadable: str | None = None
    mail: InboundMail | None = None
    understanding: Understanding | None = None
    gathered: Gathered | None = None
    asked: Asked | None = None
    history: History = field(default_factory=History)
    question: Question = field(default_factory=Question)
    reply: OutgoingMail | None = None
    action: OrderAction | None = None


def consider(
    content: bytes,
    profile: Profile,
    knowledge: Knowledge,
    *,
    now: datetime,
    arrived_at: datetime,
    look_back: Callable[[InboundMail, Understanding], History],
    other_copy: bool = False,
) -> Considered:
    """Consider a mail; `look_back` tells what happened before with its sender.

    Raises:
        TransientError: the order book is away.
        ReaderGone: reading the mail ended the process that read it.
    """
    try:
        reading = knowledge.reader.read(content, profile.reading)
    except UnreadableMail as error:
        return unreadable(str(error))
    mail, understanding = _with_own_sign(reading.mail, profile), reading.understanding
    machine = any(sign.hard for sign in mail.machine_signs)
    history = History() if machine else look_back(mail, understanding)
    numbers = numbers_of(understanding.details, history)
    found = () if machine or not mail.sender else knowledge.order_book.find(numbers, mail.sender)
    today = now.astimezone(knowledge.zone).date()
    asked = what_is_asked(understanding, history.question)
    gathered = gather(
        mail,
        asked,
        understanding.details,
        found,
        numbers,
        today=today,
        high_value=profile.limits.high_value,
        delivers_to=knowledge.shop.delivery,
        terms=return_terms(knowledge.shop),
    )
    language, language_known = reply_language(mail, understanding, history.question, gathered.order, profile)
    circumstances = Circumstances(
        age=max(now - arrived_at, timedelta()),
        turns=history.turns,
        with_person=history.with_person,
        replies_to_sender=history.replies_to_sender,
        replies_in_all=history.replies_in_all,
        language_known=language_known,
        other_copy=other_copy,
        said=history.said,
        held=profile.held(),
    )
    decision = decide(mail, understanding, asked, gathered, knowledge.playbook, circumstances, profile.limits)
    considered = Considered(decision, None, mail, understanding, gathered, asked, history)
    if isinstance(decision, StaySilent) or decision.template is None:
        return considered
    try:
        address = lines_to_read_back(understanding.details) or history.question.address
        values = template_values(
            language, knowledge.shop, gathered.order, gathered.orders, understanding.details, address, today, gathered.country
        )
        text = knowledge.composer.write(decision.template, language, values)
    except TemplateFault as error:
        return replace(considered, decision=AskHuman(decision.rule, (*decision.because, f"there is no draft: {error}")))
    order_number = gathered.order.number if gathered.order else ""
    reply = replace(blank_reply(mail, profile), text=text, template=decision.template, language=language, order_number=order_number)
    request = asked.request if asked.awaiting == "nothing" else history.question.request
    question = Question() if decision.awaits == "nothing" else Question(decision.awaits, request, address, language)
    return replace(considered, reply=reply, question=question, action=_action(decision, gathered.order, address))


def return_terms(shop: Shop) -> ReturnTerms:
    """Give the shop's days for returns and for long delays."""
    return ReturnTerms(shop.returns_days, bool(shop.return_address), shop.long_late_days)


def numbers_of(details: Details, history: History) -> tuple[str, ...]:
    """Give the order numbers of a mail: those that it calls so, plain figures where a number was asked for, else its case's."""
    bare = details.bare_numbers if history.question.awaits == "order_number" else ()
    return details.order_numbers or bare or tuple(filter(None, [history.order_number]))


def unreadable(why: str) -> Considered:
    """Put a mail that cannot be read before a person."""
    return Considered(AskHuman("unreadable", (f"the mail cannot be read: {why}",)), unreadable=why)


def _with_own_sign(mail: InboundMail, profile: Profile) -> InboundMail:
    """Mark a mail that bears one of our own Message-IDs: our reply has come back, and is not answered."""
    if not profile.own_message_id(mail.message_id):
        return mail
    return replace(mail, machine_signs=(*mail.machine_signs, Sign("own-message-id", mail.message_id)))


def blank_reply(mail: InboundMail, profile: Profile) -> OutgoingMail:
    """Give the reply to a mail before anything is written in it."""
    return OutgoingMail(
        sender=profile.address,
        sender_name=profile.from_name,
        to=mail.sender,
        subject=reply_subject(mail.subject),
        text="",
        template="",
        language="",
        in_reply_to=mail.message_id,
        references=references_for(mail),
    )


def reply_language(
    mail: InboundMail, understanding: Understanding, question: Question, order: Order | None, profile: Profile
) -> tuple[str, bool]:
    """Choose the language of the reply, and tell whether it is surely one that the customer reads.

    A few words ("ok, 1042") in answer to a question are in the question's language.
    """
    if question.language in profile.languages and (understanding.language == "unknown" or len(mail.new_text) < FEW_WORDS):
        return question.language, True
    if understanding.language in profile.languages:
        return understanding.language, True
    if order and order.language in profile.languages:
        return order.language, understanding.language == "unknown"
    return profile.default_language, False


def _action(decision: Answer | AskHuman, order: Order | None, address: tuple[str, ...]) -> OrderAction | None:
    if decision.action is None or order is None:
        return None
    key = f"{decision.action}:{normal_number(order.number)}"
    if decision.action not in ("change_address", "resend"):
        return OrderAction(key, decision.action, order.number)
    # Another address is another deed.
    where = "\n".join(address)
    return OrderAction(f"{key}:{hashlib.sha256(where.encode()).hexdigest()[:16]}", decision.action, order.number, (("address", where),))
