"""An IMAP server and an SMTP server for the demo, on loopback.

Source: pymap with its store in memory and its few old mails, as a process of its own; aiosmtpd in a thread.
Limits: for the demo alone: no encryption, a password that everybody knows.
"""

import email
import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from pathlib import Path
from typing import Any

from responder.domain.errors import ConfigError

HOST = "127.0.0.1"
USER = "demo"
PASSWORD = "lantern"
START_SECONDS = 30


@contextmanager
def imap_server(log: Path) -> Iterator[int]:
    """Run an IMAP server with a mailbox in which a few old mails lie; gives its port."""
    port = free_port()
    command = [sys.executable, "-c", "from pymap.main import main; main()", "--host", HOST, "--port", str(port), "--no-tls"]
    command += ["dict", "--demo-data", "--demo-user", USER, "--demo-password", PASSWORD]
    with log.open("wb") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, stdin=subprocess.DEVNULL)
        try:
            _wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(10)


def deliver_mail(port: int, content: bytes) -> None:
    """Let a mail arrive in the inbox."""
    with imaplib.IMAP4(HOST, port, timeout=10) as client:
        client.login(USER, PASSWORD)
        client.append("INBOX", None, None, content)


@dataclass
class Outgoing:
    """What the SMTP server has taken, in order."""

    mails: list[Message] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  aiosmtpd's name
        """Take a mail."""
        self.mails.append(email.message_from_bytes(envelope.content))
        return "250 Taken"


@contextmanager
def smtp_server() -> Iterator[tuple[int, Outgoing]]:
    """Run an SMTP server that keeps what it is sent; gives its port and its mails."""
    from aiosmtpd.controller import Controller

    outgoing = Outgoing()
    port = free_port()
    controller = Controller(outgoing, hostname=HOST, port=port)
    controller.start()
    try:
        yield port, outgoing
    finally:
        controller.stop()


def free_port() -> int:
    """Give a port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(1)
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    told = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    raise ConfigError([f"the demo's IMAP server did not start: {told[-1] if told else 'no word from it'}"])
