"""The order book: the fake and the CSV file keep the same word."""

import os
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from responder.adapters.order_books.cells import COLUMNS, OrderBookFault
from responder.adapters.order_books.csv_file import CsvOrderBook
from responder.domain.errors import TransientError
from responder.domain.order import Order
from responder.workflow.ports.order_book import OrderBook
from tests.fakes.order_book import FakeOrderBook

ORDERS = (Order("LC-1", "Anna@Example.org"), Order("#2", "bob@example.org"), Order("3", "anna@example.org"))


def written(path: Path, *rows: str) -> CsvOrderBook:
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return CsvOrderBook(path)


@pytest.fixture(params=["fake", "csv"])
def make_book(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], OrderBook]:
    if request.param == "fake":
        return lambda: FakeOrderBook(*ORDERS)
    return lambda: written(tmp_path / "orders.csv", "number,email", *(f"{order.number},{order.email}" for order in ORDERS))


@pytest.mark.parametrize(
    ("numbers", "email", "found"),
    [
        (["lc-1"], "x@example.org", ["LC-1"]),
        ([" LC-1 ", "2"], "x@example.org", ["LC-1", "#2"]),
        ([], "ANNA@example.org", ["LC-1", "3"]),
        (["#2"], "anna@example.org", ["LC-1", "#2", "3"]),
        (["9"], "nobody@example.org", []),
    ],
)
def test_orders_are_found_by_number_and_by_address(
    make_book: Callable[[], OrderBook], numbers: list[str], email: str, found: list[str]
) -> None:
    assert [order.number for order in make_book().find(numbers, email)] == found


def test_a_book_that_is_away_is_transient(tmp_path: Path) -> None:
    fake = FakeOrderBook()
    fake.away = True
    for book in (fake, CsvOrderBook(tmp_path / "none.csv")):
        with pytest.raises(TransientError):
            book.find(["1"], "")


# What only a file can show


def test_every_column_is_read(tmp_path: Path) -> None:
    row = (
        'LC-1,a@example.org,"Kern, Anna",de,DE,2026-03-01,2026-03-04,2026-03-03T10:00:00Z,2026-03-09,,,,24.90,eur,"1 × lamp; 2 × bulb",'
        "DHL,RB1,https://t,Handed to the carrier,2026-03-04,https://i,https://e1|https://e2,anna@market.example"
    )
    (order,) = written(tmp_path / "orders.csv", ",".join(COLUMNS), row).find(["LC-1"], "")
    assert order == Order(
        "LC-1", "a@example.org", "Kern, Anna", "DE", "de", date(2026, 3, 1), date(2026, 3, 4), date(2026, 3, 3), date(2026, 3, 9),
        total=Decimal("24.90"), currency="EUR", items=("1 × lamp", "2 × bulb"), carrier="DHL", tracking_number="RB1",
        tracking_url="https://t", last_event="Handed to the carrier", last_event_at=date(2026, 3, 4),
        invoice_url="https://i", evidence_urls=("https://e1", "https://e2"),
        other_emails=("anna@market.example",),
    )  # fmt: skip
    assert order.status == "shipped"


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    book = written(tmp_path / "orders.csv", "number,email", "1,a@example.org")
    assert len(book.find(["1", "2"], "")) == 1
    written(tmp_path / "orders.csv", "number,email", "1,a@example.org", "2,a@example.org")
    os.utime(tmp_path / "orders.csv", ns=(1, 1))
    assert len(book.find(["1", "2"], "")) == 2


def test_every_mistake_is_told_with_its_row(tmp_path: Path) -> None:
    book = written(tmp_path / "orders.csv", "number,email,shipped_at,total", "1,a@x,yesterday,10", ",b@x,,ten", "3,c@x")
    with pytest.raises(OrderBookFault) as caught:
        book.find([], "")
    told = "\n".join(caught.value.problems)
    for expected in (
        "row 2: shipped_at must be a date",
        "row 3: the order number is empty",
        "row 3: total must be",
        "row 4: it has another number",
    ):
        assert expected in told


@pytest.mark.parametrize(
    ("dates", "status"),
    [
        ({}, "not_shipped"),
        ({"shipped_at": date(2026, 3, 1)}, "shipped"),
        ({"delivered_at": date(2026, 3, 1)}, "delivered"),
        ({"cancelled_at": date(2026, 3, 1)}, "cancelled"),
        ({"refunded_at": date(2026, 3, 1)}, "cancelled"),
        ({"shipped_at": date(2026, 3, 1), "refunded_at": date(2026, 3, 9)}, "returned"),
        ({"delivered_at": date(2026, 3, 1), "refunded_at": date(2026, 3, 9)}, "returned"),
    ],
)
def test_the_state_follows_from_the_dates(dates: dict[str, date], status: str) -> None:
    assert Order("1", "a@example.org", **dates).status == status  # type: ignore[arg-type]
