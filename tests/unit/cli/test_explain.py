"""`responder explain` keeps the shape that other programs rely on."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from responder.cli.main import cli

MAIL = """\
Message-ID: <1@example.org>
From: Anna Kern <anna@example.org>
To: service@shop.example
Subject: Bestellung stornieren
Date: Tue, 10 Mar 2026 10:00:00 +0100
Content-Type: text/plain; charset=utf-8

Bitte stornieren Sie meine Bestellung 1042.
"""
ORDERS = "number,email,ordered_at,ship_by,total,currency\n1042,anna@example.org,2026-03-08,2026-03-12,25.00,EUR\n"


def explained(*arguments: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(cli, ["explain", *arguments, "--json"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mails").mkdir()
    (tmp_path / "mails" / "a.eml").write_text(MAIL, encoding="utf-8")
    (tmp_path / "mails" / "b.eml").write_bytes(b"")
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    box = "From anna Tue Mar 10 10:00:00 2026\n" + MAIL + "\nFrom anna Tue Mar 10 10:00:00 2026\n" + MAIL.replace("<1@", "<2@")
    (tmp_path / "box.mbox").write_text(box, encoding="utf-8")
    return tmp_path


def test_the_shape_of_an_explained_mail(folder: Path) -> None:
    (told,) = explained(
        str(folder / "mails" / "a.eml"), "--orders", str(folder / "orders.csv"), "--at", "2026-03-10T12:00Z", "--trust-senders"
    )
    assert list(told) == ["file", "mail", "understanding", "facts", "decision", "reply"]
    assert list(told["mail"]) == [
        "message_id", "from", "to", "subject", "date", "new_text", "quoted_text", "attachments", "machine_signs", "unreadable",
    ]  # fmt: skip
    assert (told["mail"]["from"], told["mail"]["unreadable"]) == ("anna@example.org", None)
    assert set(told["understanding"]) == {"language", "requests", "phrases", "nearest", "details"}
    assert set(told["understanding"]["details"]) == {"order_numbers", "tracking_numbers", "address", "reason"}
    assert told["understanding"]["requests"][0]["label"] == "cancel_order"
    assert told["facts"] == {
        "request": "cancel_order", "awaiting": "nothing", "order": "not_shipped", "value": "low", "late": "no", "sender": "is_the_customer",
    }  # fmt: skip
    assert (told["decision"]["action"], told["decision"]["rule"]) == ("ask_human", "cancel-before-shipping")
    assert told["decision"]["order_action"] == "cancel_order"
    assert set(told["reply"]) == {"template", "language", "to", "subject", "text"}
    assert (told["reply"]["template"], told["reply"]["language"]) == ("cancel_done", "de")


def test_folders_and_boxes_come_in_order_and_nothing_is_left_out(folder: Path) -> None:
    told = explained(str(folder / "box.mbox"), str(folder / "mails"))
    assert [each["file"].rpartition("/")[2] for each in told] == ["box.mbox#1", "box.mbox#2", "a.eml", "b.eml"]
    assert [each["mail"]["message_id"] for each in told] == ["<1@example.org>", "<2@example.org>", "<1@example.org>", ""]
    assert told[3]["mail"]["unreadable"]
    assert told[3]["decision"]["action"] == "ask_human"


def test_unverified_senders_are_not_the_customer(folder: Path) -> None:
    (told,) = explained(str(folder / "mails" / "a.eml"), "--orders", str(folder / "orders.csv"), "--at", "2026-03-10T12:00Z")
    assert told["facts"]["sender"] == "not_verified"


def test_people_get_words(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["explain", str(folder / "mails" / "a.eml"), "--orders", str(folder / "orders.csv")])
    assert "asks for cancel_order" in result.output
    assert "ask human, by rule cancel-before-shipping" in result.output


def test_a_wrong_order_book_is_told(folder: Path) -> None:
    (folder / "orders.csv").write_text("number,colour\n1,red\n", encoding="utf-8")
    result = CliRunner().invoke(cli, ["explain", str(folder / "mails" / "a.eml"), "--orders", str(folder / "orders.csv")])
    assert result.exit_code == 1
    assert "'colour' is not known" in result.output
