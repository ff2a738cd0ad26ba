"""Hold how much of a foreign mail is read, and cut what goes beyond it.

In:   bytes of a mail.
Out:  bytes within the limits, and a note for each cut.
Standards: RFC 5321 section 4.5.3.1 (sizes that any mail software must bear, all far below these).
Limits: these figures; they are not settings, since no honest mail comes near them.
"""

HEADER_BLOCK = 256 * 1024
FIELD = 16 * 1024
FIELDS = 500
ADDRESSES = 100
MESSAGE_IDS = 100
PARTS = 200
DEPTH = 20
TEXT = 500_000
HTML = 500_000
HTML_NODES = 50_000
HTML_DEPTH = 1000
SUBJECT = 1000
NAME = 200
ATTACHMENT_NAME = 120
PARAMETERS = 50
MESSAGE_ID = 1000
RECEIVED = 50


class Notes:
    """Collect what was cut or mended while a mail was read, each thing once."""

    def __init__(self) -> None:
        self._notes: dict[str, None] = {}

    def add(self, note: str) -> None:
        """Remember a note."""
        self._notes[note] = None

    def all(self) -> tuple[str, ...]:
        """Give the notes in the order in which they came."""
        return tuple(self._notes)
