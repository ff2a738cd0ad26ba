"""Open the database: durable commits, one writer at a time, and the tables brought up to date.

Limits: SQLite only for now; a database on a network file system is not safe and not detected.
"""

from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, create_engine, event
from sqlalchemy import Engine as Engine
from sqlalchemy.pool import ConnectionPoolEntry

from responder.domain.errors import ConfigError


def open_database(path: Path) -> Engine:
    """Open the database file, made and migrated where needed.

    Raises:
        ConfigError: the file cannot be used, or was written by a newer version.
    """
    if not path.parent.is_dir():
        raise ConfigError([f"database.path: the folder {path.parent} does not exist; make it, or name another file"])
    engine = create_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    _migrate(engine, path)
    return engine


def check_integrity(engine: Engine, path: Path) -> None:
    """Look through the whole file.

    Raises:
        ConfigError: it is damaged.
    """
    with engine.begin() as connection:
        told = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    if told != "ok":
        raise ConfigError([f"database.path: {path} is damaged ({told}); put the last backup in its place with `responder restore`"])


def _prepare(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
    # Transactions are begun by _begin alone: the driver's own begin comes too late to keep two writers apart.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(engine: Engine, path: Path) -> None:
    config = Config()
    config.set_main_option("script_location", "responder.adapters.store:migrations")
    newest = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
        config.attributes["connection"] = connection
        try:
            command.upgrade(config, "head")
        except CommandError as error:
            raise ConfigError(
                [f"database.path: {path} was written by a newer version of the program; install that version ({error})"]
            ) from error
