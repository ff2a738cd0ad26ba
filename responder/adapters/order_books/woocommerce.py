"""Look orders up in a WooCommerce shop.

In:   the shop's address, and a key with read access to its REST interface.
Out:  Orders.
Standards: WooCommerce REST API v3; HTTP Basic (RFC 7617) over TLS.
Limits: WooCommerce knows no delivery: an order is shipped when it is completed. Tracking is read from the Shipment Tracking plugin's field.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from responder.adapters.order_books.cells import orders_of
from responder.adapters.shops.woocommerce import PLACE, WooCommerceShop, id_of
from responder.domain.errors import TransientError
from responder.domain.order import Order

MOST = 20
FIELDS = "id,number,status,currency,date_created,date_modified,date_completed,total,billing,shipping,line_items,meta_data"
_ENDED = ("cancelled", "failed", "trash")


class WooCommerceOrderBook:
    """Ask a WooCommerce shop once for each mail: for the numbers that it names, else for the sender's orders."""

    def __init__(self, shop: WooCommerceShop) -> None:
        self._shop = shop

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give the orders with one of the numbers, or, where none is named, those of the address; the latest first.

        Raises:
            TransientError: the shop is away, refuses, or answers something else.
        """
        named = [digits for number in numbers if (digits := id_of(number))]
        if not named and not email:
            return ()
        asked = {"include": ",".join(named)} if named else {"search": email}
        answer = self._shop.ask("GET", per_page=MOST, _fields=FIELDS, **asked)
        if not isinstance(answer, list):
            raise TransientError(f"{PLACE}: the answer is not a list of orders")
        orders = orders_of([_row(entry) for entry in answer], PLACE)
        return orders if named else tuple(order for order in orders if order.belongs_to(email))


def _row(entry: Mapping[str, Any]) -> Mapping[str, object]:
    billing, shipping = entry.get("billing") or {}, entry.get("shipping") or {}
    status = entry.get("status")
    tracking = _tracking(entry.get("meta_data") or [])
    items = entry.get("line_items") or []
    return {
        "number": entry.get("number") or entry.get("id"),
        "email": billing.get("email"),
        "customer_name": f"{billing.get('first_name') or ''} {billing.get('last_name') or ''}".strip(),
        "country": shipping.get("country") or billing.get("country"),
        "ordered_at": entry.get("date_created"),
        "shipped_at": entry.get("date_completed") if status in ("completed", "refunded") else _day(tracking.get("date_shipped")),
        "cancelled_at": entry.get("date_modified") if status in _ENDED else None,
        "refunded_at": entry.get("date_modified") if status == "refunded" else None,
        "total": entry.get("total"),
        "currency": entry.get("currency"),
        "items": ";".join(f"{item.get('quantity')} × {str(item.get('name')).replace(';', ',')}" for item in items),
        "carrier": tracking.get("tracking_provider") or tracking.get("custom_tracking_provider"),
        "tracking_number": tracking.get("tracking_number"),
        "tracking_url": tracking.get("tracking_link") or tracking.get("custom_tracking_link"),
    }


def _tracking(meta: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    found = next((each.get("value") for each in meta if each.get("key") == "_wc_shipment_tracking_items"), None)
    last = found[-1] if isinstance(found, list) and found else {}
    return last if isinstance(last, Mapping) else {}


def _day(seconds: object) -> str | None:
    return datetime.fromtimestamp(int(str(seconds)), UTC).date().isoformat() if str(seconds).isdigit() else None
