"""A TCP proxy that can cut, reset or stall a connection after so many bytes, in either direction, and keeps what the client wrote."""

import contextlib
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import Literal

from tests.rig.ports import free_port

HOST = "127.0.0.1"


@dataclass
class Proxy:
    """Pass bytes on to `target`; after `after` bytes from `side`, do what `mode` says. Without a mode, pass everything."""

    target: int
    mode: Literal["", "cut", "reset", "stall"] = ""
    side: Literal["client", "server"] = "server"
    after: int = 0
    port: int = field(default_factory=free_port)
    written: bytearray = field(default_factory=bytearray)
    passed: dict[str, int] = field(default_factory=lambda: {"client": 0, "server": 0})

    def __enter__(self) -> "Proxy":
        self._listening = socket.create_server((HOST, self.port))
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for one in [self._listening, *self._open]:
            _end(one)

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            server = socket.create_connection((HOST, self.target))
            self._open += [client, server]
            for side, one, other in (("client", client, server), ("server", server, client)):
                threading.Thread(target=self._pass_on, args=(side, one, other), daemon=True).start()

    def _pass_on(self, side: str, one: socket.socket, other: socket.socket) -> None:
        passed = 0
        try:
            while data := one.recv(4096):
                if side == "client":
                    self.written += data
                if self.mode and side == self.side and passed + len(data) > self.after:
                    other.sendall(data[: max(0, self.after - passed)])
                    if self.mode == "stall":
                        # Silent, until this side gives up; else the other would be kept open for ever.
                        while one.recv(4096):
                            pass
                        break
                    if self.mode == "reset":
                        # To close without lingering sends RST (RFC 9293 section 3.10.4).
                        for end in (one, other):
                            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                            end.close()
                        return
                    break
                other.sendall(data)
                passed += len(data)
                self.passed[side] = max(self.passed[side], passed)
        except OSError:
            pass
        _end(one)
        _end(other)


def _end(one: socket.socket) -> None:
    with contextlib.suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
