"""Reviewing in a real browser: the whole program against Dovecot and an SMTP server, and Chromium with a keyboard."""

import re
import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.acceptance.conftest import CHROMIUM, MakeShop
from tests.acceptance.shop import AcceptanceShop
from tests.acceptance.test_running import wait_until
from tests.rig.letters import text_of

AXE = Path(__file__).parents[2] / ".venv/axe/package/axe.min.js"
PASSWORD = "correct horse battery"
MAILS = 12
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium"),
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(240),
]


def mail(number: int) -> bytes:
    message = EmailMessage()
    message["Authentication-Results"] = "mx.lumio.example; dmarc=pass header.from=example.org"
    message["Message-ID"] = f"<{number}@example.org>"
    message["From"] = f"Anna Kern <customer{number}@example.org>"
    message["To"] = "service@lumio.example"
    message["Date"] = datetime.now(UTC)  # noqa: TID251  the program's own clock
    message["Subject"] = f"Where is order LC-30{number:02}?"
    message.set_content(f"Hello,\n\nwhere is my order LC-30{number:02}? I am looking forward to it.\n\nAnna <script>alert(1)</script>")
    return message.as_bytes()


class Review:
    """A shop whose bot runs, and browsers of people who review."""

    def __init__(self, shop: AcceptanceShop, chromium: Browser) -> None:
        self.shop, self._chromium = shop, chromium
        port = re.search(r"\[web\]\nport = (\d+)", shop.config.read_text(encoding="utf-8"))
        assert port
        self.url = f"http://127.0.0.1:{port[1]}"
        self.noise: list[str] = []

    def sign_in(self, name: str, role: str = "reviewer", **context: object) -> Page:
        """Invite a person at the console, and have them set a password in a browser of their own."""
        code, said = self.shop.run("people", "add", name, "--role", role)
        assert code == 0, said
        page = self._chromium.new_context(**context).new_page()  # type: ignore[arg-type]
        page.on("pageerror", lambda error: self.noise.append(str(error)))
        page.on("dialog", lambda dialog: self.noise.append(f"dialog {dialog.message}"))
        page.on("request", lambda request: None if request.url.startswith(self.url) else self.noise.append(f"request {request.url}"))
        page.goto(said.split()[-1])
        page.fill("#password", PASSWORD)
        page.fill("#again", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{self.url}/")
        return page


@pytest.fixture
def review(make_shop: MakeShop, chromium: Browser) -> Iterator[Review]:
    shop = make_shop("in_the_browser")
    assert shop.run("run", "--once")[0] == 0
    for number in range(1, MAILS + 1):
        shop.dovecot.append(shop.user, mail(number))
    process = shop.start("run")
    review = Review(shop, chromium)
    wait_until(lambda: len([record for record in shop.records() if record.state == "waiting"]) == MAILS, 90)
    yield review
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert "Traceback" not in said, said
    assert review.noise == []


def test_ten_cases_by_the_keyboard_alone(review: Review) -> None:
    page = review.sign_in("Mia", "admin")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/*")
    # While the keys are shown, they do nothing.
    page.keyboard.press("?")
    page.keyboard.press("a")
    assert page.get_by_role("dialog").is_visible() and "/case/" in page.url and "done=" not in page.url
    page.keyboard.press("Escape")
    for number in range(10):
        here = page.url
        page.keyboard.press("a")
        page.wait_for_url(re.compile(rf"^(?!{re.escape(here)}$)"))
        assert "Approved" in page.inner_text("[role=status]"), number
    wait_until(lambda: len(review.shop.sink.taken) == 10)
    assert len({taken.recipients for taken in review.shop.sink.taken}) == 10


def test_editing_closing_and_taking_back(review: Review) -> None:
    page = review.sign_in("Mia")
    page.goto(f"{review.url}/case/1")
    page.keyboard.press("e")
    page.keyboard.press("Control+A")
    page.keyboard.type("Dear Anna,\n\nit is at your neighbour's.")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    page.wait_for_url("**/case/2*")
    page.keyboard.press("z")
    page.wait_for_url("**/case/1")
    assert review.shop.sink.taken == []
    page.fill("#text", "Dear Anna,\n\nit is at your neighbour's.")
    page.click("button.main")
    wait_until(lambda: len(review.shop.sink.taken) == 1)
    assert "neighbour's" in text_of(review.shop.sink.taken[0].content)
    page.goto(f"{review.url}/case/2")
    page.keyboard.press("r")
    page.keyboard.type("called her")
    page.keyboard.press("Enter")
    page.wait_for_url("**/case/3*")
    assert any("Mia: called her" in record.because for record in review.shop.records())


def test_two_reviewers_at_once_and_a_session_that_ends(review: Review) -> None:
    first, second = review.sign_in("Mia"), review.sign_in("Ben")
    for page in (first, second):
        page.goto(f"{review.url}/case/1")
    first.click("button.main")
    first.wait_for_url("**/case/2*")
    second.click("button.main")
    second.wait_for_selector("[role=alert]")
    wait_until(lambda: len(review.shop.sink.taken) == 1)
    second.goto(f"{review.url}/case/3")
    second.context.clear_cookies()
    second.click("button.main")
    second.wait_for_url("**/login")
    assert len(review.shop.sink.taken) == 1


def test_on_a_phone_in_the_dark_and_without_a_script(review: Review) -> None:
    phone = review.sign_in("Mia", viewport={"width": 375, "height": 740}, color_scheme="dark")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    phone.goto(f"{review.url}/case/1")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 375
    plain = review.sign_in("Ben", java_script_enabled=False)
    plain.goto(f"{review.url}/case/1")
    plain.click("button.main")
    plain.wait_for_url("**/case/2*")
    wait_until(lambda: len(review.shop.sink.taken) == 1)


def test_at_twice_the_size_and_for_those_who_listen(review: Review) -> None:
    page = review.sign_in("Mia", "admin", viewport={"width": 640, "height": 400}, device_scale_factor=2)
    for path in ("/", "/case/1", "/statistics", "/people", "/me"):
        page.goto(f"{review.url}{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        assert page.get_by_role("main").count() == page.get_by_role("heading", level=1).count() == 1, path
    page.goto(f"{review.url}/case/1")
    for role, name in (("textbox", "The reply"), ("button", "Approve a"), ("button", "Not for us n"), ("combobox", "Put off for")):
        assert page.get_by_role(role, name=name, exact=True).is_visible(), name  # type: ignore[arg-type]


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is missing: scripts/install-servers fetches it")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_people_out(review: Review, scheme: str) -> None:
    page = review.sign_in("Mia", "admin", color_scheme=scheme, bypass_csp=True)
    found = []
    for path in ("/", "/?q=anna", "/case/1", "/statistics", "/audit", "/people", "/me"):
        page.goto(f"{review.url}{path}")
        page.add_script_tag(path=AXE)
        told = page.evaluate("axe.run().then(result => result.violations)")
        found += [f"{path}: {each['id']} {each['nodes'][0]['html'][:150]}" for each in told if each["impact"] in ("serious", "critical")]
    assert found == []
