"""A private PostgreSQL on loopback, as a subprocess: a real database server for the tests.

Limits: PostgreSQL does not run as root, so as root it runs as `postgres` (or `nobody`).
"""

import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from tests.rig.ports import free_port

HOST = "127.0.0.1"
USER = "shop"
START_SECONDS = 30


def programs() -> Path | None:
    """Find the folder with PostgreSQL's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if found:
        return found[-1].parent
    beside = shutil.which("initdb")
    return Path(beside).parent if beside else None


@contextmanager
def postgresql() -> Iterator[str]:
    """Run a server with an empty database; gives its URL."""
    base, user = Path(mkdtemp(prefix="pg-")), _user()
    place, port = programs(), free_port()
    assert place is not None
    if user:
        shutil.chown(base, user)
    as_user = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": base, "env": {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}}
    data = base / "data"
    subprocess.run([place / "initdb", "-D", data, "-U", USER, "--auth=trust", "--no-sync"], check=True, **as_user, **quiet)  # type: ignore[call-overload]
    server = subprocess.Popen(
        [place / "postgres", "-D", data, "-h", HOST, "-p", str(port), "-k", base, "-c", "fsync=off"],
        **as_user, **quiet,
    )  # type: ignore[call-overload]  # fmt: skip
    try:
        _wait(place, port)
        yield f"postgresql+psycopg://{USER}@{HOST}:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # the fast shutdown: it does not wait for clients
        server.wait(timeout=20)
        shutil.rmtree(base, ignore_errors=True)


def _user() -> str | None:
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _wait(place: Path, port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while subprocess.run([place / "pg_isready", "-q", "-h", HOST, "-p", str(port)], check=False).returncode:
        assert time.monotonic() < until, "PostgreSQL did not start"
        time.sleep(0.1)
