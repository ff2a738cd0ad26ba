"""Shops for the acceptance tests."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from responder.demo.shop import shop_interface
from tests.acceptance.shop import DESK_SECRET, SMTP_PASSWORD, AcceptanceShop
from tests.rig.dovecot import Dovecot
from tests.rig.ports import free_port
from tests.rig.smtp_sink import smtp_sink

CHROMIUM = shutil.which("chromium")
NUMBERS = count()
MakeShop = Callable[[str], AcceptanceShop]


@pytest.fixture
def make_shop(tmp_path: Path, dovecot: Dovecot, certificates: tuple[Path, Path, Path]) -> Iterator[MakeShop]:
    """Make a shop from one of the numbered folders."""
    ca_file, *certificate = certificates
    with ExitStack() as stack:

        def make(name: str) -> AcceptanceShop:
            sink = stack.enter_context(
                smtp_sink(free_port(), certificate=(certificate[0], certificate[1]), user="service", password=SMTP_PASSWORD)
            )
            today = datetime.now(UTC).date()  # noqa: TID251  the program's own clock
            url = stack.enter_context(shop_interface(tmp_path / "orders.csv", DESK_SECRET, today))
            shop = AcceptanceShop(tmp_path, f"{name}-{next(NUMBERS)}", dovecot, sink)
            values: dict[str, object] = {
                "IMAPS_PORT": dovecot.imaps_port,
                "USER": shop.user,
                "IMAP_CA": dovecot.ca_file,
                "SMTP_PORT": sink.port,
                "SMTP_CA": ca_file,
                "SHOP_URL": url,
                "WEB_PORT": free_port(),
            }
            shop.set_up(Path(__file__).parent / name, values)
            return shop

        yield make


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
