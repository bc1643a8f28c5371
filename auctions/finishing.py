"""Whole numbers where every choice is made, and what is proved of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auctions.branching import advise
from auctions.program import Places, Program, Whole, total, whole
from auctions.relaxation import Relaxed, at_value, narrowed, relax
from auctions.results import Unproved

KERNEL = 150
"""Columns that a first answer is sought among."""
WINDOWS = (2, 50, 2000)
"""Kilograms around the relaxation within which a whole answer is sought first."""


@dataclass(frozen=True, slots=True)
class Best:
    """The least value, an answer that attains it, and programs that together hold all of them."""

    value: int
    columns: Whole
    programs: tuple[Program, ...]


def together(found: Sequence[Best]) -> Best:
    programs = tuple(program for best in found for program in best.programs)
    return Best(found[0].value, found[0].columns, programs)


def finished(program: Program, objective: Whole) -> Best | None:
    relaxed = relax(program, objective)
    return None if relaxed is None else finish(program, objective, relaxed)


def finish(program: Program, objective: Whole, relaxed: Relaxed) -> Best | None:
    """Find the least over whole numbers alone, near the relaxation first, and prove it."""
    columns = _nearest(program, relaxed.values)
    if columns is None:
        columns = _in_window(program, relaxed)
    if columns is None or total(objective, columns) > relaxed.least:
        left = program
        if columns is not None:
            left = kept(narrowed(program, relaxed, total(objective, columns)))
        advice = advise(left, relaxed, integral=True)
        if advice is None:
            return None
        columns = _nearest(left, advice.values)
        if columns is None or not advice.is_above(relaxed, total(objective, columns) - 1):
            raise Unproved("no whole answer meets the solver's bound")
    value = total(objective, columns)
    return Best(value, columns, (kept(at_value(program, relaxed, value)),))


def kept(program: Program | None) -> Program:
    """Narrowing to what attains a value that was found keeps what attains it."""
    if program is None:
        raise Unproved("nothing attains the value that was found")
    return program


def only_near(program: Program, relaxed: Relaxed, others: Whole, bounds: Program) -> Program | None:
    """Fix all columns but those of the smallest reduced costs."""
    free = np.flatnonzero(program.free)
    cost = np.abs(relaxed.reduced[free]).astype(np.float64)
    near: Places = free[np.argsort(cost, kind="stable")[:KERNEL]]
    least, most = others.copy(), others.copy()
    least[near], most[near] = bounds.least[near], bounds.most[near]
    return program.within(least, most)


def _nearest(program: Program, values: NDArray[np.float64]) -> Whole | None:
    """Take the nearest whole numbers, where the rows allow them."""
    return program.completed(whole(int(value) for value in np.rint(values)))


def _in_window(program: Program, relaxed: Relaxed) -> Whole | None:
    """Find the best whole answer within some kilograms of the relaxation."""
    middle = whole(int(value) for value in np.rint(relaxed.values))
    middle = np.clip(middle, program.least, program.most)
    for width in WINDOWS:
        near = program.within(
            np.maximum(program.least, middle - width), np.minimum(program.most, middle + width)
        )
        small = only_near(program, relaxed, middle, near) if near else None
        advice = advise(small, relaxed, integral=True, is_hint=True) if small else None
        if small is not None and advice is not None:
            return _nearest(small, advice.values)
    return None
