"""Branch and bound over which columns are used; every bound is proved in whole numbers.

HiGHS takes its time to find good answers where one is known already, and proves with
floats. Near a good answer prices decide almost everything, and a few splits the rest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from heapq import heappop, heappush

import numpy as np

from auctions.branching import choice_of, decided, parted, partly_used, partly_whole, undecided
from auctions.finishing import Best, finish, finished, kept, together
from auctions.program import Program, Whole, whole
from auctions.relaxation import Relaxed, at_value, narrowed, relax
from auctions.results import Unproved

Node = tuple[int, int, Program, Relaxed]


@dataclass(slots=True)
class Tree:
    """What is still to be looked at, best bound first, then oldest, and the best that was found."""

    objective: Whole
    is_any_enough: bool
    best: Best | None = None
    most: int | None = None
    """The largest value of any use, where there is one."""
    leaves: list[Best] = field(default_factory=list)
    open_: list[Node] = field(default_factory=list)
    seen: int = 0

    def add(self, program: Program | None) -> None:
        relaxed = None if program is None else relax(program, self.objective)
        if program is not None and relaxed is not None:
            self.put(program, relaxed)

    def put(self, program: Program, relaxed: Relaxed) -> None:
        self.seen += 1
        heappush(self.open_, (relaxed.least, self.seen, program, relaxed))

    def next(self) -> tuple[Program, Relaxed] | None:
        """Take the node of the least bound; None where all left are proved to be no better."""
        if not self.open_:
            return None
        bound, _, program, relaxed = heappop(self.open_)
        if self.most is not None and bound > self.most:
            return None
        if self.best is None:
            return program, relaxed
        if bound > self.best.value - self.is_any_enough:
            return None
        left = narrowed(program, relaxed, self.best.value)
        return (program if left is None else left), relaxed

    def found(self, best: Best | None) -> None:
        if best is None or (self.most is not None and best.value > self.most):
            return
        if self.best is None or best.value < self.best.value:
            self.best = best

    def leaf(self, best: Best | None) -> None:
        """Keep what together holds all answers of a part that is done."""
        self.found(best)
        if best is not None:
            self.leaves.append(best)

    def answer(self) -> Best | None:
        if self.best is None:
            return None
        leaves = [each for each in self.leaves if each.value == self.best.value]
        if not leaves:
            raise Unproved("what was found once is not found again")
        return together(leaves)


def searched(
    program: Program,
    objective: Whole,
    relaxed: Relaxed,
    first: Best | None,
    *,
    is_any_enough: bool,
    most_nodes: int,
    most: int | None = None,
) -> tuple[Best | None, bool]:
    """Find the least value and all that attain it, starting from an answer that is known.

    Tells whether that is proved; it is not after looking at `most_nodes` possibilities.
    Values above `most` are of no use.
    """
    tree = Tree(objective, is_any_enough, first, most)
    tree.put(program, relaxed)
    while (node := tree.next()) is not None:
        if tree.seen > most_nodes:
            return tree.best, False
        _look(tree, *node)
    if is_any_enough:
        return tree.best, True
    return tree.answer(), True


def _look(tree: Tree, program: Program, relaxed: Relaxed) -> None:
    """Finish a part that is decided; split any other."""
    if program.is_decided():
        tree.leaf(finish(program, tree.objective, relaxed))
        return
    column = partly_used(program, relaxed)
    sum_ = None
    if column is None:
        sum_ = partly_whole(program, relaxed)
        tree.found(_as_relaxed(tree, program, relaxed))
        if tree.best is not None and tree.best.value == relaxed.least:
            left = kept(at_value(program, relaxed, relaxed.least))
            tree.leaf(Best(relaxed.least, tree.best.columns, (left,)))
            return
        column = _loosest(program, relaxed)
    for part in _parts(program, relaxed, column, sum_):
        tree.add(part)


def _parts(
    program: Program, relaxed: Relaxed, column: int | None, sum_: tuple[int, int] | None
) -> list[Program | None]:
    """Part by a sum that is not whole, else by the use of a column, else by any sum left."""
    if sum_ is not None:
        return [*parted(program, *sum_)]
    if column is not None:
        return [decided(program, ((column, choice),)) for choice in (True, False)]
    places = np.flatnonzero(program.is_sum & program.free)
    place = int(places[np.argmax((program.most - program.least)[places])])
    middle = int(np.rint(relaxed.values[place]))
    return [*parted(program, place, middle - 1, middle)]


def _as_relaxed(tree: Tree, program: Program, relaxed: Relaxed) -> Best | None:
    """Finish with what the relaxation uses, and with its sums to the nearest whole number."""
    values = whole(int(value) for value in np.rint(relaxed.values))
    chosen = decided(program, choice_of(program, values))
    if chosen is not None and program.is_sum.any():
        least = np.where(program.is_sum, np.maximum(values, chosen.least), chosen.least)
        most = np.where(program.is_sum, np.minimum(values, chosen.most), chosen.most)
        chosen = chosen.within(least, most)
    return None if chosen is None else finished(chosen, tree.objective)


def _loosest(program: Program, relaxed: Relaxed) -> int | None:
    """Find the undecided column whose use matters least."""
    places = undecided(program)
    if not places.size:
        return None
    return int(places[np.argmin(np.abs(relaxed.reduced[places]))])
