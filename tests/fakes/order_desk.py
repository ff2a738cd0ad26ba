"""A desk that remembers what it was asked."""

from responder.domain.case import OrderAction
from responder.workflow.ports.order_desk import ActionResult


class FakeOrderDesk:
    """Answer with `result` and count."""

    def __init__(self, result: ActionResult | None = None, *, by_hand: bool = False) -> None:
        self.result = result or ActionResult("done")
        self.done: list[OrderAction] = []
        self._by_hand = by_hand

    @property
    def by_hand(self) -> bool:
        """Tell whether a person does it."""
        return self._by_hand

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Remember the action and give the result."""
        self.done.append(action)
        return self.result
