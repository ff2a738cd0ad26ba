"""Look orders up in a Shopify shop.

In:   the shop's domain and an access token for its Admin API.
Out:  Orders.
Standards: Shopify's GraphQL Admin API, version `VERSION`; its search syntax for orders.
Limits: the scope `read_orders` is enough; Shopify tells orders of the last 60 days only, unless the app may read all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from responder.adapters.order_books.cells import orders_of
from responder.adapters.order_books.web import ask
from responder.domain.errors import TransientError
from responder.domain.order import Order

PLACE = "orders.shopify"
VERSION = "2026-10"
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

    def __init__(self, base: str, token: Callable[[], str], timeout_seconds: float) -> None:
        self._url = f"{base}/admin/api/{VERSION}/graphql.json"
        self._token, self._timeout = token, timeout_seconds

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give all orders with one of the numbers or of the address, the latest first.

        Raises:
            TransientError: Shopify is away, refuses, or asks for fewer calls.
        """
        names = [f"name:{_quoted(number.lstrip('#').strip())}" for number in numbers]
        search = " OR ".join([*names, *([f"email:{_quoted(email)}"] if email else [])])
        if not search:
            return ()
        answer = ask(
            "POST",
            self._url,
            headers={"X-Shopify-Access-Token": self._token()},
            timeout_seconds=self._timeout,
            place=PLACE,
            body={"query": QUERY, "variables": {"search": search, "most": MOST}},
        )
        if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
            told = answer.get("errors") if isinstance(answer, dict) else answer
            raise TransientError(f"{PLACE}: Shopify answers with an error: {str(told)[:300]}")
        return orders_of([_row(node) for node in answer["data"]["orders"]["nodes"]], PLACE)


def _quoted(value: str) -> str:
    """Write a value of a search so that nothing in it is syntax."""
    plain = "".join(char for char in value if char.isprintable() and char not in "\"\\'")
    return f'"{plain}"'


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
