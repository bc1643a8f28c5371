"""The exact table of a mix. Rows with equal totals have equal shares, so they are one group; and
columns with equal totals are one kind.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from auctions.moves import FAR_INT64, Mask, Table
from auctions.remainders import WORD, Whole, divide, total_of
from auctions.ties import Places, by_digest, digests


@dataclass(frozen=True, slots=True)
class Groups:
    """Rows by their total, columns by theirs, ascending; tables are kinds by groups.

    The exact share of a row of a group in a column of a kind is floor + remainder / whole.
    Of each row's cells so many are rounded up as `raised` says, and so many of each kind's
    as `wanted` says.
    """

    totals: Whole
    sizes: Table
    columns: Whole
    copies: Table
    whole: int
    floors: Whole
    remainders: Whole
    raised: Table
    wanted: Table

    @classmethod
    def of(cls, rows: tuple[Whole, Table], columns: tuple[Whole, Table], whole: int) -> Self:
        """Compute the exact table from distinct totals, each with how often it comes."""
        (totals, sizes), (kilograms, copies) = rows, columns
        shape, kind = (len(kilograms), len(totals)), np.dtype(np.int64)
        floors = np.empty(shape, kind if whole < WORD else np.dtype(object))
        is_short = (2 * int(copies.sum()) + 8) * whole < FAR_INT64 // 4
        remainders = np.empty(shape, kind if is_short else np.dtype(object))
        for line, kg in enumerate(kilograms):
            floors[line], remainders[line] = divide(int(kg), totals, whole)
        wanted = [
            int(kg) - total_of(line * sizes) for kg, line in zip(kilograms, floors, strict=True)
        ]
        return cls(
            totals=totals,
            sizes=sizes,
            columns=kilograms,
            copies=copies,
            whole=whole,
            floors=floors,
            remainders=remainders,
            raised=(totals - (floors * copies[:, None]).sum(axis=0)).astype(np.int64),
            wanted=np.array(wanted, dtype=np.int64) * copies,
        )

    def some(self, places: Places) -> "Groups":
        """Take some groups. What is wanted of them is rounded, and adds up to what is raised."""
        floors, remainders = self.floors[:, places], self.remainders[:, places]
        sizes, raised = self.sizes[places], self.raised[places]
        held = total_of(self.totals[places] * sizes)
        parts = [
            divmod((held * int(kg) - total_of(line * sizes) * self.whole) * copies, self.whole)
            for kg, copies, line in zip(self.columns, self.copies.tolist(), floors, strict=True)
        ]
        wanted = np.array([part[0] for part in parts], dtype=np.int64)
        left = int((raised * sizes).sum() - wanted.sum())
        largest = sorted(range(len(parts)), key=lambda kind: (-parts[kind][1], kind))
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

    def cells(self, marked: Mask, places: Places | slice = slice(None)) -> Table:
        """Count the cells of rows and columns behind each marked one, of all groups or some."""
        cells: Table = marked * self.sizes[places]
        cells *= self.copies[:, None]
        return cells

    def count(self, marked: Mask) -> Table:
        """Count the cells of rows and columns of each kind behind the marked ones."""
        count: Table = np.einsum("ij,j->i", marked, self.sizes) * self.copies
        return count


def grouped(rows: Whole, columns: Whole) -> tuple[Groups, Places, Places]:
    """Compute the exact table of margins with equal sums; tell each row's group, each column's
    kind.
    """
    totals, group_of, sizes = np.unique(rows, return_inverse=True, return_counts=True)
    kinds, kind_of, copies = np.unique(columns, return_inverse=True, return_counts=True)
    by_row, by_column = (totals, sizes.astype(np.int64)), (kinds, copies.astype(np.int64))
    return Groups.of(by_row, by_column, total_of(rows) or 1), group_of, kind_of


def dealt(groups: Groups, flow: Table, kind_of: Places) -> Table:
    """Deal the units of each kind to its columns in turn, group after group.

    Returns a line for each column.
    """
    ends = np.cumsum(flow, axis=1)
    lines = np.empty((len(kind_of), flow.shape[1]), dtype=np.int64)
    seat = np.zeros(len(groups.copies), dtype=np.int64)
    for column, kind in enumerate(kind_of.tolist()):
        last, copies = ends[kind], groups.copies[kind]
        to_here = copies - 1 - seat[kind]
        lines[column] = (last + to_here) // copies - (last - flow[kind] + to_here) // copies
        seat[kind] += 1
    return lines


def spread(
    groups: Groups, flow: Table, rows: tuple[Places, Table], kind_of: Places
) -> Iterator[Whole]:
    """Give each column's units of a group to its rows in turn, column after column.

    Takes the group and the turn of each row, and the kinds of the columns in draw order.
    Yields the cells of one column after another, a place for each row.
    """
    group_of, turn = rows
    shared = np.flatnonzero(groups.sizes[group_of] > 1)
    group, turn = group_of[shared], turn[shared]
    given = np.zeros_like(groups.sizes)
    for kind, units in zip(kind_of, dealt(groups, flow, kind_of), strict=True):
        whole_groups = units == groups.sizes
        cells = (groups.floors[kind] + whole_groups)[group_of]
        after = turn - given[group]
        after += (after < 0) * groups.sizes[group]
        cells[shared] += after < (units * ~whole_groups)[group]
        given = (given + units) % groups.sizes
        yield cells


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


def cell_draws(marked: Mask, rows: Whole, columns: Whole, seed: bytes) -> Table:
    """Draw for the marked pairs (group, kind) of totals: the first 32 bits of the digest."""
    draws = np.zeros(marked.shape, dtype=np.int64)
    heads, tails = [f"{kg}/" for kg in rows], [f"{kg}" for kg in columns]
    names = [heads[group] + tails[kind] for group, kind in np.argwhere(marked).tolist()]
    draws[marked] = (digests(seed, "matrix cell", names)[:, 0] >> 32).astype(np.int64)
    return draws
