"""What must be known before a mail can be read, and a mail that has been read and understood."""

from dataclasses import dataclass
from typing import Literal

from responder.domain.mail import InboundMail
from responder.domain.understanding import Understanding


@dataclass(frozen=True, slots=True)
class Relay:
    """A contact form or a marketplace, whose mail carries a customer's words.

    `senders` are addresses of From, or domains written as `@example.com`, subdomains included. `customer` names the field with the
    address that is answered. With `typed`, that address is what somebody typed, which proves nothing. Only with `automatic` may its
    mail be answered without a person.
    """

    name: str
    senders: tuple[str, ...]
    customer: Literal["from", "reply-to"] = "reply-to"
    typed: bool = True
    automatic: bool = False


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What must be known of a mailbox before its mail can be read.

    `own_addresses` are our mailboxes and aliases in lower case; `authserv_ids` the names of the servers whose
    Authentication-Results are believed (RFC 8601 section 2.5); `trust_senders` takes every sender as verified, for trials with
    saved mails; `order_patterns` are regular expressions of the shop's own order numbers.
    """

    own_addresses: frozenset[str] = frozenset()
    authserv_ids: tuple[str, ...] = ()
    trust_senders: bool = False
    relays: tuple[Relay, ...] = ()
    order_patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail says and what it means."""

    mail: InboundMail
    understanding: Understanding
