r"""GIFT's escapes, marked-up texts, names, ids and tags: what every kind of question has.

Read as Moodle reads them (question/format/gift/format.php, Moodle 5): a backslash before one of
`\ : # = { } ~` or `n` is an escape; a text may begin with `[html]`, `[plain]`, `[markdown]` or
`[moodle]`; a line that begins with `//` is a comment wherever it stands, and holds id and tags.
"""

import re

from curriculum.exchange.entries import EDGES, USUAL, Words
from curriculum.exchange.reporting import Passage, short

ESCAPED = re.compile(r"\\([\\:#={}~n])")
BY_ESCAPE = {mark: chr(0xDC00 + ord(mark)) for mark in ":#={}~n"} | {"\\": "\\"}
"""While a question is taken apart, an escaped mark is half a character, which no file can hold."""
SHOWN = str.maketrans({BY_ESCAPE[mark]: "\n" if mark == "n" else mark for mark in ":#={}~n"})
NAMED = ("moodle", "html", "plain", "markdown")
COMMENT = "//"
ID = re.compile(r"\[id:((?:\\\]|[^\]\x00-\x1f\x7f]){1,255})\]")
TAG = re.compile(r"\[tag:((?:\\\]|[^\]<>`\x00-\x1f\x7f]){1,255})\]")
LABEL = re.compile(r"(?:[^\x00-\x1f\x7f<>`\\\[]|\\(?!\]|$)){1,120}")
MADE_BY_MOODLE = re.compile(r"question: [0-9]+ {1,2}name: .*")


def hide(text: str) -> str:
    return ESCAPED.sub(lambda found: BY_ESCAPE[found[1]], text)


def show(text: str) -> str:
    return text.translate(SHOWN)


def markup(hidden: str, default: str) -> tuple[str, str]:
    """Split a text from the markup that it may name at its very beginning."""
    name, closed, rest = hidden[1:].partition("]") if hidden.startswith("[") else ("", "", "")
    return (name, rest) if closed and name in NAMED else (default, hidden)


def words(hidden: str, default: str) -> Words:
    format, text = markup(hidden, default)
    return Words(show(text), format)


def escape(text: str) -> str:
    for mark in "\\#=~{}:":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def write_words(text: Words, default: str, passage: Passage) -> str:
    """Write a text and, unless it is the default, its markup."""
    if not text.text:
        return ""
    format = text.format
    if format not in NAMED:
        passage.note("format_lost", format=format)
        format = USUAL
    is_named = format != default or text.text.startswith("[")
    return (f"[{format}]" if is_named else "") + escape(text.text)


def read_labels(comments: list[str], passage: Passage) -> tuple[str, tuple[str, ...]]:
    """Find id and tags among the comments; of two ids the first. What else they say is lost."""
    every = "\n".join(comments)
    id = ID.search(every)
    tags = tuple(_label(tag) for tag in TAG.findall(every))
    for comment in comments:
        rest = TAG.sub("", ID.sub("", comment)).removeprefix(COMMENT).strip(EDGES + "/")
        if rest and MADE_BY_MOODLE.fullmatch(rest) is None:
            passage.note("comment_lost", text=short(rest))
    return (_label(id[1]) if id else ""), tags


def _label(written: str) -> str:
    return written.strip(EDGES).replace("\\]", "]")


def write_labels(id: str, tags: tuple[str, ...], passage: Passage) -> str:
    """Write the comment that holds id and tags; blank where there are none."""
    labels = []
    if id and _fits(id, passage, "id_lost"):
        labels.append(f"[id:{_closed(id)}]")
    labels += [f"[tag:{_closed(tag)}]" for tag in tags if _fits(tag, passage, "tag_lost")]
    return f"{COMMENT} {' '.join(labels)}\n" if labels else ""


def _closed(label: str) -> str:
    return label.replace("]", "\\]")


def _fits(label: str, passage: Passage, code: str) -> bool:
    fits = LABEL.fullmatch(label) is not None
    if not fits:
        passage.note(code, text=short(label))
    return fits
