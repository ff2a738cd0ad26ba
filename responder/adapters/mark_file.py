"""Keep outside the database how much has ever left, so that an older copy of the database is recognised.

Limits: a copy of both, such as an older state of the whole machine, is not recognised by it; what has left is then found in the
folder for sent mail.
"""

import os
from pathlib import Path

from responder.domain.errors import ConfigError

WIDTH = 20


class MarkFile:
    """One count in one small file, written in place and on the disk before `write` returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = -1

    def read(self) -> int:
        """Give the count; 0 where there is no file yet.

        Raises:
            ConfigError: the file holds something else.
        """
        try:
            return int(self._path.read_text(encoding="ascii"))
        except FileNotFoundError:
            return 0
        except (OSError, ValueError) as error:
            told = f"{self._path}: is damaged ({error}); if the database is the latest one, remove this file"
            raise ConfigError([told]) from error

    def write(self, count: int) -> None:
        """Put the count on the disk."""
        if self._file < 0:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
        # One sector, always of the same length: it is written whole or not at all.
        os.pwrite(self._file, f"{count:0{WIDTH}d}\n".encode("ascii"), 0)
        os.fdatasync(self._file)
