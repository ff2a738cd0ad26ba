"""HTML becomes the text that a reader sees."""

import pytest

from responder.intake.html import read_html
from responder.intake.quotes import split_quotes


def test_paragraphs_lists_and_tables_keep_their_lines() -> None:
    html = "<p>One<br>two</p><p>three</p><ul><li>a</li><li>b</li></ul><table><tr><td>x</td><td>y</td></tr><tr><td>z</td></tr></table>"
    assert read_html(html).text == "One\ntwo\n\nthree\n\n- a\n- b\n\nx y\nz"


def test_a_link_keeps_its_target_when_its_words_do_not_say_it() -> None:
    html = '<a href="https://shop.example/o/1">my order</a>, <a href="https://shop.example">shop.example</a>, <a href="javascript:x">y</a>'
    assert read_html(html).text == "my order <https://shop.example/o/1>, shop.example, y"


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display: none">secret</div>',
        '<span style="font-size:0px">secret</span>',
        '<p style="color:#fff;background-color:white">secret</p>',
        '<p style="visibility:hidden">secret</p>',
        "<p hidden>secret</p>",
        "<!-- secret -->",
        "<style>secret</style>",
        "<head><title>secret</title></head>",
        "<script>secret</script>",
    ],
)
def test_what_no_reader_sees_is_left_out(hidden: str) -> None:
    assert read_html(f"<p>seen</p>{hidden}<p>too</p>").text == "seen\n\ntoo"


@pytest.mark.parametrize("style", ["font-size:10px", "font-size:0.9em", "color:white;background:black", "max-height:0.5in", "opacity:0.9"])
def test_what_a_reader_sees_stays(style: str) -> None:
    assert read_html(f'<p style="{style}">seen</p>').text == "seen"


@pytest.mark.parametrize(
    "quoted",
    [
        '<div class="gmail_quote">On Mon, 3 May 2021 at 10:12, Shop wrote:<br><blockquote class="gmail_quote">old</blockquote></div>',
        '<blockquote type="cite"><div>old</div></blockquote>',
        '<div id="appendonsend"></div><hr><div><b>Od:</b> x<br><b>Temat:</b> y</div><p>old</p>',
        '<div id="divRplyFwdMsg">x</div><p>old</p>',
        '<div class="yahoo_quoted">On Monday, Shop wrote:<p>old</p></div>',
        '<div id="mail-editor-reference-message-container">x<p>old</p></div>',
        '<div name="quote">Gesendet: x<p>old</p></div>',
        '<div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><b>X:</b> y</div><p>old</p>',
    ],
)
def test_what_the_mail_program_marked_is_quoted(quoted: str) -> None:
    new, old = split_quotes(read_html(f"<div>Where is it?</div>{quoted}").text)
    assert new == "Where is it?"
    assert "old" in old


def test_answers_between_quotes_stay() -> None:
    html = '<blockquote type="cite">Which size?</blockquote><p>XL</p><blockquote type="cite">Which colour?</blockquote><p>red</p>'
    assert split_quotes(read_html(html).text)[0] == "XL\n\nred"


def test_a_forwarded_mail_stays() -> None:
    html = (
        '<p>See</p><div class="gmail_quote">---------- Forwarded message ---------<br>From: Shop<br>Subject: Order<br><br>Number 123</div>'
    )
    assert "Number 123" in split_quotes(read_html(html).text)[0]


def test_depth_and_size_do_not_take_it_down() -> None:
    assert read_html("<div>" * 50_000 + "x").text == "x"
    assert read_html("<p>a" * 200_000).text.startswith("a\n\na")
    assert read_html("").text == ""
