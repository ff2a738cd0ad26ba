"""Find the customer behind a contact form or a marketplace that wrote in the customer's name.

In:   the fields of a head, who wrote the mail, the relays that the operator has named.
Out:  who the customer is, how far that can be relied on, and which signs of a machine still count.
Standards: RFC 3834 section 4 (replies do not go to Reply-To): kept, except where the operator has named the relay and the receiving
      server has verified it, or where a person looks at the reply first.
Limits: a relay that nobody has named is seen only when it writes from a no-reply address, from one of our own, or like a form.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from responder.domain.mail import Sign
from responder.domain.reading import Relay
from responder.intake.headers import Fields
from responder.intake.machine_phrases import NO_REPLY_ADDRESS
from responder.intake.sender import Sender, reply_to_of

# Signs that a relay's mail bears though a customer wrote what it carries.
_OF_RELAYS = frozenset(
    ("no-reply-address", "no-reply-text", "own-address", "contact-form", "precedence", "list", "auto-response-suppress", "loop")
)


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is answered; `typed` when the address is only what somebody typed into a form."""

    sender: Sender
    verified: bool
    typed: bool
    signs: tuple[Sign, ...]


def customer_behind(
    fields: Fields, writer: Sender, verified: bool, signs: tuple[Sign, ...], relays: Iterable[Relay], own_addresses: frozenset[str]
) -> Customer:
    """Tell who the customer is: the writer, unless the mail came by a relay."""
    relay = next((each for each in relays if verified and _wrote(each, writer.address)), None)
    if relay is None:
        return _unnamed(fields, writer, verified, signs, own_addresses)
    sender = reply_to_of(fields) if relay.customer == "reply-to" else writer
    left = tuple(sign for sign in signs if not _is_of_relays(sign))
    if not relay.automatic:
        left = (*left, Sign("relay", relay.name, hard=False))
    return Customer(sender, bool(sender.address), relay.typed, left)


def _wrote(relay: Relay, address: str) -> bool:
    domain = f".{address.rpartition('@')[2]}"
    return address.lower() in relay.senders or any(domain.endswith(f".{each[1:]}") for each in relay.senders if each[0] == "@")


def _is_of_relays(sign: Sign) -> bool:
    if sign.code == "auto-submitted":
        return sign.found == "auto-generated"
    return sign.code in _OF_RELAYS and not (sign.code == "loop" and sign.hard)


def _unnamed(fields: Fields, writer: Sender, verified: bool, signs: tuple[Sign, ...], own_addresses: frozenset[str]) -> Customer:
    """See through a relay that nobody has named: what it carries goes to a person, together with a reply to the customer."""
    mine = writer.address.lower() in own_addresses
    if not writer.address or not (mine or any(sign.code in ("no-reply-address", "contact-form") for sign in signs)):
        return Customer(writer, verified, False, signs)
    sender = reply_to_of(fields)
    local = sender.address.lower().rpartition("@")[0]
    if not sender.address or sender.address.lower() in own_addresses | {writer.address.lower()} or NO_REPLY_ADDRESS.match(local):
        return Customer(writer, verified, False, signs)
    softer = (Sign("contact-form", "our own address", hard=False) if sign.code == "own-address" else sign for sign in signs)
    return Customer(sender, False, True, tuple(softer))
