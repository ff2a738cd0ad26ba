"""Turn an order and a mail's details into the plain values that templates may name.

In:   the order (only ever the recipient's own), the details of the mail, the shop, the language.
Out:  a flat table of strings and lists of strings, dates and money written as people of that language write them (CLDR, by Babel).
Limits: a value that is not known is left out, so that a template that needs it fails instead of sending half a sentence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency

from responder.domain.delivery import DeliveryTerms
from responder.domain.order import Order
from responder.domain.understanding import Details

Value = str | list[str]
MAX_ADDRESS_LINES = 8
MAX_LINE = 120


@dataclass(frozen=True, slots=True)
class Shop:
    """What replies say of the shop; `refund_days` is how long a refund takes, in days; `delivery` tells how it delivers, by country.

    `return_address` is where goods come back to, and `return_costs` who pays for that; `acknowledge_hours` is within how many hours a
    person answers.
    """

    name: str
    signature: str = ""
    refund_days: int = 14
    returns_days: int = 30
    delivery: Mapping[str, DeliveryTerms] = field(default_factory=dict)
    return_address: tuple[str, ...] = ()
    return_costs: Literal["customer", "shop"] = "customer"
    long_late_days: int = 14
    acknowledge_hours: int = 48


def template_values(
    language: str,
    shop: Shop,
    order: Order | None,
    orders: tuple[Order, ...],
    details: Details,
    address: tuple[str, ...],
    today: date,
    country: str = "",
) -> dict[str, Value]:
    """Give the values for one reply; `orders` are listed where more than one fits; `late` is there only when the order is.

    `address` has the lines to read back, as `lines_to_read_back` gives them; `country` is the one that a question about delivery is about.
    """
    locale = _locale(language, order.country if order else "")
    values: dict[str, Value | None] = {
        "shop_name": shop.name,
        "signature": shop.signature or shop.name,
        "refund_days": str(shop.refund_days),
        "returns_days": str(shop.returns_days),
        "return_address": list(shop.return_address) or None,
        "return_costs": shop.return_costs,
        "acknowledge_hours": str(shop.acknowledge_hours),
        "orders": [_one_line(order, locale) for order in orders] or None,
        "address_lines": list(address) or None,
        "missing": list(details.address.missing) if details.address and details.address.missing else None,
    }
    if order:
        values |= _order_values(order, locale)
        values["late"] = "yes" if order.days_late(today) else None
    if country in shop.delivery:
        values |= _delivery_values(country, shop.delivery[country], locale)
    return {name: value for name, value in values.items() if value is not None and value != ""}


def _order_values(order: Order, locale: Locale) -> dict[str, Value | None]:
    dates = {
        "ordered_on": order.ordered_at,
        "ship_by": order.ship_by,
        "shipped_on": order.shipped_at,
        "deliver_by": order.deliver_by,
        "delivered_on": order.delivered_at,
        "cancelled_on": order.cancelled_at,
        "refunded_on": order.refunded_at,
        "last_event_on": order.last_event_at,
    }
    return {
        "customer_name": order.customer_name,
        "order_number": order.number,
        "items": list(order.items) or None,
        "total": _money(order.total, order.currency, locale),
        "carrier": order.carrier,
        "tracking_number": order.tracking_number,
        "tracking_url": order.tracking_url,
        "last_event": order.last_event,
        "invoice_url": order.invoice_url,
        **{name: _day(day, locale) for name, day in dates.items()},
    }


def _delivery_values(country: str, terms: DeliveryTerms, locale: Locale) -> dict[str, Value | None]:
    fewest, most = terms.days
    return {
        "country": locale.territories.get(country, country),
        "delivery_days": str(fewest) if fewest == most else f"{fewest}–{most}",
        "delivery_cost": _money(terms.cost, terms.currency, locale) if terms.cost else None,
        "delivery_free": "yes" if terms.cost == 0 else None,
        "delivery_free_from": _money(terms.free_from, terms.currency, locale) if terms.cost else None,
        "duties": terms.duties,
    }


def _locale(language: str, country: str) -> Locale:
    """Give the locale of the language in the customer's country, or of the language alone where the two do not go together."""
    for identifier in (f"{language}_{country}", language):
        try:
            return Locale.parse(identifier)
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


def _day(day: date | None, locale: Locale) -> str | None:
    if day is None:
        return None
    written = format_date(day, format="long", locale=locale)
    # CLDR has no ordinal for the first of the month, which French writes.
    return written.replace("1 ", "1er ", 1) if locale.language == "fr" and day.day == 1 else written


def _money(amount: Decimal | None, currency: str, locale: Locale) -> str | None:
    return format_currency(amount, currency, locale=locale) if amount is not None and currency else None


def _one_line(order: Order, locale: Locale) -> str:
    items = ("、" if locale.language in ("ja", "zh") else ", ").join(order.items)
    parts = [order.number, _day(order.ordered_at, locale), items]
    return " · ".join(part for part in parts if part)


def lines_to_read_back(details: Details) -> tuple[str, ...]:
    """Give the address as the customer wrote it, bounded, for reading back; control characters never get through."""
    if details.address is None:
        return ()
    lines = ["".join(char for char in line if char.isprintable())[:MAX_LINE].strip() for line in details.address.lines]
    return tuple(line for line in lines if line)[:MAX_ADDRESS_LINES]
