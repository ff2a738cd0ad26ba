"""Only what our own server found out about a sender is believed."""

import pytest

from responder.intake.authentication import authenticate, authserv_ids_seen
from responder.intake.headers import Fields

OURS = ("mx.our.example",)


def _fields(*values: str) -> Fields:
    return Fields(tuple(("authentication-results", value.encode()) for value in values))


def test_a_dmarc_pass_for_the_domain_of_from_verifies() -> None:
    fields = _fields(
        "mx.our.example; dkim=pass header.d=b.example; spf=fail smtp.mailfrom=x.example;\n dmarc=pass (p=NONE) header.from=b.example"
    )
    findings = authenticate(fields, OURS, "b.example")
    assert findings.verified
    assert findings.verdicts == {"dkim": "pass", "spf": "fail", "dmarc": "pass"}


@pytest.mark.parametrize(
    "value",
    [
        "mx.evil.example; dmarc=pass header.from=b.example",
        "mx.our.example; dmarc=fail header.from=b.example; dkim=pass header.d=b.example",
        "mx.our.example; dmarc=pass header.from=other.example",
        "mx.our.example; dmarc=pass",
        "mx.our.example; spf=pass smtp.mailfrom=b.example",
        "mx.our.example; dkim=pass header.d=evil.example",
        "mx.our.example; dkim=fail header.d=b.example",
        "mx.our.example; none",
        "mx.our.example (dmarc=pass header.from=b.example)",
        "dmarc=pass header.from=b.example",
        "",
    ],
)
def test_anything_less_does_not(value: str) -> None:
    assert not authenticate(_fields(value), OURS, "b.example").verified


def test_without_dmarc_a_signature_of_the_domain_or_its_parent_verifies() -> None:
    fields = _fields("mx.our.example; dkim=fail header.d=x.example; dkim=pass header.d=b.example")
    assert authenticate(fields, OURS, "b.example").verified
    assert authenticate(fields, OURS, "mail.b.example").verified
    assert not authenticate(fields, OURS, "evilb.example").verified
    assert not authenticate(_fields("mx.our.example; dkim=pass header.d=co.uk"), OURS, "b.co.uk").verified


def test_only_the_topmost_unbroken_block_counts() -> None:
    good = ("authentication-results", b"mx.our.example; dmarc=pass header.from=b.example")
    assert authenticate(Fields((("received", b"x"), good)), OURS, "b.example").verified
    forged_below = Fields((("authentication-results", b"mx.our.example; none"), ("received", b"x"), good))
    assert not authenticate(forged_below, OURS, "b.example").verified
    assert not authenticate(Fields((("authentication-results", b"mx.evil.example; none"), good)), OURS, "b.example").verified


def test_the_form_of_microsoft_365_is_read() -> None:
    value = "mx.our.example 1; spf=pass (sender IP is 1.2.3.4)\n smtp.mailfrom=b.example; dkim=pass (signature was verified)\n" + (
        " header.d=b.example;dmarc=pass action=none header.from=b.example;compauth=pass reason=100"
    )
    findings = authenticate(_fields(value), OURS, "b.example")
    assert findings.verified
    assert findings.verdicts["compauth"] == "pass"


def test_nobody_is_believed_unless_named() -> None:
    assert authenticate(_fields("mx.our.example; dmarc=pass header.from=b.example"), (), "b.example").verdicts == {}


def test_the_names_seen_are_told() -> None:
    content = b"Authentication-Results: MX.our.example; none\n" + (
        b"Authentication-Results: spf=pass smtp.mailfrom=x\nAuthentication-Results: y.example; none\n\nx"
    )
    assert authserv_ids_seen(content) == ("mx.our.example", "y.example")
