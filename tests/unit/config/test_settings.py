"""A wrong configuration is told in full, with place and mend, and never with a secret."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from responder.config.load import load_settings
from responder.config.secrets import read_secret
from responder.config.settings import (
    ActionSettings,
    ActionsSettings,
    AnswerSettings,
    DatabaseSettings,
    DeliverySettings,
    DeskSettings,
    ImapSettings,
    MailboxSettings,
    ModelSettings,
    OrderSettings,
    RelaySettings,
    SendingSettings,
    Settings,
    ShopSettings,
    SmtpSettings,
    TemplateSettings,
    WebSettings,
)
from responder.domain.errors import ConfigError

EXAMPLE = Path(__file__).parents[3] / "config.example.toml"
SMALL = """
[shop]
name = "Lumio"
[[mailbox]]
name = "service"
address = "Service@Example.com"
[mailbox.imap]
host = "imap.example.com"
username = "service"
password_file = "pw"
[mailbox.smtp]
host = "smtp.example.com"
username = "service"
password_env = "SMTP_PASSWORD"
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_settings(written(folder, text))
    return caught.value.problems


def test_a_small_file_is_enough(tmp_path: Path) -> None:
    settings = load_settings(written(tmp_path, SMALL))
    mailbox = settings.mailbox[0]
    assert mailbox.address == "service@example.com"
    assert mailbox.imap.port == 993
    assert mailbox.imap.password_file == tmp_path / "pw"
    assert settings.answers.mode == "review"
    assert settings.database.path == tmp_path / "responder.sqlite3"


def test_every_mistake_is_told_at_once_with_its_place(tmp_path: Path) -> None:
    text = SMALL.replace('name = "Lumio"', 'nam = "Lumio"').replace('username = "service"\npassword_file', "port = 99999\npassword_file")
    told = "\n".join(problems(tmp_path, text + '[answers]\nmode = "yolo"\n'))
    for expected in (
        "shop.name: is missing",
        "shop.nam: is not known; did you mean name?",
        "mailbox[1] (service).imap.port",
        "imap.username",
        "answers.mode",
    ):
        assert expected in told


def test_a_password_in_the_file_is_refused_and_never_repeated(tmp_path: Path) -> None:
    told = "\n".join(problems(tmp_path, SMALL.replace('password_file = "pw"', 'password = "hunter2"')))
    assert "passwords do not stand in this file" in told
    assert "hunter2" not in told


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('password_file = "pw"', "", "exactly one of password_file"),
        ('password_file = "pw"', 'password_file = "pw"\npassword_env = "X"', "exactly one of password_file"),
        ('host = "imap.example.com"', 'host = "imap.example.com"\nsecurity = "plain"', "in the clear"),
        ('address = "Service@Example.com"', 'address = "service"', "is not a mail address"),
        ('name = "Lumio"', 'name = "Lumio"\ntime_zone = "Mars/Base"', "is not a time zone"),
    ],
)
def test_what_cannot_be_meant_is_refused(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert any(told in problem for problem in problems(tmp_path, SMALL.replace(before, after)))


def test_mailboxes_need_names_of_their_own(tmp_path: Path) -> None:
    second = SMALL[SMALL.index("[[mailbox]]") :]
    assert any("two mailboxes are called service" in problem for problem in problems(tmp_path, SMALL + second))


def test_an_action_interface_must_be_encrypted_unless_it_is_here(tmp_path: Path) -> None:
    desk = '[actions.desk]\nby = "webhook"\nurl = "http://shop.example.com/x"\npassword_env = "X"\n'
    assert any("https://" in problem for problem in problems(tmp_path, SMALL + desk))
    load_settings(written(tmp_path, SMALL + desk.replace("shop.example.com", "127.0.0.1:8000")))


def test_only_a_shop_that_can_act_may_act(tmp_path: Path) -> None:
    assert any("orders.shopify" in problem for problem in problems(tmp_path, SMALL + '[actions.desk]\nby = "shop"\n'))
    shopify = '[orders.shopify]\nurl = "https://x.myshopify.com"\npassword_env = "X"\n'
    load_settings(written(tmp_path, SMALL + '[actions.desk]\nby = "shop"\n' + shopify))


def test_an_interface_without_its_url_is_told(tmp_path: Path) -> None:
    assert any("belong together" in problem for problem in problems(tmp_path, SMALL + '[actions.desk]\nby = "webhook"\n'))


def test_a_missing_or_broken_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="responder init"):
        load_settings(tmp_path / "none.toml")
    assert "not valid TOML" in problems(tmp_path, "[shop\n")[0]


def test_secrets_come_from_files_variables_and_credentials(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pw").write_text("secret one\n", encoding="utf-8")
    monkeypatch.setenv("PW", "secret two")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert read_secret("p", file=tmp_path / "pw", env=None, credential=None) == "secret one"
    assert read_secret("p", file=None, env="PW", credential=None) == "secret two"
    assert read_secret("p", file=None, env=None, credential="pw") == "secret one"


def test_a_secret_that_is_not_there_is_told_with_a_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PW", raising=False)
    (tmp_path / "empty").touch()
    for place in ({"file": tmp_path / "none"}, {"file": tmp_path / "empty"}, {"env": "PW"}):
        with pytest.raises(ConfigError, match=r"imap\.password"):
            read_secret("imap.password", **{"file": None, "env": None, "credential": None, **place})  # type: ignore[arg-type]


# Where each table of the example stands, and what describes it.
TABLES: dict[tuple[str, ...], type[BaseModel]] = {
    ("shop",): ShopSettings,
    ("mailbox",): MailboxSettings,
    ("mailbox", "imap"): ImapSettings,
    ("mailbox", "smtp"): SmtpSettings,
    ("database",): DatabaseSettings,
    ("templates",): TemplateSettings,
    ("model",): ModelSettings,
    ("orders",): OrderSettings,
    ("answers",): AnswerSettings,
    ("sending",): SendingSettings,
    ("web",): WebSettings,
    ("actions",): ActionsSettings,
    ("actions", "cancel_order"): ActionSettings,
    ("actions", "desk"): DeskSettings,
}
# Shown as comments: `relay` has a test of its own.
NO_DEFAULT_SHOWN = {"relay", "name", "address", "host", "username", "password_file", "sql", "http", "shopify", "woocommerce", "oidc"}


def test_the_example_is_a_valid_configuration() -> None:
    assert load_settings(EXAMPLE).shop.name == "My shop"


@pytest.mark.parametrize("place", TABLES, ids=".".join)
def test_the_example_shows_every_setting_with_its_default(place: tuple[str, ...]) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    table: Any = tomllib.loads(text)
    for step in place:
        table = table[step] if not isinstance(table, list) else table[0][step]
    shown = table[0] if isinstance(table, list) else table
    for name, field in TABLES[place].model_fields.items():
        if name in NO_DEFAULT_SHOWN:
            assert name in text
        elif field.default is None:
            assert f"# {name} = " in text, name
        elif not isinstance(field.default, BaseModel) and not field.is_required():
            default = field.default
            expected = list(default) if isinstance(default, tuple) else str(default) if isinstance(default, Path) else default
            assert shown[name] == expected, name


def test_the_example_shows_a_relay_with_every_setting_and_its_default() -> None:
    shown = EXAMPLE.read_text(encoding="utf-8").split("# [[mailbox.relay]]\n")[1].split("\n\n")[0]
    relay = tomllib.loads("\n".join(line[2:] for line in shown.splitlines() if re.match(r"# \w+ = ", line)))
    settings = RelaySettings(**relay)
    assert set(relay) == set(RelaySettings.model_fields)
    assert settings == RelaySettings(name=settings.name, senders=settings.senders)


@pytest.mark.parametrize("kind", ["sql", "http", "shopify", "woocommerce"])
def test_the_example_shows_every_kind_of_order_book_with_every_setting_and_its_default(kind: str) -> None:
    shown = EXAMPLE.read_text(encoding="utf-8").split(f"# [orders.{kind}]\n")[1].split("\n\n")[0]
    lines = [line[2:] for line in shown.splitlines() if re.match(r"# \w+ = ", line)]
    table = tomllib.loads("\n".join(lines))
    secrets = {name: table.pop(name) for name in ("password_env", "password_credential") if name in table}
    book = getattr(OrderSettings.model_validate({kind: table}), kind)
    assert set(type(book).model_fields) - {"password_env", "password_credential"} == set(table)
    assert set(secrets) in (set(), {"password_env", "password_credential"})
    assert book.timeout_seconds == 10


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"csv": "a.csv", "shopify": {"url": "https://x.example", "password_env": "T"}}, "has one order book"),
        ({"shopify": {"url": "http://x.example", "password_env": "T"}}, "https://"),
        ({"shopify": {"url": "https://x.example"}}, "needs exactly one of password_file"),
        ({"woocommerce": {"url": "https://x.example", "key": "ck_1"}}, "needs exactly one of password_file"),
        ({"sql": {"url": "sqlite:///x", "query": "SELECT 1"}}, "query must use :numbers and :email"),
    ],
)
def test_an_order_book_that_cannot_be_is_told(table: dict[str, Any], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        OrderSettings.model_validate(table)


def test_the_example_shows_how_delivery_is_told() -> None:
    shown = EXAMPLE.read_text(encoding="utf-8").split("# [[delivery]]\n")[1].split("\n\n")[0]
    delivery = DeliverySettings(**tomllib.loads("\n".join(line[2:] for line in shown.splitlines() if re.match(r"# \w+ = ", line))))
    assert set(DeliverySettings.model_fields) == delivery.model_fields_set
    assert (delivery.countries, delivery.days, delivery.cost, delivery.free_from) == (("DE", "AT"), (2, 4), Decimal("4.9"), Decimal(50))


@pytest.mark.parametrize("wrong", [{"countries": ["Germany"]}, {"days": [3]}, {"cost": -1}, {"duties": "maybe"}, {"currency": "€"}])
def test_terms_of_delivery_that_cannot_be_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        DeliverySettings(**{"countries": ["DE"], "days": [2, 4], **wrong})


@pytest.mark.parametrize("sender", ["forms", "@localhost", "@", "a@b@c.example"])
def test_a_relays_sender_is_an_address_or_a_domain(sender: str) -> None:
    with pytest.raises(ValidationError, match="is neither a mail address nor a domain"):
        RelaySettings(name="form", senders=(sender,))


def test_a_relays_domain_may_be_written_with_a_star() -> None:
    assert RelaySettings(name="form", senders=("*@Example.com", "Forms@example.org")).senders == ("@example.com", "forms@example.org")


@pytest.mark.parametrize(("pattern", "why"), [("LX-(", "is not a regular expression"), (r"\d*", "matches the empty text")])
def test_a_pattern_that_cannot_work_is_told(pattern: str, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        OrderSettings(number_patterns=(pattern,))


def test_no_table_is_left_out_above() -> None:
    tables = {place[0] for place in TABLES}
    assert set(Settings.model_fields) - {"delivery"} == tables
    assert set(ActionsSettings.model_fields) - {"desk"} == {"cancel_order", "change_address", "resend", "refund_on_return", "start_trace"}
