"""The table of conformance names tests that are there."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| \d+ \|", line)
]


@cache
def _tests_in(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_the_rows_are_numbered_from_one_to_forty_five() -> None:
    assert [int(row[0]) for row in ROWS] == list(range(1, 46))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_has_a_standard_a_sentence_and_tests(row: list[str]) -> None:
    _, standard, sentence, tests = row
    assert standard
    assert sentence.endswith(".")
    names = re.findall(r"`([^`]+)`", tests)
    assert names
    for name in names:
        path, _, test = name.partition("::")
        assert test in _tests_in(ROOT / path), name
