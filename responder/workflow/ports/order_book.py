"""The shop's orders, to look up."""

from collections.abc import Sequence
from typing import Protocol

from responder.domain.order import Order


class OrderBook(Protocol):
    """Look orders up."""

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Give all orders that bear one of the numbers or belong to the address, each once, in the book's order.

        Numbers compare without regard to case, blanks and a leading `#`; addresses without regard to case.
        Raises TransientError when the book cannot be read now.
        """
        ...
