"""A whole bot for tests: real books in SQLite, a real playbook and templates, fakes for everything outside."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date
from decimal import Decimal
from email import message_from_bytes
from email.message import EmailMessage
from pathlib import Path

from sqlalchemy import Engine

from responder.adapters.store.account_books import SqlAccountBooks
from responder.adapters.store.ledger import SqlLedger
from responder.adapters.store.marks import SqlMarks
from responder.adapters.store.outbox import SqlOutbox
from responder.adapters.store.reviews import SqlReviews
from responder.composing.compose import Composer
from responder.composing.values import Shop
from responder.domain.answers import MEANINGS, Answered, Awaiting
from responder.domain.case import MailRecord
from responder.domain.decision import ORDER_ACTIONS
from responder.domain.mail import InboundMail
from responder.domain.order import Order
from responder.domain.reading import Reading, ReadingRules
from responder.domain.understanding import Details, Label, Request, Understanding, gives
from responder.intake.read_mail import read_mail
from responder.intake.show import attachment_of, html_of
from responder.policy.decide import ActionLimit, Limits
from responder.policy.playbook import read_playbook
from responder.understanding.details.details import details_of
from responder.workflow.consider import Knowledge, Profile
from responder.workflow.deliver import deliver
from responder.workflow.freshness import still_true
from responder.workflow.ports.outbox import SendingLimits
from responder.workflow.receive import Signet, poll, settle_arrived
from responder.workflow.review import Reviewer
from tests.fakes.clock import FakeClock
from tests.fakes.courier import FakeCourier
from tests.fakes.mailbox import FakeMailbox
from tests.fakes.order_book import FakeOrderBook
from tests.fakes.order_desk import FakeOrderDesk

TEMPLATES = Path(__file__).parents[3] / "templates"
PLAYBOOK = read_playbook(tomllib.loads((TEMPLATES / "playbook.toml").read_text(encoding="utf-8")))
COMPOSER = Composer({"en": {path.stem: path.read_text(encoding="utf-8") for path in (TEMPLATES / "replies" / "en").glob("*.txt")}})
AUTO = Limits(mode="auto", high_value={"EUR": Decimal(30)}, actions={kind: ActionLimit("auto") for kind in ORDER_ACTIONS})
WAITING_ORDER = Order(
    "1042", "anna@example.org", "Anna Kern", ordered_at=date(2026, 3, 8), ship_by=date(2026, 3, 12), total=Decimal(25), currency="EUR"
)
SHIPPED_ORDER = replace(
    WAITING_ORDER, number="1043", shipped_at=date(2026, 3, 9), deliver_by=date(2026, 3, 14), tracking_number="RB123456785CN"
)

# What the tests' classifier goes by: a word of the subject.
REQUESTS: dict[str, Label] = {
    "cancel": "cancel_order",
    "where": "order_status",
    "thanks": "thanks",
    "address": "change_address",
    "broken": "item_problem",
}
# What it takes for an answer: the first word of a reply.
ANSWERED: dict[str, Label] = {
    "yes": "confirms",
    "no": "declines",
    "keep": "keeps",
    "refuse": "refuses",
    "arrived": "already_received",
    "old": "keeps_old_address",
    "where": "new_request",
}


def understand(mail: InboundMail) -> Understanding:
    """Understand a mail by its subject; details are found as ever."""
    if "explode" in mail.subject:
        raise RuntimeError("boom")
    label: Label = next((label for word, label in REQUESTS.items() if word in mail.subject.lower()), "other")
    said = mail.new_text.lower().split()[:1]
    answer = ANSWERED.get(said[0].strip(".,!") if said else "", "unclear")
    return Understanding(
        "en",
        (Request(label, 0.97),),
        threshold=0.9,
        details=details_of(mail) if mail.new_text else Details(),
        answers=tuple(_answered(question, answer, details_of(mail)) for question in MEANINGS) if mail.in_reply_to else (),
    )


def _answered(question: Awaiting, answer: str, details: Details) -> Answered:
    else_ = "given" if gives(question, details) else "unclear"
    meaning = answer if answer == "new_request" else MEANINGS[question].get(answer, else_)
    return Answered(question, meaning, 0.97, 0.9)


class InProcessReader:
    """Read mail here, and understand it as above."""

    def read(self, content: bytes, rules: ReadingRules) -> Reading:
        """Read one mail."""
        read = read_mail(content, rules)
        return Reading(read, understand(read))

    def html(self, content: bytes) -> str:
        """Give its HTML."""
        return html_of(content)

    def attachment(self, content: bytes, number: int) -> bytes:
        """Give one of its files."""
        return attachment_of(content, number)


def mail(subject: str, text: str = "Order 1042", sender: str = "anna@example.org", **headers: str) -> bytes:
    """Write a mail that a customer's server has vouched for."""
    message = EmailMessage()
    message["Authentication-Results"] = f"mx.shop.example; dmarc=pass header.from={sender.rpartition('@')[2]}"
    message["Message-ID"] = f"<{abs(hash((subject, text, sender)))}@example.org>"
    message["From"] = f"Anna Kern <{sender}>"
    message["To"] = "service@shop.example"
    message["Subject"] = subject
    message["Date"] = "Tue, 10 Mar 2026 11:59:00 +0000"
    for name, value in headers.items():
        name = name.replace("_", "-")
        del message[name]
        if value:
            message[name] = value
    message.set_content(text)
    return message.as_bytes()


@dataclass
class House:
    """The bot, its outside, and verbs for tests."""

    engine: Engine
    limits: Limits = AUTO
    clock: FakeClock = field(default_factory=FakeClock)
    mailbox: FakeMailbox = field(default_factory=FakeMailbox)
    courier: FakeCourier = field(default_factory=FakeCourier)
    order_book: FakeOrderBook = field(default_factory=lambda: FakeOrderBook(WAITING_ORDER, SHIPPED_ORDER))
    desk: FakeOrderDesk = field(default_factory=FakeOrderDesk)
    sending: SendingLimits = field(default_factory=SendingLimits)
    signet: Signet = field(default_factory=lambda: Signet(b"k" * 32))

    def __post_init__(self) -> None:
        self.ledger, self.reviews, self.marks = SqlLedger(self.engine), SqlReviews(self.engine), SqlMarks(self.engine)
        self.outbox = SqlOutbox(self.engine, self.sending)
        self.books = SqlAccountBooks(self.engine)
        self.open = True
        self.knowledge = Knowledge(InProcessReader(), self.order_book, PLAYBOOK, COMPOSER, Shop("Lumio"), UTC)

    @property
    def profile(self) -> Profile:
        reading = ReadingRules(frozenset({"service@shop.example"}), ("mx.shop.example",))
        return Profile(
            "shop",
            "service@shop.example",
            "Lumio",
            self.limits,
            reading,
            frozenset({"en"}),
            own_message_id=self.signet.is_ours,
            held=self.marks.held,
        )

    @property
    def reviewer(self) -> Reviewer:
        return Reviewer(self.reviews, self.ledger, {"shop": self.profile}, self.knowledge, self.clock, self.signet, self.desk.by_hand)

    def look(self) -> None:
        """Look into the mailbox and decide what is new."""
        poll(self.mailbox, "shop", self.ledger, self.clock)
        settle_arrived(self.profile, self.knowledge, self.ledger, self.clock, self.signet)

    def reply(self, subject: str, text: str, **headers: str) -> bytes:
        """Write a mail that answers the last one that we have sent."""
        last = message_from_bytes(self.courier.sent[-1][2])["Message-ID"]
        return mail(f"Re: {subject}", text, In_Reply_To=last, References=last, **headers)

    def deliver(self) -> int:
        """Deliver what is due."""
        return deliver(
            "shop",
            self.outbox,
            self.desk,
            self.courier,
            self.clock,
            still_true=lambda letter: still_true(letter, self.profile, self.knowledge, self.ledger, self.reviews, self.clock),
            sent_mail=self.mailbox,
            going_on=lambda: self.open,
        )

    def go_round(self, *contents: bytes) -> list[MailRecord]:
        """Let mails arrive after a first look, handle and deliver them; gives what became of all mails."""
        if self.ledger.position("shop") is None:
            self.look()
        for content in contents:
            self.mailbox.arrive(content, self.clock.now())
        self.look()
        self.deliver()
        return self.ledger.records()


MakeHouse = Callable[..., House]
