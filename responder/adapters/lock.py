"""Let one process at a time deliver: an advisory lock on a file beside the database.

Standards: flock(2); the kernel frees the lock when the process ends, however it ends.
Limits: processes on one machine.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def only_one(path: Path) -> Iterator[bool]:
    """Take the lock if it is free; gives whether it was."""
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
