"""`responder playbook` shows the rules, goes through them, and tells what if."""

from pathlib import Path

from click.testing import CliRunner

from responder.cli.main import cli

NOWHERE = ["--config", "nowhere.toml"]


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["playbook", *words])
    return result.exit_code, result.output


def test_the_shipped_playbook_is_checked() -> None:
    code, told = run("check", *NOWHERE)
    assert code == 0
    assert "each falls to a rule, and every rule decides some" in told


def test_own_rules_that_do_not_fit_are_told_and_do_not_start(tmp_path: Path) -> None:
    (tmp_path / "my-rules.toml").write_text(
        '[[rule]]\nid = "shipped-first"\nwhen = { order = "shipped" }\nthen = "ask_human"\ntemplate = "no_such"\n', encoding="utf-8"
    )
    account = 'host = "127.0.0.1"\nusername = "u"\npassword_file = "pw"\n'
    (tmp_path / "config.toml").write_text(
        '[shop]\nname = "Lumio"\n[templates]\nrules = "my-rules.toml"\n[[mailbox]]\nname = "s"\naddress = "s@example.com"\n'
        f"[mailbox.imap]\n{account}[mailbox.smtp]\n{account}",
        encoding="utf-8",
    )
    code, told = run("check", "--config", str(tmp_path / "config.toml"))
    assert code == 1
    assert "rule 'cancel-after-shipping' can never decide: 'shipped-first'" in told
    assert "template en/no_such.txt is missing" in told
    started = CliRunner().invoke(cli, ["run", "--once", "--config", str(tmp_path / "config.toml")])
    assert started.exit_code == 1
    assert "rule 'cancel-after-shipping' can never decide" in started.output


def test_rules_are_shown_by_request() -> None:
    code, told = run("show", "--request", "refuses", *NOWHERE)
    assert code == 0
    assert "refuse_at_door" in told
    assert "cancel_done" not in told


def test_what_if_names_the_rule_and_shows_the_reply() -> None:
    code, told = run("try", "--request", "confirms", "--order", "not_shipped", "--language", "de", *NOWHERE)
    assert code == 0
    assert "address-confirmed: " in told
    assert "first: change_address" in told
    assert "|     10115 Berlin" in told
    assert "not cancel-before-shipping: order is shipped" in run("try", "--request", "cancel_order", "--order", "shipped", *NOWHERE)[1]


def test_an_unknown_request_is_told_with_those_that_there_are() -> None:
    code, told = run("try", "--request", "dance", *NOWHERE)
    assert code == 1
    assert "'dance' is not known; one of account_help, agrees," in told
