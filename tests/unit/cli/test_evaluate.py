"""`responder evaluate` measures rows of either shape and names rows that it cannot use."""

import json
from pathlib import Path

from click.testing import CliRunner

from responder.cli.main import cli

ROWS = [
    {"text": "Bitte stornieren Sie meine Bestellung 1042", "intent": "cancel_order"},
    {"subject": "Rechnung", "body": "Ich brauche die Rechnung zu meiner Bestellung 1042.", "intent": "invoice_request"},
    {"text": "Wie wird das Wetter morgen?", "intent": "weather"},
]


def test_figures_are_printed_as_json(tmp_path: Path) -> None:
    data = tmp_path / "rows.jsonl"
    data.write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    result = CliRunner().invoke(cli, ["evaluate", str(data), "--json"], catch_exceptions=False)
    told = json.loads(result.stdout)
    assert told["mails"] == 3
    assert told["counted_as_other"] == 1
    assert {"accuracy", "macro_f1", "coverage", "precision_answered", "labels", "confusions", "calibration_error"} <= set(told)
    assert told["labels"]["cancel_order"]["recall"] == 1.0
    assert "macro-F1" in CliRunner().invoke(cli, ["evaluate", str(data)]).output


def test_rows_that_cannot_be_used_are_named(tmp_path: Path) -> None:
    data = tmp_path / "rows.jsonl"
    data.write_text('{"text": "x"}\nnonsense\n', encoding="utf-8")
    result = CliRunner().invoke(cli, ["evaluate", str(data)])
    assert result.exit_code == 1
    assert "rows.jsonl:1: needs" in result.output
    assert "rows.jsonl:2: is not JSON" in result.output
