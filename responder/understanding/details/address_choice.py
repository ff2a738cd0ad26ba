"""Choose the address that a customer means, among those found in a mail.

In:   the text, and the addresses found in it.
Out:  the new one where an old one stands beside it; none where all are old, or stand in a footer.
Limits: what is old is told by words shortly before or behind it.
"""

import re

from responder.understanding.details.pieces import Found

BEFORE = 90
BEHIND = 45
_OLD = re.compile(
    r"\b(?:old|wrong|previous|former|incorrect|instead of|rather than|not|moved from|currently|original|from|no longer|"
    r"alte[nrs]?|falsche[nrs]?|bisherige[nrs]?|vorherige[nrs]?|statt|anstatt|anstelle|nicht|ursprüngliche[nrs]?|von|"
    r"ancienne|au lieu d[eu']|à la place d[eu']|erronée|précédente|et non|"
    r"antigua|anterior|en vez de|en lugar de|equivocad[ao]|incorrecta|y no|"
    r"vecchio|invece di|sbagliato|precedente|e non|oude?|in plaats van|verkeerde?|niet|"
    r"antigo|antiga|em vez de|errad[ao]|stary|starego|zamiast|błędny)\b|旧|原来|原地址|原本|而不是|不是|错误|填错|从|由|元の|"
    r"以前の|間違|誤|기존|이전|예전|잘못",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\b(?:new|correct|right|updated?|to|use|should be|should read|is now|now|changed? it to|instead|actual|"
    r"neuen?|neuer|korrekten?|richtige[nr]?|jetzt|nun|sondern|an|nach|lautet|"
    r"nouvelle|correcte|bonne|plutôt|désormais|à|au|chez|"
    r"nuev[ao]|correct[ao]|ahora|sino|a|nuovo|corrett[oa]|adesso|nieuwe?|juiste?|naar|nov[oa]|corret[oa]|agora|para|"
    r"nowy|poprawny|na)\b|新|改成|改为|改為|改到|换成|換成|寄到|寄往|发到|送到|正确|应该|應該|変更後|正しい|새|변경할|바뀐|올바른",
    re.IGNORECASE,
)
_BEHIND_OLD = re.compile(
    r"[ ,(]{0,3}(?:is|was|ist|war|est|es|è)?\s*(?:\(?(?:the |my |die |mon |la )?(?:old|wrong|alte|falsch|ancienne|antigua|"
    r"vecchio)\b(?! (?:address|anschrift|adresse))|no longer|nicht mehr|"
    r"から|에서)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？]\s+(?=\S)|\n\s*\n|[。！？]")
_LEGAL = re.compile(
    r"\b(?:HRB|HRA|Registergericht|Amtsgericht|Geschäftsführer(?:in)?|Handelsregister|USt-?Id|Ust\.?-?ID|Steuernummer|VAT (?:no|id|reg)|"
    r"Company (?:no|number|reg)|Registered (?:office|in)|SIRET|SIREN|RCS|TVA|CIF|NIF|P\.? ?IVA|Partita IVA|KvK|BTW|NIP|REGON|CVR|"
    r"Impressum)\b",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"(?:\b(?:tel|phone|fax|mobile?|mob|telefon|t[ée]l[ée]phone|t[ée]l|telefono|teléfono|telefoon|cell|office)\b\s*[.:]?\s*[+(\d])|"
    r"www\.|https?://|\S@\S+\.\w|(?m:^\s*[+(]?\d[\d ()/-]{8,20}$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^[ \t]*(?:-- ?|(?:(?:kind|best|warm|many)(?: kind)? )?regards|(?:many )?thanks(?: in advance| again)?|thank you|sincerely|"
    r"yours \w+|cheers|best|"
    r"mit (?:freundlichen|besten) grüßen|(?:viele|liebe|beste|freundliche) grüße|mfg|vg|lg|"
    r"(?:bien )?cordialement|salutations|un saludo|saludos|atentamente|cordiali saluti|saluti|met vriendelijke groet(?:en)?|groet(?:en)?|"
    r"atenciosamente|cumprimentos|pozdrawiam|med vänlig hälsning|hälsningar|venlig hilsen|hilsen)[ \t]*[,.!]?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_POINTS_AT_IT = re.compile(
    r"\b(?:below|following|underneath|here is|here's|unten|folgende[nrs]?|nachstehend\w*|hier ist|ci-dessous|suivante?|voici|"
    r"siguiente|abajo|seguente|sotto|onderstaand\w*|volgende?|seguinte|abaixo|poniżej\w*|następując\w*)\b",
    re.IGNORECASE,
)


def choose(text: str, found: list[Found]) -> Found | None:
    """Give the address meant: called new before uncalled, whole before partial, later before earlier; never one called old."""
    kept = [each for each in found if not _in_footer(text, each)]
    ages = {each: _age(text, each, kept) for each in kept}
    if any(age > 0 for age in ages.values()):
        newest = [each for each in kept if ages[each] > 0]
    else:
        newest = [each for each in kept if ages[each] == 0]
    return max(newest, key=lambda each: (each.labelled, not each.missing, len(each.missing) < 2, each.start), default=None)


def _age(text: str, each: Found, others: list[Found]) -> int:
    """Give -1 for an address called old, 1 for one called new, 0 for others: the word nearest to it counts."""
    if _BEHIND_OLD.match(text[each.end : each.end + BEHIND]):
        return -1
    since = max([other.end for other in others if other.end <= each.start], default=0)
    before = text[max(since, each.start - BEFORE) : each.start]
    *_, last_end = [0, *(match.end() for match in _SENTENCE_END.finditer(before) if not before[: match.start()].endswith(":"))]
    before = before[last_end:] if before[last_end:].strip() else before.rstrip()[-40:]
    old = max((match.end() for match in _OLD.finditer(before)), default=0)
    new = max((match.end() for match in _NEW.finditer(before)), default=0)
    return 0 if old == new else 1 if new > old else -1


def _in_footer(text: str, each: Found) -> bool:
    """Tell whether an address belongs to a company's or a sender's footer, not to the request."""
    around = text[max(0, each.start - 120) : each.end + 200]
    if _LEGAL.search(around):
        return True
    *_, closing = [None, *(match for match in _CLOSING.finditer(text, 0, each.start) if match.start() or match[0].startswith("--"))]
    if closing is None or closing.end() < each.start - 200:
        return False
    return bool(_CONTACT.search(text[closing.end() : each.end + 200])) and not _POINTS_AT_IT.search(text[: closing.start()])
