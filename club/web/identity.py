"""The built-in provider under `/identity`, over the club's accounts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from starlette.routing import Mount

from club.identity import client
from club.identity.provider import create_provider
from club.operations.accounts import ClubAccounts
from club.operations.context import Context


def mount(context: Context) -> Mount:
    """The provider's pages and endpoints."""
    provider = create_provider(context.settings, context.keys, ClubAccounts(context))
    return Mount(client.MOUNTED_AT, provider)


def auth_secrets(context: Context, environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """How the app signs people in at the built-in provider, over this server's own port."""
    port = environment.get("TOMOE_PORT") or urlsplit(context.settings.base_url).port or 8501
    return client.auth_secrets(context.settings, context.keys, int(port))
