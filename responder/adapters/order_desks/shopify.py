"""Do order actions in a Shopify shop: cancel with the money back, and mark an order for its refund.

Standards: Shopify's GraphQL Admin API: orderCancel, tagsAdd; the scope `write_orders`.
Limits: Shopify cancels in the background, so a cancellation is done when the order says so, not when Shopify says yes.
A new address is left to a person: Shopify wants it in parts, and a part in the wrong place is a parcel in the wrong place.
"""

from collections.abc import Mapping
from typing import Any

from responder.adapters.shops.shopify import ShopifyShop, named
from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind
from responder.domain.errors import TransientError
from responder.domain.order import normal_number
from responder.workflow.ports.order_desk import ActionResult

DOES: tuple[OrderActionKind, ...] = ("cancel_order", "refund_on_return")
TAG = "refund-on-return"
FIND = """
query ($search: String!) {
  orders(first: 5, query: $search) { nodes { id name cancelledAt tags fulfillments(first: 10) { status } } }
}
"""
CANCEL = """
mutation ($order: ID!, $note: String!) {
  orderCancel(orderId: $order, reason: CUSTOMER, restock: true, notifyCustomer: false, staffNote: $note,
              refundMethod: {originalPaymentMethodsRefund: true}) {
    orderCancelUserErrors { message }
  }
}
"""
MARK = """
mutation ($order: ID!, $tags: [String!]!) { tagsAdd(id: $order, tags: $tags) { userErrors { message } } }
"""


class ShopifyDesk:
    """Act on the orders of one shop."""

    def __init__(self, shop: ShopifyShop) -> None:
        self._shop = shop

    def by_hand(self, kind: OrderActionKind) -> bool:
        """Tell whether a person does it."""
        return kind not in DOES

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Do it, and read it back."""
        if self.by_hand(action.kind):
            return ActionResult("failed", f"{action.kind} is done by hand in Shopify, and nobody has confirmed it")
        try:
            order = self._find(action.order_number)
        except TransientError as error:
            return ActionResult("failed", f"nothing was done: {error}")
        if order is None:
            return ActionResult("failed", f"Shopify has no one order {action.order_number}")
        if _is_done(action, order):
            return ActionResult("done", "it was so already")
        if action.kind == "cancel_order" and _has_left(order):
            return ActionResult("failed", "it has left the shop, so Shopify does not cancel it")
        try:
            refused = self._act(action, str(order["id"]))
        except TransientError as error:
            return ActionResult("unknown", str(error))
        return ActionResult("failed", refused[:300]) if refused else self.look_back(action)

    def look_back(self, action: OrderAction) -> ActionResult:
        """Tell from the order itself whether it happened; what is not there yet may still come."""
        try:
            order = self._find(action.order_number)
        except TransientError as error:
            return ActionResult("unknown", str(error))
        if order is not None and _is_done(action, order):
            return ActionResult("done")
        return ActionResult("unknown", "Shopify does not show it yet")

    def _find(self, number: str) -> Mapping[str, Any] | None:
        nodes = self._shop.ask(FIND, {"search": named(number)})["orders"]["nodes"]
        found = [node for node in nodes if normal_number(str(node.get("name"))) == normal_number(number)]
        return found[0] if len(found) == 1 else None

    def _act(self, action: OrderAction, order_id: str) -> str:
        """Send the mutation; gives why it was refused, empty when it was not."""
        if action.kind == "cancel_order":
            answer = self._shop.ask(CANCEL, {"order": order_id, "note": "cancelled as the customer asked by mail"})
            errors = answer["orderCancel"]["orderCancelUserErrors"]
        else:
            answer = self._shop.ask(MARK, {"order": order_id, "tags": [TAG]})
            errors = answer["tagsAdd"]["userErrors"]
        return "; ".join(str(error.get("message")) for error in errors)


def _is_done(action: OrderAction, order: Mapping[str, Any]) -> bool:
    return bool(order.get("cancelledAt")) if action.kind == "cancel_order" else TAG in (order.get("tags") or [])


def _has_left(order: Mapping[str, Any]) -> bool:
    return any(each.get("status") not in ("CANCELLED", "ERROR", "FAILURE") for each in order.get("fulfillments") or [])
