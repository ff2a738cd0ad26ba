"""Find the reason that a customer gives.

In:   what was written now.
Out:  the clause that gives the reason, as written, or None.
Limits: only reasons that are introduced as such, or that are among the usual ones; languages en de fr es it pt nl pl zh ja ko.
"""

import re

MOST = 300

_INTRODUCED = (
    r"because|since (?:i|we|it|the|my)\b|due to|the reason (?:is|was|being|for)|as i (?:no longer|have|found|am)\b|'?cause i\b|cuz\b|"
    r"weil\b|da (?:ich|wir|es|der|die|das|mein|meine|sie)\b|aufgrund|wegen\b|der grund|grund(?: dafür)? ist|grund:|"
    r"parce qu|car (?:je|j'|nous|il|elle|on|mon|ma|le|la|c'est|vous)|à cause d|en raison d|puisqu|la raison|"
    r"porque\b|ya que\b|debido a|puesto que|el motivo|la raz[óo]n|a causa de|"
    r"perch[éeè]\b|poich[éeè]\b|a causa d|il motivo|dato che|visto che|in quanto|siccome|"
    r"pois\b|já que|devido a|por causa d|o motivo|uma vez que|"
    r"omdat\b|want (?:ik|we|het|de|mijn)\b|vanwege|aangezien|de reden|"
    r"ponieważ|z powodu|gdyż|bo (?:nie|już|się|mi|jest|jednak|za|mam|znala|zamówi|kupi|paczka)\w*|dlatego że|powodem|"
    r"reason:|motivo:|raison ?:|reden:|powód:"
)
_USUAL = (
    r"changed my mind|by mistake|by accident|accidentally|wrong (?:size|colou?r|item|one|address|model)|ordered (?:it )?(?:twice|"
    r"two)|duplicate|"
    r"found (?:it |one |something )?(?:cheaper|elsewhere)|better price|do(?:es)?n[o']?t fit|does not fit|not what i|"
    r"no longer (?:need|want)|don'?t (?:need|want) (?:it|them|this)|do not (?:need|want) (?:it|them|this)|"
    r"too (?:late|long|slow|expensive|big|small|tight|large)|takes? too long|not arrive in time|arrives? (?:damaged|broken)|"
    r"arrived (?:damaged|broken)|"
    r"aus versehen|versehentlich|irrtümlich|doppelt bestellt|nicht mehr (?:benötig|brauch|gebraucht|haben|nötig)\w*|"
    r"(?:benötig|brauch)\w* (?:\w+ ){0,3}nicht mehr|zu (?:spät|lange|teuer|groß|klein|eng|weit)|anderswo|"
    r"umentschieden|anders überlegt|falsche (?:größe|farbe|adresse)|passt (?:mir )?nicht|günstiger gefunden|gefällt (?:mir )?nicht|"
    r"par erreur|en double|changé d'avis|plus besoin|trop (?:tard|long|cher|grand|petit|serré)|mauvaise (?:taille|couleur)|"
    r"trouvé (?:moins cher|ailleurs)|"
    r"ne me (?:va|convient|plaît) pas|"
    r"por error|por equivocaci[óo]n|sin querer|duplicad|cambi[ée] de (?:idea|opini[óo]n)|ya no (?:lo|la|los|las|quiero|necesito)|"
    r"demasiado (?:tarde|caro|grande|pequeñ|tiempo)|talla equivocada|no me (?:queda|sirve|gusta)|m[áa]s barato|"
    r"per (?:errore|sbaglio)|cambiato idea|non (?:mi|ne) serve più|non (?:lo|la|li|le) voglio più|non ne ho più bisogno|"
    r"tropp[oa] (?:tardi|cara|caro|grande|piccol|tempo)|"
    r"taglia sbagliata|ordinato due volte|doppio ordine|"
    r"por engano|sem querer|mudei de ideia|já não (?:preciso|quero)|não (?:preciso|quero) mais|demorad?o? demais|"
    r"muito (?:caro|grande|pequeno|tarde)|tamanho errado|em duplicado|"
    r"per ongeluk|per vergissing|dubbel besteld|niet meer nodig|bedacht|te (?:laat|duur|groot|klein|lang)\b|verkeerde (?:maat|"
    r"kleur)|elders|past niet|"
    r"przez (?:pomyłkę|przypadek)|pomyłkowo|dwa razy|podwójn|zmienił[ea]m zdanie|rozmyślił|nie (?:potrzebuję|chcę) już|"
    r"już nie (?:potrzebuję|chcę)|"
    r"za (?:późno|drogi|drogo|duż|mał|długo)|zły (?:rozmiar|kolor)|znalazł[ea]m taniej"
)
_EAST = (
    r"因为|因為|由于|由於|原因|拍错|拍錯|买错|買錯|下错|下錯|重复|重複|不想要|不需要|太慢|太贵|太貴|买多|拍多|不要了|不喜欢|"
    r"不合适|太大|太小|尺码|改变主意|等太久|"
    r"ので|ため(?!に.{0,12}(?:教|お願い))|ですから|ますから|ましたから|理由|間違えて|間違って|誤って|重複|不要になり|必要なくな|"
    r"気が変わ|遅すぎ|高すぎ|大きすぎ|小さすぎ|サイズが合わ|届くのが遅|"
    r"때문|이유|실수로|잘못 주문|중복|필요 ?없|마음이 바뀌|단순 ?변심|변심|너무 (?:늦|비싸|크|작|오래)|사이즈가|(?:해서|와서|어서|"
    r"아서|라서|니까)[ ,]"
)
_REASON = re.compile(rf"(?<!\w)(?:{_INTRODUCED}|{_USUAL})|{_EAST}", re.IGNORECASE)
_CLAUSE = re.compile(r"[^.!?。！？\n]+[.!?。！？]?")
# A question for our reason is not a reason of theirs.
_ASKS = re.compile(
    r"^\W*(?:what|why|warum|wieso|pourquoi|por qué|perché|waarom|dlaczego|why)\b[^\n]*\?$|for what reason|为什么|為什麼|なぜ|どうして|왜",
    re.IGNORECASE,
)


def find_reason(text: str) -> str | None:
    """Give the first clause that states a reason.

    >>> find_reason("Please cancel it. I ordered it by mistake. Thanks!")
    'I ordered it by mistake.'
    """
    for clause in _CLAUSE.finditer(text):
        written = clause.group().strip()
        if _REASON.search(written) and not _ASKS.search(written):
            return written[:MOST]
    return None
