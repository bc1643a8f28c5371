"""A figure as a cell: to two places, the same on the screen and in the file."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

from curriculum.figures import Figure, Untold
from curriculum.labels import width_of
from pages.parts.tables import table
from pages.parts.visit import Visit

PLACES = Decimal("0.01")
STEM = 60
"""So much of a question is enough to know it again, in halves of a full-width character."""


def in_percent(visit: Visit, share: Figure) -> Decimal | str:
    """A share of 1 as a number of per cent."""
    return as_cell(visit, share if isinstance(share, Untold) else 100 * share)


def as_cell(visit: Visit, figure: Figure) -> Decimal | str:
    """The figure to two places, halves away from zero; or why there is none."""
    if isinstance(figure, Untold):
        return visit.speech.say(f"statistics.untold.{figure.reason}", n=str(figure.n))
    return figure.quantize(PLACES, ROUND_HALF_UP)


def show(
    visit: Visit,
    rows: Sequence[Mapping[str, object]],
    *,
    name: str,
    leaving_out: Container[str] = (),
) -> None:
    """The rows to be read, and the same cells to be taken away, figures as figures.

    A long question is cut short to be read, and whole in the file, which leaves out nothing.
    """
    shown = [
        {head: _written(cell) for head, cell in row.items() if head not in leaving_out}
        for row in rows
    ]
    table(visit, shown, name=name, csv_rows=rows)


class Stem(str):
    """A question's words in a cell, with its number."""

    __slots__ = ()


def _written(cell: object) -> object:
    if isinstance(cell, Stem):
        return _cut(cell)
    return str(cell).replace("-", "−") if isinstance(cell, Decimal) else cell


def _cut(stem: str) -> str:
    """Cut a long question short, never within a word that has spaces around it."""
    widths = accumulate(map(width_of, stem))
    end = sum(width <= STEM for width in widths)
    if end == len(stem):
        return str(stem)
    while end and _is_of_word(stem[end - 1]) and _is_of_word(stem[end]):
        end -= 1
    return f"{stem[:end].rstrip()}…"


def _is_of_word(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
