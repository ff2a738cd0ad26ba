"""What the standards ask of whoever reads mail before answering it: see docs/conformance.md."""

import pytest

from responder.domain.mail import Sign
from responder.domain.reading import ReadingRules
from responder.intake.authentication import authenticate
from responder.intake.headers import Fields
from responder.intake.read_mail import read_mail

RULES = ReadingRules(own_addresses=frozenset(("help@shop.example", "sales@shop.example", "info@other-shop.example")))
OURS = ("mx.our.example",)


def _signs(head: str, body: str = "Where is my order 10422?", from_: str = "Anna <anna@b.example>") -> tuple[Sign, ...]:
    return read_mail(f"From: {from_}\n{head}\n\n{body}\n".encode(), RULES).machine_signs


def _hard(head: str, body: str = "Where is my order 10422?", from_: str = "Anna <anna@b.example>") -> list[str]:
    return [sign.code for sign in _signs(head, body, from_) if sign.hard]


@pytest.mark.parametrize("value", ["no", "No", "NO", "no (by hand)", "(a person (me)) no", "no; x=1", " no ", "no (a); x=1 (b)"])
def test_auto_submitted_no_in_every_spelling_is_a_person(value: str) -> None:
    """RFC 3834 section 5: comments and parameters may stand around the keyword."""
    assert _signs(f"Auto-Submitted: {value}") == ()


@pytest.mark.parametrize("values", [("no", "auto-replied"), ("auto-generated", "no"), ("no", "no", "x-other")])
def test_of_several_auto_submitted_fields_one_is_enough(values: tuple[str, ...]) -> None:
    assert _hard("\n".join(f"Auto-Submitted: {value}" for value in values))[0] == "auto-submitted"


@pytest.mark.parametrize(
    "type_",
    [
        "message/delivery-status",
        "message/global-delivery-status",
        "message/disposition-notification",
        "message/global-disposition-notification",
        "message/feedback-report",
    ],
)
def test_a_report_is_known_by_its_part_wherever_it_stands(type_: str) -> None:
    """RFC 3464, RFC 6533, RFC 8098 and RFC 5965, with and without the multipart/report around it."""
    inner = f"--y\nContent-Type: {type_}\n\nAction: failed\n--y--"
    for kind in (f"report; report-type={type_.partition('/')[2]}", "mixed"):
        assert "report" in _hard(f"Content-Type: multipart/{kind}; boundary=y", inner)
    deeper = f"--x\nContent-Type: multipart/mixed; boundary=y\n\n{inner}\n--x--"
    assert "report" in _hard("Content-Type: multipart/mixed; boundary=x", deeper)
    assert _hard(f"Content-Type: {type_}", "Action: failed") == ["report"]


@pytest.mark.parametrize("kind", ["delivery-status", "disposition-notification", "feedback-report", "tracking-status", "x-of-tomorrow", ""])
def test_a_multipart_report_of_any_kind_is_a_machines(kind: str) -> None:
    """RFC 6522 section 3: more kinds may come."""
    assert "report" in _hard(f"Content-Type: Multipart/Report; report-type={kind}; boundary=y", "--y\n\nwords\n--y--")


@pytest.mark.parametrize("name", ["List-Id", "List-Help", "List-Subscribe", "List-Unsubscribe", "List-Post", "List-Owner", "List-Archive"])
def test_each_field_of_mailing_lists_is_known(name: str) -> None:
    """RFC 5230 section 4.6 names these seven."""
    assert _hard(f"{name}: <mailto:x@list.example>") == ["list"]


@pytest.mark.parametrize("word", ["bulk", "junk", "list", "auto_reply", "Bulk", " LIST "])
def test_precedences_of_machines_are_hard(word: str) -> None:
    assert _hard(f"Precedence: {word}") == ["precedence"]


@pytest.mark.parametrize("word", ["first-class", "special-delivery", "normal", "air-mail", "urgent"])
def test_other_precedences_never_silence_anybody(word: str) -> None:
    assert _hard(f"Precedence: {word}") == []


@pytest.mark.parametrize("value", ["All", "OOF", "autoreply", "DR,AutoReply", "DR , oof,RN", "NRN; ALL"])
def test_suppression_is_read_as_a_list_in_any_case(value: str) -> None:
    """MS-OXCMAIL section 2.2.3.2.14."""
    assert "auto-response-suppress" in _hard(f"X-Auto-Response-Suppress: {value}")


@pytest.mark.parametrize("value", ["None", "DR", "RN", "NRN", "DR, RN, NRN", "", "Allow", "x-oof"])
def test_suppression_of_receipts_alone_is_not_of_answers(value: str) -> None:
    assert _signs(f"X-Auto-Response-Suppress: {value}") == ()


@pytest.mark.parametrize("address", ["help@shop.example", "Help@SHOP.example", "sales@shop.example", "info@other-shop.example"])
def test_none_of_our_addresses_is_a_customer(address: str) -> None:
    assert _hard("Subject: x", from_=f"Shop <{address}>") == ["own-address"]


@pytest.mark.parametrize("field", ["X-Spam-Flag: YES", "X-Spam-Flag: yes", "X-Spam-Status: Yes, score=9.1 required=5.0"])
def test_mail_marked_as_spam_is_known(field: str) -> None:
    assert _hard(field) == ["spam"]


@pytest.mark.parametrize(("count", "signs"), [(50, []), (51, ["loop"]), (120, ["loop"])])
def test_more_than_fifty_hops_are_a_loop(count: int, signs: list[str]) -> None:
    """RFC 5321 section 6.3 has at least 100 for refusing a mail; staying silent may begin earlier."""
    assert _hard("\n".join(["Received: from a by b; Mon, 2 Mar 2026 10:00:00 +0000"] * count)) == signs


def test_an_automatic_answer_to_our_reply_is_a_machines() -> None:
    head = "In-Reply-To: <r1.abc@shop.example>\nReferences: <r1.abc@shop.example>\n"
    assert _signs(head + "Subject: Re: Order 10422") == ()
    assert _hard(head + "Auto-Submitted: auto-replied") == ["auto-submitted"]


def test_a_mark_against_loops_of_somebody_else_makes_a_person_look() -> None:
    assert [(sign.code, sign.hard) for sign in _signs("X-Loop: anna@b.example")] == [("loop", False)]


def test_a_wish_for_a_receipt_changes_nothing() -> None:
    assert _signs("Disposition-Notification-To: anna@b.example, eve@c.example\nReturn-Receipt-To: anna@b.example") == ()


def _authenticated(*values: str) -> bool:
    return authenticate(Fields(tuple(("authentication-results", value.encode()) for value in values)), OURS, "b.example").verified


@pytest.mark.parametrize(
    "value",
    [
        "mx.our.example; x-new=pass header.from=b.example",
        "mx.our.example; dmarc=pass policy.from=b.example",
        "mx.our.example; dmarc=pass x-new.from=b.example",
        "mx.our.example; dkim=pass x-new.d=b.example",
        "mx.our.example; dmarc=x-new header.from=b.example",
        "mx.our.example.evil.example; dmarc=pass header.from=b.example",
        "evil.mx.our.example; dmarc=pass header.from=b.example",
    ],
)
def test_methods_properties_and_servers_that_we_do_not_know_prove_nothing(value: str) -> None:
    """RFC 8601 sections 2.3, 2.7.6 and 5."""
    assert not _authenticated(value)


def test_what_we_do_not_know_does_not_hide_what_we_know() -> None:
    assert _authenticated("MX.our.example 1; x-new=fail y=z; dmarc/1=pass (words) x-new.y=z header.from=b.example; x-other=none")
