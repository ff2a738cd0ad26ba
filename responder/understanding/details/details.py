"""Collect what a mail states besides its request.

In:   a mail, and the operator's patterns of order numbers.
Out:  its details: from what was written now and the subject; order numbers also from what was quoted, last.
"""

import re

from responder.domain.mail import Attachment, InboundMail
from responder.domain.understanding import Details
from responder.understanding.details.address import find_address
from responder.understanding.details.order_numbers import MOST, find_bare_numbers, find_order_numbers
from responder.understanding.details.reason import find_reason
from responder.understanding.details.tracking import find_tracking_numbers

MOST_TEXT = 20_000
MOST_SUBJECT = 500
MOST_QUOTED = 4_000


def details_of(mail: InboundMail, patterns: tuple[re.Pattern[str], ...] = ()) -> Details:
    """Find the details of a mail; `patterns` are the operator's own shapes of order numbers."""
    subject, body = mail.subject[:MOST_SUBJECT], mail.new_text[:MOST_TEXT]
    return Details(
        # What is quoted counts only where the customer names none: our own list of orders may stand there.
        order_numbers=_order_numbers((body, subject), patterns) or _order_numbers((mail.quoted_text[:MOST_QUOTED],), patterns),
        bare_numbers=find_bare_numbers(body),
        tracking_numbers=find_tracking_numbers(f"{subject}\n{body}"),
        address=find_address(body),
        reason=find_reason(body),
        photos=any(_is_photo(attachment) for attachment in mail.attachments),
    )


def _order_numbers(texts: tuple[str, ...], patterns: tuple[re.Pattern[str], ...]) -> tuple[str, ...]:
    """Find order numbers in several texts, those of the first text first, each once."""
    tracking = find_tracking_numbers("\n".join(texts))
    found: dict[str, str] = {}
    for text in texts:
        for number in find_order_numbers(text, tracking, patterns):
            found.setdefault(number.upper(), number)
    return tuple(found.values())[:MOST]


def _is_photo(attachment: Attachment) -> bool:
    """Tell a photo from the pictures that mail programs put into signatures (image001.png and its like)."""
    return attachment.type.startswith("image/") and not attachment.name.lower().startswith("image0")
