"""Everything the server answers beside the app itself, and how people sign in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.routing import BaseRoute

from club.operations.context import Context
from club.web import badges, health, identity, passes, verification


def routes(context: Context) -> list[BaseRoute]:
    return [
        health.route(lambda: context),
        verification.route(lambda: context),
        *passes.routes(lambda: context),
        *badges.routes(lambda: context),
        identity.mount(context),
    ]


def secrets(context: Context) -> Mapping[str, Any]:
    """What `st.login` needs to know: the club's own provider, or the built-in one."""
    provider = context.settings.provider
    if provider is None:
        return identity.auth_secrets(context)
    return {
        "auth": {
            "redirect_uri": f"{context.settings.base_url}/oauth2callback",
            "cookie_secret": context.keys.secret("cookie").hex(),
            "client_id": provider.client_id,
            "client_secret": provider.client_secret,
            "server_metadata_url": provider.metadata_url,
            "client_kwargs": {"scope": "openid profile email", "prompt": "login"},
        }
    }
