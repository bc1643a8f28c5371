"""Authlib's authorization server, bound to the club: one client, code flow, PKCE, id_tokens."""

from __future__ import annotations

import json
import secrets
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from authlib.oauth2 import OAuth2Request
from authlib.oauth2.rfc6749 import (
    AuthorizationServer,
    ClientMixin,
    InvalidRequestError,
    OAuth2Payload,
)
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core.grants import OpenIDCode
from joserfc.jwk import RSAKey
from starlette.responses import Response

from club.identity.accounts import Account, Accounts, Code, Token
from club.identity.claims import LONGEST, digest
from club.identity.client import CLIENT_ID, SCOPES
from club.identity.provider.asked import Asked

CODE_LASTS = timedelta(minutes=1)
TOKEN_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Client(ClientMixin):  # type: ignore[misc]  # Authlib ships no types
    """The club's app: the only client there is."""

    secret: str
    redirect_uri: str
    client_id: str = CLIENT_ID

    def get_client_id(self) -> str:
        return self.client_id

    def get_default_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_allowed_scope(self, scope: str | None) -> str | None:
        """What may be asked for; nothing at all unless it is for signing in."""
        words = [word for word in (scope or "").split() if word in SCOPES]
        return " ".join(words) if "openid" in words else None

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self.redirect_uri

    def check_client_secret(self, client_secret: str) -> bool:
        return secrets.compare_digest(self.secret.encode(), client_secret.encode())

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return endpoint == "token" and method in {"client_secret_basic", "client_secret_post"}

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class _Payload(OAuth2Payload):  # type: ignore[misc]  # Authlib ships no types
    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    @property
    def data(self) -> dict[str, str]:
        return dict(self._pairs)

    @property
    def datalist(self) -> defaultdict[str, list[str]]:
        values: defaultdict[str, list[str]] = defaultdict(list)
        for name, value in self._pairs:
            values[name].append(value)
        return values


class _Request(OAuth2Request):  # type: ignore[misc]  # Authlib ships no types
    """An OAuth request; at the authorization endpoint only the query counts, never the form."""

    def __init__(self, uri: str, asked: Asked) -> None:
        method = "POST" if uri.endswith("/token") else "GET"
        super().__init__(method, uri, headers={k.title(): v for k, v in asked.headers.items()})
        self._fields = dict(asked.form)
        pairs = list(asked.form.items()) if method == "POST" else list(asked.query)
        self.payload = _Payload(pairs)

    @property
    def form(self) -> dict[str, str]:
        return self._fields


class _CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]  # Authlib ships no types
    """Codes are kept by hash, last a minute, and are gone once asked for."""

    def save_authorization_code(self, code: str, request: Any) -> None:
        at = self.server.accounts.now()
        wanted = request.payload.data
        self.server.accounts.keep_code(
            Code(
                code_hash=digest(code),
                subject=request.user.subject,
                client_id=request.client.client_id,
                redirect_uri=request.payload.redirect_uri or request.client.redirect_uri,
                scope=request.scope,
                nonce=wanted["nonce"],
                code_challenge=wanted["code_challenge"],
                code_challenge_method=wanted["code_challenge_method"],
                authenticated_at=at,
                expires_at=at + CODE_LASTS,
            )
        )

    def query_authorization_code(self, code: str, client: Client) -> Code | None:
        kept: Code | None = self.server.accounts.take_code(digest(code))
        if kept is None or kept.client_id != client.client_id:
            return None
        return kept if self.server.accounts.now() <= kept.expires_at else None

    def delete_authorization_code(self, authorization_code: Code) -> None:
        """Nothing left to do: taking it removed it."""

    def authenticate_user(self, authorization_code: Code) -> Account | None:
        account: Account | None = self.server.accounts.account(authorization_code.subject)
        return account


class _Challenge(CodeChallenge):  # type: ignore[misc]  # Authlib ships no types
    """PKCE, which Authlib asks of public clients only, asked of ours too, and only as S256."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ("S256",)

    def validate_code_challenge(self, grant: Any, redirect_uri: str) -> None:
        wanted = grant.request.payload.data
        if not wanted.get("code_challenge") or wanted.get("code_challenge_method") != "S256":
            raise InvalidRequestError("PKCE with S256 is required.")
        super().validate_code_challenge(grant, redirect_uri)


class _IdToken(OpenIDCode):  # type: ignore[misc]  # Authlib ships no types
    """The id_token, which alone Streamlit reads, so it carries all there is to say."""

    def __init__(self, issuer: str, key: RSAKey, accounts: Accounts) -> None:
        super().__init__(require_nonce=True)
        self.issuer = issuer
        self.key = key
        self.accounts = accounts

    def exists_nonce(self, nonce: str, request: Any) -> bool:
        # A code is good once and for one nonce; whether the nonce is its own, the client checks.
        del request
        if len(nonce) > LONGEST["nonce"]:
            raise InvalidRequestError("The nonce is too long.")
        return False

    def resolve_client_private_key(self, client: Client) -> RSAKey:
        del client
        return self.key

    def get_encode_header(self, client: Client) -> dict[str, str]:
        return {"alg": self.get_client_algorithm(client), "kid": self.key.kid or ""}

    def get_client_claims(self, client: Client) -> dict[str, object]:
        now = int(self.accounts.now().timestamp())
        return {
            "iss": self.issuer,
            "aud": client.client_id,
            "iat": now,
            "exp": now + int(TOKEN_LASTS.total_seconds()),
        }

    def generate_user_info(self, user: Account, scope: str) -> dict[str, object]:
        return claims_of(user, scope)


def claims_of(account: Account, scope: str) -> dict[str, object]:
    """What the scopes let be told of a person."""
    claims: dict[str, object] = {"sub": account.subject}
    words = scope.split()
    if "email" in words:
        claims |= {"email": account.email, "email_verified": True}
    if "profile" in words:
        claims |= {"name": account.name, "locale": account.language}
    return claims


class Server(AuthorizationServer):  # type: ignore[misc]  # Authlib ships no types
    def __init__(self, *, issuer: str, client: Client, key: RSAKey, accounts: Accounts) -> None:
        super().__init__(scopes_supported=SCOPES)
        self.issuer = issuer
        self.client = client
        self.accounts = accounts
        self.register_token_generator("default", _bearer)
        extensions = [_Challenge(required=True), _IdToken(issuer, key, accounts)]
        self.register_grant(_CodeGrant, extensions)

    def request_at(self, page: str, asked: Asked) -> OAuth2Request:
        """The request under its public address, wherever it came in.

        Raises `InsecureTransportError` where the club is served without TLS and not on loopback.
        """
        return _Request(f"{self.issuer}/{page}", asked)

    def query_client(self, client_id: str) -> Client | None:
        return self.client if client_id == self.client.client_id else None

    def save_token(self, token: Mapping[str, Any], request: Any) -> None:
        self.accounts.keep_token(
            Token(
                token_hash=digest(token["access_token"]),
                subject=request.user.subject,
                client_id=request.client.client_id,
                scope=token["scope"],
                expires_at=self.accounts.now() + TOKEN_LASTS,
            )
        )

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def handle_response(
        self, status: int, body: object, headers: list[tuple[str, str]]
    ) -> Response:
        text = json.dumps(body) if isinstance(body, dict) else ""
        return Response(text, status, {"Cache-Control": "no-store"} | dict(headers))

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


def _bearer(**given: Any) -> dict[str, object]:
    return {
        "token_type": "Bearer",
        "access_token": secrets.token_urlsafe(32),
        "expires_in": int(TOKEN_LASTS.total_seconds()),
        "scope": given["scope"],
    }
