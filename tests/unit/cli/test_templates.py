"""All replies on one page: every rule with a reply, in every language, and none that cannot be written."""

from pathlib import Path

from click.testing import CliRunner

from responder.cli.main import cli


def test_every_reply_is_on_the_page(tmp_path: Path) -> None:
    page = tmp_path / "replies.html"
    result = CliRunner().invoke(cli, ["templates", "preview", "--config", "nowhere.toml", "--into", str(page)], catch_exceptions=False)
    assert result.exit_code == 0
    told = page.read_text(encoding="utf-8")
    rules = int(result.output.split()[0])
    assert told.count("<article") == rules * 11
    assert "✗" not in told
    assert "Wir haben die Lieferadresse Ihrer Bestellung LC-1042 geändert" in told
    assert "http" not in told.replace("https://track.example", "").replace("https://shop.example", "")


def test_a_reply_that_cannot_be_written_is_marked(tmp_path: Path) -> None:
    from datetime import date

    from responder.composing.compose import Composer
    from responder.composing.preview import Shown, preview_page
    from responder.composing.values import Shop

    composer = Composer({"en": {"_frame": "{{ body }}", "broken": "{{ nothing_like_it }}"}})
    page = preview_page([Shown("r", "about <b>", "broken", "shipped", False)], composer, ["en"], Shop("A & B"), date(2026, 3, 1))
    assert "✗" in page
    assert "about &lt;b&gt;" in page
    assert "A &amp; B" in page
