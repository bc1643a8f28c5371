"""The frame of the few plain pages that stand beside the app."""

from __future__ import annotations

from html import escape

from starlette.requests import Request
from starlette.responses import HTMLResponse

from club.i18n import Speech, choose
from club.settings import Settings

STYLE = """
:root { color-scheme: light dark; --ground:#FAF8F4; --ink:#1F2328; --line:#D5CDBD; --ai:#264E70;
  --done:#4B6A35; --shu:#B23A26; }
@media (prefers-color-scheme: dark) {
  :root { --ground:#16191D; --ink:#E8E4DC; --line:#3D4550; --ai:#8FB4D3; --done:#A5C48A;
    --shu:#E58A76; }
}
body { background:var(--ground); color:var(--ink); margin:0 auto; max-width:44rem;
  padding:2rem 1.2rem; font:16px/1.7 'Noto Sans JP','Noto Sans CJK JP','Hiragino Sans',
  'Yu Gothic UI',Meiryo,sans-serif; }
h1 { font-size:1.5rem; margin:.4rem 0 .8rem; } h2 { font-size:1.1rem; margin:1.6rem 0 0; }
.club { margin:0; font-weight:600; } .switch { float:right; margin:0; }
table { border-collapse:collapse; width:100%; margin:1rem 0; }
th,td { border-bottom:1px solid var(--line); padding:.45rem .3rem; text-align:left;
  vertical-align:top; overflow-wrap:anywhere; } th { font-weight:600; width:38%; }
a { color:var(--ai); } .good::before { content:"✓ "; } .good { font-weight:600; color:var(--done); }
.note { font-size:.88rem; }
.ended::before { content:"– "; } .ended { font-weight:600; }
.gone::before { content:"✕ "; } .gone { font-weight:600; color:var(--shu); }
label { display:block; margin:1.2rem 0 .3rem; font-weight:600; }
textarea, input[type=file] { box-sizing:border-box; width:100%; font:inherit; color:inherit;
  background:transparent; border:1px solid var(--line); border-radius:.4rem; padding:.5rem; }
textarea { min-height:7rem; overflow-wrap:anywhere; }
button { margin:1.2rem 0 .4rem; padding:.55rem 1.4rem; font:inherit; font-weight:600; border:0;
  border-radius:.4rem; color:var(--ground); background:var(--ai); cursor:pointer; }
"""


def page(title: str, body: str, *, language: str, status: int = 200) -> HTMLResponse:
    """A whole page; `body` is markup whose texts are already escaped."""
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>",
        status_code=status,
    )


def speech_of(request: Request, settings: Settings) -> Speech:
    """The language that the address asks for, else the browser's, else Japanese."""
    browser = request.headers.get("accept-language", "").split(",")
    wishes = (wish.partition(";")[0].strip() for wish in browser)
    return Speech(choose(request.query_params.get("lang"), *wishes), settings.time_zone)


def head(speech: Speech, settings: Settings) -> str:
    """Whose page it is, and the way to the other language."""
    other, name = ("en", "English") if speech.language == "ja" else ("ja", "日本語")
    switch = f'<p class="switch"><a href="?lang={other}" hreflang="{other}">{name}</a></p>'
    return f'{switch}<p class="club">{escape(speech.text(settings, "club_name"))}</p>'


def rows(facts: list[tuple[str, str]]) -> str:
    """A table of names and facts, both plain text."""
    lines = (f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts)
    return f"<table>{''.join(lines)}</table>"
