"""Labels below a chart, broken into lines that stand side by side without touching."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from unicodedata import east_asian_width

ROOM = 60
"""Narrow letters that all labels of a chart may take side by side, also on a phone."""
LEAST = 7
NEVER_FIRST = frozenset("、。・ー）」』ぁぃぅぇぉっゃゅょァィゥェォッャュョ%")
_WORD = re.compile(r"[\d.,]+ \S{1,3}(?!\S)|\S+")


def label_expression(labels: Sequence[str]) -> str:
    """Write for Vega which lines stand for which label."""
    room = max(ROOM // len(labels), LEAST)
    lines = {label: lines_of(label, room) for label in labels}
    return f"{json.dumps(lines, ensure_ascii=False)}[datum.label]"


def lines_of(label: str, room: int) -> list[str]:
    """Break a label at its spaces and, where a Japanese word is too long, within the word.

    A wide letter counts as two. A figure keeps its unit; a Latin word is never broken.
    """
    lines: list[str] = []
    for word in _WORD.findall(label):
        if lines and _width(f"{lines[-1]} {word}") <= room:
            lines[-1] = f"{lines[-1]} {word}"
        else:
            lines += _broken(word, room)
    return lines


def _broken(word: str, room: int) -> list[str]:
    pieces = [""]
    for letter in word:
        is_full = _width(pieces[-1] + letter) > room and _width(letter) > 1
        if is_full and pieces[-1] and letter not in NEVER_FIRST:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _width(text: str) -> int:
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)
