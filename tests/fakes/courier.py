"""A courier in memory."""

from collections.abc import Callable

from responder.workflow.ports.courier import Delivery


class FakeCourier:
    """Keep what is sent; `result` is what each delivery comes to."""

    def __init__(self, result: Delivery | None = None) -> None:
        self.result = result or Delivery("sent")
        self.sent: list[tuple[str, str, bytes]] = []
        self.tried = 0

    def deliver(self, content: bytes, sender: str, recipient: str, before_dot: Callable[[], bool]) -> Delivery:
        """Deliver, or do what `result` says."""
        self.tried += 1
        if self.result.outcome in ("deferred", "refused"):
            return self.result
        if not before_dot():
            return Delivery("withheld")
        if self.result.outcome == "sent":
            self.sent.append((sender, recipient, content))
        return self.result

    def close(self) -> None:
        """Do nothing."""
