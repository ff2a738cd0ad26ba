"""Tables for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from responder.domain.case import MailRecord

_STYLES = {"answered": "green", "answering": "green", "waiting": "yellow", "silent": "dim", "quarantined": "red", "arrived": "cyan"}


def _why(record: MailRecord) -> str:
    """Say in one line what a mail asks for and what decided: the last reason is what kept it from being answered."""
    asks = f"{record.label} {record.confidence:.2f}: " if record.label and not record.rule.startswith("written-by") else ""
    reasons = [reason for reason in record.because if not reason.startswith(f"{record.label} with confidence")]
    told = [reason.removeprefix(f"rule {record.rule}: ") for reason in reasons]
    return asks + " · ".join(reversed(told) if record.state == "waiting" else told)


def print_records(records: Sequence[MailRecord], *, replies: bool) -> None:
    """Print one row a mail: who wrote, what was asked for, what became of it and why; the replies below where wanted."""
    console = Console()
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("mail", justify="right", no_wrap=True)
    table.add_column("became", no_wrap=True)
    table.add_column("from", ratio=2, overflow="ellipsis", no_wrap=True)
    table.add_column("subject, what it asks for, and why this became of it", ratio=5, overflow="ellipsis", no_wrap=True)
    for record in records:
        state = Text(record.state, style=_STYLES.get(record.state, ""))
        table.add_row(str(record.id), state, record.sender or "?", Text(record.subject or "—") + Text(f"\n{_why(record)}", style="dim"))
    console.print(table)
    if replies:
        for record in records:
            if record.reply_text and record.state == "answered":
                console.print(Text(f"\nReply to mail {record.id}, {record.sender}", style="bold"))
                console.print(Padding(Text(record.reply_text.rstrip()), (0, 0, 0, 2)))
