"""The frame of the few plain pages that stand beside the app."""

from __future__ import annotations

from html import escape

from starlette.responses import HTMLResponse

STYLE = """
:root { color-scheme: light dark; --ground:#FAF8F4; --ink:#1F2328; --line:#D5CDBD; --ai:#264E70;
  --done:#4B6A35; }
@media (prefers-color-scheme: dark) {
  :root { --ground:#16191D; --ink:#E8E4DC; --line:#3D4550; --ai:#8FB4D3; --done:#A5C48A; }
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
"""


def page(title: str, body: str, *, language: str, status: int = 200) -> HTMLResponse:
    """A whole page; `body` is markup whose texts are already escaped."""
    return HTMLResponse(
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head><body>{body}</body></html>",
        status_code=status,
    )


def rows(facts: list[tuple[str, str]]) -> str:
    """A table of names and facts, both plain text."""
    lines = (f'<tr><th scope="row">{escape(k)}</th><td>{escape(v)}</td></tr>' for k, v in facts)
    return f"<table>{''.join(lines)}</table>"
