"""One objective after another, each to its proved optimum, ending in a single answer.

Prices of the relaxation narrow the columns by exact integers (`relaxation`); HiGHS
advises which of the nearest to use (`branching`); a few splits prove that nothing is
better (`tree`). Where they do not, HiGHS is asked for the next best choice, each is
finished in whole numbers, and all others must be proved worse.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from auctions.branching import Advice, Choice, advise, choice_of, decided
from auctions.finishing import Best, finish, finished, kept, only_near, together
from auctions.program import Places, Program, Whole, whole
from auctions.relaxation import Relaxed, at_value, narrowed, relax
from auctions.results import Unproved
from auctions.tree import searched

FEW = 20
"""Where no more columns are undecided no first answer is sought."""
MOST_NODES = 100
"""Possibilities that are looked at before HiGHS is asked."""
MOST_SUMS = 2_000
"""Possibilities that are looked at where sums are split too, which HiGHS is never asked about."""
MOST_CHOICES = 30
"""Equally good choices that are finished one by one."""


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


def some_at_most(
    program: Program, objective: Whole, most: int, *, must_be_least: bool = False
) -> Whole | None:
    """Return all columns of an answer with a low objective; None where none is `most` or less.

    It is the least, unless the program has sums and that takes too long to prove.
    Raises Unproved where nothing is proved, or not that, where it must be.
    """
    relaxed = relax(program, objective)
    if relaxed is None:
        return None
    if not program.is_sum.any():
        best = _least(program, objective, is_any_enough=True)
        return best.columns if best is not None and best.value <= most else None
    best, is_proved = searched(
        program, objective, relaxed, None, is_any_enough=True, most_nodes=MOST_SUMS, most=most
    )
    if not is_proved and (best is None or must_be_least):
        raise Unproved("the least of a share stays open")
    return None if best is None else best.columns


def _least_of(programs: Sequence[Program], objective: Whole) -> Best | None:
    found = [best for each in programs if (best := _least(each, objective)) is not None]
    if not found:
        return None
    value = min(best.value for best in found)
    return together([best for best in found if best.value == value])


def _largest(programs: Sequence[Program], count: int) -> Whole:
    """Settle what is still free: the largest value of the first free column, then the next."""
    settled = programs[0].least[:count].copy()
    apart = _apart(programs)
    asked = apart[apart < count]
    if asked.size:
        settled[asked] = _largest_of([each.only(apart) for each in programs], asked.size)
    return settled


def _apart(programs: Sequence[Program]) -> Places:
    """Find the columns that are free, or are not the same in all programs."""
    first = programs[0]
    apart = np.zeros(len(first.least), dtype=np.bool_)
    for each in programs:
        apart |= each.free | (each.least != first.least)
    return np.flatnonzero(apart)


def _largest_of(programs: Sequence[Program], count: int) -> Whole:
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
    return kept(program.within(least, most))


def _least(program: Program, objective: Whole, *, is_any_enough: bool = False) -> Best | None:
    relaxed = relax(program, objective)
    if relaxed is None:
        return None
    if program.is_decided():
        return finish(program, objective, relaxed)
    first = _first(program, objective, relaxed) if program.open.sum() > FEW else None
    best, is_proved = searched(
        program, objective, relaxed, first, is_any_enough=is_any_enough, most_nodes=MOST_NODES
    )
    if is_proved:
        return best
    if best is None:
        return _enumerated(program, objective, relaxed, [], is_any_enough=is_any_enough)
    left = kept(narrowed(program, relaxed, best.value))
    known = [choice_of(left, best.columns)]
    return _enumerated(left, objective, relaxed, known, is_any_enough=is_any_enough)


def _first(program: Program, objective: Whole, relaxed: Relaxed) -> Best | None:
    """Find a first answer, sought among the columns whose use matters least."""
    small = only_near(program, relaxed, relaxed.ends, program)
    advice = advise(small, relaxed, is_hint=True) if small else None
    if small is None or advice is None:
        return None
    chosen = decided(small, advice.choice)
    return finished(chosen, objective) if chosen else None


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
    return together(found) if found else None


def _chosen(program: Program, objective: Whole, choice: Choice) -> Best | None:
    chosen = decided(program, choice)
    return finished(chosen, objective) if chosen else None


def _undecided(program: Program, relaxed: Relaxed, found: Sequence[Best], advice: Advice) -> Best:
    """Leave equally good choices to the next objective, once the value itself is proved."""
    left = at_value(program, relaxed, found[0].value) if found else None
    if left is None or not advice.is_above(relaxed, found[0].value - 1):
        raise Unproved("the solver's bound and the best whole answer stay apart")
    return Best(found[0].value, found[0].columns, (left,))
