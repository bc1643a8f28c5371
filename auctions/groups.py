"""The exact table of a mix: rows with equal totals have equal shares, so they are one group."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from auctions.moves import FAR_INT64, Mask, Table
from auctions.remainders import WORD, Whole, divide, total_of
from auctions.ties import Places, by_digest, digests


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows by their total, ascending; a table has a line for each column, a place for each group.

    The exact share of a row of a group in a column is floor + remainder / whole. Of each
    row's cells so many are rounded up as `raised` says, and of each column's as `wanted`.
    """

    totals: Whole
    sizes: Table
    columns: Whole
    whole: int
    floors: Whole
    remainders: Whole
    raised: Table
    wanted: Table

    @classmethod
    def of(cls, totals: Whole, sizes: Table, columns: Whole, whole: int) -> Self:
        shape, kind = (len(columns), len(totals)), np.dtype(np.int64)
        floors = np.empty(shape, kind if whole < WORD else np.dtype(object))
        is_short = (2 * len(columns) + 8) * whole < FAR_INT64 // 4
        remainders = np.empty(shape, kind if is_short else np.dtype(object))
        for column, kg in enumerate(columns):
            floors[column], remainders[column] = divide(int(kg), totals, whole)
        raised = (totals - floors.sum(axis=0)).astype(np.int64)
        kept = [int(kg) - total_of(line * sizes) for kg, line in zip(columns, floors, strict=True)]
        wanted = np.array(kept, dtype=np.int64)
        return cls(totals, sizes, columns, whole, floors, remainders, raised, wanted)

    def some(self, places: Places) -> "Groups":
        """Take some groups. What is wanted of them is rounded, and adds up to what is raised."""
        floors, remainders = self.floors[:, places], self.remainders[:, places]
        sizes, raised = self.sizes[places], self.raised[places]
        held = total_of(self.totals[places] * sizes)
        parts = [
            divmod(held * int(kg) - total_of(line * sizes) * self.whole, self.whole)
            for kg, line in zip(self.columns, floors, strict=True)
        ]
        wanted = np.array([part[0] for part in parts], dtype=np.int64)
        left = int((raised * sizes).sum() - wanted.sum())
        largest = sorted(range(len(parts)), key=lambda column: (-parts[column][1], column))
        wanted[largest[:left]] += 1
        return replace(
            self,
            totals=self.totals[places],
            sizes=sizes,
            floors=floors,
            remainders=remainders,
            raised=raised,
            wanted=wanted,
        )

    def units(self, cells: Mask) -> Table:
        """Count the rows of the marked cells in each column."""
        units: Table = np.einsum("ij,j->i", cells, self.sizes)
        return units


def grouped(rows: Whole, columns: Whole) -> tuple[Groups, Places]:
    """Compute the exact table of margins with equal sums, and tell the group of each row."""
    totals, group_of, sizes = np.unique(rows, return_inverse=True, return_counts=True)
    return Groups.of(totals, sizes.astype(np.int64), columns, total_of(rows) or 1), group_of


def spread(groups: Groups, flow: Table, group_of: Places, turn: Table, *, order: Places) -> Whole:
    """Give the units of each group to its rows in turn, column after column, upon the floors.

    Returns a line for each column, where the order says, and a place for each row.
    """
    cells = np.empty((len(groups.columns), len(turn)), dtype=groups.floors.dtype)
    shared = np.flatnonzero(groups.sizes[group_of] > 1)
    group, turn = group_of[shared], turn[shared]
    given = np.zeros_like(groups.sizes)
    for line, floors, units in zip(order.tolist(), groups.floors, flow, strict=True):
        whole_groups = units == groups.sizes
        cells[line] = (floors + whole_groups)[group_of]
        after = turn - given[group]
        after += (after < 0) * groups.sizes[group]
        cells[line][shared] += after < (units * ~whole_groups)[group]
        given = (given + units) % groups.sizes
    return cells


def turns(groups: Groups, group_of: Places, ids: Sequence[str], seed: bytes) -> Table:
    """Number the rows of each group by their draw. Who is alone in a group is not drawn for."""
    turn = np.zeros(len(ids), dtype=np.int64)
    places = np.flatnonzero(groups.sizes[group_of] > 1)
    names = [ids[place] for place in places.tolist()]
    drawn = places[by_digest(digests(seed, "matrix row", names))]
    by_group = drawn[np.argsort(group_of[drawn], kind="stable")]
    group = group_of[by_group]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    turn[by_group] = np.arange(len(group)) - np.repeat(starts, groups.sizes[group[starts]])
    return turn


def cell_draws(cells: Mask, totals: Whole, column_ids: Sequence[str], seed: bytes) -> Table:
    """Draw for the marked cells (group, column): the first 32 bits of the digest."""
    draws = np.zeros(cells.shape, dtype=np.int64)
    heads, tails = [f"{total}/" for total in totals], column_ids
    names = [heads[group] + tails[column] for group, column in np.argwhere(cells).tolist()]
    draws[cells] = (digests(seed, "matrix cell", names)[:, 0] >> 32).astype(np.int64)
    return draws
