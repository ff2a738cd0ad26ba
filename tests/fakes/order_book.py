"""An order book in memory."""

from collections.abc import Sequence

from responder.domain.errors import TransientError
from responder.domain.order import Order, normal_number


class FakeOrderBook:
    """Hold orders; `away` makes it fail as a real one does."""

    def __init__(self, *orders: Order) -> None:
        self.orders = list(orders)
        self.away = False
        self.asked = 0

    def find(self, numbers: Sequence[str], email: str) -> tuple[Order, ...]:
        """Look orders up."""
        self.asked += 1
        if self.away:
            raise TransientError("the order book is away")
        wanted = {normal_number(number) for number in numbers}
        return tuple(order for order in self.orders if normal_number(order.number) in wanted or order.email.casefold() == email.casefold())
