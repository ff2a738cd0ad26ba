"""The way out over SMTP: one message to one recipient, with the moment before the final dot in our hands.

In:   a message as bytes, the envelope's two addresses.
Out:  a Delivery.
Standards: RFC 5321 (SMTP; 4.1.1.4 DATA, 4.2.5 who owns the message after which reply, 4.5.2 dot-stuffing), RFC 3207 (STARTTLS),
RFC 8314 (implicit TLS), RFC 4954 (AUTH), RFC 4616 (PLAIN), RFC 6531 (SMTPUTF8).
Limits: one connection, used by one thread; smtplib's own `data` sends the dot together with the body, so it is not used.
"""

import base64
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from responder.domain.errors import OutsideError, PermanentError, TransientError
from responder.workflow.ports.courier import Delivery, Outcome

IDLE_SECONDS = 60.0
MOST_DETAIL = 300
# RFC 5321 section 4.2.3: a mailbox that is not there, not local, or whose name is not allowed.
NO_SUCH_ADDRESS = (550, 551, 553)

# One Mailbox and nothing else (RFC 5321 section 4.1.2): smtplib would pick one of several addresses by itself.
ATOMS = r"[^\s<>()\[\]\\,;:@\"\x00-\x1f\x7f]+"
ADDRESS = re.compile(rf"(?:{ATOMS}|\"(?:[^\"\\\x00-\x1f\x7f]|\\[ -~])*\")@(?:{ATOMS}|\[[!-Z^-~]+\])")


@dataclass(frozen=True, slots=True)
class SmtpAccount:
    """Where and as whom mail is sent; an empty `username` means no login. Times are in seconds."""

    host: str
    port: int
    security: Literal["tls", "starttls", "plain"]
    username: str
    password: Callable[[], str]
    ca_file: Path | None = None
    timeout_seconds: float = 60.0
    data_timeout_seconds: float = 600.0
    local_hostname: str = "responder.invalid"


class SmtpCourier:
    """Deliver messages over one connection, which is opened when needed and kept for a while."""

    def __init__(self, account: SmtpAccount) -> None:
        self._account = account
        self._client: smtplib.SMTP | None = None
        self._used_at = 0.0

    def deliver(self, content: bytes, sender: str, recipient: str, before_dot: Callable[[], bool]) -> Delivery:
        """Hand a message to the server; see the port for what the outcomes mean."""
        for address in (sender, recipient) if sender else (recipient,):
            if not ADDRESS.fullmatch(address) or not address.isprintable():
                return Delivery("refused", _short(f"not one address: {address}"))
        try:
            client = self._connected()
        except OutsideError as error:
            return Delivery("deferred", _short(str(error)))
        try:
            return self._transaction(client, content, sender, recipient, before_dot)
        finally:
            self._used_at = time.monotonic()

    def close(self) -> None:
        """End the connection; the next delivery opens another. Never raises."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            client.quit()
        except (OSError, smtplib.SMTPException):
            client.close()

    def probe(self) -> list[str]:
        """Connect and log in, send nothing, and tell what was seen.

        Raises:
            TransientError: the server cannot be reached now.
            PermanentError: it refuses us.
        """
        self.close()
        client = self._connected()
        version = client.sock.version() if isinstance(client.sock, ssl.SSLSocket) else "no encryption"
        told = [f"{self._account.host}:{self._account.port}, {version}, {'logged in' if self._account.username else 'no login'}"]
        self.close()
        return told

    def _connected(self) -> smtplib.SMTP:
        if self._client is not None and time.monotonic() - self._used_at > IDLE_SECONDS:
            self.close()
        if self._client is not None:
            try:
                if self._client.noop()[0] == 250:
                    return self._client
            except (OSError, smtplib.SMTPException):
                pass
            self._drop()
        self._client = _open(self._account)
        return self._client

    def _drop(self) -> None:
        """Close the socket without a word."""
        client, self._client = self._client, None
        if client is not None:
            client.close()

    def _transaction(self, client: smtplib.SMTP, content: bytes, sender: str, recipient: str, before_dot: Callable[[], bool]) -> Delivery:
        needs_utf8 = not (sender + recipient).isascii()
        if needs_utf8 and not client.has_extn("smtputf8"):
            return Delivery("refused", f"the mail server cannot send to addresses such as {recipient} (no SMTPUTF8)")
        try:
            if needs_utf8:
                client.command_encoding = "utf-8"
            code, words = client.mail(sender, ["SMTPUTF8", "BODY=8BITMIME"] if needs_utf8 else [])
            if code // 100 != 2:
                return self._not_taken("deferred", "MAIL", code, words)
            code, words = client.rcpt(recipient)
            if code // 100 != 2:
                return replace(self._not_taken(_by_class(code), "RCPT", code, words), no_such_address=code in NO_SUCH_ADDRESS)
            code, words = client.docmd("DATA")
            if code != 354:
                return self._not_taken(_by_class(code), "DATA", code, words)
            client.send(_on_the_wire(content))
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Delivery("deferred", _short(f"the connection was lost before the message was whole: {_named(error)}"))
        try:
            go_on = before_dot()
        except BaseException:
            self._drop()
            raise
        if not go_on:
            # Without a dot there is no message (RFC 5321 section 4.1.1.4).
            self._drop()
            return Delivery("withheld")
        if _has_given_up(client.sock):
            self._drop()
            return Delivery("deferred", "the connection was lost before the end of the message was written")
        return self._dot(client)

    def _dot(self, client: smtplib.SMTP) -> Delivery:
        """Write the final dot and tell what the server made of it; from here on, silence is doubt."""
        try:
            if client.sock is not None:
                client.sock.settimeout(self._account.data_timeout_seconds)
            client.send(b".\r\n")
            code, words = client.getreply()
            if client.sock is not None:
                client.sock.settimeout(self._account.timeout_seconds)
        except (OSError, smtplib.SMTPException, ValueError) as error:
            self._drop()
            return Delivery("uncertain", _short(f"no answer after the end of the message: {_named(error)}"))
        match code // 100:
            case 2:
                return Delivery("sent", _short(_said(code, words)))
            case 4 | 5:
                return self._not_taken(_by_class(code), "the message", code, words)
            case _:
                self._drop()
                return Delivery("uncertain", _short(f"an answer that means nothing: {_said(code, words)}"))

    def _not_taken(self, outcome: Outcome, what: str, code: int, words: bytes) -> Delivery:
        """Tell a refusal, and make the connection ready for the next message."""
        delivery = Delivery(outcome, _short(f"the mail server said to {what}: {_said(code, words)}"))
        client = self._client
        try:
            if client is None or client.rset()[0] != 250:
                self._drop()
        except (OSError, smtplib.SMTPException):
            self._drop()
        return delivery


def _open(account: SmtpAccount) -> smtplib.SMTP:
    place = f"{account.host}:{account.port}"
    context = _context(account, place)
    client: smtplib.SMTP | None = None
    try:
        if account.security == "tls":
            client = smtplib.SMTP_SSL(account.host, account.port, account.local_hostname, timeout=account.timeout_seconds, context=context)
        else:
            client = smtplib.SMTP(account.host, account.port, account.local_hostname, timeout=account.timeout_seconds)
        if client.sock is not None:
            # The dot is a write of its own; it must not wait for the acknowledgement of the body.
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client.ehlo_or_helo_if_needed()
        if account.security == "starttls":
            if not client.has_extn("starttls"):
                raise PermanentError(f'SMTP {place}: the server offers no STARTTLS; try security = "tls" with port 465')
            client.starttls(context=context)
            client.ehlo()
        if account.username:
            _log_in(client, account, place)
        return client
    except smtplib.SMTPAuthenticationError as error:
        _close(client)
        if error.smtp_code // 100 == 4:
            raise TransientError(f"SMTP {place}: the login was put off ({error.smtp_code})") from error
        raise PermanentError(f"SMTP {place}: the login was refused; check user name and password") from error
    except ssl.SSLCertVerificationError as error:
        _close(client)
        raise PermanentError(
            f"SMTP {place}: the certificate is not trusted ({error.verify_message}); check host, or set ca_file"
        ) from error
    except smtplib.SMTPNotSupportedError as error:
        _close(client)
        raise PermanentError(f"SMTP {place}: the server does not offer what is needed: {error}") from error
    except UnicodeError as error:
        _close(client)
        raise PermanentError(f"SMTP {place}: not the name of a host") from error
    except (OSError, smtplib.SMTPException) as error:
        _close(client)
        raise TransientError(f"SMTP {place}: cannot be used now: {_named(error)}") from error
    except OutsideError:
        _close(client)
        raise


def _context(account: SmtpAccount, place: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(account.ca_file) if account.ca_file else None)
    except OSError as error:
        raise PermanentError(f"SMTP {place}: ca_file '{account.ca_file}' cannot be used: {_named(error)}") from error


def _log_in(client: smtplib.SMTP, account: SmtpAccount, place: str) -> None:
    password = account.password()
    if (account.username + password).isascii():
        client.login(account.username, password)
        return
    if "PLAIN" not in client.esmtp_features.get("auth", "").upper().split():
        raise PermanentError(f"SMTP {place}: the server takes no user name or password beyond ASCII (no AUTH PLAIN)")
    # smtplib knows ASCII only; PLAIN is UTF-8 (RFC 4616 section 2).
    told = base64.b64encode(f"\0{account.username}\0{password}".encode()).decode("ascii")
    code, words = client.docmd("AUTH", f"PLAIN {told}")
    if code != 235:
        raise smtplib.SMTPAuthenticationError(code, words)


def _close(client: smtplib.SMTP | None) -> None:
    if client is not None:
        client.close()


def _has_given_up(sock: socket.socket | None) -> bool:
    """Tell whether the server has closed, or spoken where it is to be silent (RFC 5321 section 4.1.1.4), while there is no dot yet."""
    if sock is None:
        return True
    try:
        sock.settimeout(0)
        sock.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    return True


def _on_the_wire(content: bytes) -> bytes:
    """Write every line end as CRLF (RFC 5321 section 2.3.8) and double leading dots (section 4.5.2); the end is a line end."""
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").removesuffix(b"\n").split(b"\n")
    return b"".join((b"." + line if line.startswith(b".") else line) + b"\r\n" for line in lines)


def _by_class(code: int) -> Outcome:
    return "refused" if code // 100 == 5 else "deferred"


def _said(code: int, words: bytes) -> str:
    return f"{code} {words.decode('utf-8', 'replace')}".strip()


def _named(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__


def _short(words: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in words).split())[:MOST_DETAIL]
