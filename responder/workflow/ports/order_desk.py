"""Where things are done to orders: cancelling, a new address, sending again."""

from dataclasses import dataclass
from typing import Literal, Protocol

from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind


@dataclass(frozen=True, slots=True)
class ActionResult:
    """What became of it: `unknown` means that it may have happened; it is looked back at, and never tried again by itself."""

    outcome: Literal["done", "failed", "unknown"]
    detail: str = ""


class OrderDesk(Protocol):
    """Carry order actions out."""

    def by_hand(self, kind: OrderActionKind) -> bool:
        """Tell whether a person does this in the shop and confirms, instead of the program."""
        ...

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Do it in the shop and say what became of it; the action's key makes it happen once. Never raises."""
        ...

    def look_back(self, action: OrderAction) -> ActionResult:
        """Tell what became of an action whose outcome was not clear, without doing anything. Never raises."""
        ...
