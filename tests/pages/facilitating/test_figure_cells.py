"""Long questions are cut short to be read."""

from decimal import Decimal

import pytest

from pages.facilitating import figure_cells
from pages.facilitating.figure_cells import STEM, Stem


@pytest.fixture
def shown(monkeypatch):
    """What is put into the table."""
    put = []
    monkeypatch.setattr(figure_cells, "table", lambda _visit, rows, **_more: put.extend(rows))

    def show(*rows, **more):
        figure_cells.show(None, rows, name="name", **more)
        return put

    return show


@pytest.mark.parametrize(
    ("stem", "seen"),
    [
        ("1. Short enough?", "1. Short enough?"),
        ("a" * STEM, "a" * STEM),
        (
            "9. How is the mix of credits expected to change on the way to 2050?",
            "9. How is the mix of credits expected to change on the way…",
        ),
        ("あ" * (STEM // 2), "あ" * (STEM // 2)),
        ("あ" * (STEM // 2 + 1), "あ" * (STEM // 2) + "…"),
    ],
)
def test_a_long_question_is_cut_by_its_width_and_between_words(shown, stem, seen):
    assert shown({"question": Stem(stem)}) == [{"question": seen}]


def test_a_figure_has_a_true_minus_and_what_is_left_out_is_not_shown(shown):
    assert shown({"a": Decimal("-1.50"), "b": "-"}, leaving_out={"b"}) == [{"a": "−1.50"}]
