"""A hundred attacks, as name, subject, text, address and order number: what a customer writes is repeated literally or not at all."""

import re
from base64 import b64encode
from email import message_from_bytes, policy
from html import escape

import pytest

from tests.rig.letters import text_of
from tests.unit.workflow.house import House, mail

PAYLOADS = [
    "{{7*7}}",
    "{{ 7 * 7 }}",
    "{% for x in range(9) %}{{x}}{% endfor %}",
    "{{ self.__init__.__globals__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{# {{ 7*7 }} #}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "%(total)s {0} {total}",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "</body></html><h1>x</h1>",
    "x\r\nBcc: victim@example.net",
    "x\nSubject: other\n\nbody",
    "x%0d%0aBcc: victim@example.net",
    "\u202egnp.exe\u202c \u2066abc\u2069",
    "\x00\x07\x1b[31mred",
    "=_part--\r\n--=_part\r\nContent-Type: text/html\r\n\r\n<b>x</b>",
]
PLACES = ["name", "subject", "text", "address", "order number"]
FIELDS = {
    "From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress",
    "MIME-Version", "Content-Type",
}  # fmt: skip


def attack(place: str, payload: str) -> bytes:
    encoded = f"=?utf-8?b?{b64encode(payload.encode()).decode()}?="
    on_one_line = " ".join(payload.split())
    match place:
        case "name":
            return mail("where is it").replace(b"From: Anna Kern <", f"From: {encoded} <".encode())
        case "subject":
            return mail("where is it", Subject=f"where is it {encoded}")
        case "text":
            return mail("where is it", f"Order 1042\n{payload}")
        case "address":
            return mail("new address", f"Order 1042, please send it to\nAnna Kern\nLindenweg 4 {on_one_line}\n10115 Berlin\nGermany")
        case _:
            return mail("where is it", f"Order {payload}")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_that_a_customer_writes_is_run(house: House, place: str, payload: str) -> None:
    house.order_book.orders = house.order_book.orders[:1]
    house.go_round(attack(place, payload))
    for _, recipient, content in house.courier.sent:
        reply = message_from_bytes(content, policy=policy.default)
        assert recipient == "anna@example.org"
        assert set(reply.keys()) == FIELDS
        assert [address.addr_spec for address in reply["To"].addresses] == ["anna@example.org"]
        parts = list(reply.iter_parts())
        assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
        text, html = text_of(reply), parts[1].get_content()
        assert "49" not in text
        assert not re.search(r"__globals__|subclasses|012345678", text) or place == "address"
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x07\x1b]", f"{reply['Subject']}{text}")
        assert not re.search(r"<(?:script|img|h1|b)\b|javascript:[^<]*\"", html)
        if place == "address" and " ".join(payload.split()).isprintable() and "<" in payload and payload in text:
            assert escape(payload) in html


def test_an_address_with_an_attack_in_it_is_read_back_literally(house: House) -> None:
    house.go_round(attack("address", "{{7*7}}"))
    assert "Lindenweg 4 {{7*7}}" in text_of(house.courier.sent[-1][2])
