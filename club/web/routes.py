"""Everything the server answers beside the app itself, and how people sign in."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from starlette.routing import BaseRoute

from club.operations.context import Context
from club.web import health, identity, verification


def routes(context: Context) -> list[BaseRoute]:
    return [
        health.route(lambda: context),
        verification.route(lambda: context),
        identity.mount(context),
    ]


def secrets(context: Context, root: Path) -> Mapping[str, Any] | None:
    """How to sign in: the club's own provider where one is configured, else the built-in one.

    Its own: `[auth]` in `.streamlit/secrets.toml`, or the three `TOMOE_OIDC_…` variables.
    """
    file = root / ".streamlit" / "secrets.toml"
    if file.exists() and "auth" in tomllib.loads(file.read_text("utf-8")):
        return None
    metadata_url = os.environ.get("TOMOE_OIDC_METADATA_URL")
    if metadata_url:
        return {
            "auth": {
                "redirect_uri": f"{context.settings.base_url}/oauth2callback",
                "cookie_secret": context.keys.secret("cookie").hex(),
                "client_id": os.environ["TOMOE_OIDC_CLIENT_ID"],
                "client_secret": os.environ["TOMOE_OIDC_CLIENT_SECRET"],
                "server_metadata_url": metadata_url,
                "client_kwargs": {"scope": "openid profile email", "prompt": "login"},
            }
        }
    return identity.auth_secrets(context)
