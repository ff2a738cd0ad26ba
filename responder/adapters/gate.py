"""Shut the way out: by a file that a person makes, and while the disk is nearly full.

Limits: looked at before every action and letter, and once more before each final dot; what is behind the dot has left.
"""

import json
import logging
import shutil
from datetime import datetime
from pathlib import Path

log = logging.getLogger(__name__)

# Room for the books to note what happens to what is under way, whatever else fills the disk.
FREE_BYTES = 64_000_000


class Gate:
    """Whether anything may leave now."""

    def __init__(self, stop_file: Path) -> None:
        self._stop_file = stop_file
        self._told = ""

    def shut(self) -> str:
        """Say why nothing may leave; empty where it may. A change is logged once."""
        why = self.stopped() or self.disk_full()
        if why != self._told:
            log.warning("nothing leaves: %s", why) if why else log.warning("replies may leave again")
            self._told = why
        return why

    def stopped(self) -> str:
        """Say who has stopped it and why; empty where nobody has."""
        try:
            told = json.loads(self._stop_file.read_text(encoding="utf-8"))
            return f"stopped by {told['by']} at {told['at']}" + (f": {told['because']}" if told["because"] else "")
        except FileNotFoundError:
            return ""
        except (OSError, ValueError, KeyError, TypeError):
            return f"stopped by the file {self._stop_file}"

    def disk_full(self) -> str:
        """Say that the disk is nearly full; empty where it is not."""
        free = shutil.disk_usage(self._stop_file.parent).free
        return f"only {free // 1_000_000} MB are free in {self._stop_file.parent}" if free < FREE_BYTES else ""

    def stop(self, by: str, because: str, now: datetime) -> None:
        """Let nothing leave from now on."""
        told = {"by": by, "at": f"{now:%Y-%m-%d %H:%M} UTC", "because": because}
        self._stop_file.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")

    def resume(self) -> bool:
        """Let replies leave again; False where nobody had stopped them."""
        there = self._stop_file.exists()
        self._stop_file.unlink(missing_ok=True)
        return there
