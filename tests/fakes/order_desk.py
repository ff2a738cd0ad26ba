"""A desk that remembers what it was asked."""

from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind
from responder.workflow.ports.order_desk import ActionResult


class FakeOrderDesk:
    """Answer with `result`, and with `found` when looked back at, and count."""

    def __init__(self, result: ActionResult | None = None, *, found: ActionResult | None = None, by_hand: bool = False) -> None:
        self.result = result or ActionResult("done")
        self.found = found or ActionResult("unknown", "nobody knows")
        self.done: list[OrderAction] = []
        self.looked_back: list[OrderAction] = []
        self._by_hand = by_hand

    def by_hand(self, kind: OrderActionKind) -> bool:
        """Tell whether a person does it."""
        return self._by_hand

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Remember the action and give the result."""
        self.done.append(action)
        return self.result

    def look_back(self, action: OrderAction) -> ActionResult:
        """Remember the question and give what is found."""
        self.looked_back.append(action)
        return self.found
