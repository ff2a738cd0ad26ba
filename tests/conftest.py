"""Servers that several kinds of tests share."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.rig.certificates import write_certificates
from tests.rig.dovecot import Dovecot, dovecot_program
from tests.rig.ports import free_port
from tests.rig.postgresql import postgresql
from tests.rig.postgresql import programs as postgresql_programs
from tests.rig.smtp_sink import SmtpSink, smtp_sink

MISSING = "Dovecot is missing: apt-get install dovecot-imapd"
NO_POSTGRESQL = "PostgreSQL is missing: apt-get install postgresql"


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A real IMAP server; without one, a failure in CI and a visible skip elsewhere."""
    if dovecot_program() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    server = Dovecot()
    try:
        server.start()
        yield server
    finally:
        server.remove()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A real PostgreSQL; without one, a failure in CI and a visible skip elsewhere."""
    if postgresql_programs() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_POSTGRESQL)
        pytest.skip(NO_POSTGRESQL)
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """An authority, a certificate for loopback, and its key."""
    return write_certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def make_sink() -> Iterator[Callable[..., SmtpSink]]:
    """Make SMTP servers that end with the test."""
    with ExitStack() as stack:

        def make(**options: Any) -> SmtpSink:
            return stack.enter_context(smtp_sink(free_port(), **options))

        yield make
