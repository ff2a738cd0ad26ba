"""A private Dovecot on loopback, as a subprocess: a real IMAP server for the tests.

Limits: Dovecot 2.3; runs as root (then as `nobody`) and as an ordinary user.
"""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from imapclient import IMAPClient

from tests.rig.certificates import write_certificates
from tests.rig.ports import free_port

HOST = "127.0.0.1"
START_SECONDS = 15
PASSWORD = "canary-imap-83ad"
FOREIGN_PASSWORD = "geheim-ß"

CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/dovecot.log
protocols = imap
listen = 127.0.0.1
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
mail_location = maildir:{base}/mail/%u
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = no
auth_mechanisms = plain login
auth_failure_delay = 0
# Connections that end while a login is handed on are counted for ever, so that after some thousand cuts every login was refused.
mail_max_userip_connections = 0
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
ssl_dh =
passdb {{
  driver = static
  args = password={password}
}}
passdb {{
  driver = static
  args = password={foreign}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Sent {{
    auto = no
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
"""


def dovecot_program() -> str | None:
    """Find Dovecot; None when it is not installed."""
    return shutil.which("dovecot", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


class Dovecot:
    """One server; `imaps_port` speaks TLS at once, `imap_port` offers STARTTLS. Whoever knows one of the passwords has a mailbox."""

    def __init__(self, folder: str = "/tmp") -> None:
        # Socket paths must stay short, and the user of the server must be able to enter.
        self.base = Path(mkdtemp(prefix="dvc", dir=folder))
        self.host = HOST
        self.imap_port = free_port()
        self.imaps_port = free_port()
        self._process: subprocess.Popen[bytes] | None = None
        self.ca_file, cert, key = write_certificates(self.base)
        as_root = os.getuid() == 0
        user = "nobody" if as_root else pwd.getpwuid(os.getuid()).pw_name
        record = pwd.getpwnam(user)
        group = "nogroup" if as_root else _group_name(record.pw_gid)
        for name in ("run", "state", "mail"):
            (self.base / name).mkdir()
        config = CONFIG.format(
            base=self.base,
            user=user,
            group=group,
            cert=cert,
            key=key,
            imap=self.imap_port,
            imaps=self.imaps_port,
            password=PASSWORD,
            foreign=FOREIGN_PASSWORD,
        )
        (self.base / "dovecot.conf").write_text(config, encoding="utf-8")
        self._as: dict[str, Any] = {"user": record.pw_uid, "group": record.pw_gid, "extra_groups": []} if as_root else {}
        if as_root:
            for path in [self.base, *self.base.rglob("*")]:
                os.chown(path, record.pw_uid, record.pw_gid)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        program = dovecot_program()
        assert program
        self._process = subprocess.Popen([program, "-F", "-c", str(self.base / "dovecot.conf")], **self._as)
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            # On a busy machine the greeting may take longer than the connection.
            with contextlib.suppress(OSError), socket.create_connection((HOST, self.imap_port), START_SECONDS) as probe:
                if b"OK" in probe.recv(1000):
                    return
            time.sleep(0.02)
        self.stop()
        log = self.base / "dovecot.log"
        raise RuntimeError("Dovecot did not start: " + (log.read_text(errors="replace")[-2000:] if log.exists() else "no log"))

    def stop(self) -> None:
        """Stop it, and wait until it is gone."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        """Stop it, and remove its files."""
        self.stop()
        shutil.rmtree(self.base, ignore_errors=True)

    def client(self, user: str) -> Any:
        """Log in for looking around."""
        client = IMAPClient(HOST, self.imap_port, ssl=False, timeout=10)
        client.login(user, PASSWORD)
        return client

    def append(self, user: str, content: bytes, folder: str = "INBOX", flags: Sequence[bytes] = (), at: datetime | None = None) -> None:
        """Let a mail arrive."""
        client = self.client(user)
        client.append(folder, content, flags, at)
        client.logout()

    def renumber(self, user: str) -> None:
        """Give the inbox a new UIDVALIDITY, as after it was made anew."""
        folder = self.base / "mail" / user
        listed = folder / "dovecot-uidlist"
        head, *mails = listed.read_text(encoding="utf-8").splitlines(keepends=True)
        validity = int(re.search(r" V(\d+) ", head).group(1))  # type: ignore[union-attr]
        listed.write_text(head.replace(f" V{validity} ", f" V{validity + 1} ") + "".join(mails), encoding="utf-8")
        for index in folder.glob("dovecot.index*"):
            index.unlink()


def _group_name(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name
