"""Keep the installation's key beside the database; it is drawn once, at the first start.

Limits: whoever can read the file can name replies as we do, so it is readable for its owner alone.
"""

import os
import secrets
from pathlib import Path

from responder.domain.errors import ConfigError

SIZE = 32


def read_key(path: Path) -> bytes:
    """Read the key, drawn and written when there is none.

    Raises:
        ConfigError: the file is damaged, or cannot be written.
    """
    try:
        try:
            file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            key = path.read_bytes()
        else:
            key = secrets.token_bytes(SIZE)
            with os.fdopen(file, "wb") as writing:
                writing.write(key)
                writing.flush()
                os.fsync(writing.fileno())
    except OSError as error:
        raise ConfigError([f"{path}: the key file cannot be used ({error.strerror}); may the bot write in this folder?"]) from error
    if len(key) != SIZE:
        raise ConfigError([f"{path}: is damaged; restore it from a backup, or remove it (earlier threads are then not recognised)"])
    return key
