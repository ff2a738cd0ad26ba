"""Text comes out as the sender saw it, whatever the declaration says."""

import pytest

from responder.intake.charsets import codec_of, decode


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("Wo bleibt mein Päckchen?", "utf-8", "utf-8"),
        ("Wo bleibt mein Päckchen? – 20 €", "cp1252", "iso-8859-1"),
        ("Grüße “aus” Köln", "cp1252", "us-ascii"),
        ("我的訂單在哪裡", "big5hkscs", "big5"),
        ("我的订单在哪里，朱镕基", "gb18030", "gb2312"),
        ("髙橋①様", "cp932", "shift_jis"),
        ("注文はどこですか", "iso2022_jp", "iso-2022-jp"),
        ("주문은 어디 있나요 똠방각하", "cp949", "ks_c_5601-1987"),
        ("Де моє замовлення", "koi8_u", "koi8-u"),
        ("Где мой заказ?", "cp1251", "windows-1251"),
        ("พัสดุอยู่ที่ไหน", "cp874", "tis-620"),
        ("Siparişim nerede, ığş", "cp1254", "iso-8859-9"),
        ("Où est ma commande", "utf-7", "utf-7"),
        ("联通", "gb18030", "gbk"),
    ],
)
def test_a_declared_charset_is_read_as_the_web_reads_it(text: str, codec: str, label: str) -> None:
    assert decode(text.encode(codec), label) == text


@pytest.mark.parametrize("label", ["", "us-ascii", "iso-8859-1", "x-evil", "koi8-r", "gb2312"])
def test_utf8_is_recognised_under_any_label(label: str) -> None:
    assert decode("Päckchen für Zoë".encode(), label) == "Päckchen für Zoë"


def test_signs_that_vendors_added_to_japanese_are_read() -> None:
    assert decode(b"\x1b$B-!\x1b(B 1", "iso-2022-jp") == "① 1"
    assert decode(b"\xad\xa1 1", "euc-jp") == "① 1"


def test_a_lost_escape_spoils_one_line_only() -> None:
    assert decode(b'\x1b$B$"\nHello', "iso-2022-jp") == "あ\nHello"


def test_an_undeclared_charset_is_guessed() -> None:
    text = "Здравствуйте, где мой заказ? Я жду уже две недели."
    assert decode(text.encode("cp1251")) == text


@pytest.mark.parametrize("label", ["rot13", "hex", "zlib", "idna", "punycode", "unicode_escape", "undefined", "", "\0", "x" * 9999])
def test_what_is_no_charset_of_mail_is_not_used_as_one(label: str) -> None:
    assert codec_of(label) is None
    assert decode(b"abc \xe9", label)


def test_utf8_that_was_cut_in_a_sign_stays_utf8() -> None:
    assert decode("Päckchen é".encode()[:-1]) == "Päckchen \ufffd"
