"""The desk: done means that the shop said so, and what is not clear is unknown."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from responder.adapters.order_desks.by_hand import ByHand
from responder.adapters.order_desks.webhook import WebhookDesk
from responder.domain.case import OrderAction
from tests.fakes.clock import FakeClock
from tests.rig.ports import free_port

CANCEL = OrderAction("cancel_order:1042", "cancel_order", "1042", (("note", "für Anna"),))


class Shop:
    """A shop's interface that answers what it is told to."""

    def __init__(self) -> None:
        self.status, self.answer, self.silent = 200, b'{"outcome": "done"}', False
        self.asked: list[tuple[Any, bytes]] = []


@pytest.fixture
def shop() -> Iterator[tuple[Shop, WebhookDesk]]:
    shop = Shop()
    end = threading.Event()

    class Interface(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            shop.asked.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
            self._answer()

        def do_GET(self) -> None:
            shop.asked.append((dict(self.headers), self.path.encode()))
            self._answer()

        def _answer(self) -> None:
            if shop.silent:
                end.wait(5)
                return
            self.send_response(shop.status)
            self.send_header("Content-Length", str(len(shop.answer)))
            self.end_headers()
            self.wfile.write(shop.answer)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Interface)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/actions"
    yield shop, WebhookDesk(url, lambda: "the secret", FakeClock(), timeout_seconds=1)
    end.set()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "answer", "outcome", "detail"),
    [
        (200, '{"outcome": "done", "detail": "ok"}', "done", "ok"),
        (200, '{"outcome": "failed", "detail": "it has left"}', "failed", "it has left"),
        (409, '{"detail": "it has left"}', "failed", "it has left"),
        (404, "not found", "failed", "answered 404"),
        (200, "", "unknown", "without a clear outcome"),
        (200, '{"outcome": "perhaps"}', "unknown", "without a clear outcome"),
        (200, "[1]", "unknown", "without a clear outcome"),
        (302, "", "unknown", "answered 302"),
        (500, '{"outcome": "done"}', "unknown", "answered 500"),
    ],
)
def test_each_answer_has_its_meaning(shop: tuple[Shop, WebhookDesk], status: int, answer: str, outcome: str, detail: str) -> None:
    interface, desk = shop
    interface.status, interface.answer = status, answer.encode()
    result = desk.carry_out(CANCEL)
    assert result.outcome == outcome
    assert detail in result.detail


def test_the_request_is_signed_and_carries_its_key(shop: tuple[Shop, WebhookDesk]) -> None:
    interface, desk = shop
    desk.carry_out(CANCEL)
    ((headers, body),) = interface.asked
    assert headers["Idempotency-Key"] == "cancel_order:1042"
    assert json.loads(body) == {"key": CANCEL.key, "action": "cancel_order", "order": "1042", "details": {"note": "für Anna"}}
    signed = dict(part.split("=", 1) for part in headers["Responder-Signature"].split(","))
    assert signed["v1"] == hmac.new(b"the secret", signed["t"].encode() + b"." + body, hashlib.sha256).hexdigest()


def test_silence_is_unknown_and_not_asked_again(shop: tuple[Shop, WebhookDesk]) -> None:
    interface, desk = shop
    interface.silent = True
    assert desk.carry_out(CANCEL).outcome == "unknown"
    assert len(interface.asked) == 1


def test_where_nobody_listens_nothing_can_have_happened() -> None:
    desk = WebhookDesk(f"http://127.0.0.1:{free_port()}/", lambda: "x", FakeClock(), timeout_seconds=1)
    assert desk.carry_out(CANCEL).outcome == "failed"


def test_by_hand_means_that_the_program_does_nothing() -> None:
    assert ByHand().by_hand("cancel_order")
    assert ByHand().carry_out(CANCEL).outcome == "failed"
    assert ByHand().look_back(CANCEL).outcome == "failed"


def test_what_became_of_a_key_is_asked_without_doing_anything(shop: tuple[Shop, WebhookDesk]) -> None:
    interface, desk = shop
    assert desk.look_back(CANCEL).outcome == "done"
    ((headers, path),) = interface.asked
    assert path == b"/actions?key=cancel_order%3A1042"
    signed = dict(part.split("=", 1) for part in headers["Responder-Signature"].split(","))
    assert signed["v1"] == hmac.new(b"the secret", signed["t"].encode() + b"." + CANCEL.key.encode(), hashlib.sha256).hexdigest()


@pytest.mark.parametrize(
    ("status", "answer", "outcome"),
    [(200, '{"outcome": "failed"}', "failed"), (404, "", "unknown"), (405, '{"outcome": "no"}', "unknown"), (500, "", "unknown")],
)
def test_only_a_plain_answer_tells_what_became_of_a_key(shop: tuple[Shop, WebhookDesk], status: int, answer: str, outcome: str) -> None:
    interface, desk = shop
    interface.status, interface.answer = status, answer.encode()
    assert desk.look_back(CANCEL).outcome == outcome
