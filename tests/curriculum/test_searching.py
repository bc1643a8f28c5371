from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.collation import alphabetical, gojuon
from curriculum.glossary import load_glossary
from curriculum.searching import find_terms, index_by_letter, index_by_sound

TERMS = load_glossary(Path("data/glossary.yaml"))


def first(typed):
    return find_terms(TERMS, typed)[0].id


@pytest.mark.parametrize(
    "typed",
    [
        "追加性",
        "ついかせい",
        "ツイカセイ",
        "ﾂｲｶｾｲ",
        "additionality",
        "Ａｄｄｉｔｉｏｎａｌｉｔｙ",
        " ADDITIONALITY ",
    ],
)
def test_a_term_is_found_in_either_language_kana_or_width(typed):
    assert first(typed) == "additionality"


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("カーボンオフセット", "carbon-offset"),
        ("かーぼん・おふせっと", "carbon-offset"),
        ("償却", "retirement"),
        ("Jクレ", "j-credit"),
        ("j credit", "j-credit"),
        ("ccp", "ccp"),
        ("むこうか", "retirement"),
    ],
)
def test_the_nearest_name_comes_first(typed, id):
    assert first(typed) == id


def test_a_word_that_stands_only_in_a_meaning_is_found_after_names():
    found = [term.id for term in find_terms(TERMS, "メタン")]

    assert "co2e" in found
    assert find_terms(TERMS, "zzzz") == ()


@given(st.text(max_size=6))
def test_a_search_finds_terms_that_are_there_each_once(typed):
    found = [term.id for term in find_terms(TERMS, typed)]

    assert len(set(found)) == len(found)
    assert set(found) <= {term.id for term in TERMS}


@given(st.permutations(TERMS[:12]))
def test_the_order_of_the_file_changes_neither_search_nor_index(terms):
    same = TERMS[:12]

    assert find_terms(terms, "a") == find_terms(same, "a")
    assert index_by_sound(terms) == index_by_sound(same)
    assert index_by_letter(terms) == index_by_letter(same)


def test_both_indexes_hold_every_term_once_in_order():
    sounds = [term for _, group in index_by_sound(TERMS) for term in group]
    letters = [term for _, group in index_by_letter(TERMS) for term in group]

    assert {term.id for term in sounds} == {term.id for term in letters}
    assert len(sounds) == len(letters) == len(TERMS)
    assert [t.reading for t in sounds] == sorted((t.reading for t in TERMS), key=gojuon)
    assert [t.term.en for t in letters] == sorted((t.term.en for t in TERMS), key=alphabetical)
