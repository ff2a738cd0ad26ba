"""The coverage matrix: every rule that answers or drafts has its reply in every language, and each reads as it did."""

import pytest

from tests.docs.golden import FOLDER, replies_in
from tests.docs.test_templates import SOURCES


@pytest.mark.parametrize("language", SOURCES)
def test_every_reply_reads_as_it_did(language: str) -> None:
    """A wanted change is taken over by `make golden`, and shows in the commit."""
    assert replies_in(language) == (FOLDER / f"{language}.txt").read_text(encoding="utf-8")
