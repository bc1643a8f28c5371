"""The look that the theme cannot give: the height of the head, the language of the page."""

from __future__ import annotations

import streamlit as st

_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: 3.4rem; max-width: 74rem; }
[data-testid="stSidebarHeader"] { height: 2.2rem; }
[data-testid="stMetricValue"] { font-size: 1.55rem; }
.tomoe-phases { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem .6rem;
  margin: 0 0 .6rem !important; padding: 0 !important; }
.tomoe-phases li { flex: 1 1 7.5rem; margin: 0 !important; padding: .45rem 0 0;
  border-top: 5px solid currentColor; }
.tomoe-phases b { display: block; font-weight: 600; }
.tomoe-phases small { display: block; font-size: .78rem; line-height: 1.35; opacity: .92; }
.tomoe-phases .done { color: #4B6A35; } .tomoe-phases .now { color: #264E70; }
.tomoe-phases .later { color: #6B665C; border-top-style: dotted; }
.tomoe-phases .stopped { color: #A63A26; border-top-style: dotted; }
@media (prefers-color-scheme: dark) {
  .tomoe-phases .done { color: #A5C48A; } .tomoe-phases .now { color: #8FB4D3; }
  .tomoe-phases .later { color: #A9A294; } .tomoe-phases .stopped { color: #E8765F; }
}
@media (max-width: 640px) { [data-testid="stMainBlockContainer"] { padding-top: 3.4rem; } }
</style>"""


def dress(language: str) -> None:
    """Style once a run, and tell screen readers which language the page is in."""
    st.html(_STYLE)
    st.html(
        f'<script>document.documentElement.lang="{language}"</script>',
        unsafe_allow_javascript=True,
    )
