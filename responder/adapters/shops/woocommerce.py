"""Speak to a WooCommerce shop.

In:   the shop's address, and a key for its REST interface.
Out:  the JSON of an answer.
Standards: WooCommerce REST API v3; HTTP Basic (RFC 7617) over TLS.
"""

from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from responder.adapters.shops.web import ask

PLACE = "orders.woocommerce"


class WooCommerceShop:
    """One shop; nothing is asked before it is needed."""

    def __init__(self, base: str, key: str, secret: Callable[[], str], timeout_seconds: float) -> None:
        self._url = f"{base}/wp-json/wc/v3/orders"
        self._key, self._secret, self._timeout = key, secret, timeout_seconds

    def ask(self, method: str, path: str = "", *, body: object = None, **asked: object) -> Any:
        """Ask about orders: `path` goes on from there, `asked` is the query; None where there is nothing.

        Raises:
            TransientError: the shop is away, refuses, or answers something else than JSON.
        """
        key = b64encode(f"{self._key}:{self._secret()}".encode()).decode()
        url = self._url + path + (f"?{urlencode(asked)}" if asked else "")
        return ask(method, url, headers={"Authorization": f"Basic {key}"}, timeout_seconds=self._timeout, place=PLACE, body=body)


def id_of(number: str) -> str:
    """Give the figures of an order number, which are its id there."""
    return "".join(filter(str.isdigit, number))
