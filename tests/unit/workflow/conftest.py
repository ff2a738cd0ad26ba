"""Houses for the tests of the use cases."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from responder.adapters.store.engine import open_database
from tests.unit.workflow.house import House, MakeHouse


@pytest.fixture
def make_house(tmp_path: Path) -> Iterator[MakeHouse]:
    with ExitStack() as stack:

        def make(**options: Any) -> House:
            engine = open_database(tmp_path / "books.sqlite3")
            stack.callback(engine.dispose)
            return House(engine, **options)

        yield make


@pytest.fixture
def house(make_house: MakeHouse) -> House:
    return make_house()
