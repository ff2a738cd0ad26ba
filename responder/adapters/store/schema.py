"""The tables, as they are now; `migrations/` leads here from every earlier form."""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC; SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a moment without a zone."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC."""
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)) if value else None


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

positions = Table(
    "positions",
    metadata,
    Column("mailbox", String(200), primary_key=True),
    Column("uidvalidity", Integer, nullable=False),
    Column("next_uid", Integer, nullable=False),
    Column("read_at", Moment),
    Column("since", Moment),
)

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", String(200), nullable=False),
    Column("customer", String(320), nullable=False),
    Column("order_number", String(100), nullable=False, default=""),
    Column("question", JSON, nullable=False, default=dict),
    Column("turns", Integer, nullable=False, default=0),
    Column("with_person", Boolean, nullable=False, default=False),
    Column("opened_at", Moment, nullable=False),
    Column("updated_at", Moment, nullable=False),
    Index("ix_cases_customer", "mailbox", "customer"),
)

mails = Table(
    "mails",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mailbox", String(200), nullable=False),
    Column("key", String(64), nullable=False, unique=True),
    Column("message_id", String(1000), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("uid", Integer, nullable=False),
    Column("uidvalidity", Integer, nullable=False),
    Column("arrived_at", Moment, nullable=False),
    Column("backlog", Boolean, nullable=False, default=False),
    Column("other_copy", Boolean, nullable=False, default=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("state", String(20), nullable=False, default="arrived"),
    Column("rule", String(100), nullable=False, default=""),
    Column("because", JSON, nullable=False, default=list),
    Column("sender", String(320), nullable=False, default=""),
    Column("sender_name", String(320), nullable=False, default=""),
    Column("subject", String(1000), nullable=False, default=""),
    Column("language", String(10), nullable=False, default="unknown"),
    Column("label", String(40), nullable=False, default=""),
    Column("confidence", Float, nullable=False, default=0.0),
    Column("facts", Text, nullable=False, default="{}"),
    Column("case_id", ForeignKey("cases.id")),
    Column("settled_at", Moment),
    Index("ix_mails_state", "mailbox", "state"),
    Index("ix_mails_message_id", "message_id"),
)

raw_mails = Table(
    "raw_mails",
    metadata,
    Column("mail_id", ForeignKey("mails.id"), primary_key=True),
    Column("content", LargeBinary, nullable=False),
)

actions = Table(
    "actions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(200), nullable=False, unique=True),
    Column("mailbox", String(200), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("order_number", String(100), nullable=False),
    Column("details", JSON, nullable=False, default=dict),
    Column("state", String(20), nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("planned_at", Moment, nullable=False),
    Column("started_at", Moment),
    Column("ended_at", Moment),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mail_id", ForeignKey("mails.id"), nullable=False),
    Column("state", String(20), nullable=False),
    Column("because", JSON, nullable=False),
    Column("reply", JSON),
    Column("action", JSON),
    Column("question", JSON, nullable=False, default=dict),
    Column("created_at", Moment, nullable=False),
    Column("decided_at", Moment),
    Column("decided_by", String(200)),
    Column("reason", Text),
    Column("written", Text),
    Column("put_off_until", Moment),
    Column("handed_to", String(100)),
    Index("ix_drafts_state", "state"),
    Index("ix_drafts_mail_id", "mail_id"),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mail_id", ForeignKey("mails.id"), nullable=False),
    Column("draft_id", ForeignKey("drafts.id"), nullable=False),
    Column("action_id", ForeignKey("actions.id")),
    Column("mailbox", String(200), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("message_id", String(200), nullable=False, unique=True),
    Column("sender", String(320), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("automatic", Boolean, nullable=False),
    Column("family", String(100), nullable=False, default=""),
    Column("content", LargeBinary, nullable=False),
    Column("state", String(20), nullable=False),
    Column("detail", Text, nullable=False, default=""),
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Moment, nullable=False),
    Column("planned_at", Moment, nullable=False),
    Column("ended_at", Moment),
    UniqueConstraint("mail_id", "revision", name="uq_letters_mail_revision"),
    Index("ix_letters_state", "mailbox", "state", "due_at"),
    Index("ix_letters_recipient", "recipient", "planned_at"),
    Index("ix_letters_leaving", "automatic", "ended_at"),
)

suppressed = Table(
    "suppressed",
    metadata,
    Column("address", String(320), primary_key=True),
    Column("because", Text, nullable=False),
    Column("since", Moment, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("count", Integer, nullable=False, default=0),
    Column("words", Text, nullable=False, default=""),
)

people = Table(
    "people",
    metadata,
    Column("name", String(100), primary_key=True),
    Column("role", String(20), nullable=False),
    Column("mailboxes", JSON, nullable=False, default=list),
    Column("password", Text),
    Column("totp", String(64)),
    Column("totp_used", Integer, nullable=False, default=0),
    Column("disabled", Boolean, nullable=False, default=False),
)

invitations = Table(
    "invitations",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("person", ForeignKey("people.name"), nullable=False),
    Column("until", Moment, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("person", ForeignKey("people.name"), nullable=False),
    Column("csrf", String(64), nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", String(100), nullable=False),
    Column("what", String(40), nullable=False),
    Column("about", JSON, nullable=False),
    Column("chain", String(64), nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mail_id", ForeignKey("mails.id"), nullable=False),
    Column("label", String(40), nullable=False),
    Column("by", String(100), nullable=False),
    Column("at", Moment, nullable=False),
    Column("taken_at", Moment),
)

looking = Table(
    "looking",
    metadata,
    Column("draft_id", ForeignKey("drafts.id"), primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("at", Moment, nullable=False),
)
