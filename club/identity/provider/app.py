"""The provider as a small application to be mounted under `/identity`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from club.identity import client
from club.identity.accounts import Accounts
from club.identity.claims import digest
from club.identity.provider.asked import Asked, endpoint, is_loopback
from club.identity.provider.forgery import Forgery
from club.identity.provider.forms import Forms
from club.identity.provider.keys import signing_key
from club.identity.provider.pages import Pages
from club.identity.provider.server import Client, Server, claims_of
from club.keyring import Keyring
from club.settings import Settings

STYLE = (Path(__file__).parent / "style.css").read_text("utf-8")


def create_provider(settings: Settings, keys: Keyring, accounts: Accounts) -> Starlette:
    """The provider of this club over the accounts it is given."""
    key = signing_key(keys)
    server = Server(
        issuer=client.issuer(settings),
        client=Client(client.client_secret(keys), client.redirect_uri(settings)),
        key=key,
        accounts=accounts,
    )
    forgery = Forgery(
        keys.secret("identity-forms"),
        path=urlsplit(server.issuer).path,
        is_secure=settings.base_url.startswith("https:"),
    )
    pages = Pages(settings, forgery)
    forms = Forms(settings, accounts, server, pages)
    doors = Doors(settings, accounts, server, pages, key)
    both = ["GET", "POST"]
    return Starlette(
        routes=[
            Route(client.DISCOVERY, endpoint(doors.metadata)),
            Route("/jwks", endpoint(doors.jwks)),
            Route("/style.css", endpoint(doors.style)),
            Route("/token", endpoint(doors.token), methods=["POST"]),
            Route("/userinfo", endpoint(doors.userinfo), methods=both),
            Route("/end-session", endpoint(doors.end_session), methods=both),
            Route("/authorize", endpoint(forms.authorize), methods=both),
            Route("/invitation", endpoint(forms.invitation), methods=both),
            Route("/forgotten", endpoint(forms.forgotten), methods=both),
            Route("/reset", endpoint(forms.reset), methods=both),
        ]
    )


@dataclass(frozen=True, slots=True)
class Doors:
    """What the app asks of the provider, with nobody looking."""

    settings: Settings
    accounts: Accounts
    server: Server
    pages: Pages
    key: RSAKey

    def metadata(self, asked: Asked) -> Response:
        """Browsers are sent to the public address; the app stays on the address it asked at.

        Only an address of this host itself counts: whoever forges another gets the public one.
        """
        public = self.server.issuer
        is_inside = is_loopback(urlsplit(asked.base).hostname or "")
        near = asked.base + client.MOUNTED_AT if is_inside else public
        return JSONResponse(
            {
                "issuer": public,
                "authorization_endpoint": f"{public}/authorize",
                "end_session_endpoint": f"{public}/end-session",
                "token_endpoint": f"{near}/token",
                "userinfo_endpoint": f"{near}/userinfo",
                "jwks_uri": f"{near}/jwks",
                "response_types_supported": ["code"],
                "response_modes_supported": ["query"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": list(client.SCOPES),
                "claims_supported": [
                    *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce"),
                    *("email", "email_verified", "name", "locale"),
                ],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": [
                    "client_secret_basic",
                    "client_secret_post",
                ],
                "ui_locales_supported": ["ja", "en"],
            }
        )

    def jwks(self, asked: Asked) -> Response:
        del asked
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    def style(self, asked: Asked) -> Response:
        del asked
        headers = {"Cache-Control": "max-age=3600", "X-Content-Type-Options": "nosniff"}
        return Response(STYLE, media_type="text/css", headers=headers)

    def token(self, asked: Asked) -> Response:
        try:
            request = self.server.request_at("token", asked)
            response: Response = self.server.create_token_response(request)
        except ValueError:
            return PlainTextResponse("Bad request", 400)
        return response

    def userinfo(self, asked: Asked) -> Response:
        kind, _, secret = asked.headers.get("authorization", "").partition(" ")
        token = self.accounts.token(digest(secret)) if kind.lower() == "bearer" else None
        is_good = token is not None and self.accounts.now() <= token.expires_at
        account = self.accounts.account(token.subject) if token and is_good else None
        if token is None or account is None:
            refusal = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            return JSONResponse({"error": "invalid_token"}, 401, refusal)
        return JSONResponse(claims_of(account, token.scope), headers={"Cache-Control": "no-store"})

    def end_session(self, asked: Asked) -> Response:
        """End the sign-in whose id_token is shown; come back to the registered address only.

        The provider itself remembers nobody: whoever signs in next gives their password.
        """
        given = {**dict(asked.query), **asked.form}
        claims = self._hinted(given.get("id_token_hint", ""))
        if claims:
            self.accounts.end_sign_in(claims)
        if given.get("post_logout_redirect_uri") != client.redirect_uri(self.settings):
            return self.pages.told(asked, "signed_out")
        state = f"?{urlencode({'state': given['state']})}" if given.get("state") else ""
        return RedirectResponse(client.redirect_uri(self.settings) + state, 303)

    def _hinted(self, id_token: str) -> dict[str, Any]:
        """The claims of an id_token of ours, expired or not."""
        try:
            claims = jwt.decode(id_token, self.key, algorithms=["RS256"]).claims
        except (JoseError, ValueError):
            return {}
        return claims if claims.get("iss") == self.server.issuer else {}
