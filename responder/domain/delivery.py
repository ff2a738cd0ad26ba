"""How a shop delivers to a country."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

# Who pays customs duties and import taxes: there are none, they are in the price, or the customer pays them.
Duties = Literal["none", "included", "customer"]


@dataclass(frozen=True, slots=True)
class DeliveryTerms:
    """What holds for deliveries to a country; `days` are working days after dispatch, amounts in units of `currency` (ISO 4217)."""

    days: tuple[int, int]
    currency: str = ""
    cost: Decimal | None = None
    free_from: Decimal | None = None
    duties: Duties = "none"
