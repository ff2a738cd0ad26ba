"""Who reads foreign mail."""

from typing import Protocol

from responder.domain.reading import Reading, ReadingRules


class Reader(Protocol):
    """Read mail and tell what it means."""

    def read(self, content: bytes, rules: ReadingRules) -> Reading:
        """Read one mail.

        Raises:
            UnreadableMail: a person could not read it as a mail either.
            ReaderGone: reading it took too long, or ended the process that read it.
        """
        ...
