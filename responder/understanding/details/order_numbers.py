"""Find what may be an order number.

In:   subject and text.
Out:  candidates: those of the operator's own patterns, those that the mail calls an order, those that look like one; each once.
Source: the marketplaces' order numbers as their buyers see them.
Limits: only the order book knows which of them are orders; prices, dates, telephone numbers and postcodes are left out where they show.
"""

import re

MOST = 8
FEWEST_FIGURES = 3
MOST_BARE_TEXT = 300

_NAMES = (
    # what a customer calls it, in the languages that shops sell in
    r"orders?|purchase|po|ref(?:erence)?|transaction|receipt|invoice|confirmation|item|"
    r"bestell(?:ung|nummer|nr|-nr)?|kaufnummer|auftrag(?:snummer|snr)?|bestellnr|rechnung(?:snummer)?|vorgang(?:snummer)?|"
    r"commande|cmd|facture|achat|r[ée]f[ée]rence|"
    r"pedido|orden|compra|factura|encomenda|"
    r"ordine|acquisto|fattura|bestelling|bestelnummer|bestelnr|ordernummer|ordernr|zam[óo]wieni[eau]|zakup|"
    r"заказ[а-я]{0,3}|bestilling|ordrenummer|ordrenr|ordre|beställning(?:snummer)?|tilaus(?:numero)?|objedn[aá]vk[ayu]|rendel[ée]s|comanda|"
    r"sipari[şs]"
)
_NUMBER_WORDS = (
    r"numbers?|num|no|nr|n[°º]|id|code|nummer|num[ée]ro|n[úu]mero|numero|№|#|reference|ref|is|was|lautet|ist|est|es|con|avec|mit|with"
)
_TOKEN = r"(?:[A-Za-z]{1,6}[-_/]?)?\d[\dA-Za-z]*(?:[-_/][\dA-Za-z]+){0,4}"
_CALLED = re.compile(rf"\b(?:{_NAMES})\b(?:\s*(?:{_NUMBER_WORDS})\b|\s*[.:：#№=()\[\]\"'*]){{0,5}}\s*[#№]?\s*({_TOKEN})", re.IGNORECASE)
_CALLED_CJK = re.compile(
    rf"(?:订单|訂單|单号|單號|订购|注文|ご注文|オーダー|주문)(?:编号|編號|号码|號碼|号|號|番号|번호)?\s*(?:是|为|為|は|:|：|#|№|【|"
    rf"\[|「|\(|（)*\s*[#№]?\s*({_TOKEN})"
)
_GLUED = re.compile(rf"^(?:{_NAMES})(?=\d)", re.IGNORECASE)
_HASH = re.compile(rf"(?<![\w&])#\s?({_TOKEN})")
_SHAPED = re.compile(
    r"(?<![\w@./+-])("
    r"[A-Za-z]?\d{2,3}-\d{7}-\d{7}|"  # Amazon; D01-… for downloads
    r"\d{3} \d{7} \d{7}|"  # the same, read out
    r"\d{2}-\d{5}-\d{5}|"  # eBay
    r"[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}|"  # Allegro
    r"\d{6}(?=\d*[A-Z])[\dA-Z]{8}|"  # Shopee: the day, then figures and letters
    r"[A-Z]{2,6}\d(?=[A-Z\d]*[A-Z])[A-Z\d]{8,16}|"  # Shein
    r"[A-Za-z]{1,12}[-_/]?\d{3,20}(?:[-_/][\dA-Za-z]{1,20}){0,3}|"  # letters, then figures; Temu: PO-…-…
    r"\d{4,10}-[A-Z]{1,2}(?:-\d{1,3})?|"  # Mirakl's shops
    r"\d{2,10}(?:-\d{2,10}){1,3}|"  # Rakuten, Walmart
    r"\d{5,20}"  # Etsy, AliExpress, Magento, Zalando, Taobao, Mercado Libre
    r")(?![\w@]|[.,]\d)"
)
_BARE = re.compile(r"(?<![\w@.,/+-])[#№]?(\d{3,12})(?![\d@]|[.,/-]\d|[A-Za-z])")
_DATE = re.compile(r"(?:19|20)\d{2}-[01]?\d(?:-[0-3]?\d)?|[0-3]?\d[-/][01]?\d[-/](?:19|20)?\d{2}")
_PHONE_BEFORE = re.compile(
    r"(?:\+|\b(?:tel|phone|mobile|cell|call|fax|whatsapp|handy|telefon|mobil|t[ée]l[ée]phone|portable|m[óo]vil|tel[ée]fono|"
    r"cellulare|telefono)\b"
    r"|电话|手机|電話|微信|qq|传真)[\s.:：#(+\d-]{0,12}$",
    re.IGNORECASE,
)
_POSTCODE_AFTER = re.compile(r"[ \t,]+[A-ZÄÖÜÀ-Ý][A-Za-zÀ-ÿ]{2,}")
_POSTCODE_BEFORE = re.compile(
    r"(?:\b(?:plz|zip|postcode|postal code|code postal|cp|c[óo]digo postal)|邮编|郵編|郵遞區號)\s*[.:：]?\s*$|\b[A-Z]{2},?\s*$",
    re.IGNORECASE,
)
_PHONE_SHAPED = re.compile(r"\(?\d{3}\)?-\d{3}-\d{4}|0\d{1,4}-\d{2,4}-\d{4}|0\d{2,4}[-/]\d{5,8}")
_CARD_SHAPED = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")
_CALLED_ELSE = re.compile(
    r"\b(?:sku|ean|isbn|gtin|upc|iban|bic|vat|ust-?id(?:-?nr)?|art(?:ikel|icle|\.)?[- ]?(?:nr|nummer|no|number)?|model(?:l|e|o)?|"
    r"apt|apartment|suite|ste|unit|room)\b[\s.:#-]{0,3}$",
    re.IGNORECASE,
)
# Phones and word processors put other hyphens and wide figures; each stands for one of ours, so places stay.
_PLAIN = str.maketrans("‐‑‒–—−－＃０１２３４５６７８９", "-------#0123456789")
_MONEY = re.compile(r"(?:[$€£¥₩]|\b(?:usd|eur|gbp|cny|rmb))\s?$", re.IGNORECASE)
_MONEY_AFTER = re.compile(r"\s?(?:[$€£¥₩元]|(?:usd|eur|gbp|cny|rmb|euros?)\b)", re.IGNORECASE)


def find_order_numbers(text: str, leaving_out: tuple[str, ...] = (), patterns: tuple[re.Pattern[str], ...] = ()) -> tuple[str, ...]:
    r"""Find candidates for order numbers.

    `leaving_out` are tracking numbers. `patterns` are the operator's own: what they match counts always, and comes first;
    of a pattern with a group, the first group is the number.

    >>> find_order_numbers("Please cancel order #1042, thanks")
    ('1042',)
    >>> find_order_numbers("I paid 12000 EUR on 2026-03-01")
    ()
    >>> find_order_numbers("It is X-77.", patterns=(re.compile(r"X-\d+"),))
    ('X-77',)
    """
    own = _of_patterns(text, patterns)
    found = dict(own)
    tracking = {number.upper() for number in leaving_out}
    most = MOST + len(tracking)
    plain = text.translate(_PLAIN)
    for token in _called(plain):
        if not any(token.upper() in known for known in own):
            found.setdefault(token.upper(), token)
        if len(found) >= most:
            break
    for match in _SHAPED.finditer(plain):
        if len(found) >= most:
            break
        token = _GLUED.sub("", match[1].replace(" ", "-"))
        if not any(token.upper() in known for known in found) and not _something_else(plain, match):
            found.setdefault(token.upper(), token)
    return tuple(token for key, token in found.items() if key in own or key not in tracking)[:MOST]


def find_bare_numbers(text: str) -> tuple[str, ...]:
    """Find numbers that may be an order's where one was asked for: plain figures at the beginning of a reply.

    >>> find_bare_numbers("It is 1042, thanks")
    ('1042',)
    """
    return tuple(dict.fromkeys(match[1] for match in _BARE.finditer(text[:MOST_BARE_TEXT].translate(_PLAIN))))[:MOST]


def _of_patterns(text: str, patterns: tuple[re.Pattern[str], ...]) -> dict[str, str]:
    """Give what the operator's patterns match, in the order of the text."""
    matches = sorted((match for pattern in patterns for match in pattern.finditer(text)), key=lambda match: match.start())
    tokens = (match[1] if match.re.groups else match[0] for match in matches)
    return {token.strip().upper(): token.strip() for token in tokens if token and token.strip()}


def _called(text: str) -> list[str]:
    """Give what the mail calls an order, in the order of the text."""
    matches = [match for pattern in (_CALLED, _CALLED_CJK, _HASH) for match in pattern.finditer(text)]
    matches.sort(key=lambda match: match.start(1))
    return [_GLUED.sub("", match[1]) for match in matches if _may_be_called_so(text, match)]


def _may_be_called_so(text: str, match: re.Match[str]) -> bool:
    token = _GLUED.sub("", match[1])
    return (
        sum(char.isdigit() for char in token) >= FEWEST_FIGURES
        and not _DATE.fullmatch(token)
        and not _is_money(text, match)
        and not _CALLED_ELSE.search(text[max(0, match.start(1) - 30) : match.start(1)])
    )


def _is_money(text: str, match: re.Match[str]) -> bool:
    return bool(_MONEY.search(text[max(0, match.start(1) - 8) : match.start(1)]) or _MONEY_AFTER.match(text, match.end(1)))


def _something_else(text: str, match: re.Match[str]) -> bool:
    token = match.group(1)
    before = text[max(0, match.start(1) - 40) : match.start(1)]
    if _DATE.fullmatch(token) or _is_money(text, match) or _PHONE_BEFORE.search(before) or _CALLED_ELSE.search(before):
        return True
    if _PHONE_SHAPED.fullmatch(token) or _CARD_SHAPED.fullmatch(token):
        return True
    if re.fullmatch(r"\d{2,5}-\d{3,4}", token) and _POSTCODE_AFTER.match(text, match.end(1)):
        return True
    plain = token.isdigit()
    if plain and len(token) <= 6 and (_POSTCODE_AFTER.match(text, match.end(1)) or _POSTCODE_BEFORE.search(before)):
        return True
    # A national telephone number begins with a single zero.
    return plain and 9 <= len(token) <= 11 and token[0] == "0" != token[1]
