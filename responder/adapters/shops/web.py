"""Ask an interface of a shop over HTTP.

In:   a request.
Out:  the JSON that was answered.
Standards: RFC 9110 (status codes), RFC 8259 (JSON).
Limits: one request, no redirect, bounded in time and in bytes; what fails is transient, and a person gets the mail when it stays so.
"""

import json
from collections.abc import Mapping
from typing import Any

import httpx2

from responder.domain.errors import TransientError

MOST_BYTES = 5_000_000


def ask(method: str, url: str, *, headers: Mapping[str, str], timeout_seconds: float, place: str, body: object = None) -> Any:
    """Send a request and give the JSON of its answer; None where there is nothing (404).

    Raises:
        TransientError: the interface is away, refuses, or answers with something else than JSON; the text holds no secret.
    """
    content = json.dumps(body).encode() if body is not None else None
    sent = {"Accept": "application/json", **({"Content-Type": "application/json"} if content else {}), **headers}
    try:
        with (
            httpx2.Client(timeout=timeout_seconds, trust_env=False, follow_redirects=False) as client,
            client.stream(method, url, headers=sent, content=content) as answer,
        ):
            if answer.status_code == 404:
                return None
            if answer.status_code in (401, 403):
                raise TransientError(f"{place}: the shop refuses the key (status {answer.status_code}); is it still valid?")
            if answer.status_code not in (200, 201):
                raise TransientError(f"{place}: the shop answers with status {answer.status_code}")
            received = b""
            for piece in answer.iter_bytes():
                received += piece
                if len(received) > MOST_BYTES:
                    raise TransientError(f"{place}: the answer has more than {MOST_BYTES // 1_000_000} MB")
        return json.loads(received)
    except httpx2.HTTPError as error:
        raise TransientError(f"{place}: the shop does not answer ({type(error).__name__})") from error
    except ValueError as error:
        raise TransientError(f"{place}: the answer is not JSON") from error
