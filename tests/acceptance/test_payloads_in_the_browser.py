"""Whatever stands in a mail or in an order: in a real browser no script of it runs, and nothing is fetched from elsewhere."""

from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from responder.web.app import Server
from tests.acceptance.conftest import CHROMIUM
from tests.rig.payloads import PAYLOADS
from tests.unit.web.desk import Desk
from tests.unit.workflow.conftest import house, make_house
from tests.unit.workflow.house import SHIPPED_ORDER, MakeHouse

__all__ = ["house", "make_house"]
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing: apt-get install chromium"),
    pytest.mark.xdist_group("browser"),
    pytest.mark.timeout(300),
]


def evil_mail(number: int, payload: str) -> bytes:
    """Put a payload wherever a mail has words: subject, name, text, HTML, the names of attachments."""
    flat = " ".join(payload.split())
    message = EmailMessage()
    message["Authentication-Results"] = "mx.shop.example; dmarc=pass header.from=example.org"
    message["Message-ID"] = f"<{number}@example.org>"
    message["From"] = f"c{number}@example.org"
    message["To"] = "help@shop.example"
    message["Subject"] = f"broken {flat}"
    message.set_content(f"Order {5000 + number} {payload}")
    message.add_alternative(f"<p>Order {5000 + number}</p>{payload}", subtype="html")
    message.add_attachment(payload.encode(), maintype="image", subtype="png", filename=flat[:120])
    content = message.as_bytes()
    name = "".join(letter for letter in flat if letter.isascii() and letter not in '"\\\\<>')
    return content.replace(f"From: c{number}".encode(), f'From: "{name}" <c{number}'.encode(), 1).replace(
        b"@example.org\n", b"@example.org>\n", 1
    )


OPEN = """() => {
  document.querySelectorAll("details").forEach(each => { each.open = true });
  document.querySelectorAll("[loading]").forEach(each => { each.loading = "eager" });
}"""
# Pictures that fail, and what follows from that, need a moment.
SETTLE = """async () => {
  await Promise.allSettled([...document.images].map(image => image.decode()));
  await new Promise(done => setTimeout(done, 30));
}"""


class Watch:
    """A page of somebody who is signed in, and what it did that it should not have."""

    def __init__(self, browser: Browser, url: str, cookie: str) -> None:
        # Without the Content-Security-Policy: escaping and cleaning must do alone what it would do beside them.
        context = browser.new_context(bypass_csp=True)
        context.add_cookies([{"name": "responder", "value": cookie, "url": url}])
        self.url, self.seen = url, list[str]()
        self.page: Page = context.new_page()
        self.page.on("dialog", self._dialog)
        self.page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        context.on("request", lambda request: None if request.url.startswith((url, "data:,")) else self.seen.append(request.url))

    def _dialog(self, dialog: object) -> None:
        self.seen.append("a script has run")
        dialog.dismiss()  # type: ignore[attr-defined]

    def look(self, path: str) -> None:
        """Open a page, and all that is folded on it."""
        self.page.goto(f"{self.url}{path}")
        self.page.evaluate(OPEN)
        for frame in self.page.frames[1:]:
            frame.wait_for_load_state()
        self.page.evaluate(SETTLE)


def test_no_payload_runs_or_fetches_on_any_page(make_house: MakeHouse, chromium: Browser, tmp_path: Path) -> None:
    assert len(PAYLOADS) >= 300
    house = make_house()
    house.order_book.orders = [
        replace(
            SHIPPED_ORDER, number=str(5000 + number), email=f"c{number}@example.org", customer_name=payload, items=(payload,),
            carrier=payload, tracking_number=payload, tracking_url=payload, invoice_url=payload, evidence_urls=(payload,),
        )
        for number, payload in enumerate(PAYLOADS)
    ]  # fmt: skip
    house.go_round(*(evil_mail(number, payload) for number, payload in enumerate(PAYLOADS)))
    waiting = house.reviews.waiting()
    assert len(waiting) == len(PAYLOADS)
    desk = Desk(house)
    desk.person("Eve", "admin")
    desk.person("<script>alert(1)</script>", "admin")
    server = Server(desk.app, "127.0.0.1", 0)
    server.start()
    try:
        watch = Watch(chromium, f"http://127.0.0.1:{server.port}", "token of Eve")
        for draft in waiting:
            watch.look(f"/case/{draft.id}")
            assert watch.page.is_visible("#text") and watch.page.is_visible("iframe"), draft.id
            assert watch.seen == [], draft.subject
        for path in ("/", "/?q=alert", "/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/people", "/audit", "/statistics"):
            watch.look(path)
        assert watch.seen == []
    finally:
        server.stop()


def test_the_watch_sees_what_runs_and_what_is_fetched(chromium: Browser) -> None:
    watch = Watch(chromium, "http://127.0.0.1:9", "")
    watch.page.set_content("<img src=x onerror=alert(1)>")
    watch.page.set_content("<img src=http://127.0.0.2:9/pixel.gif>")
    watch.page.evaluate(SETTLE)
    assert "a script has run" in watch.seen and "http://127.0.0.2:9/pixel.gif" in watch.seen
