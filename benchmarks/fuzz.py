"""Break mails at random, and see that every one is read or refused.

Run:  python benchmarks/fuzz.py [--count N] [--seed N]
Out:  how many were read and refused, the slowest, and each mail that raised or took over a second, kept in tests/unit/intake/hostile/,
      where the test run reads it again from then on.
"""

import argparse
import hashlib
import os
import platform
import random
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from rich.progress import Progress

from responder.domain.errors import UnreadableMail
from responder.intake.identity import message_key
from responder.intake.read_mail import read_mail
from tests.unit.intake.broken import HOSTILE, RULES, broken

AT_ONCE = 2_000
SLOWEST = 1.0


def main() -> None:
    """Break mails, and tell what happened."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("--count", type=int, default=1_000_000)
    arguments.add_argument("--seed", type=int, default=1)
    given = arguments.parse_args()
    print(f"python {platform.python_version()}, {given.count:,} mails, seed {given.seed}")
    counts: Counter[str] = Counter()
    slowest = 0.0
    batches = range(0, given.count, AT_ONCE)
    with ProcessPoolExecutor(os.cpu_count()) as pool, Progress() as progress:
        task = progress.add_task("breaking mails", total=len(batches))
        for some, longest in pool.map(partial(_read_some, given.seed, given.count), batches):
            counts.update(some)
            slowest = max(slowest, longest)
            progress.advance(task)
    print(f"read {counts['read']:,}, refused {counts['refused']:,}, raised {counts['raised']}, slow {counts['slow']}")
    print(f"slowest {slowest * 1000:.0f} ms (at most {SLOWEST * 1000:.0f})")
    if counts["raised"] or counts["slow"]:
        raise SystemExit(f"the mails are kept in {HOSTILE}")


def _read_some(seed: int, count: int, start: int) -> tuple[Counter[str], float]:
    counts: Counter[str] = Counter()
    slowest = 0.0
    for number in range(start, min(start + AT_ONCE, count)):
        content = broken(random.Random(f"{seed}-{number}"))
        started = time.perf_counter()
        end = _outcome(content)
        took = time.perf_counter() - started
        slowest = max(slowest, took)
        if end == "read" and took > SLOWEST:
            end = "slow"
        if end in ("raised", "slow"):
            HOSTILE.mkdir(exist_ok=True)
            (HOSTILE / f"{hashlib.sha256(content).hexdigest()[:16]}.eml").write_bytes(content)
        counts[end] += 1
    return counts, slowest


def _outcome(content: bytes) -> str:
    try:
        message_key(content)
        f"{read_mail(content, RULES)}".encode()
    except UnreadableMail:
        return "refused"
    except Exception:
        return "raised"
    return "read"


if __name__ == "__main__":
    main()
