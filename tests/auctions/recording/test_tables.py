from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.reading import Malformed
from auctions.recording.tables import TABLES, Column, tables_of
from club.domain.disclosure import public_record
from tests.recorded import a_record

FULL = a_record()


def by_name(name):
    return next(table for table in TABLES if table.name == name)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_each_table_gives_back_what_was_written(table):
    for record in (FULL, public_record(FULL)):
        written = getattr(record, table.field)

        assert table.values(list(table.lines(written))) == written


def test_the_members_are_in_the_full_record_only():
    without = {table.name for table in tables_of("public")}

    hidden = {"entrants", "members", "mix_prices", "fillers"}
    assert {table.name for table in TABLES} - without == hidden


def test_the_columns_of_a_table_are_plain():
    tried, cleared = by_name("tried"), by_name("cleared")

    assert [column.name for column in tried.stored][:3] == [
        "pass_number",
        "limit_per_t",
        "demand_kg",
    ]
    assert ("bought_kg", 90_000) in list(cleared.lines(FULL.cleared))
    assert ("effective_cost", "405045/1") in list(cleared.lines(FULL.cleared))


@pytest.mark.parametrize(
    ("kind", "sql_type", "may_be_empty", "is_json"),
    [
        (int, "INTEGER", False, False),
        (bool | None, "INTEGER", True, False),
        (Fraction, "TEXT", False, False),
        (int | Fraction, "BLOB", False, False),
        (str | None, "TEXT", True, False),
        (dict[str, int], "TEXT", False, True),
        (tuple[str, ...] | None, "TEXT", True, True),
        (Any, "TEXT", True, True),
    ],
)
def test_a_column_is_stored_by_its_kind(kind, sql_type, may_be_empty, is_json):
    column = Column("a.b", kind)

    assert (column.name, column.sql_type) == ("b", sql_type)
    assert (column.may_be_empty, column.is_json) == (may_be_empty, is_json)


@pytest.mark.parametrize(
    ("name", "column", "cell"),
    [
        ("offers", "quantity_kg", "12"),
        ("offers", "quantity_kg", True),
        ("offers", "supplier", None),
        ("passes", "has_left", 2),
        ("passes", "effective_cost", "1.5"),
        ("members", "kilograms", "{not JSON"),
        ("members", "kilograms", 5),
        ("members", "kilograms", '{"offer":"5"}'),
        ("members", "outcome", "luck"),
        ("commitments", "facts", "[]"),
    ],
)
def test_a_cell_that_was_not_written_so_is_refused_with_its_row(name, column, cell):
    table = by_name(name)
    lines = [list(line) for line in table.lines(getattr(FULL, table.field))]
    lines[1][[each.name for each in table.columns].index(column)] = cell

    with pytest.raises(Malformed) as refusal:
        table.values(lines)

    assert (refusal.value.code, refusal.value.where) == ("not_as_written", f"{name}, row 2")


def test_lines_that_nobody_knows_are_refused():
    table = by_name("metadata")
    lines = [*table.lines(FULL.about), ("more", 1)]

    with pytest.raises(Malformed, match="others than known"):
        table.values(lines)


@settings(max_examples=30, deadline=None)
@given(
    pledged=st.lists(
        st.tuples(st.integers(1, 900), st.none() | st.integers(1, 9), st.integers(0, 1)),
        min_size=1,
        max_size=12,
    ),
    offered=st.lists(
        st.tuples(st.integers(1, 900), st.integers(1, 9), st.integers(0, 1)), max_size=5
    ),
)
def test_any_record_is_read_back_whole(pledged, offered):
    record = a_record(pledged, offered)
    for each in (record, public_record(record)):
        read = {
            table.field: table.values(list(table.lines(getattr(each, table.field))))
            for table in TABLES
        }

        assert replace(each, **read) == each


def test_what_is_neither_number_nor_text_is_json():
    column = Column("cells", tuple[int, ...])

    assert column.writer()((1, 2)) == "[1,2]"
    assert column.reader()("[1,2]") == (1, 2)
