"""Make a reply into the bytes that leave, headers first.

In:   an OutgoingMail, its Message-ID, the moment.
Out:  the message as bytes, 7-bit, lines ending in CRLF; the same input gives the same bytes.
Standards: RFC 5322 (fields, 3.6.4 threading), RFC 3834 section 3.1 and 5 (Auto-Submitted), RFC 2045 (encodings),
RFC 2046 section 5.1.4 (the same in plain text and in HTML).
"""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from responder.composing.html import html_of
from responder.domain.mail import InboundMail, OutgoingMail

MAX_SUBJECT = 200
MAX_REFERENCES = 20
BOUNDARY = "=_part"  # cannot occur in quoted-printable text (RFC 2045 section 6.7), so that the same reply is always the same bytes


def reply_subject(original: str) -> str:
    """Give the subject that stays in the thread: one `Re: ` before the original, bounded, on one line."""
    clean = " ".join("".join(char if char.isprintable() else " " for char in original).split())
    while clean.casefold().startswith("re:"):
        clean = clean[3:].lstrip()
    return f"Re: {clean}"[:MAX_SUBJECT].rstrip() if clean else "Re:"


def references_for(mail: InboundMail) -> tuple[str, ...]:
    """Give the References of a reply: those of the mail and its own Message-ID (RFC 5322 section 3.6.4), bounded."""
    if not mail.message_id:
        return ()
    earlier = mail.references or ((mail.in_reply_to,) if mail.in_reply_to else ())
    chain = [reference for reference in earlier if reference != mail.message_id]
    kept = [*chain[:1], *chain[1:][-(MAX_REFERENCES - 2) :]]
    return (*kept, mail.message_id)


def to_bytes(reply: OutgoingMail, message_id: str, sent_at: datetime) -> bytes:
    """Write the reply as a message."""
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    local, _, domain = reply.sender.rpartition("@")
    message["From"] = Address(display_name=reply.sender_name, username=local, domain=domain)
    message["To"] = reply.to
    message["Subject"] = reply.subject
    message["Date"] = sent_at
    message["Message-ID"] = message_id
    if reply.in_reply_to:
        message["In-Reply-To"] = reply.in_reply_to
        message["References"] = " ".join(reply.references)
    if reply.automatic:
        # RFC 3834 section 5.2: only on mail that no person wrote.
        message["Auto-Submitted"] = "auto-replied"
        message["X-Auto-Response-Suppress"] = "All"
    message.set_content(reply.text, cte="quoted-printable")
    message.add_alternative(html_of(reply.text, reply.language), subtype="html", cte="quoted-printable")
    message.set_boundary(BOUNDARY)
    return message.as_bytes()
