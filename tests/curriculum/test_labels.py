"""Labels below a chart: broken so that they fit, and nothing lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.labels import has_room, lines_by_label, lines_of


@pytest.mark.parametrize(
    ("label", "room", "lines"),
    [
        ("1 いま", 12, ["1 いま"]),
        ("除去・削減の革新的技術", 12, ["除去・削減の", "革新的技術"]),
        ("サプライチェーン", 8, ["サプライ", "チェーン"]),
        ("データー", 6, ["データー"]),
        ("100 %", 4, ["100 %"]),
        ("Before the change", 10, ["Before the", "change"]),
        ("Transportation", 5, ["Transportation"]),
        ("電車 50人", 6, ["電車", "50人"]),
    ],
)
def test_a_label_is_broken_between_words_and_within_long_japanese_ones(label, room, lines):
    assert lines_of(label, room) == lines


@given(st.text("あア亜ーっaB1% ・、", max_size=20), st.integers(1, 20))
def test_breaking_loses_nothing_but_spaces(label, room):
    assert "".join(lines_of(label, room)).replace(" ", "") == label.replace(" ", "")


def test_the_more_labels_the_less_room_for_each():
    alone = lines_by_label(["除去・削減の革新的技術"])
    crowded = lines_by_label(["除去・削減の革新的技術", *"甲乙丙丁戊己庚辛"])

    assert len(alone["除去・削減の革新的技術"]) == 1
    assert len(crowded["除去・削減の革新的技術"]) == 4


def test_labels_have_room_side_by_side_unless_their_latin_words_are_too_long():
    assert has_room(["サプライチェーン"] * 4)
    assert has_room(["Travel", "Food", "Venue", "Waste"])
    assert not has_room([f"Game {n}" for n in range(9)])
    assert not has_room(["Accommodation", "Transportation", "Secretariat", "Food", "Waste"])
