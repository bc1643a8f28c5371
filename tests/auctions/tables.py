"""Margins for the tests of the matrix, and every table that they allow, the slow way."""

from itertools import pairwise, product

from hypothesis import strategies as st

from auctions.ties import draw as drawn_for
from tests.auctions.books import SEED


@st.composite
def margins(draw, most_rows=5, most_columns=4, most=12):
    rows = draw(st.lists(st.integers(0, most), min_size=1, max_size=most_rows))
    total = sum(rows)
    cuts = draw(st.lists(st.integers(0, total), max_size=most_columns - 1))
    edges = [0, *sorted(cuts), total]
    columns = [high - low for low, high in pairwise(edges)]
    return (
        {f"member {i}": kg for i, kg in enumerate(rows)},
        {f"award {i}": kg for i, kg in enumerate(columns)},
    )


def fractions_raised(rows, columns, table):
    """Add up the remainders of the cells that were rounded up."""
    whole = sum(columns.values())
    return sum(
        rows[id] * columns[award] % whole
        for id, row in table.items()
        for award, kg in row.items()
        if kg * whole > rows[id] * columns[award]
    )


def every_rounding(rows, columns):
    """List every table with the right margins whose cells are rounded down or up."""
    whole = sum(columns.values()) or 1
    cells = [(id, award) for id in rows for award in columns if rows[id] * columns[award] % whole]
    for pick in product((0, 1), repeat=len(cells)):
        table = {
            id: {award: rows[id] * columns[award] // whole for award in columns} for id in rows
        }
        for (id, award), unit in zip(cells, pick, strict=True):
            table[id][award] += unit
        if all(sum(table[id].values()) == kg for id, kg in rows.items()) and all(
            sum(row[award] for row in table.values()) == kg for award, kg in columns.items()
        ):
            yield table


def fairest(rows, columns):
    """List the tables of which none rounds up larger fractions, from all of them."""
    tables = list(every_rounding(rows, columns))
    most = max(fractions_raised(rows, columns, table) for table in tables)
    return [table for table in tables if fractions_raised(rows, columns, table) == most]


def first_drawn(rows, columns):
    """Pick, where all totals differ, the table of the least draws among the fairest."""
    whole = sum(columns.values()) or 1

    def order(table):
        draws = sorted(
            int.from_bytes(drawn_for(SEED, "matrix cell", f"{rows[id]}/{columns[award]}")[:4])
            for id, row in table.items()
            for award, kg in row.items()
            if kg * whole > rows[id] * columns[award]
        )
        return sum(draws), draws

    return min(fairest(rows, columns), key=order)
