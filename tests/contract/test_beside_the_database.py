"""What lies beside the database: a lock that lets one process deliver, and the installation's key."""

from pathlib import Path

import pytest

from responder.adapters.lock import only_one
from responder.adapters.signet import read_key
from responder.domain.errors import ConfigError


def test_only_one_holds_the_lock_and_it_is_free_again_afterwards(tmp_path: Path) -> None:
    path = tmp_path / "books.lock"
    with only_one(path) as first:
        assert first
        with only_one(path) as second:
            assert not second
    with only_one(path) as third:
        assert third


def test_the_key_is_drawn_once_and_kept_from_others(tmp_path: Path) -> None:
    path = tmp_path / "books.key"
    key = read_key(path)
    assert read_key(path) == key
    assert len(key) == 32
    assert path.stat().st_mode & 0o077 == 0
    assert read_key(tmp_path / "other.key") != key


def test_a_damaged_key_is_told(tmp_path: Path) -> None:
    (tmp_path / "books.key").write_bytes(b"short")
    with pytest.raises(ConfigError, match="is damaged"):
        read_key(tmp_path / "books.key")
