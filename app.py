"""Entry point of the server: settings, database, routes, the closing clock, the screens.

streamlit run app.py
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402 - the path above comes first
from starlette.middleware import Middleware  # noqa: E402
from streamlit.runtime.pages_manager import PagesManager  # noqa: E402

from club import logs  # noqa: E402
from club.operations.context import load_modules, process_context  # noqa: E402
from club.store.migrating import migrate  # noqa: E402
from club.web.clock import ticking  # noqa: E402
from club.web.headers import (  # noqa: E402
    OWN_SCRIPTS,
    SecurityHeaders,
    content_policy,
    inline_scripts,
)
from club.web.routes import routes, secrets  # noqa: E402
from pages import buying, facilitating, holding, home, learning, market, selling  # noqa: E402
from pages.parts.apology import apologise  # noqa: E402

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
