"""Order books of every kind give the same orders: SQLite, PostgreSQL, a shop's own interface, Shopify, WooCommerce."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from responder.adapters.order_books.cells import COLUMNS, OrderBookFault
from responder.adapters.order_books.http_json import HttpOrderBook
from responder.adapters.order_books.shopify import ShopifyOrderBook
from responder.adapters.order_books.sql import SqlOrderBook, with_password
from responder.adapters.order_books.woocommerce import WooCommerceOrderBook
from responder.adapters.shops.shopify import ShopifyShop
from responder.adapters.shops.woocommerce import WooCommerceShop
from responder.domain.errors import ConfigError, TransientError
from responder.domain.order import Order
from responder.workflow.ports.order_book import OrderBook
from tests.rig.ports import free_port
from tests.rig.shop_servers import OWN_FIELDS, TOKEN, ShopServer, own_interface, shop_server, shopify, woocommerce

QUERY = """
SELECT number, email, customer_name, country, ordered_at, shipped_at, total, currency, items, carrier, tracking_number, note
FROM shop_orders WHERE upper(replace(number, '#', '')) IN :numbers OR lower(email) = :email ORDER BY number
"""
OPEN = Order(
    "1041", "Anna@example.org", "Anna Kern", "DE", ordered_at=date(2026, 3, 1), total=Decimal("24.90"), currency="EUR", items=("1 × lamp",)
)
SENT = replace(OPEN, number="1042", shipped_at=date(2026, 3, 3), carrier="DHL", tracking_number="RB123456785CN")
BOBS = replace(OPEN, number="1043", email="bob@example.net", customer_name="Bob Ellis", country="GB")
ORDERS = (OPEN, SENT, BOBS)
Made = tuple[OrderBook, ShopServer | None]


def database(url: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE IF EXISTS shop_orders"))
        kinds = {"ordered_at": "date", "shipped_at": "timestamp", "total": "numeric(10,2)"}
        names = [
            *COLUMNS[:2],
            "customer_name",
            "country",
            "ordered_at",
            "shipped_at",
            "total",
            "currency",
            "items",
            "carrier",
            "tracking_number",
        ]
        columns = ", ".join(f"{name} {kinds.get(name, 'varchar(200)')}" for name in names)
        connection.execute(text(f"CREATE TABLE shop_orders ({columns}, note varchar(20))"))
        for order in ORDERS:
            row = {name: getattr(order, name) for name in names}
            row |= {"items": "; ".join(order.items), "total": str(order.total)}
            row["shipped_at"] = f"{order.shipped_at} 09:30:00" if order.shipped_at else None
            row["ordered_at"] = str(order.ordered_at)
            connection.execute(text(f"INSERT INTO shop_orders VALUES ({', '.join(f':{name}' for name in names)}, 'x')"), row)
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql", "http", "shopify", "woocommerce"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Made]:
    kind: str = request.param
    with ExitStack() as stack:
        if kind in ("sqlite", "postgresql"):
            url = f"sqlite:///{tmp_path / 'shop.sqlite3'}" if kind == "sqlite" else request.getfixturevalue("postgresql_url")
            database(url)
            yield SqlOrderBook(url, QUERY, 5), None
            return
        shop = stack.enter_context(shop_server({"http": own_interface, "shopify": shopify, "woocommerce": woocommerce}[kind]))
        shop.orders = ORDERS
        url = f"{shop.url}/orders?numbers={{numbers}}&email={{email}}"
        books: dict[str, Callable[[], OrderBook]] = {
            "http": lambda: HttpOrderBook(url, lambda: {"Authorization": f"Bearer {TOKEN}"}, "result.orders", OWN_FIELDS, 5),
            "shopify": lambda: ShopifyOrderBook(ShopifyShop(shop.url, lambda: TOKEN, 5)),
            "woocommerce": lambda: WooCommerceOrderBook(WooCommerceShop(shop.url, "ck_1", lambda: TOKEN, 5)),
        }
        yield books[kind](), shop


@pytest.mark.parametrize(
    ("numbers", "email", "found"),
    [
        (["1042"], "x@example.org", ["1042"]),
        (["#1042 "], "x@example.org", ["1042"]),
        ([], "anna@example.org", ["1041", "1042"]),
        (["1043"], "", ["1043"]),
        (["77"], "nobody@example.org", []),
    ],
)
def test_orders_are_found_by_number_and_by_address(made: Made, numbers: list[str], email: str, found: list[str]) -> None:
    book, shop = made
    assert sorted(order.number.lstrip("#") for order in book.find(numbers, email)) == found
    assert shop is None or len(shop.asked) == 1


def test_what_an_order_says_arrives_whole(made: Made) -> None:
    (order,) = made[0].find(["1042"], "")
    assert order.belongs_to("ANNA@example.org")
    assert (order.customer_name, order.country, order.status) == ("Anna Kern", "DE", "shipped")
    assert (order.ordered_at, order.shipped_at) == (date(2026, 3, 1), date(2026, 3, 3))
    assert (order.total, order.currency, order.items) == (Decimal("24.90"), "EUR", ("1 × lamp",))
    assert (order.carrier, order.tracking_number) == ("DHL", "RB123456785CN")


@pytest.mark.parametrize("hostile", ['" OR email:*', "1042' OR 1=1 --", "1042&email=bob@example.net", "１０４２\r\nX: y", "{email}"])
def test_what_a_customer_writes_is_a_value_and_never_syntax(made: Made, hostile: str) -> None:
    book, _ = made
    assert {order.number.lstrip("#") for order in book.find([hostile], "x@example.org")} <= {"1042"}
    assert book.find([], hostile) == ()


def test_a_shop_that_is_away_refuses_or_talks_nonsense_makes_mail_wait(made: Made) -> None:
    book, shop = made
    if shop is None:
        return
    for status, body in ((500, None), (429, None), (302, None), (403, None), (200, b"<html>"), (200, b'"?"')):
        shop.status, shop.body = status, body
        with pytest.raises((TransientError, OrderBookFault)) as caught:
            book.find(["1042"], "")
            pytest.fail(f"{status} {body!r} was taken for an answer")
        assert TOKEN not in str(caught.value)


@pytest.mark.parametrize(
    "book",
    [
        lambda url: HttpOrderBook(f"{url}/?n={{numbers}}", dict, "orders", {"number": "id", "email": "mail"}, 1),
        lambda url: ShopifyOrderBook(ShopifyShop(url, lambda: TOKEN, 1)),
        lambda url: WooCommerceOrderBook(WooCommerceShop(url, "ck_1", lambda: TOKEN, 1)),
    ],
    ids=["http", "shopify", "woocommerce"],
)
def test_nobody_at_the_other_end_is_transient(book: Callable[[str], OrderBook]) -> None:
    with pytest.raises(TransientError, match="does not answer"):
        book(f"http://127.0.0.1:{free_port()}").find(["1"], "")


def test_states_of_a_shopify_order() -> None:
    ended = [
        replace(SENT, number="1", delivered_at=date(2026, 3, 6)),
        replace(OPEN, number="2", cancelled_at=date(2026, 3, 2)),
        replace(SENT, number="3", refunded_at=date(2026, 3, 9)),
    ]
    for kind, states in ((shopify, ["delivered", "cancelled", "returned"]), (woocommerce, ["shipped", "cancelled", "returned"])):
        with shop_server(kind) as shop:
            shop.orders = ended
            book = (
                ShopifyOrderBook(ShopifyShop(shop.url, lambda: TOKEN, 5))
                if kind is shopify
                else WooCommerceOrderBook(WooCommerceShop(shop.url, "ck_1", lambda: TOKEN, 5))
            )
            assert [order.status for order in book.find(["1", "2", "3"], "")] == states


def test_a_query_that_cannot_run_and_a_database_that_is_away_are_told_without_the_password(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shop.sqlite3'}"
    database(url)
    with pytest.raises(TransientError, match=r"orders\.sql: no such column: no_such"):
        SqlOrderBook(url, "SELECT no_such FROM shop_orders WHERE number IN :numbers OR email = :email", 5).find(["1"], "")
    away = with_password(f"postgresql+psycopg://reader@127.0.0.1:{free_port()}/shop", "s3cret")
    with pytest.raises(TransientError) as caught:
        SqlOrderBook(away, QUERY, 1).find(["1"], "")
    assert "s3cret" not in str(caught.value)
    for wrong in ("nonsense", "nosuch://x"):
        with pytest.raises(ConfigError, match="URL cannot be used"):
            SqlOrderBook(wrong, QUERY, 1)


def test_nothing_is_written_to_the_shops_database(postgresql_url: str) -> None:
    database(postgresql_url)
    with pytest.raises(TransientError, match="read-only transaction"):
        SqlOrderBook(postgresql_url, "DELETE FROM shop_orders WHERE number IN :numbers OR email = :email RETURNING number, email", 5).find(
            ["1042"], ""
        )


def test_places_that_cannot_be_are_told_at_the_start() -> None:
    with pytest.raises(ConfigError) as caught:
        HttpOrderBook("http://127.0.0.1/", dict, "orders[", {"number": "id", "colour": "c"}, 1)
    told = "\n".join(caught.value.problems)
    assert "'orders' is not a JMESPath expression" in told
    assert "'colour' is not known" in told
    assert "'email' is missing" in told


def test_a_row_that_is_no_order_is_told_with_its_place() -> None:
    with shop_server(own_interface) as shop:
        shop.body = b'{"result": {"orders": [{"id": "1", "buyer": {"mail": "a@b.c"}, "dates": {"created": "soon"}}]}}'
        book = HttpOrderBook(shop.url, lambda: {"Authorization": f"Bearer {TOKEN}"}, "result.orders", OWN_FIELDS, 5)
        with pytest.raises(OrderBookFault, match=r"orders\.http, order 1: ordered_at must be a date"):
            book.find(["1"], "")
