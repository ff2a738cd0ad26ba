"""Read mail after mail from standard input, and write what each says and means to standard output.

In:   frames: arrays and card of the model, those of the model for answers (or nothing), the risk; then what is asked for (`read`, `html` or
      the number of an attachment), a mail's rules and its bytes.
Out:  frames: first what could not be confined; then, for each mail, `R` and what was asked for, `U` and why it cannot be read, or `E` and
      an error.
Limits: everything is loaded before the first mail, since no file can be opened from then on.
"""

import codecs
import json
import pkgutil
import sys
from contextlib import suppress
from encodings import __path__ as encodings_path

from responder.domain.errors import UnreadableMail
from responder.domain.reading import Reading, ReadingRules
from responder.intake.read_mail import read_mail
from responder.intake.show import attachment_of, html_of
from responder.understanding.details.named_countries import prepare
from responder.understanding.model import load_classifier
from responder.understanding.understand import Understander
from responder.worker.confine import confine
from responder.worker.wire import frame, read_frame, reading_from_json, reading_to_json, rules_from_json, rules_to_json

# Mails that lead through everything that is loaded late: guessing of charsets, HTML, the languages.
WARM_UP = (
    b"From: Anna <a@example.org>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nDate: Tue, 10 Mar 2026 10:00:00 +0100\r\n\r\n"
    b"Wo ist Bestellung 1042?\r\n",
    b"From: b@example.org\r\nContent-Type: text/html; charset=x-nonsense\r\n\r\n"
    b"<p>\xc4\xe3\xba\xc3\xa3\xac\xce\xd2\xb5\xc4\xb6\xa9\xb5\xa5</p>\r\n",
    b"From: c@example.org\r\nIn-Reply-To: <1@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
    b"My new address: 17 Elm Road, Leeds LS1 4AB\r\n> old\r\n",
)


def main() -> None:
    """Serve until standard input ends."""
    asked, told = sys.stdin.buffer, sys.stdout.buffer
    arrays, card, answer_arrays, answer_card, risk = (read_frame(asked) or b"" for _ in range(5))
    answers = load_classifier(answer_arrays, answer_card, "the worker's model for answers") if answer_card else None
    understander = Understander(load_classifier(arrays, card, "the worker's model"), answers, json.loads(risk))
    _load_everything(understander)
    told.write(frame(json.dumps(confine()).encode()))
    told.flush()
    while None not in (frames := [read_frame(asked) for _ in range(3)]):
        wanted, rules, content = (each or b"" for each in frames)
        told.write(frame(_answer(wanted, content, rules_from_json(rules), understander)))
        told.flush()


def _answer(wanted: bytes, content: bytes, rules: ReadingRules, understander: Understander) -> bytes:
    try:
        if wanted == b"html":
            return b"R" + html_of(content).encode("utf-8", "replace")
        if wanted.isdigit():
            return b"R" + attachment_of(content, int(wanted))
        mail = read_mail(content, rules)
        return b"R" + reading_to_json(Reading(mail, understander.understand(mail, rules.order_patterns)))
    except UnreadableMail as error:
        return b"U" + str(error).encode()
    except Exception as error:  # the program shows it to a person; this process goes on with the next mail
        return b"E" + f"{type(error).__name__}: {error}".encode("utf-8", "replace")


def _load_everything(understander: Understander) -> None:
    for module in pkgutil.iter_modules(encodings_path):
        with suppress(LookupError, ImportError):
            codecs.lookup(module.name)
    prepare(understander.languages)
    for content in WARM_UP:
        mail = read_mail(content, rules_from_json(rules_to_json(ReadingRules())))
        reading_from_json(reading_to_json(Reading(mail, understander.understand(mail))))
        html_of(content)


if __name__ == "__main__":
    main()
