"""An SMTP server that keeps every message and misbehaves when told to: STARTTLS or TLS, and AUTH.

Source: aiosmtpd, in a thread of its own.
"""

import asyncio
import base64
import json
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Taken:
    """A message as it was taken: the envelope, and the bytes between DATA and the dot."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class SmtpSink:
    """What the server does and has seen.

    `answers` maps a phase (MAIL, RCPT, DATA, DOT, QUIT, RSET) to the reply it gives instead of its own; `hang_up_at`
    names the phase at which the connection is cut instead of an answer; `stall_at` one in which nothing is ever said.
    """

    port: int = 0
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_at: str = ""
    stall_at: str = ""
    log: Path | None = None

    async def _told(self, server: Any, phase: str) -> str | None:
        if self.hang_up_at == phase:
            server.transport.abort()
            await asyncio.sleep(3600)
        if self.stall_at == phase:
            await asyncio.sleep(3600)
        return self.answers.get(phase)

    async def handle_MAIL(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        told = await self._told(server, "MAIL")
        if told:
            return told
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server: Any, session: Session, envelope: Envelope, address: str, options: list[str]) -> str:
        told = await self._told(server, "RCPT")
        if told:
            return told
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        told = await self._told(server, "DOT")
        if told:
            return told
        assert isinstance(envelope.content, bytes)
        # The library keeps the empty sender as the brackets around nothing.
        sender = "" if envelope.mail_from == "<>" else envelope.mail_from or ""
        taken = Taken(sender, tuple(envelope.rcpt_tos), envelope.content)
        if self.log is not None:
            self._write_down(taken)
        self.taken.append(taken)
        if self.hang_up_at == "AFTER":
            server.transport.abort()
            await asyncio.sleep(3600)
        return "250 Taken"

    def _write_down(self, taken: Taken) -> None:
        """Have it on disk before the 250, as a server that keeps its word."""
        assert self.log is not None
        line = json.dumps([taken.sender, list(taken.recipients), base64.b64encode(taken.content).decode()])
        with self.log.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
            file.flush()
            os.fsync(file.fileno())


class _Server(SMTP):
    sink: SmtpSink

    async def smtp_DATA(self, arg: str) -> None:
        told = await self.sink._told(self, "DATA")
        if told:
            await self.push(told)
            return
        await super().smtp_DATA(arg)

    async def smtp_QUIT(self, arg: str) -> None:
        told = await self.sink._told(self, "QUIT")
        if told:
            await self.push(told)
            return
        await super().smtp_QUIT(arg)

    def connection_made(self, transport: Any) -> None:
        # A STARTTLS upgrade makes the connection a second time.
        if self.session is None:
            self.sink.connections += 1
        super().connection_made(transport)


class _Controller(Controller):
    def __init__(self, sink: SmtpSink, **options: Any) -> None:
        self._sink = sink
        super().__init__(sink, hostname=HOST, port=sink.port, **options)

    def factory(self) -> SMTP:
        server = _Server(self.handler, **self.SMTP_kwargs)
        server.sink = self._sink
        return server


@contextmanager
def smtp_sink(
    port: int,
    *,
    utf8: bool = True,
    certificate: tuple[Path, Path] | None = None,
    tls: bool = False,
    user: str = "",
    password: str = "",
    log: Path | None = None,
    sink: SmtpSink | None = None,
) -> Iterator[SmtpSink]:
    """Run a sink; with `certificate` it offers STARTTLS, or speaks TLS at once with `tls`; with `user` it demands a login."""
    sink = sink or SmtpSink(port=port, log=log)
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        right = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
        return AuthResult(success=right, handled=False)

    options: dict[str, Any] = (
        {"authenticator": authenticate, "auth_required": True, "auth_require_tls": context is not None and not tls} if user else {}
    )
    if context and not tls:
        options |= {"tls_context": context, "require_starttls": True}
    controller = _Controller(sink, enable_SMTPUTF8=utf8, ssl_context=context if tls else None, **options)
    controller.start()
    sink.connections = 0  # the controller has tried its own door
    try:
        yield sink
    finally:
        controller.stop()
