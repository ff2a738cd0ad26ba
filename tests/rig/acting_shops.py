"""Shops on loopback on whose orders something is done, as published by Shopify and WooCommerce."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from tests.rig.shop_servers import ShopServer, shop_server


@dataclass
class Deeds:
    """One order, 1042, and what was done to it.

    `left` says that it has been sent, `slow` that the shop cancels in the background, `mute` that it does what it is asked and answers
    with an error, `pays_back` that the payment can be paid back by the shop.
    """

    number: str = "1042"
    left: bool = False
    slow: bool = False
    mute: bool = False
    pays_back: bool = True
    cancelled: bool = False
    asked_to_cancel: int = 0
    tags: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    refunded: list[str] = field(default_factory=list)


@contextmanager
def shopify_with(deeds: Deeds) -> Iterator[ShopServer]:
    """Run a Shopify shop."""

    def answer(shop: ShopServer, line: str, headers: dict[str, str], body: bytes) -> object:
        assert line == "POST /admin/api/2026-10/graphql.json"
        asked = json.loads(body)
        query, variables = asked["query"], asked["variables"]
        if "orders(" in query:
            shop.status = 200
            return {"data": {"orders": {"nodes": [_shopify_order(deeds)] if variables["search"] == f'name:"{deeds.number}"' else []}}}
        shop.status = 500 if deeds.mute else 200
        assert variables["order"] == "gid://shopify/Order/7"
        if "tagsAdd(" in query:
            deeds.tags += variables["tags"]
            return {"data": {"tagsAdd": {"userErrors": []}}}
        deeds.asked_to_cancel += 1
        errors = [{"message": "Cannot cancel an order that has been fulfilled."}] if deeds.left else []
        deeds.cancelled = deeds.cancelled or not (deeds.left or deeds.slow)
        return {"data": {"orderCancel": {"orderCancelUserErrors": errors}}}

    with shop_server(answer) as shop:
        yield shop


def _shopify_order(deeds: Deeds) -> dict[str, Any]:
    return {
        "id": "gid://shopify/Order/7",
        "name": f"#{deeds.number}",
        "cancelledAt": "2026-03-05T08:00:00Z" if deeds.cancelled else None,
        "tags": deeds.tags,
        "fulfillments": [{"status": "SUCCESS"}] if deeds.left else [],
    }


@contextmanager
def woocommerce_with(deeds: Deeds) -> Iterator[ShopServer]:
    """Run a WooCommerce shop."""

    def answer(shop: ShopServer, line: str, headers: dict[str, str], body: bytes) -> object:
        method, _, rest = line.partition(" ")
        path = urlsplit(rest).path.removeprefix("/wp-json/wc/v3/orders")
        asked = json.loads(body) if body else {}
        shop.status = 500 if deeds.mute and method != "GET" else 200
        match method, path:
            case "GET", "/1042":
                return _woo_order(deeds)
            case "PUT", "/1042":
                assert asked == {"status": "cancelled"}
                deeds.asked_to_cancel += 1
                deeds.cancelled = True
                return _woo_order(deeds)
            case "POST", "/1042/refunds":
                assert asked["api_refund"] is True
                shop.status = shop.status if deeds.pays_back else 500
                if deeds.pays_back:
                    deeds.refunded.append(asked["amount"])
                return {"id": 8, "amount": asked["amount"]}
            case "GET", "/1042/notes":
                return [{"id": number, "note": note} for number, note in enumerate(deeds.notes)]
            case "POST", "/1042/notes":
                deeds.notes.append(asked["note"])
                shop.status = 500 if deeds.mute else 201
                return {"id": 1, "note": asked["note"]}
        shop.status = 404
        return {"code": "woocommerce_rest_shop_order_invalid_id"}

    with shop_server(answer) as shop:
        yield shop


def _woo_order(deeds: Deeds) -> dict[str, Any]:
    return {
        "id": 1042,
        "number": deeds.number,
        "status": "cancelled" if deeds.cancelled else "completed" if deeds.left else "processing",
        "total": "24.90",
        "date_paid": "2026-03-01T08:00:00",
        "payment_method_title": "bank transfer",
        "refunds": [{"id": 9, "total": f"-{amount}"} for amount in deeds.refunded],
    }
