"""The script the server runs for every visit: who is it, what may they use, run one screen.

Streamlit runs a file lying directly in `pages/` when its address is typed; this is the only one,
so every address goes through here. Screens lie one folder down and only define `render(visit)`.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import streamlit as st

from club.operations.context import process_context
from club.operations.signing_in import Nobody, Stranger, take_return_address
from pages import buying, facilitating, holding, home, learning, market, selling
from pages.parts import doorstep, forms, links
from pages.parts.arrival import arrive, speech
from pages.parts.live import watch
from pages.parts.look import dress
from pages.parts.menu import aside, head, pages_for, refusals_for
from pages.parts.visit import Visit

JOURNEYS = (home, learning, buying, selling, market, holding, facilitating)
SCREENS = tuple(screen for journey in JOURNEYS for screen in journey.SCREENS)
BRAND = Path(__file__).parent.parent / "data" / "brand"
ICON, WORDMARK = str(BRAND / "icon.png"), str(BRAND / "wordmark.png")


def run() -> None:
    st.set_page_config(page_icon=ICON, layout="wide")
    visitor = arrive(process_context())
    if isinstance(visitor, Nobody):
        _only(lambda: doorstep.sign_in(visitor))
    elif isinstance(visitor, Stranger):
        _only(lambda: doorstep.ask(visitor))
    else:
        _inside(visitor)


def _only(render: object) -> None:
    """One screen under every known path, so that a deep link keeps its address."""
    title = speech().text(process_context().settings, "club_name")
    default = st.Page(render, title=title, url_path="welcome", default=True)  # type: ignore[arg-type]  # a function
    stubs = [
        st.Page(lambda: render(), title=title, url_path=path, visibility="hidden")  # type: ignore[operator]  # noqa: PLW0108 - each page needs a function of its own
        for path in dict.fromkeys(s.path for s in SCREENS)
    ]
    st.navigation([default, *stubs], position="hidden").run()


def _inside(visit: Visit) -> None:
    pages = pages_for(visit, SCREENS)
    refused = {"": [*pages[""], *refusals_for(visit, SCREENS)]}
    page = st.navigation(pages | refused, expanded=True)
    club_name = visit.speech.text(visit.context.settings, "club_name")
    st.set_page_config(page_title=f"{page.title} · {club_name}")
    st.logo(WORDMARK, size="large", icon_image=ICON)
    links.remember(pages)
    _return_to(pages)
    dress(visit.speech.language)
    aside(visit)
    head(visit.speech, visit)
    forms.tell()
    page.run()
    watch(visit)


def _return_to(pages: dict[str, list[object]]) -> None:
    """After signing in, go on to the address that was asked for."""
    visitor = st.context.cookies.get(doorstep.VISITOR_COOKIE)
    if visitor is None or st.session_state.get("has_returned"):
        return
    st.session_state["has_returned"] = True
    address = take_return_address(process_context(), visitor)
    path, _, query = (address or "").partition("?")
    wanted = [p for group in pages.values() for p in group if p.url_path == path]  # type: ignore[attr-defined]  # StreamlitPage
    if path and wanted:
        st.switch_page(wanted[0], query_params=dict(parse_qsl(query)))  # type: ignore[arg-type]  # StreamlitPage


run()
