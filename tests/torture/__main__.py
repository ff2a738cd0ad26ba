"""`make torture`: run the campaigns, print each as a line of JSON, and keep the figures in docs/torture.md.

In:   `--slice` for a little of each, `--full` for the figures of a release; `--seed`; `--only` with a part of a campaign's name.
Out:  lines of JSON, and a row of the page for each campaign; exit code 1 when a campaign ends otherwise than it must.
"""

import argparse
import json
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.torture import campaigns
from tests.torture.broken import no_mark, no_suppression, not_on_disk, numbers_as_memory, send_then_mark
from tests.torture.checker import Verdict
from tests.torture.lane import Lane, open_lane
from tests.torture.order_of_writes import order_of_writes
from tests.torture.points import ALL

PAGE = Path(__file__).parents[2] / "docs/torture.md"
BEGIN, END = "<!-- figures: written by make torture -->", "<!-- end of figures -->"
BROKEN = "broken build: "
Campaigns = dict[str, Callable[[Lane], Verdict]]
FEW_POINTS = ("before outbox.about_to_send", "after smtp.dot", "after outbox.claim")


@dataclass(frozen=True)
class Size:
    """How much of each campaign is done; connections are cut after every `smtp_every` and `imap_every` bytes."""

    kills: int
    points: tuple[str, ...]
    smtp_every: int
    imap_every: int
    handled: int
    new: int
    forged: int
    clock_steps: int
    full_disks: int
    restored: int


SLICE = Size(20, FEW_POINTS, 401, 401, 10, 3, 20, 5, 4, 1)
ORDINARY = Size(500, ALL, 16, 24, 1000, 50, 2000, 60, 30, 3)
FULL = Size(10_000, ALL, 1, 1, 5000, 50, 10_000, 500, 100, 50)


def table(size: Size) -> Campaigns:
    """Give the campaigns in this size."""
    found: Campaigns = {
        "random SIGKILL": lambda lane: campaigns.random_kills(lane, size.kills),
        "all points passed": campaigns.all_points_passed,
        "fail points": lambda lane: campaigns.every_point(lane, size.points),
        "cut SMTP": lambda lane: campaigns.every_byte(lane, "smtp", size.smtp_every),
        "cut IMAP": lambda lane: campaigns.every_byte(lane, "imap", size.imap_every),
        "UIDVALIDITY reset": lambda lane: campaigns.renumbering(lane, size.handled, size.new),
        "forged senders": lambda lane: campaigns.forged_senders(lane, size.forged),
        "clock steps": lambda lane: campaigns.clock_steps(lane, size.clock_steps),
        "full disk": lambda lane: campaigns.full_disk(lane, size.full_disks),
        "order of writes": order_of_writes,
        f"{BROKEN}send then mark": lambda lane: campaigns.after_the_answer(lane, send_then_mark),
        f"{BROKEN}numbers as memory": lambda lane: campaigns.renumbering(lane, 10, 2, numbers_as_memory),
        f"{BROKEN}not on disk": lambda lane: order_of_writes(lane, not_on_disk),
        "database rolled back": lambda lane: campaigns.rolled_back(lane, size.restored),
        f"{BROKEN}no mark": lambda lane: campaigns.rolled_back(lane, 1, no_mark),
        f"{BROKEN}no suppression": lambda lane: campaigns.forged_senders(lane, 5, no_suppression),
    }
    return found


def main() -> None:
    """Run what was asked for."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--slice", action="store_true")
    asked.add_argument("--full", action="store_true")
    asked.add_argument("--seed", type=int, default=20261124)
    asked.add_argument("--only", default="")
    said = asked.parse_args()
    lines = []
    size = SLICE if said.slice else FULL if said.full else ORDINARY
    with open_lane(said.seed) as lane:
        for name, campaign in table(size).items():
            if said.only in name:
                lines.append(_run(name, campaign, lane, said.seed))
                if not said.slice:
                    _keep(lines[-1], said.seed)
    sys.exit(0 if all(line["as_it_must"] for line in lines) else 1)


def _run(name: str, campaign: Callable[[Lane], Verdict], lane: Lane, seed: int) -> dict[str, object]:
    began = time.monotonic()
    verdict = campaign(lane)
    line: dict[str, object] = {
        "campaign": name,
        "seed": seed,
        "seconds": round(time.monotonic() - began, 1),
        "counts": dict(sorted(verdict.counts.items())),
        "violations": len(verdict.violations),
        "first": verdict.violations[:5],
        # A broken build that nothing is found in is a fault of the rig.
        "as_it_must": bool(verdict.violations) == name.startswith(BROKEN) and not any(v.startswith("rig") for v in verdict.violations),
    }
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()
    return line


def _keep(line: dict[str, object], seed: int) -> None:
    """Write a campaign's figures into the page, between the markers, in the place of its earlier ones."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    rows = {
        row.split("|")[1].strip(): row for row in old.splitlines() if row.startswith("| ") and not row.startswith(("| campaign", "| ---"))
    }
    run = f"{seed}, {_commit()}"
    rows[str(line["campaign"])] = f"| {line['campaign']} | {_told(line['counts'])} | {line['violations']} | {line['seconds']} | {run} |"
    order = [name for name in table(FULL) if name in rows]
    head = ["| campaign | counts | violations | seconds | seed, commit |", "| --- | --- | --- | --- | --- |"]
    written = "\n".join([BEGIN, "", _versions(), "", *head, *(rows[name] for name in order), "", END])
    PAGE.write_text(before + written + after, encoding="utf-8")


def _told(counts: object) -> str:
    assert isinstance(counts, dict)
    return ", ".join(f"{name} {count}" for name, count in counts.items())


def _commit() -> str:
    return subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()


def _versions() -> str:
    dovecot = subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=False).stdout.split(" ")[0]
    return f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, Dovecot {dovecot}."


if __name__ == "__main__":
    main()
