"""Customers behind contact forms and marketplaces."""

import pytest

from responder.domain.mail import InboundMail
from responder.domain.reading import ReadingRules, Relay
from responder.intake.read_mail import read_mail

FORM = Relay("contact form", ("forms@shop.example",))
MARKET = Relay("market", ("@market.example",), customer="from", typed=False)
ASKS = "Name: Anna\nE-mail: anna@b.example\nMessage: Where is order 10422?"


def _read(head: str, *relays: Relay, verdict: str = "pass", own: str = "help@shop.example", body: str = ASKS) -> InboundMail:
    domain = head.partition("@")[2].partition(">")[0].partition("\n")[0]
    results = f"Authentication-Results: mx.our.example; dmarc={verdict} header.from={domain}\n"
    rules = ReadingRules(frozenset({own}), ("mx.our.example",), relays=relays)
    return read_mail(f"{results}From: {head}\nTo: help@shop.example\nMessage-ID: <1@b.example>\n\n{body}\n".encode(), rules)


def _automatic(relay: Relay) -> Relay:
    return Relay(relay.name, relay.senders, relay.customer, relay.typed, automatic=True)


def test_a_named_form_gives_the_customer_and_a_person_looks_at_it() -> None:
    mail = _read("Shop <forms@shop.example>\nReply-To: Anna Kern <anna@b.example>", FORM)
    assert (mail.sender, mail.sender_name, mail.verified, mail.typed_sender) == ("anna@b.example", "Anna Kern", True, True)
    assert [(sign.code, sign.hard) for sign in mail.machine_signs] == [("relay", False)]


def test_an_automatic_form_has_no_sign_left() -> None:
    head = "Shop <forms@shop.example>\nReply-To: anna@b.example\nPrecedence: bulk\nAuto-Submitted: auto-generated\nList-Unsubscribe: <x:y>"
    assert _read(head, _automatic(FORM)).machine_signs == ()
    assert all(not sign.hard for sign in _read(head, FORM).machine_signs)


@pytest.mark.parametrize("verdict", ["fail", "none"])
def test_whoever_is_not_verified_is_no_relay(verdict: str) -> None:
    mail = _read("Shop <forms@shop.example>\nReply-To: anna@b.example", _automatic(FORM), verdict=verdict, body="Where is it?")
    assert (mail.sender, mail.verified) == ("forms@shop.example", False)
    form = _read("Shop <forms@shop.example>\nReply-To: anna@b.example", _automatic(FORM), verdict=verdict)
    assert (form.verified, [sign.code for sign in form.machine_signs]) == (False, ["contact-form"])


@pytest.mark.parametrize("reply_to", ["", "Reply-To: anna@b.example, eve@c.example\n", "Reply-To: a@b.example\nReply-To: c@d.example\n"])
def test_without_exactly_one_customer_the_sender_is_in_doubt(reply_to: str) -> None:
    mail = _read(f"Shop <forms@shop.example>\n{reply_to}Subject: x", _automatic(FORM))
    assert (mail.sender, mail.verified) == ("", False)
    assert mail.sender_doubt
    assert "Reply-To" in mail.sender_doubt


def test_a_marketplaces_alias_stands_for_the_customer() -> None:
    mail = _read("Anna <a1b2@de.market.example>\nReply-To: eve@c.example", _automatic(MARKET))
    assert (mail.sender, mail.verified, mail.typed_sender, mail.machine_signs) == ("a1b2@de.market.example", True, False, ())


@pytest.mark.parametrize("address", ["a@notmarket.example", "a@market.example.evil.example", "market.example@evil.example"])
def test_a_domain_that_only_looks_like_it_is_no_relay(address: str) -> None:
    assert _read(f"no-reply@x.example\nReply-To: {address}", MARKET).typed_sender
    assert "relay" not in [sign.code for sign in _read(address, MARKET).machine_signs]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Auto-Submitted: auto-replied", ASKS),
        ("Subject: Out of office: order", "I am away until Monday."),
        ("Return-Path: <>", ASKS),
        ("X-Autoreply: yes", ASKS),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", "--x\n\nfailed\n--x--"),
    ],
)
def test_what_a_machine_answered_is_never_a_customers(head: str, body: str) -> None:
    mail = _read(f"forms@shop.example\nReply-To: anna@b.example\n{head}", _automatic(FORM), body=body)
    assert any(sign.hard for sign in mail.machine_signs)


@pytest.mark.parametrize("writer", ["help@shop.example", "no-reply@forms.example", "no-reply@shop.example"])
def test_a_form_that_nobody_named_goes_to_a_person_with_a_draft_to_the_customer(writer: str) -> None:
    mail = _read(f"Shop <{writer}>\nReply-To: Anna <anna@b.example>")
    assert (mail.sender, mail.verified, mail.typed_sender) == ("anna@b.example", False, True)
    assert mail.machine_signs
    assert not any(sign.hard for sign in mail.machine_signs)


@pytest.mark.parametrize("reply_to", ["help@shop.example", "no-reply@c.example", "not an address"])
def test_our_own_mail_stays_our_own(reply_to: str) -> None:
    mail = _read(f"Shop <help@shop.example>\nReply-To: {reply_to}")
    assert mail.sender == "help@shop.example"
    assert [sign.code for sign in mail.machine_signs if sign.hard] == ["own-address"]
