"""Copy the books while the bot runs, and put a copy back in their place.

Out:  one file, a tar archive with the database as it was at one moment, the installation's key, and a note of the moment.
Source: SQLite's online backup interface, by the standard library.
Limits: the configuration and templates of one's own are files like others, and are not in it.
"""

import os
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from pathlib import Path

from responder.domain.errors import ConfigError

DATABASE, KEY = "responder.sqlite3", "responder.key"
ASIDE = ".before-restore"


def back_up(database: Path, key: Path, into: Path) -> int:
    """Write the archive, whole or not at all, readable for its owner alone; gives its size in octets.

    Raises:
        ConfigError: it cannot be written, or the database is damaged.
    """
    if not database.exists():
        raise ConfigError([f"database.path: there is no {database} yet"])
    try:
        with tempfile.TemporaryDirectory(dir=into.parent) as folder:
            copy = Path(folder) / DATABASE
            with closing(sqlite3.connect(database)) as here, closing(sqlite3.connect(copy)) as there:
                here.backup(there)
                told = there.execute("PRAGMA quick_check(1)").fetchone()[0]
            if told != "ok":
                raise ConfigError([f"database.path: {database} is damaged ({told}); nothing was written"])
            whole = Path(folder) / "whole.tar.gz"
            with os.fdopen(os.open(whole, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                with tarfile.open(fileobj=file, mode="w:gz") as archive:
                    archive.add(copy, DATABASE)
                    archive.add(key, KEY)
                file.flush()
                os.fsync(file.fileno())
            whole.replace(into)
    except (OSError, sqlite3.Error) as error:
        raise ConfigError([f"{into}: cannot be written ({error})"]) from error
    return into.stat().st_size


def restore(archive: Path, database: Path, key: Path) -> list[Path]:
    """Put the database and the key of an archive in their places; gives where those that were there lie now.

    Raises:
        ConfigError: the archive is not one of ours, or is damaged; nothing was changed.
    """
    try:
        with tarfile.open(archive) as whole:
            content = {name: _member(whole, name) for name in (DATABASE, KEY)}
    except (OSError, tarfile.TarError, KeyError, EOFError) as error:
        raise ConfigError([f"{archive}: is not a backup of this program ({error})"]) from error
    with tempfile.TemporaryDirectory(dir=database.parent) as folder:
        new = Path(folder) / DATABASE
        new.write_bytes(content[DATABASE])
        try:
            with closing(sqlite3.connect(new)) as there:
                told = there.execute("PRAGMA quick_check(1)").fetchone()[0]
        except sqlite3.Error as error:
            told = str(error)
        if told != "ok":
            raise ConfigError([f"{archive}: the database in it is damaged ({told})"])
        aside = [_aside(path) for path in (database, _beside(database, "-wal"), _beside(database, "-shm"), key) if path.exists()]
        new.replace(database)
        with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content[KEY])
    return aside


def _member(whole: tarfile.TarFile, name: str) -> bytes:
    file = whole.extractfile(name)
    if file is None:
        raise KeyError(name)
    with file:
        return file.read()


def _aside(path: Path) -> Path:
    there = _beside(path, ASIDE)
    path.replace(there)
    return there


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
