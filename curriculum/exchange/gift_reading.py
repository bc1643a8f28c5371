"""GIFT, read as Moodle reads it: questions between blank lines, each taken apart at its braces."""

import re
from dataclasses import dataclass
from typing import Any

from curriculum.exchange.entries import EDGES, USUAL, DescriptionEntry, Entry, Words, one_line
from curriculum.exchange.gift_answers import read_answers
from curriculum.exchange.gift_text import COMMENT, hide, markup, read_labels, show, words
from curriculum.exchange.reporting import Dropped, Passage
from curriculum.exchange.wholeness import require_whole

CATEGORY = "$CATEGORY:"
GENERAL = "####"
GAP = "_____"
LONGEST_NAME = 80
BREAKS = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class Block:
    """The lines between two blank ones, comments apart."""

    text: str
    comments: list[str]

    @classmethod
    def of(cls, lines: list[str]) -> "Block":
        comments = [line for line in lines if line.startswith(COMMENT)]
        rest = [" " if line.startswith(COMMENT) else line for line in lines]
        return cls("\n".join(rest).strip(EDGES), comments)


def read_gift(text: str) -> list[Passage]:
    """Read every question of a file; one that cannot be read is dropped with its reason."""
    passages: list[Passage] = []
    category = ""
    for block in _blocks(BREAKS.sub("\n", text)):
        number = len(passages) + 1
        hidden = hide(block.text)
        if hidden.startswith(CATEGORY):
            category, _, behind = hidden.removeprefix(CATEGORY).partition("\n")
            category = show(category).strip(EDGES)
            if behind.strip(EDGES):
                passages.append(_lost(number, show(behind), "after_category"))
        elif hidden:
            passages.append(_question(number, hidden, block.comments, category))
        else:
            passages.append(_lost(number, block.comments[0], "comment_lost"))
    return passages


def _blocks(text: str) -> list[Block]:
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        trimmed = line.strip(EDGES)
        if trimmed:
            blocks[-1].append(trimmed)
        elif blocks[-1]:
            blocks.append([])
    return [Block.of(lines) for lines in blocks if lines]


def _lost(number: int, text: str, code: str) -> Passage:
    passage = Passage(number=number, name=_name_from(text), kind="text", is_dropped=True)
    facts = {"text": passage.name} if code == "comment_lost" else {}
    passage.note(code, **facts)
    return passage


def _name_from(text: str) -> str:
    return one_line(text)[:LONGEST_NAME].rstrip()


def _question(number: int, hidden: str, comments: list[str], category: str) -> Passage:
    passage = Passage(number=number, name=_name_from(show(hidden)), kind="text")
    passage.entry = passage.attempt(
        lambda: require_whole(_entry(hidden, comments, category, passage))
    )
    if passage.entry is not None:
        passage.name = passage.entry.name or passage.entry.id
        passage.kind = passage.entry.kind
    return passage


def _entry(hidden: str, comments: list[str], category: str, passage: Passage) -> Entry:
    name, hidden = _split_name(hidden)
    stem, answers = _split_answers(hidden, passage)
    format, text = markup(stem, USUAL)
    id, tags = read_labels(comments, passage)
    common: dict[str, Any] = {
        "id": id,
        "name": _name_from(show(text)) if name is None else show(name),
        "category": category,
        "stem": Words(show(text), format),
        "tags": tags,
    }
    if answers is None:
        return DescriptionEntry(**common)
    answers, feedback = _split_feedback(answers, default=format)
    return read_answers(answers, {**common, "feedback": feedback}, format, passage)


def _split_name(hidden: str) -> tuple[str | None, str]:
    """Take `::name::` off; a name that is never closed is none."""
    if not hidden.startswith("::"):
        return None, hidden
    name, closed, rest = hidden[2:].partition("::")
    return (name, rest.strip(EDGES)) if closed else (None, hidden[2:])


def _split_answers(hidden: str, passage: Passage) -> tuple[str, str | None]:
    """Take out what stands in the first braces; a text that goes on behind them gets a gap."""
    start, end = hidden.find("{"), hidden.find("}")
    if start < 0 and end < 0:
        return hidden, None
    if not 0 <= start < end:
        raise Dropped("unpaired_brace")
    before, behind = hidden[:start], hidden[end + 1 :]
    if "{" in behind or "}" in behind:
        passage.note("second_block")
    gap = "" if hidden.endswith("}") else GAP
    return before + gap + behind, hidden[start + 1 : end].strip(EDGES)


def _split_feedback(answers: str, *, default: str) -> tuple[str, Words]:
    """Cut the general feedback off behind the last `####`."""
    before, found, behind = answers.rpartition(GENERAL)
    if not found:
        return answers, Words()
    return before.strip(EDGES), words(behind, default)
