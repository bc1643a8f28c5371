"""Statistics as a person reads them, in tables, and as a program does, in JSON."""

import json
from dataclasses import fields
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

from curriculum.figures import Untold
from curriculum.statistics import ENOUGH, QuestionFigures, QuizFigures, Statistics

SHORT = Decimal("0.0001")
HEADS = (
    "question",
    "n",
    "facility",
    "SD",
    "guess",
    "intended weight %",
    "effective weight %",
    "discrimination %",
    "efficiency %",
)


def as_json(statistics: Statistics) -> str:
    """Write figures as numbers; where there is none, null, and under `untold` why."""
    told = {
        "enough_answers": ENOUGH,
        "quiz": _named(statistics.quiz),
        "questions": [_named(question) for question in statistics.questions],
    }
    # JSON has no decimals: here, and nowhere before, a figure becomes a binary fraction.
    return json.dumps(told, indent=2, default=float)


def _named(figures: QuestionFigures | QuizFigures) -> dict[str, Any]:
    named = {field.name: getattr(figures, field.name) for field in fields(figures)}
    untold = {name: str(figure) for name, figure in named.items() if isinstance(figure, Untold)}
    return {**named, **dict.fromkeys(untold), "untold": untold}


def as_table(statistics: Statistics) -> str:
    quiz = [(field.name.replace("_", " "), field.name) for field in fields(QuizFigures)]
    whole = [[words, _cell(getattr(statistics.quiz, name))] for words, name in quiz]
    columns = [field.name for field in fields(QuestionFigures)]
    rows = [[_cell(getattr(each, name)) for name in columns] for each in statistics.questions]
    return f"{_aligned(whole)}\n\n{_aligned([list(HEADS), *rows])}"


def _cell(figure: object) -> str:
    return str(figure.quantize(SHORT)) if isinstance(figure, Decimal) else str(figure)


def _aligned(rows: list[list[str]]) -> str:
    """Set columns two apart, the first to the left, the others to the right."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        gaps = [" " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)]
        first = row[0] + gaps[0]
        others = (gap + cell for gap, cell in zip(gaps[1:], row[1:], strict=True))
        lines.append("  ".join((first, *others)))
    return "\n".join(lines)


def _width(cell: str) -> int:
    return sum(2 if east_asian_width(mark) in "WF" else 1 for mark in cell)
