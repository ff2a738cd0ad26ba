"""Make orders of named texts, as every order book gives them.

In:   a table of texts by column; see `COLUMNS`.
Out:  an Order, or what is wrong.
Standards: ISO 8601 dates and moments, ISO 3166-1, ISO 4217, ISO 639-1.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from responder.domain.errors import TransientError
from responder.domain.order import Order

COLUMNS = (
    "number,email,customer_name,country,language,ordered_at,ship_by,shipped_at,deliver_by,delivered_at,cancelled_at,refunded_at,"
    "total,currency,items,carrier,tracking_number,tracking_url,last_event,last_event_at,invoice_url,evidence_urls,other_emails"
).split(",")
_DATES = ("ordered_at", "ship_by", "shipped_at", "deliver_by", "delivered_at", "cancelled_at", "refunded_at", "last_event_at")


class OrderBookFault(TransientError):
    """Say what is wrong with the order book, a line a mistake: mail waits, then a person gets it."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def order_of(row: Mapping[str, object], place: str) -> tuple[Order | None, list[str]]:
    """Make an order of a row, or tell what is wrong with it; `place` names the row."""
    cells = {name: "" if value is None else str(value).strip() for name, value in row.items()}
    problems: list[str] = []
    if not cells.get("number"):
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
        email=cells.get("email", ""),
        other_emails=_listed(cells.get("other_emails", "")),
        country=cells.get("country", "").upper(),
        language=cells.get("language", "").lower()[:2],
        total=total,
        currency=cells.get("currency", "").upper(),
        items=_listed(cells.get("items", "")),
        evidence_urls=_listed(cells.get("evidence_urls", "")),
        customer_name=cells.get("customer_name", ""),
        carrier=cells.get("carrier", ""),
        tracking_number=cells.get("tracking_number", ""),
        tracking_url=cells.get("tracking_url", ""),
        last_event=cells.get("last_event", ""),
        last_event_at=dates["last_event_at"],
        invoice_url=cells.get("invoice_url", ""),
        ordered_at=dates["ordered_at"],
        ship_by=dates["ship_by"],
        shipped_at=dates["shipped_at"],
        deliver_by=dates["deliver_by"],
        delivered_at=dates["delivered_at"],
        cancelled_at=dates["cancelled_at"],
        refunded_at=dates["refunded_at"],
    ), []


def orders_of(rows: Sequence[Mapping[str, object]], place: str) -> tuple[Order, ...]:
    """Make orders of all rows.

    Raises:
        OrderBookFault: a row cannot be read; all that cannot are told.
    """
    read = [order_of(row, f"{place}, order {number}") for number, row in enumerate(rows, start=1)]
    if problems := [problem for _, wrong in read for problem in wrong]:
        raise OrderBookFault(problems)
    return tuple(order for order, _ in read if order)


def _date(cell: str) -> date | None:
    """Read a date, or the date of a moment."""
    return datetime.fromisoformat(cell).date() if cell else None


def _listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.replace("|", ";").split(";") if part.strip())
