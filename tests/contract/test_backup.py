"""A backup is one moment of the books; what was there before a restore is kept, and a restored database is recognised."""

import tarfile
from pathlib import Path

import pytest
from sqlalchemy import Engine

from responder.adapters.backup import back_up, restore
from responder.adapters.mark_file import MarkFile
from responder.adapters.store.engine import check_integrity, open_database
from responder.adapters.store.ledger import SqlLedger
from responder.domain.errors import ConfigError
from tests.contract.store_samples import ANSWER, NOW, one_mail


@pytest.fixture
def place(tmp_path: Path, engine: Engine) -> tuple[Path, Path, Path]:
    """Books with one mail, their key, and where a backup goes."""
    ledger = SqlLedger(engine)
    ledger.settle(one_mail(ledger), ANSWER, NOW)
    key = tmp_path / "books.sqlite3.key"
    key.write_bytes(b"k" * 32)
    return tmp_path / "books.sqlite3", key, tmp_path / "backup.tar.gz"


def test_what_was_backed_up_comes_back(place: tuple[Path, Path, Path], engine: Engine) -> None:
    database, key, archive = place
    assert back_up(database, key, archive) > 0
    assert archive.stat().st_mode & 0o077 == 0
    one_mail(SqlLedger(engine), "key-2")
    engine.dispose()
    key.write_bytes(b"x" * 32)
    aside = restore(archive, database, key)
    again = open_database(database)
    assert len(SqlLedger(again).records()) == 1
    again.dispose()
    assert key.read_bytes() == b"k" * 32
    assert {path.name for path in aside} >= {"books.sqlite3.before-restore", "books.sqlite3.key.before-restore"}


def test_a_backup_that_could_not_be_finished_leaves_the_last_one(place: tuple[Path, Path, Path]) -> None:
    database, key, archive = place
    back_up(database, key, archive)
    before = archive.read_bytes()
    key.unlink()
    with pytest.raises(ConfigError, match="cannot be written"):
        back_up(database, key, archive)
    assert archive.read_bytes() == before
    assert sorted(path.name for path in archive.parent.iterdir() if path.name.startswith("tmp")) == []


@pytest.mark.parametrize("content", [b"", b"not a tar file", b"\x1f\x8b\x08broken"])
def test_what_is_no_backup_changes_nothing(place: tuple[Path, Path, Path], content: bytes) -> None:
    database, key, archive = place
    archive.write_bytes(content)
    before = database.read_bytes()
    with pytest.raises(ConfigError, match="is not a backup"):
        restore(archive, database, key)
    assert database.read_bytes() == before


def test_a_damaged_database_in_a_backup_is_refused(place: tuple[Path, Path, Path], tmp_path: Path) -> None:
    database, key, archive = place
    damaged = tmp_path / "damaged"
    damaged.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    with tarfile.open(archive, "w:gz") as whole:
        whole.add(damaged, "responder.sqlite3")
        whole.add(key, "responder.key")
    with pytest.raises(ConfigError, match="is damaged"):
        restore(archive, database, key)


def test_a_damaged_database_is_recognised_at_the_start(place: tuple[Path, Path, Path], engine: Engine) -> None:
    database, _, _ = place
    check_integrity(engine, database)
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA writable_schema=ON")
        connection.exec_driver_sql("UPDATE sqlite_master SET rootpage=9999 WHERE name='ix_mails_state'")
    engine.dispose()
    with pytest.raises(Exception, match=r"is damaged|malformed"):
        check_integrity(open_database(database), database)


def test_the_mark_is_on_the_disk_and_a_damaged_one_is_told(tmp_path: Path) -> None:
    mark = MarkFile(tmp_path / "books.mark")
    assert mark.read() == 0
    mark.write(7)
    mark.write(12)
    assert MarkFile(tmp_path / "books.mark").read() == 12
    (tmp_path / "books.mark").write_text("twelve")
    with pytest.raises(ConfigError, match="is damaged"):
        MarkFile(tmp_path / "books.mark").read()
