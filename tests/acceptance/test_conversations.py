"""Conversations over several mails: the whole program against Dovecot, an SMTP server, and a shop that does what it is asked.

Each `[[row]]` of a file in `conversations/` is a row of the playbook, told by a customer in each of the languages; every customer has
an order of his own, and all go on side by side, a turn at a time.
"""

import json
import tomllib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from responder.demo.shop import DONE, write_order_book
from tests.acceptance.conftest import MakeShop
from tests.acceptance.shop import AcceptanceShop
from tests.rig.letters import text_of

FOLDER = Path(__file__).parent / "conversations"
LANGUAGES = ("de", "en", "fr")
FILES = sorted(path for path in FOLDER.glob("*.toml") if path.name != "config.toml")
COLUMNS = (FOLDER / "orders.csv").read_text(encoding="utf-8").strip().split(",")
# What an order looks like in each state: dates around today.
STATES = {
    "not_shipped": {"ordered_at": "-2d", "ship_by": "2d", "deliver_by": "6d"},
    "shipped": {"ordered_at": "-6d", "shipped_at": "-3d", "deliver_by": "4d", "carrier": "DHL", "tracking_number": "RB123456785CN"},
    "on_its_way": {
        "ordered_at": "-6d",
        "shipped_at": "-3d",
        "carrier": "DHL",
        "tracking_number": "RB123456785CN",
        "last_event": "Customs cleared",
        "last_event_at": "-1d",
    },
    "long_late": {"ordered_at": "-60d", "shipped_at": "-50d", "deliver_by": "-20d"},
    "long_delivered": {"ordered_at": "-90d", "shipped_at": "-80d", "delivered_at": "-70d"},
    "returned": {"ordered_at": "-40d", "shipped_at": "-35d", "delivered_at": "-30d", "refunded_at": "-2d"},
    "late": {"ordered_at": "-20d", "shipped_at": "-15d", "deliver_by": "-3d", "carrier": "DHL", "tracking_number": "RB123456785CN"},
    "delivered": {
        "ordered_at": "-20d",
        "shipped_at": "-15d",
        "delivered_at": "-4d",
        "carrier": "DHL",
        "tracking_number": "RB123456785CN",
        "invoice_url": "https://lumio.example/invoice.pdf",
    },
    "cancelled": {"ordered_at": "-9d", "cancelled_at": "-2d"},
}


@dataclass
class Talk:
    """One conversation as it goes on."""

    number: int
    row: dict[str, Any]
    language: str
    order_state: str
    message_ids: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"customer{self.number}@example.org"

    @property
    def order(self) -> str:
        return f"LC-{2000 + self.number}"

    def mail(self, turn: int) -> bytes:
        """Write the customer's mail of a turn; from the second on it answers the shop's last one."""
        said = self.row["turn"][turn][self.language]
        message = EmailMessage()
        message["Authentication-Results"] = "mx.lumio.example; dmarc=pass header.from=example.org"
        message["Message-ID"] = f"<{self.number}.{turn}@example.org>"
        message["From"] = f"Anna Kern <{self.address}>"
        message["To"] = "service@lumio.example"
        message["Date"] = datetime.now(UTC)  # noqa: TID251  the program's own clock
        if self.message_ids:
            message["In-Reply-To"] = self.message_ids[-1]
            message["References"] = " ".join(self.message_ids)
        message["Subject"] = f"{'Re: ' if turn else ''}{self.row['subject'][self.language]} ({self.number}.{turn})"
        message.set_content(said.replace("@order@", self.order))
        if self.row["turn"][turn].get("photo"):
            message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="IMG_0042.png")
        return message.as_bytes()


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_conversations(file: Path, make_shop: MakeShop, tmp_path: Path) -> None:
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["row"]
    talks = [
        Talk(number, row, language, row.get("order", ""))
        for number, (row, language) in enumerate((row, language) for row in rows for language in LANGUAGES)
    ]
    _write_orders(tmp_path, talks)
    shop = make_shop("conversations")
    assert shop.run("run", "--once")[0] == 0
    wrong: list[str] = []
    for turn in range(max(len(row["turn"]) for row in rows)):
        going_on = [talk for talk in talks if len(talk.row["turn"]) > turn]
        for talk in going_on:
            talk.order_state = talk.row["turn"][turn].get("meanwhile", talk.order_state)
        _write_orders(tmp_path, talks)
        write_order_book(shop.folder / "orders.csv", datetime.now(UTC).date(), tmp_path / "source.csv")  # noqa: TID251
        for talk in going_on:
            shop.dovecot.append(shop.user, talk.mail(turn))
        code, said = shop.run("run", "--once")
        assert code == 0, said
        for talk in going_on:
            wrong += _look(shop, talk, turn)
    assert not wrong, "\n".join(wrong)


def _write_orders(folder: Path, talks: list[Talk]) -> None:
    rows = []
    for talk in talks:
        if not talk.order_state:
            continue
        order = {
            "number": talk.order, "email": talk.row.get("order_of", talk.address), "customer_name": "Anna Kern", "language": talk.language,
            "total": talk.row.get("total", "24.90"), "currency": "EUR", "items": "1 × lamp", **STATES[talk.order_state],
        }  # fmt: skip
        rows.append(",".join(order.get(column, "") for column in COLUMNS))
        if talk.row.get("several"):
            rows.append(",".join({**order, "number": f"{talk.order}-2"}.get(column, "") for column in COLUMNS))
    (folder / "source.csv").write_text("\n".join([",".join(COLUMNS), *rows]) + "\n", encoding="utf-8")


def _look(shop: AcceptanceShop, talk: Talk, turn: int) -> list[str]:
    """Compare what became of a mail with what was wanted; gives what differs."""
    wanted, place = talk.row["turn"][turn], f"{talk.language} {talk.row['subject'][talk.language]!r} turn {turn + 1}"
    record = next(record for record in shop.records() if record.subject.endswith(f"({talk.number}.{turn})"))
    replies = [message_from_bytes(taken.content, policy=default) for taken in shop.sink.taken if taken.recipients == (talk.address,)]
    answered = record.state == "answered"
    text = text_of(replies[-1]) if answered and replies else record.reply_text
    differs = []
    if (record.state, record.rule) != (wanted.get("becomes", "answered"), wanted["rule"]):
        differs.append(f"{place}: {record.state} by {record.rule}, {'; '.join(record.because)}")
    differs += [
        f"{place}: does not say {words!r}: {text}" for words in wanted.get("told", ()) if words.replace("@order@", talk.order) not in text
    ]
    if "done" in wanted:
        path = shop.folder / DONE
        done = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
        mine = [action["action"] for action in done if action["order"] == talk.order]
        if mine != wanted["done"]:
            differs.append(f"{place}: done {mine}, wanted {wanted['done']}")
    if answered and replies:
        talk.message_ids += [f"<{talk.number}.{turn}@example.org>", str(replies[-1]["Message-ID"])]
        if replies[-1]["In-Reply-To"] != f"<{talk.number}.{turn}@example.org>":
            differs.append(f"{place}: the reply does not say what it answers")
    return differs
