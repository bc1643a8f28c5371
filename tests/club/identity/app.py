"""The app's and the visitor's part at the provider: what Streamlit, Authlib and a browser do."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet
from starlette.applications import Starlette
from starlette.testclient import TestClient

from club.identity import client
from club.store import outbox
from club.web import identity

EMAIL = "hanako@member.example"
PASSWORD = "leise rieselt der Schnee"


def browser(context, *, host="203.0.113.7", base="http://localhost:8501"):
    """A browser of its own at the mounted provider."""
    app = Starlette(routes=[identity.mount(context)])
    return TestClient(app, base_url=base, client=(host, 50_000), follow_redirects=False)


@dataclass
class App:
    """One sign-in, as Streamlit's Authlib client goes about it."""

    context: object
    browser: TestClient
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    state: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    def request(self, **changed):
        parameters = {
            "response_type": "code",
            "client_id": client.CLIENT_ID,
            "redirect_uri": client.redirect_uri(self.context.settings),
            "scope": "openid profile email",
            "state": self.state,
            "nonce": self.nonce,
            "prompt": "login",
            "code_challenge": create_s256_code_challenge(self.verifier),
            "code_challenge_method": "S256",
        } | changed
        wanted = {name: value for name, value in parameters.items() if value is not None}
        return f"/identity/authorize?{urlencode(wanted)}"

    def sign_in(self, email, password=PASSWORD, **changed):
        return submit(self.browser, self.request(**changed), email=email, password=password)

    def code(self, answer):
        given = parse_qs(urlsplit(answer.headers["location"]).query)
        assert given["state"] == [self.state]
        return given["code"][0]

    def exchange(self, code, **changed):
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": client.redirect_uri(self.context.settings),
            "code_verifier": self.verifier,
        } | changed
        secret = client.client_secret(self.context.keys)
        return self.browser.post(
            "/identity/token", data=fields, auth=(client.CLIENT_ID, changed.pop("secret", secret))
        )

    def claims(self, id_token):
        """The id_token's claims, checked as Authlib checks them for Streamlit."""
        keys = KeySet.import_key_set(self.browser.get("/identity/jwks").json())
        token = jwt.decode(id_token, keys, algorithms=["RS256"])
        issuer = client.issuer(self.context.settings)
        now = int(self.context.now().timestamp())
        claims = CodeIDToken(
            token.claims,
            token.header,
            {"iss": {"values": [issuer]}},
            {"nonce": self.nonce, "client_id": client.CLIENT_ID},
        )
        claims.validate(now=now, leeway=0)
        return dict(token.claims)

    def whole(self, email, password=PASSWORD):
        """From the form to the claims."""
        tokens = self.exchange(self.code(self.sign_in(email, password))).json()
        return self.claims(tokens["id_token"])


def submit(visitor, address, **fields):
    """Open a page and send its form, hidden token and all."""
    page = visitor.get(address)
    token = re.search(r'name="form_token" value="([^"]+)"', page.text)
    assert token, page.text
    return visitor.post(address, data=fields | {"form_token": token[1]})


def tokens_in(link):
    """The page and token of a mailed link, as a path at the provider."""
    parts = urlsplit(link)
    return f"{parts.path}?{parts.query}"


def mailed(context, kind):
    """The page behind the link in the newest notice of that kind."""
    with context.database.write() as tx:
        notices = [notice for notice in outbox.waiting(tx) if notice.kind is kind]
    return tokens_in(notices[-1].facts["link"])
