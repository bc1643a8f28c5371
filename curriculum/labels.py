"""Labels below a chart, broken into lines that stand side by side without touching."""

import re
from collections.abc import Sequence
from unicodedata import east_asian_width

ROOM = 60
"""Narrow letters that all labels of a chart may take side by side, also on a phone."""
GAP = 1
"""Narrow letters between two labels: Vega leaves out a label that comes too near to another."""
LEAST = 7
NEVER_FIRST = frozenset("、。・ー）」』ぁぃぅぇぉっゃゅょァィゥェォッャュョ%")
_WORD = re.compile(r"[\d.,]+ \S{1,3}(?!\S)|\S+")


def lines_by_label(labels: Sequence[str]) -> dict[str, list[str]]:
    """Break each label so that all have room; at least one label."""
    room = max(ROOM // len(labels) - GAP, LEAST)
    return {label: lines_of(label, room) for label in labels}


def has_room(labels: Sequence[str]) -> bool:
    """Whether the labels can stand side by side without a word being torn to make it so."""
    room = max(ROOM // len(labels), LEAST)
    lines = (line for label in labels for line in lines_of(label, room))
    return (max(map(width_of, lines), default=0) + GAP) * len(labels) <= ROOM


def lines_of(label: str, room: int) -> list[str]:
    """Break a label at its spaces and, where a Japanese word is too long, within the word.

    A wide letter counts as two. A figure keeps its unit; a Latin word is never broken.
    """
    lines: list[str] = []
    for word in _WORD.findall(label):
        if lines and width_of(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _broken(word, room)
    return lines


def _broken(word: str, room: int) -> list[str]:
    pieces = [""]
    for letter in word:
        is_full = width_of(pieces[-1] + letter) > room and width_of(letter) > 1
        if is_full and pieces[-1] and letter not in NEVER_FIRST:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def width_of(text: str) -> int:
    """How wide the text is, in halves of a full-width character."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
