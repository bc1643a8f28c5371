"""HTML, as question files from Moodle hold it, turned into the plain Markdown of our bank.

A reader of its own, in one pass: parsers that mend broken markup as a browser does may take
minutes over a hostile text.
"""

import re
from html import unescape

BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})((?:[\s/][^<>]*)?)>")
SAID = re.compile(r"""\balt\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)')""")
EMPTY_LINES = re.compile(r"\n(?:[ \t\u00a0]*\n){2,}")
COMMENT, END_OF_COMMENT = "<!--", "-->"


def as_markdown(html: str) -> str:
    """Keep paragraphs, line breaks, lists, bold, italic, code, and what a picture is said to be."""
    parts: list[str] = []
    behind = 0
    plain = _without_comments(html)
    for tag in TAG.finditer(plain):
        parts += [unescape(plain[behind : tag.start()]), _mark(tag)]
        behind = tag.end()
    parts.append(unescape(plain[behind:]))
    return EMPTY_LINES.sub("\n\n", "".join(parts)).strip()


def _without_comments(html: str) -> str:
    """Take comments out; one that never ends is text."""
    kept, start = [], 0
    while (begin := html.find(COMMENT, start)) >= 0:
        end = html.find(END_OF_COMMENT, begin)
        if end < 0:
            break
        kept.append(html[start:begin])
        start = end + len(END_OF_COMMENT)
    return "".join([*kept, html[start:]])


def _mark(tag: re.Match[str]) -> str:
    closes, name, attributes = tag[1] == "/", tag[2].lower(), tag[3]
    if name in BLOCKS:
        return "\n\n"
    if name in MARKS:
        return MARKS[name]
    if closes:
        return ""
    if name == "img":
        said = SAID.search(attributes)
        return f"[{unescape(said[1] or said[2] or '')}]" if said else ""
    return {"br": "\n", "li": "\n- "}.get(name, "")
