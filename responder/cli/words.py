"""How drafts and mails are shown on a terminal."""

from collections.abc import Callable

import click

from responder.domain.case import Draft
from responder.domain.decision import OrderActionKind
from responder.domain.errors import ReaderGone, UnreadableMail
from responder.workflow.consider import Profile
from responder.workflow.ports.reader import Reader
from responder.workflow.review import told_of


def shown_draft(draft: Draft, content: bytes, profile: Profile | None, reader: Reader, by_hand: Callable[[OrderActionKind], bool]) -> str:
    """Write a draft and its mail, one below the other."""
    lines = [_title(f"Draft {draft.id} ({draft.state.replace('_', ' ')})")]
    lines += [f"  - {reason}" for reason in draft.because]
    lines += ["", _title("The mail"), *_mail_lines(content, profile, reader)]
    if draft.state == "told":
        lines += ["", _title("For your information"), "  the customer has been answered, and somebody should look further"]
        return "\n".join([*lines, f"  when that is done: responder review approve {draft.id}"])
    if draft.reply is None:
        lines += ["", _title("No draft"), f"  write one: responder review rewrite {draft.id} --file FILE"]
        return "\n".join(lines)
    lines += ["", _title(f"The reply to {draft.reply.to} ({draft.reply.template or 'own words'}, {draft.reply.language or '?'})")]
    lines += [f"  Subject: {draft.reply.subject}", "", *(f"  {line}" for line in draft.text.splitlines())]
    if draft.state == "waiting":
        lines += ["", _title("What approving does"), *_consequences(draft, by_hand)]
    return "\n".join(lines)


def _consequences(draft: Draft, by_hand: Callable[[OrderActionKind], bool]) -> list[str]:
    if draft.action is None:
        return ["  sends this reply"]
    if by_hand(draft.action.kind):
        return [f"  asks you to {told_of(draft.action)} in the shop and to confirm it, then sends this reply"]
    return [f"  has the shop {told_of(draft.action)}, then sends this reply; if the shop says no, nothing is sent and you are asked again"]


def _mail_lines(content: bytes, profile: Profile | None, reader: Reader) -> list[str]:
    if profile is None:
        return ["  (its mailbox is not configured any more)"]
    try:
        reading = reader.read(content, profile.reading)
    except (UnreadableMail, ReaderGone) as error:
        return [f"  it cannot be read: {error}"]
    mail = reading.mail
    lines = [
        f"  From: {mail.sender_name} <{mail.sender}>" + ("" if mail.verified else "  (not verified)"),
        f"  Subject: {mail.subject}",
        "",
        *(f"  {line}" for line in mail.new_text.splitlines()),
    ]
    lines += [f"  [attached: {attachment.name}, {attachment.type}, {attachment.size} bytes]" for attachment in mail.attachments]
    if near := reading.understanding.nearest:
        lines += ["", _title("Mails of the corpus that are like it"), *(f"  {each.label}: {each.words}" for each in near)]
    return lines


def _title(text: str) -> str:
    return click.style(text, bold=True)
