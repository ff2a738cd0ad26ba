"""Speak to a Shopify shop.

In:   the shop's address and an access token for its Admin API.
Out:  the data of an answer.
Standards: Shopify's GraphQL Admin API, version `VERSION`.
"""

from collections.abc import Callable, Mapping
from typing import Any

from responder.adapters.shops.web import ask
from responder.domain.errors import TransientError

PLACE = "orders.shopify"
VERSION = "2026-10"


class ShopifyShop:
    """One shop; nothing is asked before it is needed."""

    def __init__(self, base: str, token: Callable[[], str], timeout_seconds: float) -> None:
        self._url = f"{base}/admin/api/{VERSION}/graphql.json"
        self._token, self._timeout = token, timeout_seconds

    def ask(self, query: str, variables: Mapping[str, object]) -> Mapping[str, Any]:
        """Send a query or a mutation and give its data.

        Raises:
            TransientError: Shopify is away, refuses, answers with an error, or asks for fewer calls.
        """
        answer = ask(
            "POST",
            self._url,
            headers={"X-Shopify-Access-Token": self._token()},
            timeout_seconds=self._timeout,
            place=PLACE,
            body={"query": query, "variables": dict(variables)},
        )
        if not isinstance(answer, dict) or answer.get("errors") or not isinstance(answer.get("data"), dict):
            told = answer.get("errors") if isinstance(answer, dict) else answer
            raise TransientError(f"{PLACE}: Shopify answers with an error: {str(told)[:300]}")
        data: Mapping[str, Any] = answer["data"]
        return data


def quoted(value: str) -> str:
    """Write a value of Shopify's search so that nothing in it is syntax."""
    plain = "".join(char for char in value if char.isprintable() and char not in "\"\\'")
    return f'"{plain}"'


def named(number: str) -> str:
    """Write the search for an order by its number."""
    return f"name:{quoted(number.lstrip('#').strip())}"
