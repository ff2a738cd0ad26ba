"""The HTML part says what the text says, and nothing a customer wrote is more than text."""

from html.parser import HTMLParser

import pytest

from responder.composing.html import html_of


class Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(text: str) -> Seen:
    parser = Seen()
    parser.feed(html_of(text, "en"))
    return parser


def test_paragraphs_and_read_back_lines_are_kept() -> None:
    written = html_of("Hello,\n\nthis is it:\n\n    Lindenweg 4\n    10115 Berlin\n\nKind regards\nLumio\n", "de")
    assert '<html lang="de">' in written
    assert '<p style="margin-left: 2em">Lindenweg 4<br>\n10115 Berlin</p>' in written
    assert "<p>Kind regards<br>\nLumio</p>" in written


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><a href='javascript:alert(1)'>x</a>",
        "javascript:alert(1)",
        "&lt;b&gt;",
        "{{ 7*7 }}",
        'https://a.example/"onmouseover="alert(1)',
    ],
)
def test_what_is_written_stays_text(payload: str) -> None:
    page = seen(f"Dear customer,\n\n    {payload}\n")
    assert set(page.tags) <= {"html", "head", "meta", "body", "p", "a", "br"}
    assert payload in page.text
    assert all(link and link.startswith(("https://", "http://")) and '"' not in link for link in page.links)


@pytest.mark.parametrize(
    ("text", "link"),
    [("See https://shop.example/a?b=1&c=2.", "https://shop.example/a?b=1&c=2"), ("（https://shop.example/1）", "https://shop.example/1")],
)
def test_web_addresses_are_links_without_what_follows_them(text: str, link: str) -> None:
    assert seen(text).links == [link]
