"""A slice of `make torture`, in a process of its own: a little of each campaign, and every build that is broken on purpose."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rig.dovecot import dovecot_program
from tests.torture.__main__ import BROKEN, SLICE, table

CAMPAIGNS = list(table(SLICE))
pytestmark = [
    pytest.mark.skipif(dovecot_program() is None, reason="Dovecot is missing: apt-get install dovecot-imapd"),
    pytest.mark.xdist_group("torture"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def lines() -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-m", "tests.torture", "--slice"]
    said = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=False)
    found = [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]
    assert found, said.stderr[-2000:]
    return {line["campaign"]: line for line in found}


@pytest.mark.parametrize("name", [name for name in CAMPAIGNS if not name.startswith(BROKEN)])
def test_nothing_leaves_twice_is_lost_or_stuck(name: str, lines: dict[str, dict[str, Any]]) -> None:
    assert lines[name]["first"] == []


@pytest.mark.parametrize("name", [name for name in CAMPAIGNS if name.startswith(BROKEN)])
def test_a_build_that_is_broken_on_purpose_is_caught(name: str, lines: dict[str, dict[str, Any]]) -> None:
    assert lines[name]["first"] != []
    assert lines[name]["as_it_must"]
