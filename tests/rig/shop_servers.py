"""Shops on loopback that speak as published: an interface of one's own, Shopify's GraphQL Admin API, WooCommerce's REST API v3.

Each knows the orders that it is given, and what it was asked.
"""

import json
import re
import threading
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from responder.domain.order import Order, normal_number

HOST = "127.0.0.1"
TOKEN = "shpat_secret"


@dataclass
class ShopServer:
    """What a shop knows and does: `status` other than 200 is all that it answers, `body` stands in the place of any answer."""

    orders: Sequence[Order] = ()
    status: int = 200
    body: bytes | None = None
    asked: list[str] = field(default_factory=list)
    url: str = ""

    def about(self, numbers: Sequence[str], email: str) -> list[Order]:
        """Find orders as shops do."""
        wanted = {normal_number(number) for number in numbers}
        return [order for order in self.orders if normal_number(order.number) in wanted or (email and order.belongs_to(email))]


# What a shop answers to a request line (method and path), its headers and its body; None refuses the key.
Answer = Callable[[ShopServer, str, dict[str, str], bytes], object]


@contextmanager
def shop_server(answer: Answer) -> Iterator[ShopServer]:
    """Run a shop."""
    shop = ShopServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(b"")

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["Content-Length"])))

        do_PUT = do_POST

        def _answer(self, body: bytes) -> None:
            shop.asked.append(f"{self.command} {self.path} {body.decode()}")
            told = answer(shop, f"{self.command} {self.path}", {name.lower(): value for name, value in self.headers.items()}, body)
            status = 401 if told is None else shop.status
            content = shop.body if shop.body is not None else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer((HOST, 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    shop.url = f"http://{HOST}:{server.server_address[1]}"
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()


def own_interface(shop: ShopServer, line: str, headers: dict[str, str], body: bytes) -> object:
    """Answer as a shop's own interface might: `{"result": {"orders": [...]}}`; None refuses the key."""
    if headers.get("authorization") != f"Bearer {TOKEN}":
        return None
    asked = parse_qs(urlsplit(line).query)
    found = shop.about(asked.get("numbers", [""])[0].split(","), asked.get("email", [""])[0])
    return {
        "result": {
            "orders": [
                {
                    "id": order.number,
                    "buyer": {"mail": order.email, "name": order.customer_name, "country": order.country},
                    "dates": {"created": f"{order.ordered_at}T08:00:00Z" if order.ordered_at else None, "sent": _iso(order.shipped_at)},
                    "sum": {"value": str(order.total) if order.total is not None else None, "currency": order.currency},
                    "lines": [{"text": item} for item in order.items],
                    "parcels": [{"carrier": order.carrier, "code": order.tracking_number}],
                }
                for order in found
            ]
        }
    }


OWN_FIELDS = {
    "number": "id",
    "email": "buyer.mail",
    "customer_name": "buyer.name",
    "country": "buyer.country",
    "ordered_at": "dates.created",
    "shipped_at": "dates.sent",
    "total": "sum.value",
    "currency": "sum.currency",
    "items": "lines[].text",
    "carrier": "parcels[-1].carrier",
    "tracking_number": "parcels[-1].code",
}


def shopify(shop: ShopServer, line: str, headers: dict[str, str], body: bytes) -> object:
    """Answer as Shopify's GraphQL Admin API does; a query with a field that Shopify does not have is refused as there."""
    if headers.get("x-shopify-access-token") != TOKEN:
        return None
    asked = json.loads(body)
    search = asked["variables"]["search"]
    assert re.fullmatch(r'(?:(?:name|email):"[^"\\]*"(?: OR )?)+', search), search
    numbers, email = re.findall(r'name:"([^"]*)"', search), (re.findall(r'email:"([^"]*)"', search) or [""])[0]
    known = set(re.findall(r"[A-Za-z]\w+", SHOPIFY_FIELDS))
    unknown = set(re.findall(r"[A-Za-z]\w+", asked["query"])) - known
    if unknown:
        return {"errors": [{"message": f"Field '{sorted(unknown)[0]}' doesn't exist on type 'Order'"}]}
    return {"data": {"orders": {"nodes": [_shopify_order(order) for order in shop.about(numbers, email)]}}}


# What the published schema has, of what may be asked.
SHOPIFY_FIELDS = """
query search String most Int orders first sortKey CREATED_AT reverse true nodes name email createdAt cancelledAt customerLocale
totalPriceSet presentmentMoney amount currencyCode shippingAddress countryCodeV2 billingAddress lineItems title quantity fulfillments
deliveredAt
estimatedDeliveryAt status trackingInfo company number url refunds
"""


def _shopify_order(order: Order) -> dict[str, Any]:
    sent = {
        "createdAt": _moment(order.shipped_at),
        "deliveredAt": _moment(order.delivered_at),
        "estimatedDeliveryAt": _moment(order.deliver_by),
        "status": "SUCCESS",
        "trackingInfo": [{"company": order.carrier, "number": order.tracking_number, "url": order.tracking_url}],
    }
    return {
        "name": f"#{normal_number(order.number)}",
        "email": order.email,
        "createdAt": _moment(order.ordered_at),
        "cancelledAt": _moment(order.cancelled_at),
        "customerLocale": f"{order.language or 'en'}-{order.country or 'US'}",
        "totalPriceSet": {"presentmentMoney": {"amount": str(order.total or "0.0"), "currencyCode": order.currency or "EUR"}},
        "shippingAddress": {"name": order.customer_name, "countryCodeV2": order.country} if order.country else None,
        "billingAddress": None,
        "lineItems": {"nodes": [{"title": item.split(" × ")[-1], "quantity": 1} for item in order.items]},
        "fulfillments": [sent] if order.shipped_at else [],
        "refunds": [{"createdAt": _moment(order.refunded_at)}] if order.refunded_at else [],
    }


def woocommerce(shop: ShopServer, line: str, headers: dict[str, str], body: bytes) -> object:
    """Answer as WooCommerce's REST API v3 does: a list of orders by `include`, or found by `search`."""
    scheme, _, credentials = headers.get("authorization", "").partition(" ")
    if scheme != "Basic" or b64decode(credentials) != f"ck_1:{TOKEN}".encode():
        return None
    parts = urlsplit(line.removeprefix("GET "))
    assert parts.path == "/wp-json/wc/v3/orders"
    asked = parse_qs(parts.query)
    found = shop.about(asked.get("include", [""])[0].split(","), asked.get("search", [""])[0])
    return [_woo_order(order) for order in found]


def _woo_order(order: Order) -> dict[str, Any]:
    status = {
        "not_shipped": "processing",
        "shipped": "completed",
        "delivered": "completed",
        "cancelled": "cancelled",
        "returned": "refunded",
    }
    first, _, last = order.customer_name.partition(" ")
    tracking = {"tracking_provider": order.carrier, "tracking_number": order.tracking_number, "tracking_link": order.tracking_url}
    return {
        "id": int(normal_number(order.number)),
        "number": normal_number(order.number),
        "status": status.get(order.status, "processing"),
        "currency": order.currency,
        "date_created": _moment(order.ordered_at, zone=""),
        "date_modified": _moment(order.cancelled_at or order.refunded_at or order.ordered_at, zone=""),
        "date_completed": _moment(order.shipped_at, zone=""),
        "total": str(order.total) if order.total is not None else "",
        "billing": {"first_name": first, "last_name": last, "email": order.email, "country": order.country},
        "shipping": {"first_name": first, "last_name": last, "country": order.country},
        "line_items": [{"id": 1, "name": item.split(" × ")[-1], "quantity": 1} for item in order.items],
        "meta_data": [{"id": 7, "key": "_wc_shipment_tracking_items", "value": [tracking]}] if order.tracking_number else [],
    }


def _iso(day: object) -> str | None:
    return str(day) if day else None


def _moment(day: object, zone: str = "Z") -> str | None:
    return f"{day}T09:30:00{zone}" if day else None
