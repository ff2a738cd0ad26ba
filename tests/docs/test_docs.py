"""What the documents say is so."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from responder.adapters.order_books.cells import COLUMNS
from responder.domain.case import LetterState, MailState

ROOT = Path(__file__).parents[2]
DOCUMENTS = [
    path for path in ROOT.rglob("*.md") if not any(part.startswith(".") or part == "corpus" for part in path.relative_to(ROOT).parts)
]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text(encoding="utf-8")):
        assert (document.parent / target).exists(), target


def test_the_orders_page_lists_every_column() -> None:
    page = text("docs/orders.md")
    assert all(f"`{column}`" in page for column in COLUMNS)


def test_the_flow_page_lists_every_state() -> None:
    page = text("docs/flow.md")
    for state in MailState.__args__:  # type: ignore[attr-defined]
        assert f"`{state}`" in page
    for state in LetterState.__args__:  # type: ignore[attr-defined]
        assert state in page


def test_commands_in_the_readme_exist() -> None:
    commands = set(re.findall(r"responder (run|init|check|review|report|explain|train|evaluate|demo)\b", text("README.md")))
    assert {"init", "check", "run", "report", "review", "explain", "train"} <= commands
    targets = set(re.findall(r"^make (\w+)", text("README.md"), re.MULTILINE))
    makefile = text("Makefile")
    assert targets == {"demo", "test", "setup"} - ({"setup"} - targets)
    assert all(f"\n{target}:" in makefile for target in targets)


@pytest.mark.parametrize("command", ["", "run", "init", "check", "review", "report", "explain", "train", "evaluate", "demo"])
def test_every_command_has_help(command: str) -> None:
    program = Path(sys.executable).parent / "responder"
    told = subprocess.run([program, *command.split(), "--help"], capture_output=True, text=True, check=True).stdout
    assert "Usage: responder" in told


def test_help_loads_nothing_heavy() -> None:
    """`--help` is fast because no large library is imported for it."""
    script = "import sys; import responder.cli.main as m; m.cli.get_help(m.click.Context(m.cli)); print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & {"sklearn", "numpy", "sqlalchemy", "alembic", "pydantic", "jinja2", "imapclient", "apscheduler", "rich", "httpx2"}


def test_the_adrs_are_numbered_without_a_gap() -> None:
    numbers = sorted(int(path.name[:4]) for path in (ROOT / "docs" / "adr").glob("*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
