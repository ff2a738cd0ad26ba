"""Tables for the terminal."""

from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from responder.domain.case import MailRecord

_STYLES = {"answered": "green", "answering": "green", "waiting": "yellow", "silent": "dim", "quarantined": "red", "arrived": "cyan"}


def print_records(records: Sequence[MailRecord], *, replies: bool) -> None:
    """Print one row a mail: who wrote, what was asked for, what became of it and why; the replies below where wanted."""
    console = Console()
    table = Table(box=None, header_style="bold", pad_edge=False, expand=True)
    table.add_column("mail", justify="right", no_wrap=True)
    for column, ratio in (("from", 3), ("subject", 4), ("asks for", 3), ("became", 2), ("why", 6)):
        table.add_column(column, ratio=ratio, overflow="ellipsis", no_wrap=True)
    for record in records:
        asks = f"{record.label} {record.confidence:.2f}" if record.label else "—"
        why = "; ".join(reason for reason in record.because if not reason.startswith(f"{record.label} with confidence"))
        state = Text(record.state, style=_STYLES.get(record.state, ""))
        table.add_row(str(record.id), record.sender or "?", record.subject or "—", asks, state, why)
    console.print(table)
    if replies:
        for record in records:
            if record.reply_text and record.state == "answered":
                console.print(Text(f"\nReply to mail {record.id}, {record.sender}", style="bold"))
                console.print(Padding(Text(record.reply_text.rstrip()), (0, 0, 0, 2)))
