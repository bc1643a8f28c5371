"""Entry point of the server: settings, database, routes, the closing clock, the screens.

Start it with `python -m club serve`.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.middleware import Middleware
from streamlit.runtime.pages_manager import PagesManager

from club import logs
from club.operations.context import load_modules, process_context
from club.settings import ROOT
from club.store.migrating import migrate
from club.web.clock import ticking
from club.web.headers import (
    OWN_SCRIPTS,
    SecurityHeaders,
    content_policy,
    inline_scripts,
)
from club.web.routes import routes, secrets
from pages import buying, facilitating, holding, home, learning, market, selling
from pages.parts.apology import apologise

# Read now, so that the first visitor does not wait for it.
READY = (home, learning, buying, selling, market, holding, facilitating, load_modules())

# Streamlit would run any file in a folder called `pages` by its address, past the sign-in.
PagesManager.uses_pages_directory = False

logs.configure(readable=sys.stderr.isatty())
context = process_context()
index = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
policy = content_policy((*inline_scripts(index), *OWN_SCRIPTS))


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    migrate(context.database)
    async with ticking(context):
        yield {}
    context.database.dispose()


app = st.App(
    ROOT / "pages" / "shell.py",
    lifespan=lifespan,
    routes=routes(context),
    secrets=secrets(context),
    middleware=[Middleware(SecurityHeaders, policy=policy, base_url=context.settings.base_url)],
    on_script_error=apologise,
)
