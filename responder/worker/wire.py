"""What goes over the pipe between the program and the process that reads mail.

In:   frames: four octets of length, most significant first, then so many octets.
Out:  the same. Values travel as JSON and are checked on arrival, so that a worker that a mail has taken over can only lie about that mail.
Limits: a frame has at most `MOST` octets.
"""

import struct
from typing import BinaryIO

from pydantic import TypeAdapter

from responder.domain.reading import Reading, ReadingRules

MOST = 64_000_000
_LENGTH = struct.Struct(">I")
_READING = TypeAdapter(Reading)
_RULES = TypeAdapter(ReadingRules)


def frame(content: bytes) -> bytes:
    """Put the length before the content."""
    return _LENGTH.pack(len(content)) + content


def length_of(head: bytes) -> int:
    """Read the length from a frame's first four octets.

    Raises:
        ValueError: the frame would be too long.
    """
    (length,) = _LENGTH.unpack(head)
    if length > MOST:
        raise ValueError(f"a frame of {length} octets")
    return int(length)


def read_frame(file: BinaryIO) -> bytes | None:
    """Read a frame from a file that blocks; None at its end."""
    head = file.read(_LENGTH.size)
    return file.read(length_of(head)) if len(head) == _LENGTH.size else None


def reading_to_json(reading: Reading) -> bytes:
    """Write a reading."""
    return _READING.dump_json(reading)


def reading_from_json(content: bytes) -> Reading:
    """Read a reading.

    Raises:
        ValueError: it is not one.
    """
    return _READING.validate_json(content)


def rules_to_json(rules: ReadingRules) -> bytes:
    """Write rules."""
    return _RULES.dump_json(rules)


def rules_from_json(content: bytes) -> ReadingRules:
    """Read rules.

    Raises:
        ValueError: they are none.
    """
    return _RULES.validate_json(content)
