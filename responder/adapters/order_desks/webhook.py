"""Have order actions done by an interface of the shop over HTTP.

Standards: RFC 9110 (HTTP); the Idempotency-Key field after the IETF draft of that name; the signature is HMAC-SHA-256 over
the time, a dot, and the body, in hexadecimal, so that the shop can tell that it was us, and when.
Limits: a request is sent once; what has no clear answer is `unknown`, and is asked about by its key, never sent again.
"""

import hashlib
import hmac
import json
from collections.abc import Callable

import httpx2

from responder.domain.case import OrderAction
from responder.domain.decision import OrderActionKind
from responder.workflow.ports.clock import Clock
from responder.workflow.ports.order_desk import ActionResult

MOST_DETAIL = 300


class WebhookDesk:
    """Ask the shop's interface to do it: POST with the action as JSON."""

    def __init__(self, url: str, secret: Callable[[], str], clock: Clock, timeout_seconds: float = 30) -> None:
        self._url = url
        self._secret = secret
        self._clock = clock
        self._timeout = timeout_seconds

    def by_hand(self, kind: OrderActionKind) -> bool:
        """Tell that the program does it."""
        return False

    def carry_out(self, action: OrderAction) -> ActionResult:
        """Do it in the shop: 2xx with `{"outcome": "done"}` is done, 4xx is failed, anything else is unknown."""
        body = json.dumps(
            {"key": action.key, "action": action.kind, "order": action.order_number, "details": dict(action.details)}, ensure_ascii=False
        ).encode()
        try:
            return self._ask("POST", action, body)
        except (httpx2.ConnectError, httpx2.ConnectTimeout) as error:
            return ActionResult("failed", f"the shop's interface cannot be reached: {type(error).__name__}")
        except httpx2.HTTPError as error:
            return ActionResult("unknown", f"the shop's interface did not answer: {type(error).__name__}")

    def look_back(self, action: OrderAction) -> ActionResult:
        """Ask by GET what became of the key: only a plain `done` or `failed` counts."""
        try:
            return self._ask("GET", action, b"")
        except httpx2.HTTPError as error:
            return ActionResult("unknown", f"the shop's interface did not answer: {type(error).__name__}")

    def _ask(self, method: str, action: OrderAction, body: bytes) -> ActionResult:
        seconds = str(int(self._clock.now().timestamp()))
        signed = body if method == "POST" else action.key.encode()
        signature = hmac.new(self._secret().encode(), seconds.encode() + b"." + signed, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": action.key,
            "Responder-Signature": f"t={seconds},v1={signature}",
        }
        asked = {"key": action.key} if method == "GET" else None
        with httpx2.Client(timeout=self._timeout, trust_env=False, follow_redirects=False) as client:
            answer = client.request(method, self._url, params=asked, content=body, headers=headers)
        return _result(answer.status_code, answer.content[:10_000], refusals=method == "POST")


def _result(status: int, content: bytes, *, refusals: bool) -> ActionResult:
    """Give what an answer means; `refusals` tells whether a status of 4xx says that nothing was done."""
    try:
        answer = json.loads(content)
    except ValueError:
        answer = {}
    told = answer if isinstance(answer, dict) else {}
    detail = str(told.get("detail", ""))[:MOST_DETAIL]
    if 200 <= status < 300 and told.get("outcome") == "done":
        return ActionResult("done", detail)
    if (refusals and 400 <= status < 500) or (200 <= status < 300 and told.get("outcome") == "failed"):
        return ActionResult("failed", detail or f"the shop's interface answered {status}")
    return ActionResult("unknown", detail or f"the shop's interface answered {status} without a clear outcome")
