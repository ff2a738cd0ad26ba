"""Trace the system calls of one delivery: the state is on disk, then the dot is written, then the result is on disk.

In:   a shop with a letter to send; strace.
Out:  violations; the calls in question, in their order.
Standards: RFC 5321 section 4.1.1.4 (the dot), section 4.2.5 (who owns the message after the 250).
Limits: shows the order of the calls, not that the disk obeys them.
"""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.torture.checker import Verdict
from tests.torture.lane import Lane
from tests.torture.points import Doors
from tests.torture.program import Breakage

CALLS = "fsync,fdatasync,sendto,recvfrom,pwrite64"
WANTED = ["body", "state written", "state on disk", "dot", "250", "result written", "result on disk"]


def order_of_writes(lane: Lane, breakage: Breakage | None = None) -> Verdict:
    """Trace one delivery from the moment before the courier begins."""
    program = shutil.which("strace")
    if program is None:
        return Verdict(["rig: strace is missing: apt-get install strace"])
    shop = lane.shop(file_sent=False)
    shop.breakage = breakage
    shop.arrive("where")
    trace = shop.folder / "trace"
    child = shop.start(Doors(strike="STOP", at="before courier.deliver"))
    os.waitpid(child, os.WUNTRACED)
    tracing = subprocess.Popen([program, "-f", "-y", "-s", "100", "-e", f"trace={CALLS}", "-o", str(trace), "-p", str(child)])
    while f"TracerPid:\t{tracing.pid}" not in _status(child):
        time.sleep(0.01)
    os.kill(child, signal.SIGCONT)
    os.waitpid(child, 0)
    tracing.wait(30)
    seen = _steps(trace.read_text(errors="replace"))
    verdict = Verdict(counts=shop.verdict().counts)
    if seen != WANTED:
        verdict.violations.append(f"order of writes: {', '.join(seen)}")
    return verdict


def _status(process: int) -> str:
    return Path(f"/proc/{process}/status").read_text()


def _steps(trace: str) -> list[str]:
    """Tell the steps in the order of their calls, each once where it repeats at once."""
    steps: list[str] = []
    for line in trace.splitlines():
        step = _step(line, steps)
        if step and (not steps or steps[-1] != step):
            steps.append(step)
    return steps


def _step(line: str, before: list[str]) -> str:
    of_what = "result" if "dot" in before else "state"
    if re.search(r'sendto\(.*"\.\\r\\n"', line):
        return "dot"
    if ("sendto(" in line and "Auto-Submitted" in line) or re.search(r'sendto\(.*"From: ', line):
        return "body"
    if "body" not in before:
        return ""
    if before[-1] == "dot" and re.search(r'recvfrom\(.*"250 ', line):
        return "250"
    if before[-1] == f"{of_what} written" and re.search(r"f(data)?sync\(.*-wal>", line):
        return f"{of_what} on disk"
    if re.search(r"pwrite64\(.*-wal>", line) and f"{of_what} on disk" not in before:
        return f"{of_what} written"
    return ""
