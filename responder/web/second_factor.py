"""Codes of a phone beside the password.

Standards: RFC 6238 (TOTP, thirty seconds, six digits); a code counts once (section 5.2), and one step early or late (section 6).
"""

import hmac
import re
from datetime import datetime

import pyotp
import segno
from markupsafe import Markup

STEP = 30


def new_secret() -> str:
    """Draw a secret of 160 bits, in base32."""
    return pyotp.random_base32(32)


def is_secret(text: str) -> bool:
    """Tell whether a text could be such a secret."""
    return re.fullmatch("[A-Z2-7]{32}", text) is not None


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """Give the number of the step that a code belongs to; None where it is not right now.

    >>> from datetime import UTC
    >>> step_of("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", "287082", datetime.fromtimestamp(59, UTC))
    1
    """
    here = int(now.timestamp()) // STEP
    given = "".join(code.split())
    for step in (here, here - 1, here + 1):
        if hmac.compare_digest(pyotp.TOTP(secret).at(step * STEP).encode(), given.encode()):
            return step
    return None


def picture_of(secret: str, name: str, shop: str) -> Markup:
    """Draw what a phone reads the secret from, as SVG."""
    address = pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=shop)
    return Markup(segno.make(address).svg_inline(scale=4, light="#fff"))  # noqa: S704  drawn by us: nothing of the address is text in it
