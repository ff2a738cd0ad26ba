"""However a mail is broken, it is read or refused; nothing else happens."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from responder.domain.errors import UnreadableMail
from responder.domain.mail import InboundMail
from responder.intake.identity import message_key
from responder.intake.read_mail import read_mail
from tests.unit.intake.broken import HOSTILE, RULES, broken

EXAMPLES = 20_000
_AT_ONCE = 10  # drawing costs more than reading


def _check(content: bytes) -> None:
    message_key(content)
    try:
        mail = read_mail(content, RULES)
    except UnreadableMail:
        return
    assert isinstance(mail, InboundMail)
    f"{mail}".encode()  # no half character may reach the books


@settings(max_examples=EXAMPLES // _AT_ONCE, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**64 - 1))
def test_a_broken_mail_is_read_or_refused(seed: int) -> None:
    for number in range(_AT_ONCE):
        _check(broken(random.Random(seed + number)))


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.eml")), ids=lambda path: path.stem)
def test_what_was_meant_to_break_the_reader_does_not(path: Path) -> None:
    _check(path.read_bytes())
