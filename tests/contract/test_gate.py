"""The way out is shut by a file, by a full disk, and told once."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from responder.adapters import gate as module
from responder.adapters.gate import Gate

NOW = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_a_stop_says_who_when_and_why_and_ends(tmp_path: Path) -> None:
    gate = Gate(tmp_path / "books.stop")
    assert gate.shut() == ""
    gate.stop("eve", "the prices were wrong", NOW)
    assert Gate(tmp_path / "books.stop").shut() == "stopped by eve at 2026-03-10 12:00 UTC: the prices were wrong"
    assert gate.resume()
    assert gate.shut() == ""
    assert not gate.resume()


@pytest.mark.parametrize("content", ["", "stop!", "[]", '{"by": "eve"}'])
def test_any_file_of_that_name_stops(tmp_path: Path, content: str) -> None:
    (tmp_path / "books.stop").write_text(content, encoding="utf-8")
    assert "books.stop" in Gate(tmp_path / "books.stop").shut()


def test_a_disk_that_is_nearly_full_shuts_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FREE_BYTES", 10**18)
    assert "MB are free" in Gate(tmp_path / "books.stop").shut()


def test_a_change_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    gate = Gate(tmp_path / "books.stop")
    with caplog.at_level(logging.WARNING):
        gate.stop("eve", "", NOW)
        gate.shut()
        gate.shut()
        gate.resume()
        gate.shut()
    assert [record.message for record in caplog.records] == [
        "nothing leaves: stopped by eve at 2026-03-10 12:00 UTC",
        "replies may leave again",
    ]
