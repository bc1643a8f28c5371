"""The club as a client of its own provider: identifiers, secrets and addresses both agree on."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit

from club.keyring import Keyring
from club.settings import Settings

CLIENT_ID = "club"
SCOPES = ("openid", "profile", "email")
MOUNTED_AT = "/identity"
DISCOVERY = "/.well-known/openid-configuration"


def issuer(settings: Settings) -> str:
    return settings.base_url + MOUNTED_AT


def redirect_uri(settings: Settings) -> str:
    """Where sign-in and sign-out come back to; Streamlit uses one address for both."""
    return settings.base_url + "/oauth2callback"


def client_secret(keys: Keyring) -> str:
    return keys.secret("identity-client").hex()


def link(settings: Settings, page: str, token: str) -> str:
    """The address of a page of the provider that a token opens."""
    return f"{issuer(settings)}/{page}?{urlencode({'token': token})}"


def auth_secrets(settings: Settings, keys: Keyring, port: int) -> dict[str, Any]:
    """The secrets with which the app signs people in at the built-in provider.

    The metadata is read over this host's own port, so that a server behind a proxy needs no way
    to its public address; on one machine under the name that people type. Streamlit asks for
    PKCE by itself once the metadata offers it, and sends `prompt=select_account` unless told;
    whatever is sent, the provider asks for the password.
    """
    host = "localhost" if urlsplit(settings.base_url).hostname == "localhost" else "127.0.0.1"
    return {
        "auth": {
            "redirect_uri": redirect_uri(settings),
            "cookie_secret": keys.secret("cookies").hex(),
            "client_id": CLIENT_ID,
            "client_secret": client_secret(keys),
            "server_metadata_url": f"http://{host}:{port}{MOUNTED_AT}{DISCOVERY}",
            "client_kwargs": {
                "scope": " ".join(SCOPES),
                "code_challenge_method": "S256",
                "prompt": "login",
            },
        }
    }
