"""An order book in a CSV file, read again whenever the file changes.

In:   a CSV file (RFC 4180) in UTF-8, with a header row; see `COLUMNS`.
Out:  Orders, by number and by customer's address.
Limits: the whole file is held in memory; a file that cannot be read for a moment makes mail wait.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from responder.adapters.order_books.cells import COLUMNS, OrderBookFault, order_of
from responder.domain.order import Order, normal_number

_MOST_PROBLEMS = 20


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
            for address in {order.email.casefold(), *map(str.casefold, order.other_emails)}:
                by_email[address].append(place)
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
    return order_of(row, place)
