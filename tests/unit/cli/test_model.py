"""Own mails train a model of one's own, which is chosen, used and given back."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from responder.adapters.models import ModelShelf
from responder.cli.main import cli
from responder.domain.errors import ConfigError

CONFIG = """
[shop]
name = "Lampenladen"
[model]
folder = "models"
[[mailbox]]
name = "service"
address = "service@example.com"
[mailbox.imap]
host = "imap.example.com"
username = "service"
password_file = "pw"
[mailbox.smtp]
host = "smtp.example.com"
username = "service"
password_file = "pw"
"""
CORPUS = {"cancel_order": "cancel stop order", "order_status": "where parcel arrive", "thanks": "thanks great happy"}
OWN = [
    {"subject": "Warranty", "body": f"warranty card number {n} please", "intent": "warranty_claim", "thread": f"w{n}"} for n in range(12)
]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shop")
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    corpus = folder / "corpus" / "en"
    corpus.mkdir(parents=True)
    (corpus.parent / "slots.toml").write_text("[en]\n", encoding="utf-8")
    for label, words in CORPUS.items():
        one, two, three = words.split()
        topics = [f"## t{n}\n{one} {two} my {three} {n}\n%%\n{two} {three} now" for n in range(12)]
        (corpus / f"{label}.txt").write_text("\n\n".join(topics), encoding="utf-8")
    (folder / "own.jsonl").write_text("\n".join(map(json.dumps, OWN)), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def run(shop: Path) -> Callable[..., Result]:
    def call(*words: str) -> Result:
        config = [] if words[0] in ("train", "evaluate") else ["--config", str(shop / "config.toml")]
        return CliRunner().invoke(cli, [*words, *config])

    return call


def test_a_model_with_a_label_of_ones_own_is_trained_chosen_and_given_back(shop: Path, run: Callable[..., Result]) -> None:
    mine = shop / "models" / "mine"
    trained = run("train", str(shop / "corpus"), "--data", str(shop / "own.jsonl"), "--into", str(mine))
    assert trained.exit_code == 0, trained.output
    assert "Labels of your own: warranty_claim" in trained.output
    measured = json.loads(run("evaluate", str(shop / "own.jsonl"), "--model", str(mine), "--json").stdout)
    assert measured["accuracy"] == 1.0
    assert measured["labels"]["warranty_claim"]["mails"] == 12

    shelf = ModelShelf(shop / "models")
    assert shelf.names() == ["shipped", "mine"]
    assert shelf.current().name == "default"
    assert "from its next start on" in run("model", "use", "mine").output
    assert shelf.current() == mine
    listed = run("model", "list").output.splitlines()
    assert [line.split()[0] for line in listed if line.startswith("*")] == ["*"]
    assert next(line for line in listed if line.startswith("*")).split()[1] == "mine"
    assert "Back to 'shipped'" in run("model", "rollback").output
    assert shelf.current().name == "default"
    assert "no other was chosen before" in run("model", "rollback").output


def test_a_model_that_is_not_there_or_damaged_is_not_chosen(shop: Path, run: Callable[..., Result]) -> None:
    (shop / "models" / "broken").mkdir(parents=True, exist_ok=True)
    (shop / "models" / "broken" / "card.json").write_text("{}", encoding="utf-8")
    (shop / "models" / "broken" / "model.npz").write_bytes(b"nothing")
    for name, told in (("other", "there is no model 'other'; there are shipped"), ("broken", "the model cannot be read")):
        result = run("model", "use", name)
        assert result.exit_code == 1
        assert told in result.output
    assert ModelShelf(shop / "models").current().name == "default"
    assert "the model cannot be read" in run("model", "list").output


def test_without_a_folder_no_model_is_chosen() -> None:
    assert ModelShelf(None).names() == ["shipped"]
    with pytest.raises(ConfigError, match="there is no folder to keep models in"):
        ModelShelf(None).use("shipped")


def test_a_folder_that_is_a_model_is_used_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "card.json").write_text("{}", encoding="utf-8")
    assert ModelShelf(tmp_path).current() == tmp_path
    with pytest.raises(ConfigError, match="is a model itself"):
        ModelShelf(tmp_path).use("shipped")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"intent": "Big Words", "text": "hello"}', "row 1: 'Big Words' cannot be a label"),
        ('{"intent": "refund", "text": " "}', "row 1: the mail is empty"),
        ('{"intent": "refund"}', ":1: needs `intent`, and `text`"),
        ("{", ":1: is not JSON"),
    ],
)
def test_own_mails_that_cannot_be_used_are_named(shop: Path, run: Callable[..., Result], line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text(line, encoding="utf-8")
    result = run("train", str(shop / "corpus"), "--data", str(tmp_path / "bad.jsonl"), "--into", str(tmp_path / "m"))
    assert result.exit_code == 1
    assert told in result.output
