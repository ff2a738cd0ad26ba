"""Make the ways to the outside that the settings describe; nothing is connected before it is used.

In:   tables of the settings.
Out:  mailboxes, couriers, order books, order desks.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from responder.config.secrets import read_secret
from responder.config.settings import (
    HttpOrders,
    MailboxSettings,
    OrderSettings,
    Secret,
    Settings,
    ShopifyOrders,
    SqlOrders,
    WooCommerceOrders,
)
from responder.domain.order import Order
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.order_book import OrderBook
from responder.workflow.ports.order_desk import OrderDesk

if TYPE_CHECKING:
    from responder.adapters.courier import SmtpCourier
    from responder.adapters.mailbox import ImapMailbox
    from responder.adapters.shops.shopify import ShopifyShop
    from responder.adapters.shops.woocommerce import WooCommerceShop


def secret_of(secret: Secret, place: str) -> str:
    """Read the password that a table of the settings points to."""
    return read_secret(place, file=secret.password_file, env=secret.password_env, credential=secret.password_credential)


class NoOrders:
    """The order book of a shop that has named none."""

    def find(self, numbers: object, email: str) -> tuple[Order, ...]:
        """Find nothing."""
        return ()


def open_order_book(orders: OrderSettings) -> OrderBook:
    """Open the order book that the settings name, if they name one."""
    if orders.csv is not None:
        from responder.adapters.order_books.csv_file import CsvOrderBook

        return CsvOrderBook(orders.csv)
    if orders.sql is not None:
        from responder.adapters.order_books.sql import SqlOrderBook

        return SqlOrderBook(_with_password(orders.sql), orders.sql.query, orders.sql.timeout_seconds)
    if (http := orders.http) is not None:
        from responder.adapters.order_books.http_json import HttpOrderBook

        return HttpOrderBook(http.url, lambda: _headers(http), http.orders, http.fields, http.timeout_seconds)
    if (shopify := orders.shopify) is not None:
        from responder.adapters.order_books.shopify import ShopifyOrderBook

        return ShopifyOrderBook(_shopify(shopify))
    if (woo := orders.woocommerce) is not None:
        from responder.adapters.order_books.woocommerce import WooCommerceOrderBook

        return WooCommerceOrderBook(_woocommerce(woo))
    return NoOrders()


def open_order_desk(settings: Settings, clock: Clock) -> OrderDesk:
    """Open the place where order actions are done."""
    desk, orders = settings.actions.desk, settings.orders
    if desk.url is not None:
        from responder.adapters.order_desks.webhook import WebhookDesk

        return WebhookDesk(desk.url, lambda: secret_of(desk, "actions.desk.password"), clock, desk.timeout_seconds)
    if desk.by == "shop" and orders.shopify:
        from responder.adapters.order_desks.shopify import ShopifyDesk

        return ShopifyDesk(_shopify(orders.shopify))
    if desk.by == "shop" and orders.woocommerce:
        from responder.adapters.order_desks.woocommerce import WooCommerceDesk

        return WooCommerceDesk(_woocommerce(orders.woocommerce))
    from responder.adapters.order_desks.by_hand import ByHand

    return ByHand()


def _shopify(shop: ShopifyOrders) -> "ShopifyShop":
    from responder.adapters.shops.shopify import ShopifyShop

    return ShopifyShop(shop.url, lambda: secret_of(shop, "orders.shopify.password"), shop.timeout_seconds)


def _woocommerce(shop: WooCommerceOrders) -> "WooCommerceShop":
    from responder.adapters.shops.woocommerce import WooCommerceShop

    return WooCommerceShop(shop.url, shop.key, lambda: secret_of(shop, "orders.woocommerce.password"), shop.timeout_seconds)


def _with_password(sql: SqlOrders) -> str:
    from responder.adapters.order_books.sql import with_password

    has_one = sql.password_file or sql.password_env or sql.password_credential
    return with_password(sql.url, secret_of(sql, "orders.sql.password")) if has_one else sql.url


def _headers(http: HttpOrders) -> Mapping[str, str]:
    has_one = http.password_file or http.password_env or http.password_credential
    secret = {http.secret_header: f"{http.secret_prefix}{secret_of(http, 'orders.http.password')}"} if has_one else {}
    return {**http.headers, **secret}


def imap_mailbox(mailbox: MailboxSettings) -> "ImapMailbox":
    """Make the way in; nothing is connected yet."""
    from responder.adapters.mailbox import ImapAccount, ImapMailbox

    imap = mailbox.imap
    return ImapMailbox(
        ImapAccount(
            host=imap.host,
            port=imap.port,
            security=imap.security,
            username=imap.username,
            password=lambda: secret_of(imap, f"mailbox ({mailbox.name}).imap.password"),
            folder=imap.folder,
            ca_file=imap.ca_file,
        )
    )


def smtp_courier(mailbox: MailboxSettings) -> "SmtpCourier":
    """Make the way out; nothing is connected yet."""
    from responder.adapters.courier import SmtpAccount, SmtpCourier

    smtp = mailbox.smtp
    return SmtpCourier(
        SmtpAccount(
            host=smtp.host,
            port=smtp.port,
            security=smtp.security,
            username=smtp.username,
            password=lambda: secret_of(smtp, f"mailbox ({mailbox.name}).smtp.password"),
            ca_file=smtp.ca_file,
            local_hostname=mailbox.address.rpartition("@")[2],
        )
    )
