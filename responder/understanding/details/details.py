"""Collect what a mail states besides its request."""

from responder.domain.mail import Attachment, InboundMail
from responder.domain.understanding import Details
from responder.understanding.details.address import find_address
from responder.understanding.details.order_numbers import find_order_numbers
from responder.understanding.details.reason import find_reason
from responder.understanding.details.tracking import find_tracking_numbers

MOST_TEXT = 20_000


def details_of(mail: InboundMail) -> Details:
    """Find the details of a mail, in its subject and in what was written now."""
    body = mail.new_text[:MOST_TEXT]
    text = f"{mail.subject[:500]}\n{body}"
    tracking = find_tracking_numbers(text)
    return Details(
        order_numbers=find_order_numbers(text, leaving_out=tracking),
        tracking_numbers=tracking,
        address=find_address(body),
        reason=find_reason(body),
        photos=any(_is_photo(attachment) for attachment in mail.attachments),
    )


def _is_photo(attachment: Attachment) -> bool:
    """Tell a photo from the pictures that mail programs put into signatures (image001.png and its like)."""
    return attachment.type.startswith("image/") and not attachment.name.lower().startswith("image0")
