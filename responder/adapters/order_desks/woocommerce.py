"""Do order actions in a WooCommerce shop: cancel and give the money back, and mark an order for its refund.

Standards: WooCommerce REST API v3: orders, order refunds, order notes; a key that may write.
Limits: an order is cancelled first, so that nobody packs it, and paid back after; a payment that the shop cannot pay back by
itself goes to a person. A new address is left to a person: it is wanted in parts, and a part in the wrong place is a lost parcel.
"""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from responder.adapters.shops.woocommerce import WooCommerceShop, id_of
from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind
from responder.domain.errors import TransientError
from responder.domain.order import normal_number
from responder.workflow.ports.order_desk import ActionResult

DOES: tuple[OrderActionKind, ...] = ("cancel_order", "refund_on_return")
FIELDS = "id,number,status,total,date_paid,payment_method_title,refunds"
MAY_BE_CANCELLED = ("pending", "on-hold", "processing")
NOTE = "The customer sends this back: give the money back when it has arrived."


class WooCommerceDesk:
    """Act on the orders of one shop."""

    def __init__(self, shop: WooCommerceShop) -> None:
        self._shop = shop

    def by_hand(self, kind: OrderActionKind) -> bool:
        """Tell whether a person does it."""
        return kind not in DOES

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Do it, and read it back."""
        if self.by_hand(action.kind):
            return ActionResult("failed", f"{action.kind} is done by hand in WooCommerce, and nobody has confirmed it")
        path = f"/{id_of(action.order_number)}"
        try:
            order = self._shop.ask("GET", path, _fields=FIELDS)
        except TransientError as error:
            return ActionResult("failed", f"nothing was done: {error}")
        if not _is_it(order, action):
            return ActionResult("failed", f"WooCommerce has no order {action.order_number}")
        try:
            return self._cancel(path, order) if action.kind == "cancel_order" else self._mark(path)
        except TransientError as error:
            return ActionResult("unknown", str(error))

    def look_back(self, action: OrderAction) -> ActionResult:
        """Tell from the order itself whether it happened."""
        path = f"/{id_of(action.order_number)}"
        try:
            if action.kind == "refund_on_return":
                return ActionResult("done") if self._is_marked(path) else ActionResult("failed", "the note was not written")
            order = self._shop.ask("GET", path, _fields=FIELDS)
        except TransientError as error:
            return ActionResult("unknown", str(error))
        if not _is_it(order, action) or order.get("status") != "cancelled":
            return ActionResult("failed", "the order is not cancelled")
        return ActionResult("done") if _owed(order) == 0 else _not_paid_back(order)

    def _cancel(self, path: str, order: Mapping[str, Any]) -> ActionResult:
        status = order.get("status")
        if status != "cancelled":
            if status not in MAY_BE_CANCELLED:
                return ActionResult("failed", f"the order is '{status}' in WooCommerce, so it is not cancelled")
            order = self._shop.ask("PUT", path, body={"status": "cancelled"}) or {}
            if order.get("status") != "cancelled":
                return ActionResult("unknown", "WooCommerce does not say that it is cancelled")
        owed = _owed(order)
        if owed == 0:
            return ActionResult("done")
        try:
            self._shop.ask("POST", f"{path}/refunds", body={"amount": str(owed), "reason": "cancelled by the customer", "api_refund": True})
        except TransientError:
            return _not_paid_back(order)
        return ActionResult("done")

    def _mark(self, path: str) -> ActionResult:
        if not self._is_marked(path):
            self._shop.ask("POST", f"{path}/notes", body={"note": NOTE})
        return ActionResult("done")

    def _is_marked(self, path: str) -> bool:
        return any(note.get("note") == NOTE for note in self._shop.ask("GET", f"{path}/notes") or [])


def _is_it(order: object, action: OrderAction) -> bool:
    """Tell whether an entry is the order meant: where numbers are made by a plugin, the id is another order's."""
    return isinstance(order, dict) and normal_number(str(order.get("number") or order.get("id"))) == normal_number(action.order_number)


def _owed(order: Mapping[str, Any]) -> Decimal:
    """Give what was paid and not yet paid back; refunds stand there with a minus."""
    if not order.get("date_paid"):
        return Decimal(0)
    try:
        return max(Decimal(str(order["total"])) + sum(Decimal(str(each["total"])) for each in order.get("refunds") or []), Decimal(0))
    except (InvalidOperation, KeyError) as error:
        raise TransientError("orders.woocommerce: the order's sums cannot be read") from error


def _not_paid_back(order: Mapping[str, Any]) -> ActionResult:
    how = order.get("payment_method_title") or "its payment method"
    return ActionResult("failed", f"it is cancelled, but whether the money went back by {how} is not sure: look there, and pay it back")
