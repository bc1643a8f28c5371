"""Aligned text."""

from hypothesis import given
from hypothesis import strategies as st

from club.demo.columns import table, width

names = st.text(st.sampled_from("abc（架空）巴 -"), max_size=8).map(str.strip)
rows = st.lists(st.tuples(names, st.integers(0, 10**9)), min_size=1, max_size=6)


def test_a_japanese_letter_is_as_wide_as_two():
    assert width("巴 Tomoe（架空）") == 2 + 6 + 8


def test_numbers_stand_to_the_right_under_their_head():
    assert list(table(("buyer", "kg"), [("巴", 1_000), ("Aoba", 20)])) == [
        "  buyer     kg",
        "  巴     1,000",
        "  Aoba      20",
    ]


@given(rows)
def test_every_line_ends_at_the_same_place(found):
    widths = {width(line) for line in table(("name", "kg"), found)}

    assert len(widths) == 1
