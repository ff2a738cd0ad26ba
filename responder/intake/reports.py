"""Read what a report says of the mail that it reports on, so that our own replies that came back are recognised.

In:   the tree of a mail.
Out:  Report, or None where it is none.
Standards: RFC 3464 (delivery status), RFC 6522 (multipart/report).
Limits: only the first mail of a report is read, and the first recipient; other reports have neither state nor reason.
"""

import re

from responder.domain.mail import Report
from responder.intake.headers import Fields, clean, message_id, message_ids, split_head
from responder.intake.limits import Notes
from responder.intake.parts import Part

_STATUS = ("message/delivery-status", "message/global-delivery-status")
_RETURNED = ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers", "message/global-headers")
_FIELD = re.compile(
    r"^(action|status|diagnostic-code)\s{0,5}:\s{0,5}([^\n]{1,500}(?:\n[ \t][^\n]{1,500}){0,5})", re.IGNORECASE | re.MULTILINE
)
MOST = 20_000
MOST_DETAIL = 300


def report_of(fields: Fields, tree: Part) -> Report | None:
    """Give what a delivery report says; None where the mail holds no report."""
    parts = list(tree.walk())
    status = next((part for part in parts if part.type in _STATUS), None)
    if status is None and tree.type != "multipart/report":
        return None
    returned = next((part for part in parts if part.type in _RETURNED), None)
    about = _message_id_in(returned) if returned else ""
    about = about or next(iter(message_ids(fields.first("in-reply-to"))), "")
    told: dict[str, str] = {}
    for name, value in _FIELD.findall(status.body[:MOST].decode("utf-8", "replace").replace("\r\n", "\n") if status else ""):
        told.setdefault(name.lower(), clean(value))
    failed = told.get("action", "").lower().startswith("failed") and told.get("status", "5").startswith("5")
    return Report(about, failed, (told.get("diagnostic-code") or told.get("status", ""))[:MOST_DETAIL])


def _message_id_in(part: Part) -> str:
    head, _ = split_head(part.body[:MOST], Notes(), whole=False)
    return message_id(head.first("message-id"))
