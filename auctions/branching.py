"""HiGHS says which columns to use; what it says is taken as advice and finished in integers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from auctions.program import Places, Program, Whole, total
from auctions.relaxation import Relaxed
from auctions.results import Unproved

OPTIMAL, INFEASIBLE = 0, 2
LONGEST_S = 300
"""A search that takes longer proves nothing, and a person is called."""
HALF = 0.5
BESIDE = 1e-6
"""How far from zero or from its minimum the solver leaves a column that stands there."""
NOT_WHOLE = 1e-4
"""How far from a whole number the solver leaves a sum that is whole."""
DOUBT = 1e-3
"""What the solver may be wrong by in an objective of small whole numbers."""

Choice = tuple[tuple[int, bool], ...]
"""The columns that may be used or not, and whether they are."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A choice, the values beside it, and what the solver's bound adds to the relaxation's."""

    choice: Choice
    values: NDArray[np.float64]
    spare: float

    def is_above(self, relaxed: Relaxed, value: int) -> bool:
        """Tell whether every choice left costs more than a value."""
        return self.spare > _spare(relaxed, value) + DOUBT

    def most(self, relaxed: Relaxed) -> int:
        """Return the most that the negative of the objective can be, as a whole number."""
        return floor(DOUBT - self.spare - relaxed.bound / relaxed.scale)


class Model:
    """A program as HiGHS takes it, written down row by row."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._cells: list[NDArray[np.float64]] = []
        self._columns: list[Places] = []
        self._least: list[float] = []
        self._most: list[float] = []
        self.is_void = False
        """Whether a row without columns says that nothing fits; HiGHS stumbles over such rows."""

    def row(
        self, columns: Sequence[int] | NDArray[Any], cells: object, least: float, most: float
    ) -> None:
        if not len(columns):
            self.is_void |= least > 0 or most < 0
            return
        self._columns.append(np.array(columns, dtype=np.intp))
        self._cells.append(np.array(cells, dtype=np.float64))
        self._least.append(least)
        self._most.append(most)

    def constraints(self) -> list[LinearConstraint]:
        if not self._least:
            return []
        starts = np.cumsum([0, *(each.size for each in self._columns)])
        cells, columns = np.concatenate(self._cells), np.concatenate(self._columns)
        matrix = csr_array((cells, columns, starts), shape=(len(self._least), self._size))
        return [LinearConstraint(matrix, self._least, self._most)]


def advise(
    program: Program,
    relaxed: Relaxed,
    refused: Sequence[Choice] = (),
    *,
    integral: bool = False,
    is_hint: bool = False,
) -> Advice | None:
    """Minimise over the choices not refused; None where nothing fits, or no hint is found.

    Kilograms are real numbers here unless `integral`; switches and whether a column
    with a minimum is used are decided. What is minimised is the distance from the
    relaxation's bound, in small numbers, so that floats lose nothing that matters. A hint
    proves nothing, and comes sooner.
    """
    free = np.flatnonzero(program.free)
    opened = np.flatnonzero(program.open)
    if not free.size:
        return None if refused else _only(program, relaxed)
    model = _model(program, relaxed, free, opened)
    _refuse(model, program, relaxed.ends, columns=(free, opened), refused=refused)
    if model.is_void:
        return None
    ends = relaxed.ends[free]
    none, one = np.zeros(opened.size), np.ones(opened.size)
    found = _solved(
        np.concatenate([(relaxed.reduced[free] / relaxed.scale).astype(np.float64), none]),
        np.concatenate([program.is_switch[free] | integral, one]).astype(np.int64),
        bounds=Bounds(
            np.concatenate([(program.least[free] - ends).astype(np.float64), none]),
            np.concatenate([(program.most[free] - ends).astype(np.float64), one]),
        ),
        constraints=model.constraints(),
        is_hint=is_hint,
    )
    if found is None:
        return None
    values = program.least.astype(np.float64)
    values[free] = found.x[: free.size] + ends.astype(np.float64)
    bound = found.fun if found.mip_dual_bound is None else found.mip_dual_bound
    rounded = np.rint(values)
    rounded[opened] = found.x[free.size :] > HALF
    return Advice(
        choice_of(program, rounded), values, bound + _fixed(program, relaxed) / relaxed.scale
    )


def _solved(
    objective: NDArray[np.float64], integrality: NDArray[np.int64], *, is_hint: bool, **model: Any
) -> Any:
    """Ask HiGHS; None where nothing fits. If it stumbles it is asked for whole numbers throughout.

    About one call in a thousand ends in a solve error (ERGO-Code/HiGHS, issue 2810). Of
    small programs its presolve calls one in a few hundred infeasible that is not, or misses
    the best answer (issues 2585 and 3296), so it may help with hints alone.
    """
    message = ""
    for asked in (integrality, np.ones_like(integrality)):
        found = milp(
            objective,
            integrality=asked,
            options={"mip_rel_gap": 0, "time_limit": LONGEST_S, "presolve": is_hint},
            **model,
        )
        if found.status == INFEASIBLE:
            return None
        if found.status == OPTIMAL and found.x is not None:
            return found
        message = found.message
    if is_hint:
        return None
    raise Unproved(message)


def _spare(relaxed: Relaxed, value: int) -> float:
    return relaxed.spare(value) / relaxed.scale


def decided(program: Program, choice: Choice) -> Program | None:
    """Narrow a program to a choice."""
    least, most = program.least.copy(), program.most.copy()
    for column, used in choice:
        if used:
            least[column] = max(least[column], program.minimum[column], 1)
        else:
            most[column] = 0
    return program.within(least, most)


def choice_of(program: Program, values: NDArray[Any]) -> Choice:
    """Read off which of the undecided columns some values use."""
    return tuple((int(column), bool(values[column] > 0)) for column in undecided(program))


def undecided(program: Program) -> Places:
    """List the columns that may be used or not."""
    return np.flatnonzero(program.open | (program.is_switch & program.free))


def partly_used(program: Program, relaxed: Relaxed) -> int | None:
    """Find the undecided column that is furthest from unused and from used enough, if any is."""
    places = undecided(program)
    enough = np.maximum(program.minimum[places], 1).astype(np.float64)
    part = relaxed.values[places] / enough
    apart = np.minimum(part, 1 - part)
    apart[apart * enough <= BESIDE] = 0
    return int(places[np.argmax(apart)]) if (apart > 0).any() else None


def partly_whole(program: Program, relaxed: Relaxed) -> tuple[int, int] | None:
    """Find the sum that is furthest from a whole number, and the whole number below it, if any."""
    places = np.flatnonzero(program.is_sum & program.free)
    values = relaxed.values[places]
    apart = np.abs(values - np.rint(values))
    if not (apart > NOT_WHOLE).any():
        return None
    furthest = int(np.argmax(apart))
    return int(places[furthest]), floor(values[furthest])


def parted(program: Program, column: int, *ends: int) -> list[Program]:
    """Part a program by a column: up to the first number, from above it to the next, and on."""
    lows = [int(program.least[column]), *(end + 1 for end in ends)]
    highs = [*ends, int(program.most[column])]
    parts = []
    for low, high in zip(lows, highs, strict=True):
        least, most = program.least.copy(), program.most.copy()
        least[column], most[column] = max(low, least[column]), min(high, most[column])
        if (part := program.within(least, most)) is not None:
            parts.append(part)
    return parts


def _only(program: Program, relaxed: Relaxed) -> Advice | None:
    """Where nothing is free, what is fixed is the answer, if the rows allow it."""
    if program.completed(program.least) is None:
        return None
    values = program.least.astype(np.float64)
    return Advice((), values, _fixed(program, relaxed) / relaxed.scale)


def _fixed(program: Program, relaxed: Relaxed) -> int:
    """Add up what the fixed columns cost beyond the ends that the relaxation put them at."""
    fixed = ~program.free
    return total(relaxed.reduced[fixed], (program.least - relaxed.ends)[fixed])


def _model(program: Program, relaxed: Relaxed, free: Places, opened: Places) -> Model:
    """Columns as distances from their ends; then, for each with a minimum, whether it is used."""
    ends = relaxed.ends
    model = Model(free.size + opened.size)
    for row in program.folded(free):
        rest = float(row.sum - total(row.weights, ends[free][row.columns]))
        model.row(row.columns, row.weights, rest, rest)
    for i, place in enumerate(np.searchsorted(free, opened)):
        column = opened[i]
        pair = (int(place), free.size + i)
        end = float(ends[column])
        least, most = program.minimum[column], program.most[column]
        model.row(pair, (1, -least), -end, -end if least == most else np.inf)
        if least != most:
            model.row(pair, (1, -most), -np.inf, -end)
    return model


def _refuse(
    model: Model,
    program: Program,
    ends: Whole,
    *,
    columns: tuple[Places, Places],
    refused: Sequence[Choice],
) -> None:
    """Ask for at least one decision to be another, for each choice refused."""
    free, opened = columns
    place = {int(c): (i, ends[c]) for i, c in enumerate(free) if program.is_switch[c]}
    place |= {int(c): (i, 0) for i, c in enumerate(opened, start=free.size)}
    for choice in refused:
        if any(c not in place and (program.most[c] > 0) != used for c, used in choice):
            continue
        kept = [(*place[c], -1 if used else 1) for c, used in choice if c in place]
        least = 1 - sum(sign < 0 for _, _, sign in kept) - sum(end * sign for _, end, sign in kept)
        model.row([at for at, _, _ in kept], [sign for _, _, sign in kept], float(least), np.inf)
