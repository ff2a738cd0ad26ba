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

    def html(self, content: bytes) -> str:
        """Give the HTML of a mail without anything that acts or fetches; empty where it has none. Raises as `read` does."""
        ...

    def attachment(self, content: bytes, number: int) -> bytes:
        """Give the contents of the attachment that stands at `number`, from 0, among those of the mail. Raises as `read` does."""
        ...
