"""Canaries: the secrets of a shop stand nowhere but where the operator has put them."""

import base64
import signal
from pathlib import Path

from tests.acceptance.conftest import MakeShop
from tests.acceptance.shop import DESK_SECRET, SMTP_PASSWORD, AcceptanceShop
from tests.acceptance.test_running import wait_until
from tests.rig.dovecot import PASSWORD

KEPT = ("password", "smtp-password", "desk-secret")
WRONG = "canary-wrong-4e71"


def disguises(secret: str, user: str) -> list[bytes]:
    """Give a secret as it is, and as SASL carries it (RFC 4616), so that a transcript would not hide it."""
    plain = secret.encode()
    return [plain, base64.b64encode(plain).rstrip(b"="), base64.b64encode(b"\0" + user.encode() + b"\0" + plain).rstrip(b"=")]


def command_lines() -> bytes:
    """Give the command lines of all processes, as `ps` shows them to everybody."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes())
        except OSError:
            continue
    return b"\n".join(found)


def lead_through_all(shop: AcceptanceShop) -> list[str]:
    """Use the shop well and badly, with every command that touches a secret; gives all that was said."""
    said = [shop.run("run", "--once")[1]]
    shop.arrive(Path(__file__).parent / "t03_auto" / "inbox")
    said += [
        shop.run("run", "--once")[1],
        shop.run("check")[1],
        shop.run("report")[1],
        shop.run("balance")[1],
        shop.run("audit", "export")[1],
    ]
    said.append(shop.run("backup", str(shop.folder / "backup.tar.gz"))[1])
    for name in KEPT:
        right = (shop.folder / name).read_text(encoding="utf-8")
        (shop.folder / name).write_text(WRONG, encoding="utf-8")
        said += [shop.run("run", "--once")[1], shop.run("check")[1]]
        (shop.folder / name).write_text(right, encoding="utf-8")
    return said


def test_no_secret_stands_in_what_is_said_kept_or_sent(make_shop: MakeShop) -> None:
    shop = make_shop("t03_auto")
    said = lead_through_all(shop)
    assert any("AUTHENTICATIONFAILED" in each or "refused" in each for each in said), "the wrong password was not even tried"
    process = shop.start("run")
    # The process that reads mail stands in the list, too; it is started when there is some.
    shop.dovecot.append(shop.user, b"From: a@example.org\r\nMessage-ID: <last@example.org>\r\n\r\nHello\r\n")
    wait_until(lambda: any(path.read_text(encoding="ascii") for path in Path(f"/proc/{process.pid}/task").glob("*/children")))
    places = {"the process list": command_lines()}
    process.send_signal(signal.SIGTERM)
    places["what `run` said"] = process.communicate(timeout=60)[0].encode()
    places |= {f"what command {number} said": each.encode() for number, each in enumerate(said)}
    places |= {f"mail {number}": taken.content for number, taken in enumerate(shop.sink.taken)}
    places |= {path.name: path.read_bytes() for path in shop.folder.rglob("*") if path.is_file() and path.name not in KEPT}
    assert "backup.tar.gz" in places and shop.sink.taken
    for secret, user in ((PASSWORD, shop.user), (SMTP_PASSWORD, "service"), (DESK_SECRET, ""), (WRONG, "service"), (WRONG, shop.user)):
        for disguise in disguises(secret, user):
            assert [place for place, content in places.items() if disguise in content] == []
