"""A provider of OpenID Connect on loopback: it signs people in without asking, and can be told to lie."""

import base64
import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from responder.web.app import Server

CLIENT_ID, CLIENT_SECRET = "responder", "the client's secret"


@dataclass
class OidcProvider:
    """What the provider says: `claims` are put into each token, over the true ones; with `forge` a stranger's key signs."""

    claims: dict[str, object] = field(default_factory=lambda: {"email": "eve@shop.example", "email_verified": True})
    forge: bool = False
    issuer: str = ""
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"}))

    def metadata(self, request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def keys(self, request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = hashlib.sha256(asked["state"].encode()).hexdigest()
        self.asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.asked.pop(str(form["code"]), None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()).rstrip(b"=").decode()
        told = base64.b64decode(request.headers.get("authorization", "").removeprefix("Basic ")).decode()
        if asked is None or asked["code_challenge"] != challenge or not told.startswith(CLIENT_ID):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())  # noqa: TID251  the program's own clock
        true = {"iss": self.issuer, "aud": CLIENT_ID, "sub": "1", "nonce": asked["nonce"], "iat": now, "exp": now + 300}
        key = RSAKey.generate_key(2048, {"kid": "1"}) if self.forge else self.key
        token = jwt.encode({"alg": "RS256", "kid": "1"}, {**true, **self.claims}, key)
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": token, "expires_in": 300})


@contextmanager
def oidc_provider() -> Iterator[OidcProvider]:
    """Serve a provider."""
    provider = OidcProvider()
    routes = [
        Route("/.well-known/openid-configuration", provider.metadata),
        Route("/keys", provider.keys),
        Route("/authorize", provider.authorize),
        Route("/token", provider.token, methods=["POST"]),
    ]
    server = Server(Starlette(routes=routes), "127.0.0.1", 0)
    provider.issuer = f"http://127.0.0.1:{server.port}"
    server.start()
    yield provider
    server.stop()
