"""The program as a service: it goes on until it is told to stop, and one at a time."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path

import pytest

from tests.acceptance.conftest import MakeShop
from tests.acceptance.shop import AcceptanceShop

HERE = Path(__file__).parent


def wait_until(true: Callable[[], bool], seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it did not come true in time")


@pytest.fixture
def shop(make_shop: MakeShop) -> AcceptanceShop:
    shop = make_shop("t03_auto")
    assert shop.run("run", "--once")[0] == 0
    return shop


def test_it_goes_on_until_sigterm_then_ends_well(shop: AcceptanceShop) -> None:
    process = shop.start("run")
    shop.dovecot.append(shop.user, (HERE / "t03_auto/inbox/01-storno.eml").read_bytes())
    wait_until(lambda: len(shop.sink.taken) == 1)
    shop.dovecot.append(shop.user, (HERE / "t03_auto/inbox/02-wo-ist.eml").read_bytes())
    wait_until(lambda: len(shop.sink.taken) == 2)
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0, said
    assert "stopped" in said
    assert "Traceback" not in said


def test_a_second_one_on_the_same_database_is_refused(shop: AcceptanceShop) -> None:
    process = shop.start("run")
    try:
        assert process.stdout
        while "answering" not in process.stdout.readline():
            pass
        code, said = shop.run("run", "--once")
        assert code == 1
        assert "another `responder run` uses this database" in said
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def test_what_waits_is_reviewed_from_a_terminal(make_shop: MakeShop) -> None:
    shop = make_shop("t02_review_by_default")
    shop.run("run", "--once")
    shop.arrive(HERE / "t02_review_by_default/inbox")
    shop.run("run", "--once")
    assert "2 waiting" in shop.run("review", "list")[1]
    code, said = shop.run("review", "show", "1")
    assert code == 0
    assert "bitte stornieren Sie meine Bestellung LC-1001" in said
    assert "asks you to cancel order LC-1001 in the shop" in said
    code, said = shop.run("review", "approve", "1")
    assert code == 1
    assert "First cancel order LC-1001 in the shop" in said
    assert shop.sink.taken == []
    code, said = shop.run("review", "approve", "1", "--done")
    assert (code, said) == (0, "Sent 1.\n")
    code, said = shop.run("review", "approve", "1", "--done")
    assert code == 1
    assert "does not wait any more" in said
    text = shop.folder / "own.txt"
    text.write_text("Liebe Anna, es kommt morgen.\n", encoding="utf-8")
    assert shop.run("review", "rewrite", "2", "--file", str(text))[0] == 0
    automatic = [message_from_bytes(taken.content)["Auto-Submitted"] for taken in shop.sink.taken]
    assert automatic == ["auto-replied", None]
    assert shop.run("review", "list")[1] == "Nothing waits.\n"


def test_when_a_server_is_away_it_says_so_once_and_goes_on(shop: AcceptanceShop) -> None:
    text = shop.config.read_text(encoding="utf-8")
    shop.config.write_text(text.replace(f"port = {shop.dovecot.imaps_port}", "port = 1"), encoding="utf-8")
    process = shop.start("run")
    assert process.stdout
    while "cannot be used now" not in (first := process.stdout.readline()):
        assert first, "it ended"
    time.sleep(4)  # four more looks
    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "cannot be used now" not in said, said


def test_a_wrong_configuration_starts_nothing(shop: AcceptanceShop) -> None:
    shop.config.write_text('[shop]\nnam = "x"\n[[mailbox]]\nname = "a"\n', encoding="utf-8")
    code, said = shop.run("run")
    assert code == 1
    assert "shop.name: is missing" in said
    assert "did you mean name?" in said
    assert "mailbox[1] (a).address: is missing" in said


def test_checking_tells_what_works_and_how_to_mend_what_does_not(shop: AcceptanceShop) -> None:
    code, said = shop.run("check")
    assert code == 0, said
    assert "All is well." in said
    assert "open no file" in said
    (shop.folder / "password").write_text("wrong", encoding="utf-8")
    (shop.folder / "orders.csv").write_text("number,colour\n1,red\n", encoding="utf-8")
    code, said = shop.run("check")
    assert code == 1
    assert "the login was refused; check user name and password" in said
    assert "the column 'email' is missing" in said
    assert "the column 'colour' is not known" in said
    assert "wrong\n" not in said.replace("WRONG", "")


def test_checking_proposes_the_server_name_to_trust(shop: AcceptanceShop) -> None:
    shop.arrive(HERE / "t03_auto/inbox")
    assert "5 of the last 7 mails bear a verdict of mx.lumio.example" in shop.run("check")[1]
    text = shop.config.read_text(encoding="utf-8")
    shop.config.write_text(text.replace('authserv_ids = ["mx.lumio.example"]', ""), encoding="utf-8")
    assert 'if that is your mail server: authserv_ids = ["mx.lumio.example"]' in shop.run("check")[1]


def test_the_backlog_waits_for_a_person(make_shop: MakeShop) -> None:
    shop = make_shop("t03_auto")
    shop.arrive(HERE / "t03_auto/backlog")
    code, said = shop.run("run", "--once", "--backlog", "3d")
    assert code == 0, said
    assert [record.state for record in shop.records()] == ["waiting"]
    assert shop.sink.taken == []


def test_the_demo_shows_its_mails_and_ends_by_itself(tmp_path: Path) -> None:
    program = Path(sys.executable).parent / "responder"
    done = subprocess.run([program, "demo", "--once", "--folder", tmp_path / "demo"], capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stderr
    assert "42 mails in" in done.stdout
    assert "we have cancelled your order LC-10421" in " ".join(done.stdout.split())
    assert "answered" in done.stdout
    assert "arrived," not in done.stdout.splitlines()[-1]
