"""Make examples for training of what people corrected.

In:   corrections, and the mails that they are about.
Out:  rows as `responder train --data` reads them, one a mail.
Limits: a mail that cannot be read any more gives no row.
"""

import contextlib
from collections.abc import Iterator, Mapping, Sequence

from responder.domain.errors import ReaderGone, UnreadableMail
from responder.domain.reading import ReadingRules
from responder.workflow.ports.case_files import Correction
from responder.workflow.ports.reader import Reader


def examples(corrections: Sequence[Correction], reader: Reader, rules: Mapping[str, ReadingRules]) -> Iterator[dict[str, str]]:
    """Give a row for each correction; `rules` are those of each mailbox. Mails of one customer and one matter share their `thread`."""
    for each in corrections:
        with contextlib.suppress(UnreadableMail, ReaderGone):
            mail = reader.read(each.content, rules.get(each.mailbox, ReadingRules())).mail
            yield {
                "subject": mail.subject,
                "body": mail.new_text,
                "intent": each.label,
                "language": "" if each.language == "unknown" else each.language,
                "thread": mail.sender,
                "by": each.by,
                "at": each.at.isoformat(),
            }
