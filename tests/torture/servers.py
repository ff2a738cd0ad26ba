"""The sink and the proxies in processes of their own, each told over a pipe what to do.

In:   plain values over a pipe; each is acknowledged.
Out:  servers that live until the rig closes the pipe.
Limits: forked before anything heavy is loaded, since a process with threads must not be forked.
"""

import asyncio
import multiprocessing
import random
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.rig.ports import free_port
from tests.rig.proxy import Proxy
from tests.rig.smtp_sink import SmtpSink, smtp_sink

PHASES = ("MAIL", "RCPT", "DATA", "DOT")
BAD_ANSWERS = ("421 going down", "451 later", "452 full", "550 no", "554 never")


@dataclass
class Process:
    """A server in a process of its own."""

    port: int
    pipe: Connection
    process: Any

    def tell(self, **what: object) -> dict[str, int]:
        """Change what it does, and wait until it has heard; a proxy tells the most bytes that one connection carried, by side."""
        self.pipe.send(what)
        passed: dict[str, int] = self.pipe.recv()
        return passed

    def end(self) -> None:
        """Let it end."""
        self.process.terminate()
        self.process.join(10)
        self.pipe.close()


class MoodySink(SmtpSink):
    """A sink that keeps a letter on disk before its 250, takes up to `slow` seconds, and now and then misbehaves, at any phase."""

    def __init__(self, port: int, log: Path) -> None:
        super().__init__(port=port, log=log)
        self.slow = 0.0
        self.moody = 0.0
        self.chance = random.Random(0)

    async def _told(self, server: Any, phase: str) -> str | None:
        if self.moody and phase in PHASES and self.chance.random() < self.moody:
            answer = self.chance.choice((*BAD_ANSWERS, ""))
            if answer:
                return answer
            server.transport.abort()
            await asyncio.sleep(3600)
        return await super()._told(server, phase)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        if self.slow:
            await asyncio.sleep(self.chance.random() * self.slow)
        if self.moody and self.chance.random() < self.moody:
            server.transport.abort()
            await asyncio.sleep(3600)
        return answer


def start_sink(log: Path, seed: int) -> Process:
    """Start a sink that writes to `log`."""

    def serve(port: int, stack: ExitStack) -> object:
        sink = MoodySink(port, log)
        sink.chance.seed(seed)
        stack.enter_context(smtp_sink(port, sink=sink))
        return sink

    return _start(serve)


def start_proxy(target: int) -> Process:
    """Start a proxy before the server at `target`."""
    return _start(lambda port, stack: stack.enter_context(Proxy(target, port=port)))


def _start(serve: Callable[[int, ExitStack], object]) -> Process:
    port = free_port()
    ours, theirs = multiprocessing.get_context("fork").Pipe()
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(serve, port, ours, theirs), daemon=True)
    process.start()
    theirs.close()
    ours.recv()
    return Process(port, ours, process)


def _serve(serve: Callable[[int, ExitStack], object], port: int, ours: Connection, theirs: Connection) -> None:
    ours.close()
    with ExitStack() as stack, suppress(EOFError, KeyboardInterrupt):
        server = serve(port, stack)
        theirs.send("ready")
        while True:
            for name, value in theirs.recv().items():
                setattr(server, name, value)
            theirs.send(dict(getattr(server, "passed", {})))
