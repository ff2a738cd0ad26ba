"""Sign in by the organisation's own provider.

In:   a provider that speaks OpenID Connect; people of whom each is named as the provider names them.
Out:  sessions.
Standards: OpenID Connect Core 1.0 (authorisation code, nonce), RFC 7636 (PKCE, S256), RFC 9207 (iss); checked by Authlib.
Limits: nobody comes in who was not added before; what the provider says of roles is not looked at.
"""

import logging
import secrets
from dataclasses import dataclass
from typing import Any

from authlib.integrations.starlette_client import OAuth
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.sessions import SessionMiddleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from responder.web.sign_in import SignIn

log = logging.getLogger(__name__)
PATH = "/oidc"
TEN_MINUTES = 600


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider as it was registered with; `claim` is the one that names a person, `title` what the button says."""

    issuer: str
    client_id: str
    client_secret: str
    claim: str
    title: str


class SingleSignOn:
    """The way to the provider and back."""

    def __init__(self, provider: Provider, sign_in: SignIn, address: str) -> None:
        self._provider, self._sign_in, self._address = provider, sign_in, address
        self._client: Any = OAuth().register(
            name="provider",
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            server_metadata_url=f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
        )

    def middleware(self, *, secure: bool) -> Middleware:
        """Give what keeps state and nonce between the way there and the way back, in a signed cookie, for ten minutes."""
        return Middleware(
            SessionMiddleware,
            secret_key=secrets.token_urlsafe(32),
            session_cookie="responder_oidc",
            max_age=TEN_MINUTES,
            path=PATH,
            same_site="lax",
            https_only=secure,
        )

    async def begin(self, request: Request) -> Response:
        """Send the browser to the provider."""
        try:
            answer: Response = await self._client.authorize_redirect(request, f"{self._address}{PATH}/back")
        except Exception as error:  # whatever the network or the provider does, the person sees the sign-in page
            log.warning("the single sign-on cannot be reached: %s: %s", type(error).__name__, error)
            return RedirectResponse("/login?wrong=provider", 303)
        return answer

    async def back(self, request: Request) -> Response:
        """Let in whom the provider names, if they were added before."""
        try:
            token = await self._client.authorize_access_token(request)
            name = _named(token.get("userinfo") or {}, self._provider)
        except Exception as error:  # a wrong state, a forged token, a provider that is away: all end at the sign-in page
            log.warning("a single sign-on was refused: %s: %s", type(error).__name__, error)
            return RedirectResponse("/login?wrong=provider", 303)
        request.session.clear()
        return await run_in_threadpool(self._sign_in.by_provider, request, name)


def _named(claims: dict[str, Any], provider: Provider) -> str:
    """Give the name by which the provider vouches for a person.

    Raises:
        ValueError: it does not vouch for one.
    """
    name = claims.get(provider.claim)
    if not isinstance(name, str) or not name:
        raise ValueError(f"the provider gives no claim '{provider.claim}'")
    if provider.claim == "email" and claims.get("email_verified") is False:
        raise ValueError("the provider has not verified the address")
    return name
