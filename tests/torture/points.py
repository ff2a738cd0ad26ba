"""Named places in the program, without a hook in it: each verb of a port, and the end of the SMTP conversation.

In:   the adapters' classes; what is to strike, and where.
Out:  the classes with a door before and after each verb; the names of the doors that were passed, in a file.
Standards: RFC 5321 section 4.1.1.4 (the dot).
Limits: meant for a process of its own, since the classes stay changed until it ends.
"""

import errno
import os
import signal
import smtplib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from inspect import isgeneratorfunction
from pathlib import Path
from typing import Any, Literal

Strike = Literal["KILL", "STOP", "EIO"]
STRIKES: tuple[Strike, ...] = ("KILL", "STOP", "EIO")
VERBS = {
    "ledger": "position arrive next_unsettled put_back history settle",
    "outbox": "recover start_action unclear_actions end_action claim reopen about_to_send record",
    "mailbox": "position uids fetch file_sent close",
    "courier": "deliver close",
    "order_desk": "by_hand carry_out look_back",
    "order_book": "find",
    "reader": "read",
}
DOT = b".\r\n"
# A person's approval alone asks whether he does it himself; `run` never does.
NEVER_ASKED = frozenset({"order_desk.by_hand"})
ALL = (
    *(
        f"{when} {port}.{verb}"
        for port, verbs in (*VERBS.items(), ("smtp", "dot"))
        for verb in verbs.split()
        for when in ("before", "after")
        if f"{port}.{verb}" not in NEVER_ASKED
    ),
    "after smtp.answer",
)


@dataclass
class Doors:
    """What is written down at each door, and what strikes at one of them, the first time that it is passed."""

    passed: Path | None = None
    strike: Strike | None = None
    at: str = ""
    struck: Path | None = None
    seen: set[str] = field(default_factory=set)

    def __call__(self, name: str) -> None:
        if self.passed is not None and name not in self.seen:
            self.seen.add(name)
            with self.passed.open("a", encoding="utf-8") as file:
                file.write(name + "\n")
        if name != self.at or self.strike is None or (self.struck is not None and self.struck.exists()):
            return
        if self.struck is not None:
            self.struck.touch()
        if self.strike == "EIO":
            raise OSError(errno.EIO, f"torture at {name}")
        os.kill(os.getpid(), signal.SIGKILL if self.strike == "KILL" else signal.SIGSTOP)


def hang_doors(classes: dict[str, type], door: Callable[[str], None]) -> None:
    """Put a door before and after each verb of these classes, by their ports' names, and around the dot."""
    for port, adapter in classes.items():
        for verb in VERBS[port].split():
            if f"{port}.{verb}" not in NEVER_ASKED:
                setattr(adapter, verb, _between(getattr(adapter, verb), f"{port}.{verb}", door))
    _around_the_dot(door)


def _between(verb: Callable[..., Any], name: str, door: Callable[[str], None]) -> Callable[..., Any]:
    @wraps(verb)
    def call(*arguments: Any, **named: Any) -> Any:
        door(f"before {name}")
        result = verb(*arguments, **named)
        door(f"after {name}")
        return result

    @wraps(verb)
    def go_through(*arguments: Any, **named: Any) -> Iterator[Any]:
        door(f"before {name}")
        yield from verb(*arguments, **named)
        door(f"after {name}")

    return go_through if isgeneratorfunction(verb) else call


def _around_the_dot(door: Callable[[str], None]) -> None:
    send, getreply = smtplib.SMTP.send, smtplib.SMTP.getreply
    written = False

    def send_it(self: smtplib.SMTP, content: Any) -> None:
        nonlocal written
        dot = content == DOT
        if dot:
            door("before smtp.dot")
        send(self, content)
        if dot:
            written = True
            door("after smtp.dot")

    def answer(self: smtplib.SMTP) -> tuple[int, bytes]:
        nonlocal written
        told = getreply(self)
        if written:
            written = False
            door("after smtp.answer")
        return told

    smtplib.SMTP.send = send_it  # type: ignore[method-assign, assignment]
    smtplib.SMTP.getreply = answer  # type: ignore[method-assign]
