"""Measure the reading of foreign mail against mail that nobody in this project wrote.

Run:  python benchmarks/intake.py FOLDER [--list]
In:   the folder with `mail/`, `machine_mail/` and `quotes/`; `--list` names what missed.
Out:  four figures (readable, machines, agreement, quotes), and the speed beside CPython's own parser in the same run.
Limits: the order of the files is fixed, so there is no chance in the figures, only in the times.
"""

import argparse
import email
import email.policy
import html
import json
import platform
import re
import time
from collections import Counter
from collections.abc import Iterator
from email.errors import MessageError
from importlib.metadata import version
from pathlib import Path
from typing import Any

from responder.domain.errors import UnreadableMail
from responder.domain.mail import InboundMail
from responder.domain.reading import ReadingRules
from responder.intake.identity import message_key
from responder.intake.quotes import split_quotes
from responder.intake.read_mail import read_mail

_RULES = ReadingRules()
_NO_MAIL = re.compile(
    r"\.(?:json|jsonl|xml|out|golden|png|gif|jpg|pdf|tiff|zip|bin|gitattributes)$|COPYING|_decoded_|/attachments/|ARTISTIC|,S="
)
_TAG = re.compile(r"<(?:head|style|script|title)\b.*?</(?:head|style|script|title)>|<!--.*?-->|<[^>]*>", re.DOTALL | re.IGNORECASE)
_WORD = re.compile(r"\w+")
# Words that the other parser could not decode say nothing about ours.
_DAMAGED = re.compile(r"\w*\ufffd[\w\ufffd]*")
SLOWEST = 1.0
ALIKE = 0.97


def main() -> None:
    """Measure, and print what was found."""
    arguments = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    arguments.add_argument("folder", type=Path)
    arguments.add_argument("--list", action="store_true", help="name the files and rows that missed")
    given = arguments.parse_args()
    mails = list(_mails(given.folder))
    print(
        f"python {platform.python_version()}, selectolax {version('selectolax')}, resiliparse {version('resiliparse')}; "
        f"{len(mails)} mails; no chance, no seed"
    )
    missed = [
        *_readable(mails),
        *_machines(given.folder),
        *_persons(given.folder),
        *_agreement(given.folder),
        *_quotes(given.folder),
    ]
    _speed([content for _, content in mails])
    if given.list:
        print(*missed, sep="\n")


def _mails(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted([*folder.glob("mail/**/*"), *folder.glob("machine_mail/maildir/bsd/*.eml")]):
        if path.is_file() and not _NO_MAIL.search(str(path)):
            yield str(path.relative_to(folder)), path.read_bytes()


def _readable(mails: list[tuple[str, bytes]]) -> list[str]:
    missed, slowest = [], 0.0
    for name, content in mails:
        started = time.perf_counter()
        try:
            read_mail(content, _RULES)
            message_key(content)
        except UnreadableMail as fault:
            missed.append(f"unreadable: {name}: {fault}")
        except Exception as fault:
            missed.append(f"RAISED: {name}: {fault!r}")
        slowest = max(slowest, time.perf_counter() - started)
    raised = sum(each.startswith("RAISED") for each in missed)
    print(
        f"readable   {len(mails) - len(missed)} of {len(mails)} read, {raised} raised, "
        f"slowest {slowest * 1000:.0f} ms (at most {SLOWEST * 1000:.0f})"
    )
    return missed


def _machines(folder: Path) -> list[str]:
    rows = [json.loads(line) for line in (folder / "machine_mail/labels.jsonl").read_text("utf-8").splitlines()]
    rows = [row for row in rows if row["must_not_auto_reply"]]
    signs = {row["path"]: read_mail((folder / row["path"]).read_bytes(), _RULES).machine_signs for row in rows}
    missed = [path for path, found in signs.items() if not found]
    hard = sum(any(sign.hard for sign in found) for found in signs.values())
    print(f"machines   {len(rows) - len(missed)} of {len(rows)} have a sign, {hard} a hard one")
    return [f"no sign: {path}" for path in missed]


def _persons(folder: Path) -> list[str]:
    """Count signs on the other mails; most of these were written by persons, but who did is not labelled."""
    signed, count = [], 0
    for name, content in _mails(folder):
        if not name.startswith("machine_mail") and (mail := _read(content)):
            count += 1
            if mail.machine_signs:
                signed.append(f"signed: {name}: {mail.sender}: {mail.subject[:40]!r}: {'; '.join(map(str, mail.machine_signs[:3]))}")
    print(f"others     {len(signed)} of {count} other mails have a sign (lists, reports and spam are among them)")
    return signed


def _read(content: bytes) -> InboundMail | None:
    try:
        return read_mail(content, _RULES)
    except UnreadableMail:
        return None


def _agreement(folder: Path) -> list[str]:
    agreed: Counter[str] = Counter()
    missed, count = [], 0
    for path in sorted(folder.glob("mail/stalwart/eml/**/*.eml")):
        expected = json.loads(path.with_suffix(".json").read_text("utf-8"))
        mail = _read(path.read_bytes())
        count += 1
        wrong = ["read"] if mail is None else list(_differences(expected, mail))
        agreed.update({"from", "subject", "text"} - set(wrong))
        agreed["all"] += not wrong
        if wrong:
            missed.append(f"differs in {', '.join(wrong)}: {path.relative_to(folder)}")
    print(
        f"agreement  {agreed['all']} of {count} ({agreed['all'] / count:.1%}) in all; "
        + ", ".join(f"{key} {agreed[key]}" for key in ("from", "subject", "text"))
    )
    return missed


def _differences(expected: dict[str, Any], mail: InboundMail) -> Iterator[str]:
    head = {field["name"]: field["value"] for field in expected["parts"][0]["headers"] if isinstance(field["name"], str)}
    from_ = (
        [each["address"] for each in head.get("from", {}).get("Address", {}).get("List", [])] if isinstance(head.get("from"), dict) else []
    )
    # More than one address, or none that is complete, is a doubt to us and no sender.
    if mail.sender.lower() != (from_[0] or "").lower() if len(from_) == 1 else mail.sender:
        yield "from"
    subject = head.get("subject")
    if not _alike(_words(subject["Text"] if isinstance(subject, dict) else ""), _words(mail.subject)):
        yield "subject"
    bodies = [expected["parts"][number]["body"] for number in expected["text_body"]]
    text = " ".join(
        body["Text"] if "Text" in body else html.unescape(_TAG.sub(" ", body["Html"]))
        for body in bodies
        if "Text" in body or "Html" in body
    )
    if not _alike(_words(text), _words(f"{mail.new_text} {mail.quoted_text}")):
        yield "text"


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(_DAMAGED.sub(" ", text.lower())))


def _alike(first: Counter[str], second: Counter[str]) -> bool:
    return (first & second).total() >= ALIKE * first.total()


def _quotes(folder: Path) -> list[str]:
    rows = [json.loads(line) for line in (folder / "quotes/pairs.jsonl").read_text("utf-8").splitlines()]
    strict = [row for row in rows if row["kind"] == "text" and row.get("expected") is not None]
    missed, lost = [], []
    for row in strict:
        new = " ".join(split_quotes(row["input"])[0].split())
        expected = " ".join(row["expected"].split())
        if new != expected:
            missed.append(f"not exact: {row['id']}")
        if _words(expected) - _words(new):
            lost.append(f"lost: {row['id']}")
    loose = [row for row in rows if row["kind"] == "text" and row.get("must_contain")]
    lost += [f"lost: {row['id']}" for row in loose if any(words not in split_quotes(row["input"])[0] for words in row["must_contain"])]
    print(
        f"quotes     {len(strict) - len(missed)} of {len(strict)} exact ({1 - len(missed) / len(strict):.1%}); "
        f"customer's words lost in {len(lost)} of {len(strict) + len(loose)}"
    )
    return missed + lost


def _speed(mails: list[bytes]) -> None:
    megabytes = sum(map(len, mails)) / 1e6
    for name, read in (("read_mail", _read), ("email.message_from_bytes", _by_library)):
        started = time.perf_counter()
        for content in mails:
            read(content)
        took = time.perf_counter() - started
        print(f"speed      {name}: {len(mails) / took:.0f} mails/s, {megabytes / took:.1f} MB/s")


def _by_library(content: bytes) -> object:
    try:
        return email.message_from_bytes(content, policy=email.policy.compat32)
    except (MessageError, RecursionError, ValueError):
        return None


if __name__ == "__main__":
    main()
