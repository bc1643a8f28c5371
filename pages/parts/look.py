"""The look that the theme cannot give: heights, greys that can be read, the page's language."""

from __future__ import annotations

import streamlit as st

# `light-dark` follows the theme that is shown, also where a person has chosen another than the
# machine's. Greys are mixed from the text's own colour: at least 4.5 to 1 on every ground. What an
# uploader says by itself is hidden: it is in English, and of another size than is taken.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding-top: .7rem; max-width: 74rem; }
.st-key-head-of-the-page { position: sticky; top: .45rem; z-index: 999990; margin-top: -.9rem;
  min-height: 2.4rem; pointer-events: none; }
.st-key-head-of-the-page [data-testid="stButtonGroup"] { pointer-events: auto; }
[data-testid="stSidebarHeader"] { height: 3.4rem; padding-top: .8rem; }
[data-testid="stHeading"] :is(h1, h2, h3), [data-testid="stMarkdownContainer"] h4 {
  text-wrap: balance; word-break: auto-phrase; }
[data-testid="stMarkdownContainer"] h4 { line-height: 1.45; }
[data-testid="stMetricValue"] { font-size: 1.55rem; }
[data-testid="stCaptionContainer"], [data-testid="stNavSectionHeader"],
[data-testid="stMetricDelta"], [data-testid="stTable"] th {
  color: light-dark(#5A5E62, #B4B2AD) !important; opacity: 1; }
[data-testid="stCaptionContainer"] * { opacity: 1; }
[data-testid="stVegaLiteChart"] svg text { fill: light-dark(#5A5E62, #B4B2AD); }
[data-testid="stSidebarNavLink"] span { color: light-dark(#3A3E43, #D5D2CB); }
[data-testid="stSidebarNavLink"][aria-current="page"] span { color: light-dark(#1F2328, #E8E4DC); }
:is([data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"]) {
  color: light-dark(#FFFFFF, #16191D) !important; }
:is([data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"]):disabled {
  color: light-dark(#5A5E62, #B4B2AD) !important; }
[data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
[data-testid="stTable"] td, [data-testid="stTable"] th { min-width: 5.6rem; text-align: left; }
[data-testid="stTable"] :is(td, th) * { max-width: none !important; }
[data-testid="stTable"] th * { white-space: nowrap !important; }
[data-testid="stTable"] :is(td, th):first-child { min-width: 8rem; }
[data-testid="stMarkdownContainer"]:has(table) { overflow-x: auto; }
[data-testid="stMarkdownContainer"] table :is(td, th) { min-width: 5rem; }
[data-testid="stBaseButton-tertiary"] * { text-align: left; }
.tomoe-phases { list-style: none; display: flex; flex-wrap: wrap; gap: .4rem .6rem;
  margin: 0 0 .3rem !important; padding: 0 !important; }
.tomoe-phases li { flex: 1 1 7.5rem; margin: 0 !important; padding: .45rem 0 0;
  border-top: 5px solid currentColor; }
.tomoe-phases b { display: block; font-weight: 600; }
.tomoe-phases small { display: block; font-size: .78rem; line-height: 1.35; opacity: .92;
  word-break: keep-all; overflow-wrap: anywhere; }
.tomoe-phases .done { color: light-dark(#4B6A35, #A5C48A); }
.tomoe-phases .now { color: light-dark(#264E70, #8FB4D3); }
.tomoe-phases .later { color: light-dark(#5F5A51, #B4AC9D); border-top-style: dotted; }
.tomoe-phases .stopped { color: light-dark(#A63A26, #E8765F); border-top-style: dotted; }
.tomoe-zone { margin: 0 0 .4rem; font-size: .78rem; color: light-dark(#5A5E62, #B4B2AD); }
@media (max-width: 640px) {
  .st-key-head-of-the-page { justify-content: flex-end !important; }
  .st-key-head-of-the-page [data-testid="stMarkdown"] { display: none; }
}
</style>"""


def dress(language: str) -> None:
    """Style once a run, and tell screen readers which language the page is in."""
    st.html(_STYLE)
    st.html(
        f'<script>document.documentElement.lang="{language}"</script>',
        unsafe_allow_javascript=True,
    )
