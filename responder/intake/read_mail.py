"""Read a mail: from its bytes to what the rest of the program goes by.

In:   bytes as the server keeps them, and the rules of the mailbox.
Out:  InboundMail.
Standards: RFC 5322 and RFC 2045 to 2049 as far as foreign mail keeps to them; see the modules that are used here for the others.
Limits: see `limits`; what was cut or mended stands in the mail's `notes`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from responder.domain.errors import UnreadableMail
from responder.domain.mail import InboundMail
from responder.intake import limits
from responder.intake.authentication import authenticate
from responder.intake.body import read_body
from responder.intake.headers import clean, message_id, message_ids, split_head, written_at
from responder.intake.limits import Notes
from responder.intake.machines import Message, machine_signs
from responder.intake.parts import take_apart
from responder.intake.quotes import is_forward
from responder.intake.sender import recipients_of, sender_of


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What must be known of a mailbox before its mail can be read.

    `own_addresses` are our mailboxes and aliases in lower case; `authserv_ids` the names of the servers whose
    Authentication-Results are believed (RFC 8601 section 2.5); `trust_senders` takes every sender as verified, for trials with
    saved mails; `own_message_id` tells the Message-IDs of our own replies.
    """

    own_addresses: frozenset[str] = frozenset()
    authserv_ids: tuple[str, ...] = ()
    trust_senders: bool = False
    own_message_id: Callable[[str], bool] | None = None


def read_mail(content: bytes, rules: ReadingRules) -> InboundMail:
    """Read a mail.

    Raises:
        UnreadableMail: there is nothing in the bytes that a person could read as a mail either.
    """
    if not content.strip(b"\r\n\t \0"):
        raise UnreadableMail("the mail is empty")
    if b"\n" not in content[: limits.HEADER_BLOCK]:
        content = content.replace(b"\r", b"\n")
    notes = Notes()
    fields, rest = split_head(content, notes)
    if not fields.pairs:
        raise UnreadableMail("the mail has no fields: it is not a message")
    tree = take_apart(fields, rest, notes)
    sender = sender_of(fields)
    subject = clean(fields.text("subject"))[: limits.SUBJECT]
    body = read_body(tree, notes, forwarded=is_forward(subject))
    own_id = message_id(fields.first("message-id"))
    findings = authenticate(fields, rules.authserv_ids, sender.address.rpartition("@")[2])
    return InboundMail(
        message_id=own_id,
        sender=sender.address,
        sender_name=sender.name,
        sender_doubt=sender.doubt,
        recipients=recipients_of(fields, notes),
        subject=subject,
        written_at=written_at(fields.first("date")),
        new_text=body.new_text,
        quoted_text=body.quoted_text,
        in_reply_to=next(iter(message_ids(fields.first("in-reply-to"))), ""),
        references=message_ids(fields.first("references")),
        attachments=body.attachments,
        machine_signs=machine_signs(
            Message(fields, tree, sender.address, subject, body.new_text or body.quoted_text), rules.own_addresses, rules.own_message_id
        ),
        verified=bool(sender.address) and (rules.trust_senders or findings.verified),
        verdicts=findings.verdicts,
        notes=notes.all(),
    )
