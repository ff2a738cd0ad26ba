"""The settings: their names, types, defaults and meaning.

Every setting stands in `config.example.toml` with the same default; a test holds the two together.
"""

import re
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, model_validator

from responder.domain.delivery import Duties

Mode = Literal["shadow", "review", "auto"]
Security = Literal["tls", "starttls", "plain"]
LOOPBACK = ("localhost", "127.0.0.1", "::1")

HIGH_VALUE = {
    "EUR": Decimal(30), "USD": Decimal(35), "GBP": Decimal(25), "CHF": Decimal(30), "CAD": Decimal(45), "AUD": Decimal(50),
    "CNY": Decimal(220), "JPY": Decimal(4500), "KRW": Decimal(45000), "PLN": Decimal(130), "SEK": Decimal(330), "MXN": Decimal(600),
}  # fmt: skip


def _address(value: str) -> str:
    if not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+|[^\s@<>,;]+@localhost", value):
        raise ValueError("is not a mail address; write it as name@example.com")
    return value.lower()


def _in_folder(value: Path, info: ValidationInfo) -> Path:
    """Take a relative path from the folder of the configuration file."""
    folder: Path = (info.context or {}).get("folder", Path())
    return (folder / value.expanduser()).resolve()


def _zone(value: str) -> str:
    if value not in available_timezones():
        raise ValueError("is not a time zone; write it as Europe/Berlin or UTC")
    return value


def _relay_sender(value: str) -> str:
    value = value.removeprefix("*")
    if re.fullmatch(r"@[^\s@<>,;]+\.[^\s@<>,;]+", value):
        return value.lower()
    try:
        return _address(value)
    except ValueError:
        raise ValueError("is neither a mail address nor a domain; write it as forms@example.com or @example.com") from None


def _pattern(value: str) -> str:
    try:
        pattern = re.compile(value)
    except re.error as error:
        raise ValueError(f"is not a regular expression: {error}") from None
    if pattern.match(""):
        raise ValueError("matches the empty text, so it would find an order number everywhere")
    return value


Address = Annotated[str, AfterValidator(_address)]
FilePath = Annotated[Path, AfterValidator(_in_folder)]
RelaySender = Annotated[str, AfterValidator(_relay_sender)]
Pattern = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_pattern)]
Zone = Annotated[str, AfterValidator(_zone)]
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Language = Annotated[str, Field(pattern="^[a-z]{2}$")]


def _not_in_the_clear(url: str) -> None:
    if url.startswith("http:") and not re.match(r"http://(?:localhost|127\.0\.0\.1|\[::1\])[:/]", url):
        raise ValueError("url must begin with https://, so that orders do not travel in the clear")


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class Secret(_Table):
    """Where a password is kept: exactly one of the three."""

    password_file: FilePath | None = None
    password_env: str | None = None
    password_credential: str | None = None

    def _ways(self) -> int:
        return sum(way is not None for way in (self.password_file, self.password_env, self.password_credential))


class ImapSettings(Secret):
    """How mail is fetched."""

    host: str
    port: int = Field(default=993, ge=1, le=65535)
    security: Security = "tls"
    username: str
    folder: str = "INBOX"
    ca_file: FilePath | None = None

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self._ways() != 1:
            raise ValueError("needs exactly one of password_file, password_env, password_credential")
        _no_plain_text_abroad(self.security, self.host)
        return self


class SmtpSettings(Secret):
    """How replies are sent; without a user name there is no login."""

    host: str
    port: int = Field(default=465, ge=1, le=65535)
    security: Security = "tls"
    username: str = ""
    ca_file: FilePath | None = None

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self._ways() != (1 if self.username else 0):
            raise ValueError("needs exactly one of password_file, password_env, password_credential with a username, and none without")
        _no_plain_text_abroad(self.security, self.host)
        return self


def _no_plain_text_abroad(security: Security, host: str) -> None:
    if security == "plain" and host not in LOOPBACK:
        raise ValueError('security = "plain" sends the password in the clear, and is for this machine alone; use "tls" or "starttls"')


class RelaySettings(_Table):
    """A contact form or a marketplace that writes in a customer's name."""

    name: str = Field(min_length=1, max_length=100)
    senders: tuple[RelaySender, ...] = Field(min_length=1)
    customer: Literal["from", "reply-to"] = "reply-to"
    typed: bool = True
    automatic: bool = False


class MailboxSettings(_Table):
    """One mailbox that the bot answers."""

    name: str = Field(pattern=r"^[\w.@-]{1,100}$")
    address: Address
    aliases: tuple[Address, ...] = ()
    from_name: str = Field(default="", max_length=100)
    mode: Mode | None = None
    poll_seconds: int = Field(default=60, ge=1, le=86_400)
    default_language: Language = "en"
    authserv_ids: tuple[str, ...] = ()
    file_sent: bool = True
    stop_folder: str = "Responder-Stop"
    reply_within_hours: int = Field(default=24, ge=1, le=720)
    relay: tuple[RelaySettings, ...] = ()
    imap: ImapSettings
    smtp: SmtpSettings


class ShopSettings(_Table):
    """What replies say of the shop."""

    name: str = Field(max_length=100)
    signature: str = Field(default="", max_length=500)
    refund_days: int = Field(default=14, ge=1, le=365)
    returns_days: int = Field(default=30, ge=0, le=3650)
    return_address: tuple[Annotated[str, Field(min_length=1, max_length=100)], ...] = Field(default=(), max_length=8)
    return_costs: Literal["customer", "shop"] = "customer"
    time_zone: Zone = "UTC"


class DatabaseSettings(_Table):
    """Where the books are kept."""

    path: FilePath = Field(default=Path("responder.sqlite3"), validate_default=True)


class TemplateSettings(_Table):
    """What is answered, and when."""

    folder: FilePath | None = None
    rules: FilePath | None = None
    languages: tuple[Language, ...] = ()


class ModelSettings(_Table):
    """The trained classifier."""

    folder: FilePath | None = None
    max_wrong: float = Field(default=0.02, gt=0, lt=0.5)


class _ShopInterface(Secret):
    """An interface of the shop on the web."""

    url: str = Field(pattern="^https?://")
    timeout_seconds: int = Field(default=10, ge=1, le=60)

    @model_validator(mode="after")
    def _safe(self) -> Self:
        _not_in_the_clear(self.url)
        return self


class SqlOrders(Secret):
    """A database with orders; the password is put into the URL, which itself has none."""

    url: str = Field(min_length=1)
    query: str = Field(min_length=1)
    timeout_seconds: int = Field(default=10, ge=1, le=60)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        missing = [name for name in (":numbers", ":email") if name not in self.query]
        if missing:
            raise ValueError(f"query must use {' and '.join(missing)}; docs/orders.md has an example")
        if self._ways() > 1:
            raise ValueError("needs at most one of password_file, password_env, password_credential")
        return self


class HttpOrders(_ShopInterface):
    """An interface that answers with JSON: where the list of orders and each column stand in it (JMESPath)."""

    orders: str = "orders"
    fields: dict[str, str]
    headers: dict[str, str] = {}
    secret_header: str = "Authorization"
    secret_prefix: str = "Bearer "


class _WithSecret(_ShopInterface):
    @model_validator(mode="after")
    def _one_secret(self) -> Self:
        if self._ways() != 1:
            raise ValueError("needs exactly one of password_file, password_env, password_credential")
        return self


class ShopifyOrders(_WithSecret):
    """A Shopify shop: its address, and an access token of the Admin API, which must be allowed to write where it acts, too."""


class WooCommerceOrders(_WithSecret):
    """A WooCommerce shop: its address, and a key that may read, or write where it acts, too; the secret is the key's."""

    key: str


class OrderSettings(_Table):
    """Where orders are looked up, and how their numbers look."""

    csv: FilePath | None = None
    sql: SqlOrders | None = None
    http: HttpOrders | None = None
    shopify: ShopifyOrders | None = None
    woocommerce: WooCommerceOrders | None = None
    number_patterns: tuple[Pattern, ...] = ()

    @model_validator(mode="after")
    def _one(self) -> Self:
        named = [name for name in ("csv", "sql", "http", "shopify", "woocommerce") if getattr(self, name) is not None]
        if len(named) > 1:
            raise ValueError(f"{', '.join(named)} are all set; an installation has one order book")
        return self


class OidcSettings(Secret):
    """A provider of OpenID Connect, by which people sign in."""

    issuer: str
    client_id: str
    claim: str = "email"
    title: str = "Sign in with your organisation"

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self._ways() != 1:
            raise ValueError("needs exactly one of password_file, password_env, password_credential: the client's secret")
        parts = urlsplit(self.issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            raise ValueError("issuer must begin with https://")
        return self


class WebSettings(_Table):
    """The pages on which people review."""

    on: bool = True
    host: str = "127.0.0.1"
    port: int = Field(default=8025, ge=0, le=65535)
    address: str = ""
    behind_tls: bool = False
    undo_seconds: int = Field(default=10, ge=0, le=600)
    oidc: OidcSettings | None = None

    @model_validator(mode="after")
    def _safe(self) -> Self:
        if self.host not in LOOPBACK and not self.behind_tls:
            raise ValueError("host is open to others, so behind_tls = true is needed: passwords must not travel in the clear")
        if self.oidc and not self.address:
            raise ValueError("address is needed with oidc: the provider sends people back there")
        return self


class SendingSettings(_Table):
    """How many replies may leave without a person within any hour."""

    per_hour: int = Field(default=200, ge=1, le=100_000)
    per_hour_to_domain: int = Field(default=60, ge=1, le=100_000)
    per_hour_of_template: int = Field(default=100, ge=1, le=100_000)


class AnswerSettings(_Table):
    """How far the bot goes by itself."""

    mode: Mode = "review"
    only_verified: bool = True
    max_turns: int = Field(default=3, ge=1, le=20)
    max_age_hours: int = Field(default=48, ge=1, le=720)
    per_sender_per_day: int = Field(default=3, ge=1, le=100)
    per_day: int = Field(default=500, ge=1, le=100_000)
    repeat_days: int = Field(default=7, ge=0, le=365)
    long_late_days: int = Field(default=14, ge=1, le=365)
    acknowledge: bool = False
    acknowledge_hours: int = Field(default=48, ge=2, le=720)
    high_value: dict[Annotated[str, Field(pattern="^[A-Z]{3}$")], Annotated[Decimal, Field(ge=0)]] = HIGH_VALUE


class ActionSettings(_Table):
    """How far one kind of order action goes by itself."""

    mode: Literal["off", "ask", "auto"] = "ask"
    up_to: Annotated[Decimal, Field(ge=0)] | None = None


class DeskSettings(Secret):
    """Who carries order actions out: a person by hand, an interface of the shop, or the shop of `[orders]` itself."""

    by: Literal["hand", "webhook", "shop"] = "hand"
    url: str | None = Field(default=None, pattern="^https?://")
    timeout_seconds: int = Field(default=30, ge=1, le=300)

    @model_validator(mode="after")
    def _safe(self) -> Self:
        webhook = self.by == "webhook"
        if webhook != (self.url is not None):
            raise ValueError('by = "webhook" and a url belong together: set both or neither')
        if self._ways() != (1 if webhook else 0):
            raise ValueError("needs exactly one of password_file, password_env, password_credential with a url, and none without")
        if self.url:
            _not_in_the_clear(self.url)
        return self


class ActionsSettings(_Table):
    """What may be done to orders."""

    cancel_order: ActionSettings = ActionSettings()
    change_address: ActionSettings = ActionSettings()
    resend: ActionSettings = ActionSettings()
    refund_on_return: ActionSettings = ActionSettings()
    start_trace: ActionSettings = ActionSettings()
    desk: DeskSettings = DeskSettings()


class DeliverySettings(_Table):
    """How the shop delivers to some countries."""

    countries: tuple[Country, ...] = Field(min_length=1)
    days: tuple[int, int]
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    cost: Decimal | None = Field(default=None, ge=0)
    free_from: Decimal | None = Field(default=None, gt=0)
    duties: Duties = "none"


class Settings(_Table):
    """Everything that can be set."""

    shop: ShopSettings
    mailbox: tuple[MailboxSettings, ...] = Field(min_length=1)
    database: DatabaseSettings
    templates: TemplateSettings = TemplateSettings()
    model: ModelSettings = ModelSettings()
    orders: OrderSettings = OrderSettings()
    answers: AnswerSettings = AnswerSettings()
    sending: SendingSettings = SendingSettings()
    web: WebSettings = WebSettings()
    actions: ActionsSettings = ActionsSettings()
    delivery: tuple[DeliverySettings, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _with_database(cls, table: Any) -> Any:
        """Have the default path taken from the configuration's folder like any other."""
        return {"database": {}, **table} if isinstance(table, dict) else table

    @model_validator(mode="after")
    def _apart(self) -> Self:
        names = [mailbox.name for mailbox in self.mailbox]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two mailboxes are called {', '.join(twice)}; give each its own name")
        if self.actions.desk.by == "shop" and not (self.orders.shopify or self.orders.woocommerce):
            raise ValueError(
                'actions.desk: by = "shop" needs [orders.shopify] or [orders.woocommerce]; another shop takes "webhook" or "hand"'
            )
        return self

    def zone(self) -> ZoneInfo:
        """Give the shop's time zone, in which dates such as `ship_by` are meant."""
        return ZoneInfo(self.shop.time_zone)
