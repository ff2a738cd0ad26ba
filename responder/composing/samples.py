"""Orders and an address to show replies with, when there is no mail.

In:   the state of an order, the language of the reply.
Out:  the values of a whole reply.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from responder.composing.values import Shop, Value, template_values
from responder.domain.delivery import DeliveryTerms
from responder.domain.order import Order
from responder.domain.understanding import Details, PostalAddress

ADDRESS = ("Anna Kern", "Lindenweg 4", "10115 Berlin")
_DETAILS = Details(address=PostalAddress(ADDRESS, missing=("country",)))

_RETURNS = ("Lamp Corner, returns", "Hafenstraße 12", "20457 Hamburg", "Germany")
_DELIVERY = {"CH": DeliveryTerms((4, 7), "EUR", Decimal("9.90"), Decimal(100), "customer")}


def sample_order(state: str, today: date, *, late: bool = False) -> Order:
    """Give an order in this state (any other word: not shipped); `late`: its promised day has passed."""
    days = timedelta(days=1)
    order = Order(
        number="LC-1042",
        email="anna@example.org",
        customer_name="Anna Kern",
        ordered_at=today - 9 * days,
        ship_by=today - 2 * days if late else today + days,
        deliver_by=today - days if late else today + 6 * days,
        total=Decimal("24.90"),
        currency="EUR",
        items=("1 × lamp",),
        invoice_url="https://shop.example/invoice/LC-1042",
    )
    if state in ("shipped", "delivered", "returned"):
        order = replace(
            order,
            shipped_at=today - 6 * days,
            carrier="DHL",
            tracking_number="RB123456785CN",
            tracking_url="https://track.example/RB123456785CN",
            last_event="Arrived at the sorting centre",
            last_event_at=today - 2 * days,
        )
    if state in ("delivered", "returned"):
        order = replace(order, delivered_at=today - 2 * days)
    if state == "cancelled":
        order = replace(order, cancelled_at=today - days)
    if state == "returned":
        order = replace(order, refunded_at=today)
    return order


def sample_values(language: str, shop: Shop, state: str, today: date, *, late: bool = False) -> Mapping[str, Value]:
    """Give the values of a reply about an order in this state, with an address; without an order where none is found."""
    order = sample_order(state, today, late=late)
    second = replace(order, number="LC-1043", items=("2 × bulb",), ordered_at=today - timedelta(days=4))
    found = None if state in ("not_named", "not_found", "several") else order
    orders = (order, second) if state == "several" else ()
    told = shop if shop.delivery else replace(shop, delivery=_DELIVERY)
    told = told if told.return_address else replace(told, return_address=_RETURNS)
    return template_values(language, told, found, orders, _DETAILS, ADDRESS, today, min(told.delivery))
