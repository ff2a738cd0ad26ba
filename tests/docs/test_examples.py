"""The examples in docstrings are so."""

import doctest
from importlib import import_module

import pytest

MODULES = [
    "responder.intake.headers",
    "responder.intake.parts",
    "responder.understanding.details.address",
    "responder.understanding.details.order_numbers",
    "responder.understanding.details.reason",
    "responder.understanding.details.tracking",
    "responder.understanding.language",
    "responder.understanding.text",
    "responder.web.second_factor",
    "responder.workflow.agreement",
    "responder.workflow.deadlines",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    results = doctest.testmod(import_module(name))
    assert results.attempted > 0
    assert results.failed == 0
