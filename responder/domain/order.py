"""Orders as the shop's order book tells them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

OrderStatus = Literal["not_shipped", "shipped", "delivered", "cancelled", "returned"]


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one customer; a date is None where the thing has not happened yet or is not known.

    `other_emails` are further addresses of the customer, such as a marketplace's alias for him. `total` is in units of `currency`
    (ISO 4217), `country` an ISO 3166-1 alpha-2 code, `language` an ISO 639-1 code.
    """

    number: str
    email: str
    customer_name: str = ""
    country: str = ""
    language: str = ""
    ordered_at: date | None = None
    ship_by: date | None = None
    shipped_at: date | None = None
    deliver_by: date | None = None
    delivered_at: date | None = None
    cancelled_at: date | None = None
    refunded_at: date | None = None
    total: Decimal | None = None
    currency: str = ""
    items: tuple[str, ...] = ()
    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    last_event: str = ""
    last_event_at: date | None = None
    invoice_url: str = ""
    evidence_urls: tuple[str, ...] = ()
    other_emails: tuple[str, ...] = ()

    @property
    def status(self) -> OrderStatus:
        """Tell the order's state from its dates: money back after it left means that it came back."""
        left = self.shipped_at or self.delivered_at
        if self.cancelled_at or (self.refunded_at and not left):
            return "cancelled"
        if self.refunded_at:
            return "returned"
        if self.delivered_at:
            return "delivered"
        return "shipped" if left else "not_shipped"

    def days_late(self, today: date) -> int:
        """Tell for how many days the promised date (arrival, else dispatch) has passed without the thing having happened; 0 is in time."""
        match self.status:
            case "not_shipped":
                promised = self.ship_by or self.deliver_by
            case "shipped":
                promised = self.deliver_by
            case _:
                promised = None
        return max((today - promised).days, 0) if promised else 0

    def belongs_to(self, address: str) -> bool:
        """Tell whether an address is one of the customer's: that of the order, another one, or a marketplace's alias for him."""
        return address.casefold() in {self.email.casefold(), *map(str.casefold, self.other_emails)} - {""}

    def is_open(self) -> bool:
        """Tell whether something may still happen to the order: neither delivered nor ended."""
        return self.status in ("not_shipped", "shipped")


def normal_number(number: str) -> str:
    """Write an order number as it is compared: without regard to case, blanks and a leading `#`."""
    return "".join(number.split()).lstrip("#").upper()
