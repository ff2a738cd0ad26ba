"""Each numbered folder: the whole program over one shop's inbox."""

import tomllib
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import MakeShop
from tests.acceptance.shop import AcceptanceShop
from tests.rig.letters import text_of

FOLDERS = sorted(path for path in Path(__file__).parent.glob("t[0-9]*_*") if path.is_dir())


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_shop(folder: Path, make_shop: MakeShop) -> None:
    shop = make_shop(folder.name)
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    shop.arrive(folder / "backlog")
    code, said = shop.run("run", "--once")
    assert code == 0, said
    assert shop.records() == []
    arrived = shop.arrive(folder / "inbox")
    for _ in range(2):  # the second look must change nothing
        code, said = shop.run("run", "--once")
        assert code == 0, said
    records = {record.subject: record for record in shop.records()}
    assert len(records) == arrived == len(expected["mail"])
    for wanted in expected["mail"]:
        record = records[wanted["subject"]]
        assert record.state == wanted["state"], (wanted["subject"], record)
        assert record.rule == wanted.get("rule", record.rule), record
        assert any(wanted.get("because", "") in reason for reason in record.because), record
        if "says" in wanted:
            _holds_its_word(shop, wanted, record.sender)
    assert len(shop.sink.taken) == expected["replies"]
    for number, state in expected["orders"].items():
        assert shop.order_state(number) == state, number


def _holds_its_word(shop: AcceptanceShop, wanted: dict[str, Any], recipient: str) -> None:
    replies = [message_from_bytes(taken.content, policy=default) for taken in shop.sink.taken if taken.recipients == (recipient,)]
    (reply,) = (reply for reply in replies if reply["Subject"] == f"Re: {wanted['subject']}")
    text = text_of(reply)
    assert all(words in text for words in wanted["says"]), text
    assert not any(words in text for words in wanted.get("says_not", ())), text
    assert reply["Auto-Submitted"] == "auto-replied"
    assert reply["From"].addresses[0].addr_spec == "service@lumio.example"
