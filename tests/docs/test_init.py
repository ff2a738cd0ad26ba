"""`responder init` gives a shop what it needs, and overwrites nothing."""

from pathlib import Path

from click.testing import CliRunner

from responder.cli.main import cli
from responder.config.load import load_settings


def test_init_writes_a_configuration_that_loads_and_the_templates(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["init", str(tmp_path / "shop")])
    assert result.exit_code == 0, result.output
    settings = load_settings(tmp_path / "shop" / "config.toml")
    assert settings.templates.folder == tmp_path / "shop" / "templates"
    assert (tmp_path / "shop" / "templates" / "playbook.toml").is_file()
    assert (tmp_path / "shop" / "config.toml").stat().st_mode & 0o077 == 0


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(cli, ["init", str(tmp_path)])
    assert result.exit_code == 1
    assert "exists already" in result.output
    assert (tmp_path / "config.toml").read_text(encoding="utf-8") == "mine"
