"""What a mail holds beyond its text is shown without anything that acts or fetches."""

from email.message import EmailMessage

import pytest

from responder.domain.errors import UnreadableMail
from responder.domain.reading import ReadingRules
from responder.intake.read_mail import read_mail
from responder.intake.show import attachment_of, html_of


def html_mail(html: str) -> bytes:
    message = EmailMessage()
    message["From"] = "anna@example.org"
    message.set_content("plain")
    message.add_alternative(html, subtype="html")
    message.add_attachment(b"\x89PNG\r\n\x1a\n1", maintype="image", subtype="png", filename="photo.png")
    message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    return message.as_bytes()


def test_what_a_reader_sees_stays() -> None:
    shown = html_of(html_mail("<h1>Order</h1><table><tr><td colspan=2 onclick='x()'>1 &lt; 2</td></tr></table>"))
    assert shown.strip() == '<h1>Order</h1><table><tbody><tr><td colspan="2">1 &lt; 2</td></tr></tbody></table>'


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>@import '//x.example'</style>",
        "<img src=//x.example onerror=alert(1)>",
        "<form action=//x.example><input></form>",
        "<svg><a xlink:href='javascript:alert(1)'></a></svg>",
        "<meta http-equiv=refresh content='0;url=//x.example'>",
        "<base href=//x.example>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    ],
)
def test_what_acts_or_fetches_is_gone(html: str) -> None:
    assert html_of(html_mail(f"<p>Hello</p>{html}")).strip() == "<p>Hello</p>"


def test_a_link_keeps_its_words_and_loses_its_target() -> None:
    assert html_of(html_mail("<a href='//x.example'>here</a>")).strip() == "<a>here</a>"


def test_a_mail_without_html_has_none() -> None:
    assert html_of(b"From: a@example.org\r\n\r\n<p>no</p>") == ""


def test_attachments_stand_where_the_mail_says() -> None:
    content = html_mail("<p>x</p>")
    assert [each.name for each in read_mail(content, ReadingRules()).attachments] == ["photo.png", "bill.pdf"]
    assert [attachment_of(content, number) for number in (0, 1)] == [b"\x89PNG\r\n\x1a\n1", b"%PDF"]
    with pytest.raises(UnreadableMail, match="no attachment 3"):
        attachment_of(content, 2)
