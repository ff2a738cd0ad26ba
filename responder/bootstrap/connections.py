"""Make the ways to the outside that the settings describe; nothing is connected before it is used.

In:   tables of the settings.
Out:  mailboxes, couriers, order books.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from responder.config.secrets import read_secret
from responder.config.settings import HttpOrders, MailboxSettings, OrderSettings, Secret, SqlOrders
from responder.domain.order import Order
from responder.workflow.ports.order_book import OrderBook

if TYPE_CHECKING:
    from responder.adapters.courier import SmtpCourier
    from responder.adapters.mailbox import ImapMailbox


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

        return ShopifyOrderBook(shopify.url, lambda: secret_of(shopify, "orders.shopify.password"), shopify.timeout_seconds)
    if (woo := orders.woocommerce) is not None:
        from responder.adapters.order_books.woocommerce import WooCommerceOrderBook

        return WooCommerceOrderBook(woo.url, woo.key, lambda: secret_of(woo, "orders.woocommerce.password"), woo.timeout_seconds)
    return NoOrders()


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
