"""What the contracts of the store need."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from responder.adapters.store.engine import open_database


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_database(tmp_path / "books.sqlite3")
    yield engine
    engine.dispose()
