"""Look orders up in a Shopify shop.

In:   the shop's domain and an access token for its Admin API.
Out:  Orders.
Standards: Shopify's GraphQL Admin API, its search syntax for orders.
Limits: the scope `read_orders` is enough; Shopify tells orders of the last 60 days only, unless the app may read all.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from responder.adapters.order_books.cells import orders_of
from responder.adapters.shops.shopify import PLACE, ShopifyShop, named, quoted
from responder.domain.order import Order

MOST = 20
QUERY = """
query ($search: String!, $most: Int!) {
  orders(first: $most, query: $search, sortKey: CREATED_AT, reverse: true) {
    nodes {
      name email createdAt cancelledAt customerLocale
      totalPriceSet { presentmentMoney { amount currencyCode } }
      shippingAddress { name countryCodeV2 }
      billingAddress { name }
      lineItems(first: 20) { nodes { title quantity } }
      fulfillments(first: 10) { createdAt deliveredAt estimatedDeliveryAt status trackingInfo(first: 1) { company number url } }
      refunds(first: 5) { createdAt }
    }
  }
}
"""


class ShopifyOrderBook:
    """Ask a Shopify shop once for each mail."""

    def __init__(self, shop: ShopifyShop) -> None:
        self._shop = shop

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give all orders with one of the numbers or of the address, the latest first.

        Raises:
            TransientError: Shopify is away, refuses, or asks for fewer calls.
        """
        search = " OR ".join([*map(named, numbers), *([f"email:{quoted(email)}"] if email else [])])
        if not search:
            return ()
        nodes = self._shop.ask(QUERY, {"search": search, "most": MOST})["orders"]["nodes"]
        return orders_of([_row(node) for node in nodes], PLACE)


def _row(node: Mapping[str, Any]) -> Mapping[str, object]:
    money = ((node.get("totalPriceSet") or {}).get("presentmentMoney")) or {}
    sent = [each for each in node.get("fulfillments") or [] if each.get("status") not in ("CANCELLED", "ERROR", "FAILURE")]
    last = sent[-1] if sent else {}
    tracking = (last.get("trackingInfo") or [{}])[0]
    address = node.get("shippingAddress") or {}
    items = (node.get("lineItems") or {}).get("nodes") or []
    refunds = node.get("refunds") or []
    return {
        "number": node.get("name"),
        "email": node.get("email"),
        "customer_name": address.get("name") or (node.get("billingAddress") or {}).get("name"),
        "country": address.get("countryCodeV2"),
        "language": node.get("customerLocale"),
        "ordered_at": node.get("createdAt"),
        "shipped_at": last.get("createdAt"),
        "deliver_by": last.get("estimatedDeliveryAt"),
        "delivered_at": last.get("deliveredAt"),
        "cancelled_at": node.get("cancelledAt"),
        "refunded_at": refunds[-1].get("createdAt") if refunds and not node.get("cancelledAt") else None,
        "total": money.get("amount"),
        "currency": money.get("currencyCode"),
        "items": ";".join(f"{item.get('quantity')} × {str(item.get('title')).replace(';', ',')}" for item in items),
        "carrier": tracking.get("company"),
        "tracking_number": tracking.get("number"),
        "tracking_url": tracking.get("url"),
    }
