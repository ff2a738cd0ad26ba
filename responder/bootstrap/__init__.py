"""Put the parts together: the only room that knows all others.

In:   Settings.
Out:  an Installation, whose parts are opened when they are first asked for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

from responder.adapters.clock import SystemClock
from responder.adapters.files import read_card_labels, read_model_files, read_table, read_templates, shipped
from responder.adapters.gate import Gate
from responder.adapters.mark_file import MarkFile
from responder.adapters.models import ModelShelf
from responder.bootstrap.connections import open_order_book, open_order_desk
from responder.bootstrap.models import load_understander
from responder.composing.compose import Composer
from responder.composing.values import Shop
from responder.config.settings import MailboxSettings, ModelSettings, OrderSettings, Settings, ShopSettings, TemplateSettings
from responder.domain.decision import ORDER_ACTIONS, Mode
from responder.domain.delivery import DeliveryTerms
from responder.domain.errors import ConfigError
from responder.domain.reading import ReadingRules, Relay
from responder.domain.understanding import LABELS
from responder.policy.decide import ActionLimit, Limits
from responder.policy.playbook import Playbook, read_playbook
from responder.workflow.consider import Knowledge, Profile
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.order_book import OrderBook
from responder.workflow.ports.order_desk import OrderDesk
from responder.workflow.ports.outbox import SendingLimits
from responder.workflow.receive import Signet

if TYPE_CHECKING:
    from responder.adapters.reader import WorkerReader
    from responder.adapters.store.engine import Engine
    from responder.adapters.store.marks import SqlMarks
    from responder.adapters.store.outbox import SqlOutbox
    from responder.understanding.understand import Understander
    from responder.workflow.review import Reviewer


@dataclass(frozen=True)
class Installation:
    """One shop's bot, as its settings describe it."""

    settings: Settings
    clock: Clock

    @cached_property
    def reply_within(self) -> dict[str, timedelta]:
        """How soon each mailbox answers."""
        return {mailbox.name: timedelta(hours=mailbox.reply_within_hours) for mailbox in self.settings.mailbox}

    @cached_property
    def templates_folder(self) -> Path:
        """Give the folder with the playbook and the replies."""
        return self.settings.templates.folder or shipped() / "templates"

    @cached_property
    def model_folder(self) -> Path:
        """Give the folder with the trained model."""
        return ModelShelf(self.settings.model.folder).current()

    @cached_property
    def rules(self) -> Playbook:
        """Read the playbook with the operator's own rules, whole or not."""
        own = self.settings.templates.rules
        own_labels = tuple(label for label in read_card_labels(self.model_folder) if label not in LABELS)
        off = frozenset() if self.settings.answers.acknowledge else frozenset({"acknowledge"})
        return read_playbook(read_table(self.templates_folder / "playbook.toml"), read_table(own) if own else None, own_labels, off)

    @cached_property
    def playbook(self) -> Playbook:
        """Read the playbook, and go through all that can happen: one with a gap or a row that never decides is not used."""
        from responder.policy.table_check import problems_of

        if problems := problems_of(self.rules):
            raise ConfigError([f"playbook: {problem}" for problem in problems])
        return self.rules

    @cached_property
    def replies(self) -> Composer:
        """Read the templates, whole or not."""
        return Composer(read_templates(self.templates_folder))

    @cached_property
    def composer(self) -> Composer:
        """Read the templates; those that a rule names must be there in every language that is on."""
        problems = self.replies.problems(self.rules.templates(), self.languages_of(self.replies))
        if problems:
            raise ConfigError([f"{self.templates_folder / 'replies'}: {problem}" for problem in problems])
        return self.replies

    def languages_of(self, composer: Composer) -> frozenset[str]:
        """Give the languages in which replies may be written."""
        return frozenset(self.settings.templates.languages) or composer.languages

    @cached_property
    def understander(self) -> "Understander":
        """Load the trained model into this process, to look at it."""
        return load_understander(self.model_folder, self.settings.model.max_wrong)

    @cached_property
    def reader(self) -> "WorkerReader":
        """Have mail read in processes of their own, which know no secret and reach no network."""
        from responder.adapters.reader import WorkerReader

        return WorkerReader(read_model_files(self.model_folder), self.settings.model.max_wrong)

    @cached_property
    def order_book(self) -> OrderBook:
        """Open the order book."""
        return open_order_book(self.settings.orders)

    @cached_property
    def order_desk(self) -> OrderDesk:
        """Open the place where order actions are done."""
        return open_order_desk(self.settings, self.clock)

    @cached_property
    def knowledge(self) -> Knowledge:
        """Gather what is known before any mail is read."""
        return Knowledge(self.reader, self.order_book, self.playbook, self.composer, self.shop, self.settings.zone())

    @property
    def shop(self) -> Shop:
        """Give what replies say of the shop."""
        shop = self.settings.shop
        delivery = {
            country: DeliveryTerms(each.days, each.currency, each.cost, each.free_from, each.duties)
            for each in self.settings.delivery
            for country in each.countries
        }
        answers = self.settings.answers
        return Shop(
            shop.name,
            shop.signature,
            shop.refund_days,
            shop.returns_days,
            delivery,
            shop.return_address,
            shop.return_costs,
            answers.long_late_days,
            answers.acknowledge_hours,
        )

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Give the mailboxes as the use cases see them."""
        own = frozenset(address for mailbox in self.settings.mailbox for address in (mailbox.address, *mailbox.aliases))
        return {mailbox.name: self._profile(mailbox, own) for mailbox in self.settings.mailbox}

    def _profile(self, mailbox: MailboxSettings, own: frozenset[str]) -> Profile:
        return Profile(
            name=mailbox.name,
            address=mailbox.address,
            from_name=mailbox.from_name or self.settings.shop.name,
            limits=limits_from(self.settings, mailbox.mode or self.settings.answers.mode),
            reading=ReadingRules(
                own_addresses=own,
                authserv_ids=mailbox.authserv_ids,
                relays=tuple(Relay(**relay.model_dump()) for relay in mailbox.relay),
                order_patterns=self.settings.orders.number_patterns,
            ),
            languages=self.languages_of(self.composer),
            default_language=mailbox.default_language,
            own_message_id=self.signet.is_ours,
            held=lambda: self.marks.held(),
        )

    @cached_property
    def signet(self) -> Signet:
        """Read the installation's key."""
        from responder.adapters.signet import read_key

        return Signet(read_key(self.beside_database(".key")))

    def beside_database(self, suffix: str) -> Path:
        """Name a file that belongs to the database."""
        path = self.settings.database.path
        return path.with_name(path.name + suffix)

    @cached_property
    def engine(self) -> "Engine":
        """Open the database."""
        from responder.adapters.store.engine import open_database

        return open_database(self.settings.database.path)

    @cached_property
    def gate(self) -> Gate:
        """Give what shuts the way out."""
        return Gate(self.beside_database(".stop"))

    @cached_property
    def mark_file(self) -> MarkFile:
        """Give the count of all that ever left, as it is kept outside the database."""
        return MarkFile(self.beside_database(".mark"))

    @cached_property
    def marks(self) -> "SqlMarks":
        """Give what the books say of themselves."""
        from responder.adapters.store.marks import SqlMarks

        return SqlMarks(self.engine)

    def outbox(self) -> "SqlOutbox":
        """Give the outbox."""
        from responder.adapters.store.outbox import SqlOutbox

        sending = self.settings.sending
        limits = SendingLimits(sending.per_hour, sending.per_hour_to_domain, sending.per_hour_of_template)
        return SqlOutbox(self.engine, limits, self.mark_file.write)

    @cached_property
    def reviewer(self) -> "Reviewer":
        """Give a reviewer his tools."""
        from responder.adapters.store.ledger import SqlLedger
        from responder.adapters.store.reviews import SqlReviews
        from responder.workflow.review import Reviewer

        return Reviewer(
            SqlReviews(self.engine),
            SqlLedger(self.engine),
            self.profiles,
            self.knowledge,
            self.clock,
            self.signet,
            self.order_desk.by_hand,
        )


def install(settings: Settings) -> Installation:
    """Give the installation that the settings describe, on the machine's clock."""
    return Installation(settings, SystemClock())


def limits_from(settings: Settings, mode: Mode) -> Limits:
    """Give the limits of a mailbox in this mode."""
    answers = settings.answers
    return Limits(
        mode=mode,
        only_verified=answers.only_verified,
        max_turns=answers.max_turns,
        max_age=timedelta(hours=answers.max_age_hours),
        per_sender_per_day=answers.per_sender_per_day,
        per_day=answers.per_day,
        repeat_after=timedelta(days=answers.repeat_days),
        high_value=answers.high_value,
        actions={kind: _action_limit(settings, kind) for kind in ORDER_ACTIONS},
    )


def _action_limit(settings: Settings, kind: str) -> ActionLimit:
    action = getattr(settings.actions, kind)
    return ActionLimit(action.mode, action.up_to)


def without_accounts() -> Settings:
    """Give the default settings of a shop without mailboxes, to look at what is shipped."""
    return Settings.model_construct(shop=ShopSettings(name="Our shop", signature="Your customer service"), mailbox=())


def install_or_shipped(config: Path) -> Installation:
    """Set up what a configuration describes, or what is shipped where there is none."""
    from responder.config.load import load_settings

    return install(load_settings(config) if config.exists() else without_accounts())


def trial(
    *, orders: Path | None, trust_senders: bool, mode: str, own: Iterable[str], templates: Path | None, model: Path | None
) -> tuple[Profile, Knowledge, "WorkerReader"]:
    """Give what is needed to consider mails from files, with the default settings and without servers or database.

    Raises:
        ConfigError: a file that was named cannot be used.
    """
    settings = without_accounts().model_copy(
        update={
            "orders": OrderSettings(csv=orders),
            "templates": TemplateSettings(folder=templates),
            "model": ModelSettings(folder=model),
        }
    )
    installation = install(settings)
    addresses = frozenset(address.lower() for address in own)
    profile = Profile(
        name="trial",
        address=min(addresses, default="service@shop.invalid"),
        from_name="Customer service",
        limits=limits_from(settings, cast(Mode, mode)),
        reading=ReadingRules(own_addresses=addresses, trust_senders=trust_senders),
        languages=installation.languages_of(installation.composer),
    )
    return profile, installation.knowledge, installation.reader
