r"""The way in over IMAP, read-only: nothing is deleted, moved or marked as seen.

In:   an account.
Out:  positions, UIDs and messages; a copy of each reply in the folder for sent mail.
Standards: RFC 3501 and RFC 9051 (IMAP; EXAMINE, BODY.PEEK, UIDVALIDITY), RFC 4616 (PLAIN),
RFC 5530 (response codes), RFC 6154 (SPECIAL-USE), RFC 8314 (TLS).
Limits: one connection, used by one thread; after any error it is thrown away, since nobody knows what is still on the line.
"""

import contextlib
import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email import message_from_bytes
from itertools import islice
from pathlib import Path
from typing import Any, Literal, TypeVar

from imapclient import SEEN, IMAPClient
from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
from imapclient.imapclient import SENT

from responder.domain.errors import OutsideError, PermanentError, TransientError
from responder.domain.mail import RawMessage
from responder.workflow.ports.mailbox import Position

BATCH = 50
Result = TypeVar("Result")
MOST_FOLDERS_TOLD = 20

# A server that says one of these to a login has not judged the password (RFC 5530 section 3).
NOT_NOW = re.compile(r"\[(UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ImapAccount:
    """Where and as whom mail is fetched; larger messages than `max_message_bytes` come cut."""

    host: str
    port: int
    security: Literal["tls", "starttls", "plain"]
    username: str
    password: Callable[[], str]
    folder: str = "INBOX"
    ca_file: Path | None = None
    timeout_seconds: float = 30.0
    max_message_bytes: int = 25_000_000


class ImapMailbox:
    """Read a folder over one connection, which is opened when needed."""

    def __init__(self, account: ImapAccount) -> None:
        self._account = account
        self._client: Any = None
        self._selected = ""
        self._validity = 0

    def position(self) -> Position:
        """Give the UIDVALIDITY and the UID that the next arrival will get."""

        def ask(client: Any) -> Position:
            # Selecting anew is what makes every server tell the current numbers (RFC 9051 section 6.3.3).
            told = self._select(client, self._account.folder)
            next_uid = told.get(b"UIDNEXT") or max(client.search(["ALL"]), default=0) + 1
            return Position(self._validity, int(next_uid))

        return self._with_client(ask, select=False)

    def uids(self, *, from_uid: int = 1, since: date | None = None) -> list[int]:
        """List the UIDs from `from_uid` on, ascending; with `since`, those that arrived (INTERNALDATE) on that day or later."""
        criteria: list[object] = ["UID", f"{max(from_uid, 1)}:*"]
        if since is not None:
            criteria += ["SINCE", since]
        found = self._with_client(lambda client: client.search(criteria))
        # `n:*` also matches the last message when its UID is below n (RFC 9051 section 9, seq-range).
        return sorted(uid for uid in found if uid >= from_uid)

    def fetch(self, uids: Sequence[int]) -> Iterator[RawMessage]:
        """Yield the messages with these UIDs, ascending, without marking them; those that vanished meanwhile are left out."""
        rest = iter(sorted(uids))
        while some := list(islice(rest, BATCH)):
            sizes = self._with_client(lambda client, some=some: _sizes(client, some))  # type: ignore[misc]
            for few in _by_bytes(sizes, self._account.max_message_bytes):
                yield from self._with_client(lambda client, few=few, sizes=sizes: self._fetch(client, few, sizes))  # type: ignore[misc]

    def _fetch(self, client: Any, uids: list[int], sizes: Mapping[int, int]) -> list[RawMessage]:
        most = self._account.max_message_bytes
        small = [uid for uid in uids if sizes[uid] <= most]
        large = [uid for uid in uids if sizes[uid] > most]
        found: dict[int, Any] = {}
        if small:
            found |= client.fetch(small, ["INTERNALDATE", "BODY.PEEK[]"])
        if large:
            found |= client.fetch(large, ["INTERNALDATE", f"BODY.PEEK[]<0.{most}>"])
        return [
            RawMessage(content, uid, self._validity, _aware(item.get(b"INTERNALDATE")))
            for uid, item in sorted(found.items())
            if uid in sizes and (content := _body(item)) is not None
        ]

    def file_sent(self, content: bytes) -> None:
        """Put a copy of a sent mail into the folder for sent mail, unless one with its Message-ID is there already."""
        message_id = str(message_from_bytes(content)["Message-ID"] or "").strip()

        def put(client: Any) -> None:
            folder = self._sent_folder(client)
            self._select(client, folder)
            if message_id and client.search(["HEADER", "Message-ID", message_id]):
                return
            client.append(folder, content, flags=[SEEN])

        self._with_client(put, select=False)

    def _sent_folder(self, client: Any) -> str:
        """Find the folder for sent mail; make it when there is none."""
        there = self._sent_folder_there(client)
        if there is None:
            client.create_folder("Sent")
        return there or "Sent"

    def _sent_folder_there(self, client: Any) -> str | None:
        """Find the folder by its special use (RFC 6154), else by its usual name."""
        if client.has_capability("SPECIAL-USE"):
            marked = client.find_special_folder(SENT)
            if marked:
                return str(marked)
        names = [name for _, _, name in client.list_folders()]
        usual = (name for name in names if re.fullmatch(r"(?:INBOX[./])?Sent(?: Items| Messages| Mail)?", name, re.IGNORECASE))
        return next(map(str, usual), None)

    def has_sent(self, message_id: str) -> bool:
        """Tell whether the folder for sent mail has a mail with this Message-ID."""

        def look(client: Any) -> bool:
            folder = self._sent_folder_there(client)
            if folder is None:
                return False
            self._select(client, folder)
            return bool(client.search(["HEADER", "Message-ID", message_id]))

        return self._with_client(look, select=False)

    def has_folder(self, name: str) -> bool:
        """Tell whether the account has a folder of this name."""
        return self._with_client(lambda client: bool(client.folder_exists(name)), select=False)

    def close(self) -> None:
        """Log out; the next verb connects anew. Never raises."""
        client, self._client, self._selected = self._client, None, ""
        if client is not None:
            with contextlib.suppress(OSError, IMAPClientError):
                client.logout()

    def probe(self) -> list[str]:
        """Connect, log in, select the folder, and tell what was seen.

        Raises:
            TransientError: the server cannot be reached now.
            PermanentError: it refuses us, or has no such folder.
        """
        self.close()

        def look(client: Any) -> list[str]:
            told = self._select(client, self._account.folder)
            sock = client.socket()
            version = sock.version() if isinstance(sock, ssl.SSLSocket) else "no encryption"
            return [f"{self._account.host}:{self._account.port}, {version}, {told[b'EXISTS']} mails in {self._account.folder}"]

        lines = self._with_client(look, select=False)
        self.close()
        return lines

    def _with_client(self, ask: Callable[[Any], Result], *, select: bool = True) -> Result:
        try:
            if self._client is None:
                self._client = _open(self._account)
            if select and self._selected != self._account.folder:
                self._select(self._client, self._account.folder)
            return ask(self._client)
        except OutsideError:
            self._drop()
            raise
        except (OSError, IMAPClientError, ValueError, KeyError) as error:
            raise self._told(error) from error

    def _select(self, client: Any, folder: str) -> Any:
        # EXAMINE: nothing that is done here can change a flag (RFC 9051 section 6.3.3).
        told = client.select_folder(folder, readonly=True)
        self._selected = folder
        if folder == self._account.folder:
            self._validity = int(told[b"UIDVALIDITY"])
        return told

    def _told(self, error: Exception) -> OutsideError:
        """Drop the connection, and say what the error means."""
        client, place = self._client, f"IMAP {self._account.host}:{self._account.port}"
        if isinstance(error, IMAPClientError) and not isinstance(error, IMAPClientAbortError) and client is not None and not self._selected:
            with contextlib.suppress(OSError, IMAPClientError):
                names = [str(name) for _, _, name in client.list_folders()]
                if self._account.folder not in names:
                    self._drop()
                    there = ", ".join(names[:MOST_FOLDERS_TOLD])
                    return PermanentError(f"{place}: there is no folder '{self._account.folder}'; there are: {there}")
        self._drop()
        return TransientError(f"{place}: cannot be used now: {_named(error)}")

    def _drop(self) -> None:
        """Close the socket without a word."""
        client, self._client, self._selected = self._client, None, ""
        if client is not None:
            with contextlib.suppress(OSError, IMAPClientError):
                client.shutdown()


def _open(account: ImapAccount) -> Any:
    place = f"IMAP {account.host}:{account.port}"
    context = _context(account, place)
    client: Any = None
    try:
        client = IMAPClient(
            account.host, account.port, ssl=account.security == "tls", ssl_context=context, timeout=account.timeout_seconds, use_uid=True
        )
        # Times with their zone, instead of in that of this machine.
        client.normalise_times = False
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if account.security == "starttls":
            if not client.has_capability("STARTTLS"):
                raise PermanentError(f'{place}: the server offers no STARTTLS; try security = "tls" with port 993')
            client.starttls(context)
        _log_in(client, account, place)
        return client
    except OutsideError:
        _shut(client)
        raise
    except LoginError as error:
        _shut(client)
        # The library calls it a refused login as well when the line broke or the server is busy.
        if isinstance(error.__context__, IMAPClientAbortError) or NOT_NOW.search(str(error)):
            raise TransientError(f"{place}: cannot be used now: the login did not come to an end") from error
        raise PermanentError(f"{place}: the login was refused; check user name and password") from error
    except ssl.SSLCertVerificationError as error:
        _shut(client)
        raise PermanentError(f"{place}: the certificate is not trusted ({error.verify_message}); check host, or set ca_file") from error
    except (OSError, IMAPClientError) as error:
        _shut(client)
        raise TransientError(f"{place}: cannot be used now: {_named(error)}") from error


def _context(account: ImapAccount, place: str) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=str(account.ca_file) if account.ca_file else None)
    except OSError as error:
        raise PermanentError(f"{place}: ca_file '{account.ca_file}' cannot be used: {_named(error)}") from error


def _log_in(client: Any, account: ImapAccount, place: str) -> None:
    password = account.password()
    if (account.username + password).isascii():
        client.login(account.username, password)
    elif client.has_capability("AUTH=PLAIN"):
        # LOGIN has no place for other letters; PLAIN is UTF-8 (RFC 4616 section 2).
        client.plain_login(account.username, password)
    else:
        raise PermanentError(f"{place}: the server takes no user name or password beyond ASCII (no AUTH=PLAIN)")


def _shut(client: Any) -> None:
    if client is not None:
        with contextlib.suppress(OSError, IMAPClientError):
            client.shutdown()


def _sizes(client: Any, uids: list[int]) -> dict[int, int]:
    """Ask for the sizes in octets; what has vanished has none."""
    return {uid: int(item[b"RFC822.SIZE"]) for uid, item in client.fetch(uids, ["RFC822.SIZE"]).items() if b"RFC822.SIZE" in item}


def _by_bytes(sizes: Mapping[int, int], most: int) -> Iterator[list[int]]:
    """Part messages into groups that together hold at most `most` octets, or into single ones that hold more."""
    group, total = list[int](), 0
    for uid, size in sorted(sizes.items()):
        if group and total + size > most:
            yield group
            group, total = [], 0
        group.append(uid)
        total += size
    if group:
        yield group


def _body(item: Any) -> bytes | None:
    """Give the message of a FETCH answer; a partial one is named by its origin octet."""
    return next((value for name, value in item.items() if name.startswith(b"BODY[]") and value is not None), None)


def _aware(moment: datetime | None) -> datetime:
    """Give INTERNALDATE in UTC; a server that sends none is taken to have received the mail at the beginning of time."""
    if moment is None:
        return datetime(1970, 1, 1, tzinfo=UTC)
    return moment.astimezone(UTC)


def _named(error: BaseException) -> str:
    words = " ".join(str(error).split())[:200]
    return f"{type(error).__name__}: {words}" if words else type(error).__name__
