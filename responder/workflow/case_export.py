"""Put all that is kept of a case into one file, for a dispute desk or a customer's file.

In:   the papers of a case, and what the log says about it.
Out:  a ZIP file: the mails as they came, the replies as they left, and `case.json`, which tells what happened when.
"""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from responder.workflow.ports.audit import AuditEntry
from responder.workflow.ports.case_files import Paper

# Before 1980 a ZIP file knows no time; the moment of writing would make two exports of one case differ.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def case_file(papers: Sequence[Paper], log: Sequence[AuditEntry], now: datetime) -> bytes:
    """Give the file; `log` may be the whole log, of which the entries about these mails are taken."""
    mails = {str(paper.turn.mail_id) for paper in papers}
    about = {
        "exported_at": now,
        "mails": [_told(number, paper) for number, paper in enumerate(papers, start=1)],
        "log": [asdict(entry) for entry in log if entry.about.get("mail") in mails],
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "case.json", json.dumps(about, indent=2, ensure_ascii=False, default=_plain).encode())
        for number, paper in enumerate(papers, start=1):
            _put(archive, f"{number:02}-mail.eml", paper.content)
            for reply, sent in enumerate(paper.replies, start=1):
                _put(archive, f"{number:02}-reply-{reply}-{sent.state}.eml", sent.content)
    return file.getvalue()


def _told(number: int, paper: Paper) -> dict[str, Any]:
    replies = [{key: value for key, value in asdict(sent).items() if key != "content"} for sent in paper.replies]
    return {"file": f"{number:02}-mail.eml", **asdict(paper.turn), "rule": paper.rule, "facts": paper.facts, "replies": replies}


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, _LONG_AGO), content, zipfile.ZIP_DEFLATED)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
