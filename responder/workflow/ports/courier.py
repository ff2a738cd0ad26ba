"""The way out: one message to one recipient.

Standards: RFC 5321 (SMTP); section 4.2.5 says what the server owns after which reply.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

Outcome = Literal["sent", "deferred", "refused", "uncertain", "withheld"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message.

    - `sent`: the server took it (250 after the dot); whatever came later does not matter.
    - `deferred`: it provably did not leave, and may be tried again.
    - `refused`: the server will never take it for this recipient.
    - `uncertain`: the dot was written and no answer came.
    - `withheld`: `before_dot` said no; nothing left.

    `no_such_address` says that it was the address that was refused for good, not the message.
    """

    outcome: Outcome
    detail: str = ""
    no_such_address: bool = False


class Courier(Protocol):
    """Deliver messages."""

    def deliver(self, content: bytes, sender: str, recipient: str, before_dot: Callable[[], bool]) -> Delivery:
        """Hand a message to the server; `sender` and `recipient` are the envelope's addresses.

        `before_dot` is called when the whole body is written and only the final dot is missing: it makes the state
        durable and says whether to go on. Never raises: what went wrong is told by the Delivery.
        """
        ...

    def close(self) -> None:
        """End the connection; the next delivery opens another. Never raises."""
        ...
