"""The language of a mail."""

import pytest

from responder.understanding.language import language_of

KNOWN = ("de", "en", "es", "fr", "zh")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("cancel my order", "en"),
        ("wo ist mein paket", "de"),
        ("où est mon colis?", "fr"),
        ("dónde está mi pedido", "es"),
        ("我的快递到哪了", "zh"),
        ("ご注文をキャンセルしたいです", "ja"),
        ("주문을 취소해 주세요", "ko"),
        ("hej var är mitt paket jag har väntat i tre veckor nu och inget har kommit", "sv"),
        ("12345", "unknown"),
        ("LC-1042", "unknown"),
        ("", "unknown"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text, KNOWN) == language
