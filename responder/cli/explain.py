"""`responder explain`: show what would become of mails from files; touches no server and no database."""

import json
import mailbox
import sys
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from responder.cli.options import Moment

if TYPE_CHECKING:
    from responder.workflow.consider import Considered

SIDE_BY_SIDE = 2
MODES = ("review", "auto", "shadow")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and mail, in order.")
@click.option("--orders", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A CSV order book.")
@click.option("--trust-senders", is_flag=True, help="Take every sender as verified.")
@click.option("--mode", type=click.Choice(MODES), default="review", show_default=True)
@click.option("--at", type=Moment(), metavar="MOMENT", help="Take this as the present, such as 2026-03-01T12:00Z.")
@click.option("--own", multiple=True, metavar="ADDRESS", help="An address of the shop's own (may be given more than once).")
@click.option("--templates", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another folder of templates.")
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Another folder with a model.")
def explain(
    paths: tuple[Path, ...],
    as_json: bool,
    orders: Path | None,
    trust_senders: bool,
    mode: str,
    at: datetime | None,
    own: tuple[str, ...],
    templates: Path | None,
    model: Path | None,
) -> None:
    """Show what would become of mails from .eml files, folders of them, or mbox files.

    Nothing is sent, nothing is written, no server is asked.
    """
    from responder.adapters.clock import SystemClock
    from responder.bootstrap import trial
    from responder.domain.errors import ReaderGone
    from responder.workflow.consider import consider, unreadable
    from responder.workflow.ports.ledger import History

    now = at or SystemClock().now()
    profile, knowledge, reader = trial(orders=orders, trust_senders=trust_senders, mode=mode, own=own, templates=templates, model=model)

    def explained(named: tuple[str, bytes]) -> str:
        name, content = named
        try:
            considered = consider(content, profile, knowledge, now=now, arrived_at=now, look_back=lambda *_: History())
        except ReaderGone as error:
            considered = unreadable(str(error))
        told = as_table(name, considered)
        return json.dumps(told, ensure_ascii=False) if as_json else in_words(told)

    with closing(reader):
        for line in _in_order(explained, _with_progress(paths)):
            click.echo(line)


def _in_order(explained: Callable[[tuple[str, bytes]], str], mails: Iterator[tuple[str, bytes]]) -> Iterator[str]:
    """Explain some mails at a time, side by side, and give the results in the mails' order."""
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        waiting: deque[Future[str]] = deque()
        for named in mails:
            waiting.append(pool.submit(explained, named))
            if len(waiting) > 8 * SIDE_BY_SIDE:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def as_table(name: str, considered: "Considered") -> dict[str, Any]:
    """Give the object that `--json` prints; its shape is a promise to other programs."""
    mail, understanding, gathered, decision = considered.mail, considered.understanding, considered.gathered, considered.decision
    return {
        "file": name,
        "mail": {
            "message_id": mail.message_id if mail else "",
            "from": mail.sender if mail else "",
            "to": list(mail.recipients) if mail else [],
            "subject": mail.subject if mail else "",
            "date": mail.written_at.isoformat() if mail and mail.written_at else None,
            "new_text": mail.new_text if mail else "",
            "quoted_text": mail.quoted_text if mail else "",
            "attachments": [{"name": each.name, "type": each.type, "size": each.size} for each in mail.attachments] if mail else [],
            "machine_signs": [str(sign) for sign in mail.machine_signs] if mail else [],
            "unreadable": considered.unreadable,
        },
        "understanding": {
            "language": understanding.language,
            "requests": [{"label": each.label, "confidence": round(each.confidence, 4)} for each in understanding.requests],
            "phrases": [{"words": each.words, "weight": round(each.weight, 3)} for each in understanding.phrases],
            "nearest": [
                {"label": each.label, "words": each.words, "similarity": round(each.similarity, 3)} for each in understanding.nearest
            ],
            "details": {
                "order_numbers": list(understanding.details.order_numbers),
                "tracking_numbers": list(understanding.details.tracking_numbers),
                "address": _address(understanding.details.address),
                "reason": understanding.details.reason,
            },
        }
        if understanding
        else None,
        "facts": {fact: getattr(gathered.facts, fact) for fact in ("request", "awaiting", "order", "value", "late", "sender")}
        if gathered
        else None,
        "decision": {
            "action": _ACTIONS[type(decision).__name__],
            "rule": decision.rule,
            "order_action": considered.action.kind if considered.action else None,
            "because": list(decision.because),
        },
        "reply": {
            "template": considered.reply.template,
            "language": considered.reply.language,
            "to": considered.reply.to,
            "subject": considered.reply.subject,
            "text": considered.reply.text,
        }
        if considered.reply
        else None,
    }


_ACTIONS = {"StaySilent": "stay_silent", "AskHuman": "ask_human", "Answer": "answer"}


def _address(address: Any) -> dict[str, Any] | None:
    if address is None:
        return None
    return {"lines": list(address.lines), "postcode": address.postcode, "country": address.country, "missing": list(address.missing)}


def in_words(told: dict[str, Any]) -> str:
    """Write the same for people."""
    mail, understanding, decision, reply = told["mail"], told["understanding"], told["decision"], told["reply"]
    lines = [click.style(told["file"], bold=True)]
    if mail["unreadable"]:
        lines.append(f"  cannot be read: {mail['unreadable']}")
    else:
        lines.append(f"  from {mail['from'] or 'nobody that can be told'}: {mail['subject']}")
    if understanding and not mail["machine_signs"]:
        best = understanding["requests"][0]
        lines.append(f"  asks for {best['label']} ({best['confidence']:.2f}), language {understanding['language']}")
    lines.append(f"  {decision['action'].replace('_', ' ')}, by rule {decision['rule']}")
    lines += [f"    - {reason}" for reason in decision["because"]]
    if decision["order_action"]:
        lines.append(f"  does first: {decision['order_action']}")
    if reply:
        lines += [f"  | {line}" for line in reply["text"].splitlines()]
    return "\n".join([*lines, ""])


def _with_progress(paths: tuple[Path, ...]) -> Iterator[tuple[str, bytes]]:
    """Give all mails with their names, and show how far it is where someone looks."""
    from rich.console import Console
    from rich.progress import track

    sources = [source for path in paths for source in _sources(path)]
    console = Console(stderr=True)
    hidden = len(sources) < 20 or not console.is_terminal or sys.stdout.isatty()
    for source in track(sources, "reading", console=console, disable=hidden, transient=True):
        yield from _mails(source)


def _sources(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in (".eml", ".mbox", ".msg", ".txt"))
    return [path]


def _mails(path: Path) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as file:
        is_mbox = file.read(5) == b"From "
    if not is_mbox or path.suffix.lower() == ".eml":
        yield str(path), path.read_bytes()
        return
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            yield f"{path}#{number}", box.get_bytes(key)
    finally:
        box.close()
