"""Order actions that a person does in the shop and confirms."""

from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind
from responder.workflow.ports.order_desk import ActionResult


class ByHand:
    """Leave actions to a person, who confirms each when approving the draft."""

    def by_hand(self, kind: OrderActionKind) -> bool:
        """Tell that a person does it."""
        return True

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Refuse: only a person's confirmation says that it happened."""
        return ActionResult("failed", f"{action.kind} is done by hand in this shop, and nobody has confirmed it")

    def look_back(self, action: OrderAction) -> ActionResult:
        """Say the same: nobody has confirmed it."""
        return self.carry_out(action)
