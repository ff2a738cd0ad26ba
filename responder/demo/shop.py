"""The demo's shop: an order book, and an interface that really cancels orders in it.

Limits: the order book is a CSV file with dates relative to the demo's start; the interface checks the signature as a shop should.
"""

import csv
import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path

HOST = "127.0.0.1"
DONE = "actions.jsonl"  # beside the order book: what was done, a line each
_SAMPLES = Path(str(files("responder.demo"))) / "samples"


def sample_mails() -> list[tuple[str, bytes]]:
    """Give the sample mails with their names, in order."""
    return [(path.stem, path.read_bytes()) for path in sorted((_SAMPLES / "inbox").glob("*.eml"))]


def write_order_book(path: Path, today: date, source: Path = _SAMPLES / "orders.csv") -> None:
    """Write an order book with dates around `today`; in the source they stand as `-3d` or `2d`."""
    with source.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        rows = [{name: _dated(name, value, today) for name, value in row.items()} for row in reader]
    _write(path, columns, rows)


def _dated(name: str, value: str, today: date) -> str:
    """Turn `-3d` into the date of three days ago."""
    if name.endswith(("_at", "_by")) and value.endswith("d"):
        return (today + timedelta(days=int(value[:-1]))).isoformat()
    return value


def _write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    beside.replace(path)


@contextmanager
def shop_interface(orders: Path, secret: str, today: date) -> Iterator[str]:
    """Run the shop's interface for order actions; gives its URL."""
    lock = threading.Lock()

    class Interface(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            signed = dict(part.split("=", 1) for part in self.headers.get("Responder-Signature", "t=,v1=").split(","))
            wanted = hmac.new(secret.encode(), signed["t"].encode() + b"." + body, hashlib.sha256).hexdigest()
            if not hmac.compare_digest(wanted, signed["v1"]):
                return self._answer(401, {"outcome": "failed", "detail": "the signature is wrong"})
            asked = json.loads(body)
            with lock:
                told = _carry_out(orders, asked["action"], asked["order"], today)
                if told["outcome"] == "done":
                    with orders.with_name(DONE).open("a", encoding="utf-8") as done:
                        done.write(json.dumps(asked, ensure_ascii=False) + "\n")
                return self._answer(200, told)

        def _answer(self, status: int, told: dict[str, str]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer((HOST, 0), Interface)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/actions"
    finally:
        server.shutdown()
        server.server_close()


def _carry_out(orders: Path, action: str, number: str, today: date) -> dict[str, str]:
    """Cancel an order or change its address before it has left, and note what is to be refunded or sent again afterwards."""
    with orders.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = list(reader.fieldnames or ())
        rows = list(reader)
    order = next((row for row in rows if row["number"] == number), None)
    if order is None:
        return {"outcome": "failed", "detail": f"there is no order {number}"}
    if bool(order.get("shipped_at")) == (action in ("cancel_order", "change_address")):
        return {"outcome": "failed", "detail": f"{action}: order {number} has {'' if order.get('shipped_at') else 'not '}left"}
    if action != "cancel_order":
        return {"outcome": "done", "detail": f"{action} of order {number} is noted"}
    order["cancelled_at"] = order.get("cancelled_at") or today.isoformat()
    _write(orders, columns, rows)
    return {"outcome": "done", "detail": f"order {number} is cancelled"}
