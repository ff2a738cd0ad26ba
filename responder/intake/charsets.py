"""Turn bytes of any origin into text, as web browsers understand the names of charsets.

In:   bytes, and the charset that the mail declares, if any.
Out:  text; bytes that mean nothing become U+FFFD.
Standards: WHATWG Encoding (labels, gb2312 read as gb18030, latin1 as windows-1252), RFC 1468 (iso-2022-jp), RFC 2152 (UTF-7).
Limits: short text without a declaration can be guessed wrongly.
"""

import re

from resiliparse.parse.encoding import detect_encoding

DAMAGE = 0.02
_SAMPLE = 20_000
_LONGEST_JAPANESE = 300_000

_JAPANESE_ISO = "iso2022jp"
_WHATWG = {
    "utf_8": "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 x-unicode20utf8 utf8mb4 unicode-2-0-utf-8 cp65001 65001",
    "utf_7": "utf-7 unicode-1-1-utf-7 x-unicode-2-0-utf-7 unicode-2-0-utf-7 csunicode11utf7 cp65000",
    "utf_16": "utf-16 unicode ucs-2 iso-10646-ucs-2 csunicode",
    "utf_16_le": "utf-16le unicodefeff",
    "utf_16_be": "utf-16be unicodefffe",
    "utf_32": "utf-32 ucs-4",
    "cp866": "866 cp866 csibm866 ibm866",
    "cp1252": "ansi_x3.4-1968 ascii us-ascii us iso646-us iso_646.irv:1991 cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 "
    "iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 latin-1 windows-1252 x-cp1252 ansi 8859-1 iso8859_1 8bit iso-8859-1-windows-3.1-latin-1",
    "iso8859_2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2 latin-2",
    "iso8859_3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 l3 latin3",
    "iso8859_4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 l4 latin4",
    "iso8859_5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5",
    "iso8859_6": "arabic asmo-708 csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6",
    "iso8859_7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7",
    "iso8859_8": "csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-8859-8-i iso-ir-138 iso8859-8 iso88598 iso_8859-8 logical visual",
    "iso8859_10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859_13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859_14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859_15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9 latin9 latin-9 latin0",
    "iso8859_16": "iso-8859-16 latin10",
    "koi8_r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8_u": "koi8-ru koi8-u koi8_u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "mac_latin2": "x-mac-ce x-mac-centraleurroman",
    "mac_greek": "x-mac-greek",
    "mac_turkish": "x-mac-turkish",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 tis620 windows-874 cp874 x-windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250 win-1250",
    "cp1251": "cp1251 windows-1251 x-cp1251 win-1251 win1251",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5 windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "cp437": "cp437 ibm437 437",
    "cp850": "cp850 ibm850 850",
    "cp852": "cp852 ibm852 852",
    "cp858": "cp858 ibm00858",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030 cp936 936 windows-936 ms936 euc-cn "
    "x-euc-cn cn-gb gb2312-80 gb18030-2000",
    "hz": "hz-gb-2312 hz",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5 big5hkscs cp950 950 windows-950 big-5 big5-eten",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp eucjp x-euc euc_jp",
    _JAPANESE_ISO: "csiso2022jp iso-2022-jp iso-2022-jp-1 iso-2022-jp-2 iso-2022-jp-3 iso-2022-jp-ms cp50220 cp50221 cp50222 50221 jis "
    "iso2022jp iso_2022-jp csiso2022jp2",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis cp932 932 cswindows31j shiftjis shift_jisx0213",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949 cp949 949 "
    "ks_c_5601 "
    "euckr uhc x-windows-949 ms949 5601",
    "iso2022_kr": "csiso2022kr iso-2022-kr",
    "johab": "johab cp1361",
}
_CODECS = {label: codec for codec, labels in _WHATWG.items() for label in labels.split()}

# Codecs whose text looks like ASCII: UTF-8 would accept it without understanding it.
_SEVEN_BIT = frozenset({"utf_7", "hz", _JAPANESE_ISO, "iso2022_kr"})
_WIDE = frozenset({"utf_16", "utf_16_le", "utf_16_be", "utf_32"})
_TWO_BYTES = frozenset({"gb18030", "big5hkscs", "cp949", "cp932", "euc_jp"})
_TWO_BYTE_UTF8 = re.compile(rb"(?:[\xc2-\xdf][\x80-\xbf])+")
_EUC_PAIR = re.compile(rb"[\xa1-\xfe]{2}")
_HIGH = re.compile(rb"[A-Za-z]?[\x80-\xff]+[A-Za-z]?")
_JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B]|\x1b\([IJ]|\x1b\$\(D")
_ESCAPE = re.compile(rb"(\x1b(?:\$[@B]|\$\([@BDQOP]|\([A-J]|\.[AF]))")


def codec_of(label: str) -> str | None:
    """Give the codec for a charset's name; None when nobody knows it.

    >>> codec_of(" GB2312 "), codec_of("iso-8859-1"), codec_of("rot13")
    ('gb18030', 'cp1252', None)
    """
    name = label.strip().strip("\"'").strip().lower()[:60]
    if name.startswith("charset="):
        name = name[8:].strip("\"'")
    name = name.partition("*")[0]  # RFC 2231 section 5: an encoded word may carry its language after an asterisk
    codec = _CODECS.get(name) or _CODECS.get(name.replace("_", "-"))
    if codec is None and name.startswith(("x-", "cs")):
        codec = _CODECS.get(name[2:])
    return codec


def decode(data: bytes, label: str = "") -> str:
    """Decode bytes with whatever makes sense of them best; never raises.

    UTF-8 is tried first, since text that is valid UTF-8 by chance is very rare; then the declared charset, as long as at most one
    character in fifty is damaged; then a guess from the bytes; last windows-1252.
    """
    codec = codec_of(label) if label else None
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data.isascii():
        return _decode_ascii(data, codec)
    if codec in _WIDE or data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = _decode(data, codec if codec in _WIDE else "utf_16")
        if _damage(text) <= DAMAGE:
            return text
    if not (codec in _TWO_BYTES and _could_be_both(data)):
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            # Text that was cut in the middle of a character is still UTF-8.
            if error.reason == "unexpected end of data" and error.start > 0:
                return data.decode("utf-8", "replace")
    if codec:
        text = _decode(data, codec)
        if _damage(text) <= DAMAGE:
            return text
    return _guess(data, codec)


def _decode_ascii(data: bytes, codec: str | None) -> str:
    if codec in _WIDE and b"\0" in data:
        return _decode(data, codec or "")
    if codec in _SEVEN_BIT:
        text = _decode(data, codec or "")
        return text if _damage(text) <= DAMAGE else data.decode("ascii")
    if _JAPANESE_SHIFT.search(data):
        return _decode(data, _JAPANESE_ISO)
    return data.decode("ascii")


def _could_be_both(data: bytes) -> bool:
    """Tell whether a few bytes are valid both as UTF-8 and in an East Asian charset, as a name of two signs may be."""
    runs = _HIGH.findall(data)
    return sum(map(len, runs)) <= 12 and all(_TWO_BYTE_UTF8.fullmatch(run) for run in runs)


def _decode(data: bytes, codec: str) -> str:
    if codec == _JAPANESE_ISO:
        return _decode_japanese(data)
    if codec == "euc_jp":
        return _decode_euc_japanese(data)
    try:
        return data.decode(codec, "replace")
    except (UnicodeError, LookupError):
        return data.decode("cp1252", "replace")


def _damage(text: str) -> float:
    return text.count("\ufffd") / len(text) if text else 0.0


def _guess(data: bytes, codec: str | None) -> str:
    guessed = codec_of(detect_encoding(data[:_SAMPLE]) or "")
    candidates = [each for each in ("utf_8", guessed, codec) if each and each not in _WIDE]
    texts = [_decode(data, each) for each in dict.fromkeys(candidates)]
    best = min(texts, key=_damage)
    return best if _damage(best) <= DAMAGE else _decode(data, "cp1252")


def _decode_japanese(data: bytes) -> str:
    """Decode iso-2022-jp with the signs that Windows and NEC added (CP50221), for which Python has no codec."""
    text: list[str] = []
    kind = b"\x1b(B"
    data = data[:_LONGEST_JAPANESE]
    for piece in _ESCAPE.split(data):
        if _ESCAPE.fullmatch(piece):
            kind = piece
        elif kind in (b"\x1b$@", b"\x1b$B", b"\x1b$(@", b"\x1b$(B"):
            # RFC 1468: a line ends in ASCII, even when the escape that says so was lost.
            lines = piece.split(b"\n")
            text.append("\n".join([_kanji(lines[0]), *(line.decode("cp932", "replace") for line in lines[1:])]))
        elif kind == b"\x1b$(D":
            text.append(
                b"".join(b"\x8f" + bytes(c | 0x80 for c in piece[i : i + 2]) for i in range(0, len(piece) - 1, 2)).decode(
                    "euc_jp", "replace"
                )
            )
        elif kind == b"\x1b(I":
            text.append(bytes(c | 0x80 if 0x21 <= c <= 0x5F else c for c in piece).decode("cp932", "replace"))
        else:
            text.append(piece.decode("cp932", "replace"))
    return "".join(text)


def _kanji(pairs: bytes) -> str:
    out = bytearray()
    i = 0
    while i < len(pairs):
        first = pairs[i]
        if first < 0x21 or first > 0x7E or i + 1 >= len(pairs):
            out.append(first)
            i += 1
            continue
        out += _shift_jis(first, pairs[i + 1])
        i += 2
    return out.decode("cp932", "replace")


def _shift_jis(first: int, second: int) -> bytes:
    """Move a sign of JIS X 0208 to its place in Shift_JIS."""
    lead = ((first - 0x21) >> 1) + 0x81
    if lead > 0x9F:
        lead += 0x40
    trail = second + (0x1F + (second >= 0x60)) if first & 1 else second + 0x7E
    return bytes((lead, trail & 0xFF))


def _decode_euc_japanese(data: bytes) -> str:
    try:
        return data.decode("euc_jp")
    except UnicodeDecodeError:
        # NEC's and IBM's signs are in cp932 only.
        moved = _EUC_PAIR.sub(lambda pair: _shift_jis(pair[0][0] & 0x7F, pair[0][1] & 0x7F), data[:_LONGEST_JAPANESE])
        return moved.replace(b"\x8e", b"").decode("cp932", "replace")
