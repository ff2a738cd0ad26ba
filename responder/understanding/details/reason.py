"""Find the reason that a customer gives.

In:   what was written now.
Out:  the clause that gives the reason, as written, or None.
Limits: only reasons that are introduced as such, or that are among the usual ones.
"""

import re

MOST = 300

_INTRODUCED = (
    r"because|since (?:i|we|it|the|my)|due to|the reason|as i (?:no longer|have|found|am)|cause i|cuz|"
    r"weil|\bda (?:ich|wir|es|der|die|das|mein)|aufgrund|wegen|der grund|"
    r"parce que|car (?:je|nous|il|elle|on|mon|ma|le|la)|à cause|en raison|puisque|la raison|"
    r"porque|ya que|debido a|puesto que|el motivo|la raz[óo]n|"
    r"perch[ée]|poich[ée]|a causa|omdat|want ik|vanwege|ponieważ|z powodu|porque|"
    r"因为|因為|由于|由於|原因|ので|ため|から、|때문"
)
_USUAL = (
    r"changed my mind|by mistake|by accident|accidentally|wrong (?:size|colou?r|item|one|address)|ordered (?:twice|two)|duplicate|"
    r"found (?:it )?(?:cheaper|elsewhere)|"
    r"no longer (?:need|want)|don'?t need|do not need|too (?:late|long|slow|expensive|big|small)|takes? too long|in time for|"
    r"aus versehen|versehentlich|doppelt|nicht mehr|zu (?:spät|lange|teuer|groß|klein)|anderswo|"
    r"par erreur|en double|changé d'avis|plus besoin|trop (?:tard|long|cher|grand|petit)|"
    r"por error|sin querer|duplicad|cambi[ée] de (?:idea|opini[óo]n)|ya no|demasiado|"
    r"拍错|买错|下错|重复|不想要|不需要|太慢|太贵|买多|拍多|不要了"
)
_REASON = re.compile(rf"(?<!\w)(?:{_INTRODUCED})|(?:{_USUAL})", re.IGNORECASE)
_CLAUSE = re.compile(r"[^.!?。！？\n]+[.!?。！？]?")


def find_reason(text: str) -> str | None:
    """Give the first clause that states a reason.

    >>> find_reason("Please cancel it. I ordered it by mistake. Thanks!")
    'I ordered it by mistake.'
    """
    for clause in _CLAUSE.finditer(text):
        if _REASON.search(clause.group()):
            return clause.group().strip()[:MOST]
    return None
