"""Take pictures of the review pages over the demo, for the documentation.

Run:  python scripts/screenshots.py FOLDER
In:   Chromium; the demo's sample mails.
Out:  one PNG a page, in light, and the case on a phone in dark.
"""

import contextlib
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

PASSWORD = "correct horse battery"
WIDE, PHONE = {"width": 1180, "height": 780}, {"width": 390, "height": 780}


def main() -> None:
    """Start the demo, and take the pictures."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        demo = subprocess.Popen(
            [sys.executable, "-m", "responder", "demo", "--folder", place], stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        try:
            assert demo.stdout
            link = next(found[0] for line in demo.stdout if (found := re.search(r"http://\S+/invitation/\S+", line)))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                page = browser.new_context(viewport=WIDE).new_page()
                _sign_in(page, link, folder)
                _take(page, folder)
                phone = browser.new_context(viewport=PHONE, color_scheme="dark", storage_state=page.context.storage_state()).new_page()
                phone.goto(page.url.partition("/statistics")[0])
                phone.click("[data-row] a >> nth=1")
                phone.screenshot(path=folder / "phone.png")
                browser.close()
        finally:
            demo.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                demo.communicate(timeout=20)


def _sign_in(page: Page, link: str, folder: Path) -> None:
    page.goto(re.sub(r"(://[^/]+).*", r"\1/login", link))
    page.screenshot(path=folder / "login.png")
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-row]")


def _take(page: Page, folder: Path) -> None:
    page.screenshot(path=folder / "queue.png")
    page.click("text=Aoife Brennan")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=folder / "case.png", full_page=True)
    home = re.sub(r"(://[^/]+).*", r"\1", page.url)
    page.goto(home)
    cases = page.eval_on_selector_all("[data-row] a", "links => links.map(link => link.href)")
    for number, case in enumerate(cases):
        page.goto(case)
        if number % 6 == 5:
            page.fill("#text", "Hello,\n\nwe are looking into it and write again tomorrow.\n\nLanterna customer service")
        if number < 15 and page.input_value("#text"):
            page.click("button.main")
            page.wait_for_load_state()
    for name in ("people", "audit", "me", "statistics"):
        page.goto(f"{home}/{name}")
        page.screenshot(path=folder / f"{name}.png", full_page=name == "statistics")


if __name__ == "__main__":
    main()
