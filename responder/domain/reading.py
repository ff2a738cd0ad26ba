"""A mail that has been read and understood."""

from dataclasses import dataclass

from responder.domain.mail import InboundMail
from responder.domain.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail says and what it means."""

    mail: InboundMail
    understanding: Understanding
