"""Find what may be an order number.

In:   subject and text.
Out:  candidates as written: first those that the mail calls an order, then those that look like one; each once.
Limits: only the order book knows which of them are orders; prices, dates, telephone numbers and postcodes are left out where they show.
"""

import re

MOST = 8

_NAMES = (
    # what a customer calls it, in the languages that shops sell in
    r"order|purchase|po|ref(?:erence)?|transaction|receipt|invoice|confirmation|item|"
    r"bestell(?:ung|nummer|nr)?|auftrag(?:snummer|snr)?|bestellnr|rechnung(?:snummer)?|vorgang(?:snummer)?|"
    r"commande|cmd|facture|achat|r[ée]f[ée]rence|"
    r"pedido|orden|compra|factura|encomenda|"
    r"ordine|acquisto|fattura|bestelling|bestelnummer|ordernummer|zam[óo]wieni[ea]|zakup|"
    r"заказ[а-я]{0,3}|bestilling|beställning|tilaus|objedn[aá]vk[ay]|sipari[şs]"
)
_NUMBER_WORDS = (
    r"numbers?|num|no|nr|n[°º]|id|code|nummer|num[ée]ro|n[úu]mero|numero|№|#|reference|ref|is|was|lautet|ist|est|es|con|avec|mit|with"
)
_TOKEN = r"[A-Za-z]{0,6}[-_/]?\d[\dA-Za-z]*(?:[-_/][\dA-Za-z]+){0,4}"
_CALLED = re.compile(rf"\b(?:{_NAMES})\b(?:\s*(?:{_NUMBER_WORDS})\b|\s*[.:：#№=()\[\]\"'*]){{0,5}}\s*[#№]?\s*({_TOKEN})", re.IGNORECASE)
_CALLED_CJK = re.compile(
    rf"(?:订单|訂單|单号|單號|订购|注文|ご注文|オーダー|주문)(?:编号|編號|号码|號碼|号|號|番号|번호)?\s*(?:是|为|為|は|:|：|#|№|【|\[|「|\(|（)*\s*[#№]?\s*({_TOKEN})"
)
_GLUED = re.compile(rf"^(?:{_NAMES})(?=\d)", re.IGNORECASE)
_HASH = re.compile(rf"(?<![\w&])#\s?({_TOKEN})")
_SHAPED = re.compile(
    r"(?<![\w@./+-])("
    r"\d{3}-\d{7}-\d{7}|"  # Amazon
    r"\d{2}-\d{5}-\d{5}|"  # eBay
    r"[A-Za-z]{1,12}[-_/]?\d{3,20}(?:[-_/][\dA-Za-z]{1,12}){0,3}|"  # letters, then figures
    r"\d{2,10}(?:-\d{2,10}){1,3}|"
    r"\d{5,20}"
    r")(?![\w@]|[.,]\d)"
)
_DATE = re.compile(r"(?:19|20)\d{2}-[01]?\d(?:-[0-3]?\d)?|[0-3]?\d[-/][01]?\d[-/](?:19|20)?\d{2}")
_PHONE_BEFORE = re.compile(
    r"(?:\+|\b(?:tel|phone|mobile|cell|call|fax|whatsapp|handy|telefon|mobil|t[ée]l[ée]phone|portable|m[óo]vil|tel[ée]fono|cellulare|telefono)\b"
    r"|电话|手机|電話|微信|qq|传真)[\s.:：#(+\d-]{0,12}$",
    re.IGNORECASE,
)
_POSTCODE_AFTER = re.compile(r"[ \t,]+[A-ZÄÖÜÀ-Ý][A-Za-zÀ-ÿ]{2,}")
_POSTCODE_BEFORE = re.compile(
    r"(?:\b(?:plz|zip|postcode|postal code|code postal|cp|c[óo]digo postal)|邮编|郵編|郵遞區號)\s*[.:：]?\s*$|\b[A-Z]{2},?\s*$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"(?:[$€£¥₩]|\b(?:usd|eur|gbp|cny|rmb))\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\s?(?:[$€£¥₩元]|(?:usd|eur|gbp|cny|rmb|euros?)\b)", re.IGNORECASE)


def find_order_numbers(text: str, leaving_out: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Find candidates for order numbers; `leaving_out` are tracking numbers.

    >>> find_order_numbers("Please cancel order #1042, thanks")
    ('1042',)
    >>> find_order_numbers("I paid 12000 EUR on 2026-03-01")
    ()
    """
    called = [match for pattern in (_CALLED, _CALLED_CJK, _HASH) for match in pattern.finditer(text)]
    called.sort(key=lambda match: match.start(1))
    shaped = [match for match in _SHAPED.finditer(text) if not _something_else(text, match)]
    found: dict[str, str] = {}
    for match in called:
        token = _GLUED.sub("", match.group(1))
        if sum(char.isdigit() for char in token) >= 3 and not _DATE.fullmatch(token) and not _is_money(text, match):
            found.setdefault(token.upper(), token)
    for match in shaped:
        token = _GLUED.sub("", match.group(1))
        if not any(token.upper() in known for known in found):
            found.setdefault(token.upper(), token)
    tracking = {number.upper() for number in leaving_out}
    return tuple(token for key, token in found.items() if key not in tracking)[:MOST]


def _is_money(text: str, match: re.Match[str]) -> bool:
    return bool(_MONEY.search(text[: match.start(1)][-8:]) or _MONEY_AFTER.match(text, match.end(1)))


def _something_else(text: str, match: re.Match[str]) -> bool:
    token = match.group(1)
    before = text[max(0, match.start(1) - 40) : match.start(1)]
    if _DATE.fullmatch(token) or _is_money(text, match) or _PHONE_BEFORE.search(before):
        return True
    plain = token.isdigit()
    if plain and len(token) <= 6 and (_POSTCODE_AFTER.match(text, match.end(1)) or _POSTCODE_BEFORE.search(before)):
        return True
    # A national telephone number begins with a single zero.
    return plain and 9 <= len(token) <= 11 and token[0] == "0" != token[1]
