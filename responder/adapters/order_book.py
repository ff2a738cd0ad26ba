"""An order book in a CSV file, read again whenever the file changes.

In:   a CSV file (RFC 4180) in UTF-8, with a header row; see `COLUMNS`.
Out:  Orders, by number and by customer's address.
Limits: the whole file is held in memory; a file that cannot be read for a moment makes mail wait.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from responder.domain.errors import TransientError
from responder.domain.order import Order, normal_number

COLUMNS = (
    "number,email,customer_name,country,language,ordered_at,ship_by,shipped_at,deliver_by,delivered_at,cancelled_at,refunded_at,"
    "total,currency,items,carrier,tracking_number,tracking_url,invoice_url,evidence_urls"
).split(",")
_DATES = ("ordered_at", "ship_by", "shipped_at", "deliver_by", "delivered_at", "cancelled_at", "refunded_at")
_MOST_PROBLEMS = 20


class OrderBookFault(TransientError):
    """Say what is wrong with the order book's file, a line a mistake."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class CsvOrderBook:
    """Look orders up in a CSV file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_at: tuple[int, int] | None = None
        self._orders: list[Order] = []
        self._by_number: Mapping[str, list[int]] = {}
        self._by_email: Mapping[str, list[int]] = {}

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give all orders that bear one of the numbers or belong to the address, each once, in the book's order.

        Raises:
            OrderBookFault: the file cannot be read, or has mistakes; it names each with its row.
        """
        self._read_if_changed()
        places = set(self._by_email.get(email.casefold(), ()))
        for number in numbers:
            places.update(self._by_number.get(normal_number(number), ()))
        return tuple(self._orders[place] for place in sorted(places))

    def __len__(self) -> int:
        """Count the orders."""
        self._read_if_changed()
        return len(self._orders)

    def _read_if_changed(self) -> None:
        try:
            stat = self._path.stat()
            stamp = (stat.st_mtime_ns, stat.st_size)
            if stamp == self._read_at:
                return
            text = self._path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            mend = "save it as UTF-8" if isinstance(error, UnicodeDecodeError) else "is the path right, and may the bot read it?"
            raise OrderBookFault([f"{self._path}: cannot be read; {mend}"]) from error
        self._orders = _read(text, self._path)
        by_number, by_email = defaultdict(list), defaultdict(list)
        for place, order in enumerate(self._orders):
            by_number[normal_number(order.number)].append(place)
            by_email[order.email.casefold()].append(place)
        self._by_number, self._by_email, self._read_at = by_number, by_email, stamp


def _read(text: str, path: Path) -> list[Order]:
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    try:
        header = reader.fieldnames or ()
        missing = [column for column in ("number", "email") if column not in header]
        unknown = [column for column in header if column not in COLUMNS]
        problems = [f"{path}: the column '{column}' is missing" for column in missing]
        problems += [f"{path}: the column '{column}' is not known; the columns are {', '.join(COLUMNS)}" for column in unknown]
        if problems:
            raise OrderBookFault(problems)
        orders: list[Order] = []
        for row in reader:
            order, wrong = _order(row, f"{path}: row {reader.line_num}")
            problems += wrong
            if order:
                orders.append(order)
    except csv.Error as error:
        raise OrderBookFault([f"{path}: row {reader.line_num}: {error}"]) from error
    if problems:
        raise OrderBookFault(problems[:_MOST_PROBLEMS])
    return orders


def _order(row: Mapping[str, str | None], place: str) -> tuple[Order | None, list[str]]:
    if None in row or None in row.values():
        return None, [f"{place}: it has another number of columns than the header"]
    cells = {name: (value or "").strip() for name, value in row.items()}
    problems: list[str] = []
    if not cells["number"]:
        problems.append(f"{place}: the order number is empty")
    dates: dict[str, date | None] = {}
    for name in _DATES:
        try:
            dates[name] = _date(cells.get(name, ""))
        except ValueError:
            problems.append(f"{place}: {name} must be a date such as 2026-03-01")
    total = None
    try:
        total = Decimal(cells["total"]) if cells.get("total") else None
    except InvalidOperation:
        problems.append(f"{place}: total must be a number such as 24.90")
    if problems:
        return None, problems
    return Order(
        number=cells["number"],
        email=cells["email"],
        country=cells.get("country", "").upper(),
        language=cells.get("language", "").lower(),
        total=total,
        currency=cells.get("currency", "").upper(),
        items=_listed(cells.get("items", "")),
        evidence_urls=_listed(cells.get("evidence_urls", "")),
        customer_name=cells.get("customer_name", ""),
        carrier=cells.get("carrier", ""),
        tracking_number=cells.get("tracking_number", ""),
        tracking_url=cells.get("tracking_url", ""),
        invoice_url=cells.get("invoice_url", ""),
        ordered_at=dates["ordered_at"],
        ship_by=dates["ship_by"],
        shipped_at=dates["shipped_at"],
        deliver_by=dates["deliver_by"],
        delivered_at=dates["delivered_at"],
        cancelled_at=dates["cancelled_at"],
        refunded_at=dates["refunded_at"],
    ), []


def _date(cell: str) -> date | None:
    """Read a date, or the date of a moment."""
    return datetime.fromisoformat(cell).date() if cell else None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.replace("|", ";").split(";") if part.strip())
