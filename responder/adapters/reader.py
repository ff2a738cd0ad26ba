"""Read mail in processes of their own, so that a poison mail costs one of them and nothing else.

In:   a model as the contents of its files; then mails.
Out:  Readings.
Limits: a mail that takes longer than `seconds` has its process killed; processes are started when they are first needed.
"""

import contextlib
import json
import os
import queue
import select
import subprocess
import sys
import threading
import time
from typing import IO

from responder.adapters.files import ModelFiles
from responder.domain.errors import ReaderGone, ResponderError, UnreadableMail
from responder.domain.reading import Reading, ReadingRules
from responder.worker.wire import frame, length_of, reading_from_json, rules_to_json

START_SECONDS = 120.0
PIECE = 65_536


class WorkerReader:
    """Read mail in up to `size` processes; any number of threads may ask."""

    def __init__(self, model: ModelFiles, max_wrong: float, *, size: int = 2, seconds: float = 10.0) -> None:
        parts = (model.arrays, model.card, model.answer_arrays, model.answer_card, json.dumps(max_wrong).encode())
        self._model = b"".join(map(frame, parts))
        self._seconds = seconds
        self._places: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(size):
            self._places.put(None)

    def read(self, content: bytes, rules: ReadingRules) -> Reading:
        """Read one mail; see the port for what it raises."""
        return reading_from_json(self._ask(b"read", content, rules))

    def html(self, content: bytes) -> str:
        """Give the HTML of a mail, cleaned; see the port."""
        return self._ask(b"html", content, ReadingRules()).decode("utf-8", "replace")

    def attachment(self, content: bytes, number: int) -> bytes:
        """Give the contents of an attachment; see the port."""
        return self._ask(str(number).encode(), content, ReadingRules())

    def _ask(self, wanted: bytes, content: bytes, rules: ReadingRules) -> bytes:
        worker = self._places.get()
        try:
            worker = worker or _Worker(self._model)
            answer = worker.ask(wanted, content, rules, self._seconds)
        except ReaderGone:
            worker = None
            raise
        finally:
            self._places.put(worker)
        kind, told = answer[:1], answer[1:]
        if kind == b"U":
            raise UnreadableMail(told.decode("utf-8", "replace"))
        if kind != b"R":
            raise ResponderError(f"reading failed: {told.decode('utf-8', 'replace')[:300]}")
        return told

    def confinement(self) -> list[str]:
        """Start a process and tell what it could not be kept from; empty when it is confined wholly."""
        worker = self._places.get() or _Worker(self._model)
        self._places.put(worker)
        return worker.missing

    def close(self) -> None:
        """End all processes that are at rest."""
        at_rest = [self._places.get() for _ in range(self._places.qsize())]
        for worker in at_rest:
            if worker:
                worker.end()
            self._places.put(None)


class _Worker:
    """One process."""

    def __init__(self, model: bytes) -> None:
        # No secret stands in its environment, and no thread of a numeric library fights for the two cores.
        environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "responder.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            cwd="/",
            start_new_session=True,
        )
        assert self._process.stdin and self._process.stdout
        self._asking: IO[bytes] = self._process.stdin
        self._telling = self._process.stdout.fileno()
        self._send(model)
        self.missing: list[str] = json.loads(self._receive(START_SECONDS))

    def ask(self, wanted: bytes, content: bytes, rules: ReadingRules, seconds: float) -> bytes:
        """Have a mail read."""
        self._send(frame(wanted) + frame(rules_to_json(rules)) + frame(content))
        return self._receive(seconds)

    def end(self) -> None:
        """Kill the process, and wait until it is gone."""
        self._process.kill()
        self._process.wait()
        with contextlib.suppress(OSError):
            self._asking.close()
        assert self._process.stdout
        self._process.stdout.close()

    def _send(self, content: bytes) -> None:
        # In a thread of its own, since a process that hangs does not take in what it is sent.
        sending = threading.Thread(target=self._write, args=(content,), daemon=True)
        sending.start()

    def _write(self, content: bytes) -> None:
        try:
            self._asking.write(content)
            self._asking.flush()
        except (OSError, ValueError):
            return  # the answer that does not come tells it

    def _receive(self, seconds: float) -> bytes:
        until = time.monotonic() + seconds
        return self._take(length_of(self._take(4, until)), until)

    def _take(self, size: int, until: float) -> bytes:
        taken = bytearray()
        while len(taken) < size:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._telling], [], [], left)[0]:
                self.end()
                raise ReaderGone("reading this mail took too long")
            piece = os.read(self._telling, min(PIECE, size - len(taken)))
            if not piece:
                self.end()
                raise ReaderGone("reading this mail ended the process that read it")
            taken += piece
        return bytes(taken)
