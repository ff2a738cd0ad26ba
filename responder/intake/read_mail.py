"""Read a mail: from its bytes to what the rest of the program goes by.

In:   bytes as the server keeps them, and the rules of the mailbox.
Out:  InboundMail.
Standards: RFC 5322 and RFC 2045 to 2049 as far as foreign mail keeps to them; see the modules that are used here for the others.
Limits: see `limits`; what was cut or mended stands in the mail's `notes`.
"""

from responder.domain.errors import UnreadableMail
from responder.domain.mail import InboundMail
from responder.domain.reading import ReadingRules
from responder.intake import limits
from responder.intake.authentication import authenticate
from responder.intake.body import read_body
from responder.intake.headers import clean, message_id, message_ids, split_head, written_at
from responder.intake.limits import Notes
from responder.intake.machines import Message, machine_signs
from responder.intake.parts import take_apart
from responder.intake.quotes import is_forward
from responder.intake.relays import customer_behind
from responder.intake.reports import report_of
from responder.intake.sender import recipients_of, sender_of


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
        if b"\0" in content:
            raise UnreadableMail("the mail has no fields, and is not text either")
        notes.add("the mail has no fields: all of it was read as text")
        rest = content
    tree = take_apart(fields, rest, notes)
    # Programs that do not encode their fields write them in the charset of the text.
    charset = next((label for part in tree.walk() if (label := part.parameters.get("charset", ""))), "")
    writer = sender_of(fields, charset)
    subject = clean(fields.text("subject", charset))[: limits.SUBJECT]
    body = read_body(tree, notes, forwarded=is_forward(subject))
    own_id = message_id(fields.first("message-id"))
    recipients = recipients_of(fields, notes)
    findings = authenticate(fields, rules.authserv_ids, writer.address.rpartition("@")[2])
    verified = bool(writer.address) and (rules.trust_senders or findings.verified)
    message = Message(fields, tree, writer.address, subject, body.new_text or body.quoted_text)
    customer = customer_behind(fields, writer, verified, machine_signs(message, rules.own_addresses), rules.relays, rules.own_addresses)
    return InboundMail(
        message_id=own_id,
        sender=customer.sender.address,
        sender_name=customer.sender.name,
        sender_doubt=customer.sender.doubt,
        recipients=recipients,
        subject=subject,
        written_at=written_at(fields.first("date")),
        new_text=body.new_text,
        quoted_text=body.quoted_text,
        in_reply_to=next(iter(message_ids(fields.first("in-reply-to"))), ""),
        references=message_ids(fields.first("references")),
        attachments=body.attachments,
        machine_signs=customer.signs,
        verified=customer.verified,
        typed_sender=customer.typed,
        addressed_to_us=not rules.own_addresses or any({each, _without_detail(each)} & rules.own_addresses for each in recipients),
        report=report_of(fields, tree),
        verdicts=findings.verdicts,
        notes=notes.all(),
    )


def _without_detail(address: str) -> str:
    """Give the mailbox behind an address with a detail: `help+shop@` is `help@` (RFC 5233)."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"
