"""Mail as it comes in and as it goes out."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RawMessage:
    """A message as the server keeps it, before anybody has read it.

    `uid` and `uidvalidity` say where it lies now (RFC 3501 section 2.3.1.1); `arrived_at` is its INTERNALDATE.
    """

    content: bytes
    uid: int
    uidvalidity: int
    arrived_at: datetime


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is not its text; `size` in octets after decoding."""

    name: str
    type: str
    size: int


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that a machine wrote a mail.

    A hard sign means that the mail is never answered; a soft one, that a person looks at it first.
    """

    code: str
    found: str
    hard: bool = True

    def __str__(self) -> str:
        return f"{self.code}: {self.found}" if self.found else self.code


@dataclass(frozen=True, slots=True)
class Report:
    """What a mail server reports on a mail that it was given (RFC 3464).

    `about` is that mail's Message-ID, `failed` tells that it will never be delivered, `detail` what was said of it.
    """

    about: str
    failed: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class InboundMail:
    """A mail as it was read.

    `sender` is the one address of From (RFC 5322 section 3.6.2), empty when there is not exactly one;
    `sender_doubt` then says why. `verified` is what the receiving server found out about the sender (RFC 8601).
    `typed_sender` is true when the address is only what somebody typed into a contact form. `addressed_to_us` is false
    when none of our addresses is among the recipients. `new_text` is what the customer wrote now, `quoted_text` what was cut
    from below it.
    """

    message_id: str
    sender: str
    sender_name: str
    sender_doubt: str | None
    recipients: tuple[str, ...]
    subject: str
    written_at: datetime | None
    new_text: str
    quoted_text: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    machine_signs: tuple[Sign, ...] = ()
    verified: bool = False
    typed_sender: bool = False
    addressed_to_us: bool = True
    report: Report | None = None
    verdicts: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A reply, ready to be made into bytes; `text` is its body, also that of the HTML part, `order_number` the order that it speaks of."""

    sender: str
    sender_name: str
    to: str
    subject: str
    text: str
    template: str
    language: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = True
    order_number: str = ""
