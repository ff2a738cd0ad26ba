"""The errors that the program expects, each with what becomes of it.

ResponderError
├── ConfigError        the program does not start
├── UnreadableMail     the mail goes to a person and is not tried again
└── OutsideError       something outside did not do its part
    ├── TransientError     tried again later
    └── PermanentError     never tried again
"""


class ResponderError(Exception):
    """Stand at the root of all errors that the program raises on purpose."""


class ConfigError(ResponderError):
    """Say what is wrong with the configuration: one problem a line, each with its place and its mend."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class UnreadableMail(ResponderError):
    """Say why the bytes of a mail cannot be read."""


class ReaderGone(ResponderError):
    """Report that reading a mail took too long, or ended the process that read it."""


class OutsideError(ResponderError):
    """Report that a server, a file or an interface outside did not do its part."""


class TransientError(OutsideError):
    """Report a failure that may pass: the work is tried again later."""


class PermanentError(OutsideError):
    """Report a refusal: trying again would change nothing."""
