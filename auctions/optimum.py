"""One objective after another, each to its proved optimum, ending in a single answer.

Prices of the relaxation narrow the columns by exact integers (`relaxation`); HiGHS
advises which of those left to use (`branching`); each advice is finished in whole
numbers, and the next best choice must be proved worse before an optimum is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auctions.branching import Advice, Choice, advise, choice_of, decided
from auctions.program import Places, Program, Whole, total, whole
from auctions.relaxation import Relaxed, at_value, narrowed, relax
from auctions.results import Unproved

KERNEL = 150
"""Columns that a first answer is sought among."""
WINDOWS = (2, 50, 2000)
"""Kilograms around the relaxation within which a whole answer is sought first."""
MOST_CHOICES = 30
"""Equally good choices that are finished one by one."""


@dataclass(frozen=True, slots=True)
class Best:
    """The least value, an answer that attains it, and programs that together hold all of them."""

    value: int
    columns: Whole
    programs: tuple[Program, ...]


def least(program: Program, objectives: Sequence[Whole]) -> Whole | None:
    """Minimise one objective after another; among equals the largest first column, then the next.

    Returns the columns that are asked for; None where nothing fits. Raises Unproved
    where the solver's bound and the best whole answer stay apart.
    """
    standing: tuple[Program, ...] = (program,)
    for objective in objectives:
        found = _least_of(standing, objective)
        if found is None:
            return None
        standing = found.programs
    return _largest(standing, program.count)


def some_least(program: Program, objective: Whole) -> Whole | None:
    """Return all columns of an answer with the least objective; None where nothing fits."""
    found = _least(program, objective, is_any_enough=True)
    return None if found is None else found.columns


def _least_of(programs: Sequence[Program], objective: Whole) -> Best | None:
    found = [best for each in programs if (best := _least(each, objective)) is not None]
    if not found:
        return None
    value = min(best.value for best in found)
    return _together([best for best in found if best.value == value])


def _together(found: Sequence[Best]) -> Best:
    programs = tuple(program for best in found for program in best.programs)
    return Best(found[0].value, found[0].columns, programs)


def _largest(programs: Sequence[Program], count: int) -> Whole:
    """Settle what is still free: the largest value of the first free column, then the next."""
    standing = list(programs)
    while free := [int(c) for each in standing for c in np.flatnonzero(each.free[:count])]:
        objective = whole([0] * len(standing[0].least))
        objective[min(free)] = -1
        best = _least_of(standing, objective)
        if best is None:
            raise Unproved("the solver finds nothing where something was found before")
        standing = [_settled(each, min(free), -best.value) for each in best.programs]
    return max((each.least[:count] for each in standing), key=list)


def _settled(program: Program, column: int, value: int) -> Program:
    least, most = program.least.copy(), program.most.copy()
    least[column] = most[column] = value
    return _kept(program.within(least, most))


def _least(program: Program, objective: Whole, *, is_any_enough: bool = False) -> Best | None:
    relaxed = relax(program, objective)
    if relaxed is None:
        return None
    if program.is_decided():
        return _whole(program, objective, relaxed)
    first = _first(program, objective, relaxed)
    if first is None:
        return _enumerated(program, objective, relaxed, [], is_any_enough=is_any_enough)
    left = _kept(narrowed(program, relaxed, first.value))
    known = [choice_of(left, first.columns)]
    return _enumerated(left, objective, relaxed, known, is_any_enough=is_any_enough)


def _first(program: Program, objective: Whole, relaxed: Relaxed) -> Best | None:
    """Find a first answer, sought among the columns whose use matters least."""
    small = _only_near(program, relaxed, relaxed.ends, program)
    advice = advise(small, relaxed) if small else None
    if small is None or advice is None:
        return None
    chosen = decided(small, advice.choice)
    return _finished(chosen, objective) if chosen else None


def _only_near(
    program: Program, relaxed: Relaxed, others: Whole, bounds: Program
) -> Program | None:
    """Fix all columns but those of the smallest reduced costs."""
    free = np.flatnonzero(program.free)
    cost = np.abs(relaxed.reduced[free]).astype(np.float64)
    near: Places = free[np.argsort(cost, kind="stable")[:KERNEL]]
    least, most = others.copy(), others.copy()
    least[near], most[near] = bounds.least[near], bounds.most[near]
    return program.within(least, most)


def _enumerated(
    program: Program,
    objective: Whole,
    relaxed: Relaxed,
    refused: list[Choice],
    *,
    is_any_enough: bool,
) -> Best | None:
    """Finish one choice after another, those given first, until all others are proved worse.

    Where any answer will do, the others need only be proved not better.
    """
    found = [best for choice in refused if (best := _chosen(program, objective, choice))]
    while (advice := advise(program, relaxed, refused)) is not None:
        value = found[0].value if found else None
        if value is not None and advice.is_above(relaxed, value - is_any_enough):
            break
        if len(refused) == MOST_CHOICES:
            return _undecided(program, relaxed, found, advice)
        best = _chosen(program, objective, advice.choice)
        refused.append(advice.choice)
        if best is not None and (value is None or best.value <= value):
            found = [*(each for each in found if each.value == best.value), best]
    return _together(found) if found else None


def _chosen(program: Program, objective: Whole, choice: Choice) -> Best | None:
    chosen = decided(program, choice)
    return _finished(chosen, objective) if chosen else None


def _undecided(program: Program, relaxed: Relaxed, found: Sequence[Best], advice: Advice) -> Best:
    """Leave equally good choices to the next objective, once the value itself is proved."""
    left = at_value(program, relaxed, found[0].value) if found else None
    if left is None or not advice.is_above(relaxed, found[0].value - 1):
        raise Unproved("the solver's bound and the best whole answer stay apart")
    return Best(found[0].value, found[0].columns, (left,))


def _finished(program: Program, objective: Whole) -> Best | None:
    relaxed = relax(program, objective)
    return None if relaxed is None else _whole(program, objective, relaxed)


def _whole(program: Program, objective: Whole, relaxed: Relaxed) -> Best | None:
    """Find the least over whole numbers alone, near the relaxation first, and prove it."""
    columns = _nearest(program, relaxed.values)
    if columns is None:
        columns = _in_window(program, relaxed)
    if columns is None or total(objective, columns) > relaxed.least:
        left = program
        if columns is not None:
            left = _kept(narrowed(program, relaxed, total(objective, columns)))
        advice = advise(left, relaxed, integral=True)
        if advice is None:
            return None
        columns = _nearest(left, advice.values)
        if columns is None or not advice.is_above(relaxed, total(objective, columns) - 1):
            raise Unproved("no whole answer meets the solver's bound")
    value = total(objective, columns)
    return Best(value, columns, (_kept(at_value(program, relaxed, value)),))


def _kept(program: Program | None) -> Program:
    """Narrowing to what attains a value that was found keeps what attains it."""
    if program is None:
        raise Unproved("nothing attains the value that was found")
    return program


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
        small = _only_near(program, relaxed, middle, near) if near else None
        advice = advise(small, relaxed, integral=True) if small else None
        if small is not None and advice is not None:
            return _nearest(small, advice.values)
    return None
