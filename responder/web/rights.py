"""Who may do what: the one table that the program goes by and that the tests are made from.

Standards: OWASP ASVS 5.0, 8.2.1 and 8.3.1: what is not named here is refused.
"""

from responder.domain.person import Role

# Route -> the least role that may; None: anybody, signed in or not.
RIGHTS: dict[str, Role | None] = {
    "healthz": None,
    "static": None,
    "login": None,
    "sign_in": None,
    "invitation": None,
    "accept": None,
    "oidc": None,
    "oidc_back": None,
    "logout": "reviewer",
    "queue": "reviewer",
    "counts": "reviewer",
    "case": "reviewer",
    "approve": "reviewer",
    "refuse": "reviewer",
    "undo": "reviewer",
    "correct": "reviewer",
    "html": "reviewer",
    "attachment": "reviewer",
    "original": "reviewer",
    "export": "reviewer",
    "put_off": "reviewer",
    "hand_over": "reviewer",
    "me": "reviewer",
    "totp": "reviewer",
    "statistics": "lead",
    "days_csv": "lead",
    "agreement_csv": "lead",
    "feedback": "lead",
    "audit": "lead",
    "stop": "lead",
    "resume": "lead",
    "release": "lead",
    "people": "admin",
    "invite": "admin",
    "disable": "admin",
}
