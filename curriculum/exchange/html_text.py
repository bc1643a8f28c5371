"""HTML, as question files from Moodle hold it, turned into the plain Markdown of our bank."""

import re
from html.parser import HTMLParser

BLOCKS = {"p", "div", "ul", "ol", "table", "tr", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
MARKS = {"b": "**", "strong": "**", "i": "*", "em": "*", "code": "`"}
EMPTY_LINES = re.compile(r"\n(?:[ \t\u00a0]*\n){2,}")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.parts.append("\n\n")
        elif tag == "br":
            self.parts.append("\n")
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag == "img":
            said = dict(attrs).get("alt") or ""
            self.parts.append(f"[{said}]" if said else "")
        else:
            self.parts.append(MARKS.get(tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self.parts.append("\n\n" if tag in BLOCKS else MARKS.get(tag, ""))

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def as_markdown(html: str) -> str:
    """Keep paragraphs, line breaks, lists, bold, italic, code, and what a picture is said to be."""
    reader = _Reader()
    reader.feed(html.replace("<![", "&lt;!["))  # a marked section is no HTML, and stops the parser
    reader.close()
    return EMPTY_LINES.sub("\n\n", "".join(reader.parts)).strip()
