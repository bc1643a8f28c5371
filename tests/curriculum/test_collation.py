import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.collation import ROWS, alphabetical, fold, gojuon, initial, row

READINGS = st.text("あいかがきぎくしじすすずたっつはばぱびへべぺやゃゆゅよょらわをんー", min_size=1)


@pytest.mark.parametrize(
    "written",
    [
        "カーボン・クレジット",
        "ｶｰﾎﾞﾝ･ｸﾚｼﾞｯﾄ",
        "かーぼんくれじっと",
        " カーボン クレジット ",
        "カーボン-クレジット",
    ],
)
def test_width_kana_spaces_and_marks_are_folded_away(written):
    assert fold(written) == "かーぼんくれじっと"


def test_case_and_wide_letters_are_folded_away():
    assert fold("ＣＣＰ Label") == fold("ccp-label") == "ccplabel"


def test_english_sorts_letter_by_letter_and_digits_first():
    names = ["J-Credit", "auction", "Baseline", "4-hour", "biochar", "BECCS", "J Blue Credit"]

    assert sorted(names, key=alphabetical) == [
        "4-hour", "auction", "Baseline", "BECCS", "biochar", "J Blue Credit", "J-Credit",
    ]  # fmt: skip
    assert [initial(name) for name in ("4-hour", "auction", "J-Credit")] == ["0-9", "A", "J"]


def test_japanese_sorts_by_the_fifty_sounds():
    readings = [
        "ばいおたん",
        "はいしゅつ",
        "ばーす",
        "びんてーじ",
        "ぱりきょうてい",
        "かーぼん",
        "かあぼん",
        "きゃっぷ",
        "きやく",
    ]

    assert sorted(readings, key=gojuon) == [
        "かあぼん", "かーぼん", "きやく", "きゃっぷ",
        "ばーす", "ばいおたん", "はいしゅつ", "ぱりきょうてい", "びんてーじ",
    ]  # fmt: skip


def test_of_equal_kana_the_plain_comes_before_the_voiced_and_the_half_voiced():
    assert sorted(["ぱす", "ばす", "はす"], key=gojuon) == ["はす", "ばす", "ぱす"]


@pytest.mark.parametrize(
    ("reading", "heading"),
    [
        ("おおしお", "あ"),
        ("がす", "か"),
        ("じぇい", "さ"),
        ("ぱり", "は"),
        ("をか", "わ"),
        ("ゔぃ", "あ"),
    ],
)
def test_a_reading_stands_under_the_row_of_its_first_sound(reading, heading):
    assert row(reading) == heading


@given(st.lists(READINGS))
def test_rows_come_in_their_order_when_readings_are_sorted(readings):
    places = [ROWS.index(row(reading)) for reading in sorted(readings, key=gojuon)]

    assert places == sorted(places)


@given(READINGS, READINGS)
def test_only_the_same_reading_ties(one, other):
    assert (gojuon(one) == gojuon(other)) == (one == other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
