"""A small OpenID provider for tests on loopback: whoever is listed signs in without a password.

python small.py PORT
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import sys
import time
from html import escape
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

PEOPLE = {
    "founder": {"name": "創 はじめ", "email": "founder@outside.example", "locale": "ja-JP"},
    "stranger": {"name": "Ann Outside", "email": "ann@outside.example", "locale": "en-GB"},
}
CLIENT, SECRET = "club", "only-for-tests-on-loopback"


class Provider:
    """Authorization-code flow with PKCE where it is asked for, RS256, one client."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})
        self.codes: dict[str, dict[str, Any]] = {}

    async def metadata(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "end_session_endpoint": f"{self.issuer}/end",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def authorize(self, request: Request) -> Response:
        asked = request.query_params if request.method == "GET" else await request.form()
        if "who" not in asked:
            hidden = "".join(
                f'<input type="hidden" name="{escape(k)}" value="{escape(str(v))}">'
                for k, v in asked.items()
            )
            buttons = "".join(
                f'<button name="who" value="{id}">{escape(p["name"])}</button>'
                for id, p in PEOPLE.items()
            )
            return HTMLResponse(f'<form method="post">{hidden}{buttons}</form>')
        code = secrets.token_urlsafe(24)
        self.codes[code] = dict(asked)
        answer = urlencode({"code": code, "state": str(asked.get("state", ""))})
        return RedirectResponse(f"{asked['redirect_uri']}?{answer}", 303)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        asked = self.codes.pop(str(form.get("code")), None)
        if asked is None or not self._is_client(request, dict(form)):
            return JSONResponse({"error": "invalid_grant"}, 400)
        if asked.get("code_challenge") and asked["code_challenge"] != _challenge(form):
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": asked["who"],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 600,
            "auth_time": now,
            "nonce": asked.get("nonce"),
            "email_verified": True,
            **PEOPLE[asked["who"]],
        }
        id_token = jwt.encode({"alg": "RS256", "kid": "k1"}, claims, self.key)
        access = secrets.token_urlsafe(24)
        return JSONResponse({"access_token": access, "token_type": "Bearer", "id_token": id_token})

    def _is_client(self, request: Request, form: dict[str, Any]) -> bool:
        header = request.headers.get("authorization", "")
        if header.lower().startswith("basic "):
            given = base64.b64decode(header[6:]).decode()
        else:
            given = f"{form.get('client_id')}:{form.get('client_secret')}"
        return given == f"{CLIENT}:{SECRET}"

    async def end(self, request: Request) -> Response:
        return RedirectResponse(request.query_params["post_logout_redirect_uri"], 303)


def _challenge(form: Any) -> str:
    digest = hashlib.sha256(str(form.get("code_verifier", "")).encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def app(issuer: str) -> Starlette:
    provider = Provider(issuer)
    return Starlette(
        routes=[
            Route("/.well-known/openid-configuration", provider.metadata),
            Route("/keys", provider.keys),
            Route("/authorize", provider.authorize, methods=["GET", "POST"]),
            Route("/token", provider.token, methods=["POST"]),
            Route("/end", provider.end),
        ]
    )


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(app(f"http://localhost:{port}"), host="127.0.0.1", port=port, log_level="warning")
