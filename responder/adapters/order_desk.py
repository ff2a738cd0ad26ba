"""Where order actions are done: by an interface of the shop over HTTP, or by a person's hand.

Standards: RFC 9110 (HTTP); the Idempotency-Key field after the IETF draft of that name; the signature is HMAC-SHA-256 over
the time, a dot, and the body, in hexadecimal, so that the shop can tell that it was us, and when.
Limits: a request is sent once; what has no clear answer is `unknown`, and a person looks.
"""

import hashlib
import hmac
import json
from collections.abc import Callable

import httpx2

from responder.domain.case import OrderAction
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.order_desk import ActionResult

MOST_DETAIL = 300


class ByHand:
    """Leave actions to a person, who confirms each when approving the draft."""

    @property
    def by_hand(self) -> bool:
        """Tell that a person does it."""
        return True

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Refuse: only a person's confirmation says that it happened."""
        return ActionResult("failed", f"{action.kind} is done by hand in this shop, and nobody has confirmed it")


class WebhookDesk:
    """Ask the shop's interface to do it: POST with the action as JSON."""

    def __init__(self, url: str, secret: Callable[[], str], clock: Clock, timeout_seconds: float = 30) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self._timeout = timeout_seconds

    @property
    def by_hand(self) -> bool:
        """Tell that the program does it."""
        return False

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Do it in the shop: 2xx with `{"outcome": "done"}` is done, 4xx is failed, anything else is unknown."""
        body = json.dumps(
            {"key": action.key, "action": action.kind, "order": action.order_number, "details": dict(action.details)}, ensure_ascii=False
        ).encode()
        seconds = str(int(self._clock.now().timestamp()))
        signature = hmac.new(self._secret().encode(), seconds.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": action.key,
            "Responder-Signature": f"t={seconds},v1={signature}",
        }
        try:
            with httpx2.Client(timeout=self._timeout, trust_env=False, follow_redirects=False) as client:
                answer = client.post(self._url, content=body, headers=headers)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            return ActionResult("failed", f"the shop's interface cannot be reached: {type(error).__name__}")
        except httpx2.HTTPError as error:
            return ActionResult("unknown", f"the shop's interface did not answer: {type(error).__name__}")
        return _result(answer.status_code, answer.content[:10_000])


def _result(status: int, content: bytes) -> ActionResult:
    try:
        answer = json.loads(content)
    except ValueError:
        answer = {}
    told = answer if isinstance(answer, dict) else {}
    detail = str(told.get("detail", ""))[:MOST_DETAIL]
    if 200 <= status < 300 and told.get("outcome") == "done":
        return ActionResult("done", detail)
    if 400 <= status < 500 or (200 <= status < 300 and told.get("outcome") == "failed"):
        return ActionResult("failed", detail or f"the shop's interface answered {status}")
    return ActionResult("unknown", detail or f"the shop's interface answered {status} without a clear outcome")
