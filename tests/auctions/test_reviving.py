from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import Claim, Lot, Offer
from auctions.reading import Malformed, parse
from auctions.record import document_bytes, plain
from auctions.results import Clearing
from auctions.reviving import revive
from tests.auctions.books import books, cleared


@dataclass(frozen=True)
class Inner:
    ratio: Fraction


@dataclass(frozen=True)
class Everything:
    whole: int
    price: int | Fraction | None
    word: Literal["one", "two"]
    flag: bool
    inner: tuple[Inner, ...]
    pair: tuple[str, int]
    table: dict[str, int]
    anything: Any


EVERYTHING = Everything(
    2**70, Fraction(1, 3), "two", True, (Inner(Fraction(2)),), ("a", 1), {}, [1]
)


@settings(deadline=None, max_examples=60)
@given(books())
def test_a_clearing_that_was_written_is_read_back_whole(book):
    clearing = cleared(book)

    written = parse(document_bytes({"clearing": plain(clearing)}))["clearing"]

    assert revive(Clearing, written, "clearing") == clearing
    for kind, rows in zip((Claim, Lot, Offer), book, strict=True):
        assert [revive(kind, plain(row), "row") for row in rows] == rows


@given(
    st.builds(
        Everything,
        whole=st.integers(),
        price=st.none() | st.integers() | st.fractions(),
        word=st.sampled_from(["one", "two"]),
        flag=st.booleans(),
        inner=st.lists(st.builds(Inner, st.fractions())).map(tuple),
        pair=st.tuples(st.text(), st.integers()),
        table=st.dictionaries(st.text(), st.integers()),
        anything=st.none() | st.text(),
    )
)
def test_every_kind_of_value_is_read_back(value):
    assert revive(Everything, plain(value), "here") == value


@pytest.mark.parametrize(
    "change",
    [
        {"whole": True},
        {"whole": "12"},
        {"whole": "007199254740993"},
        {"whole": 1.0},
        {"price": "2/6"},
        {"price": "1/-3"},
        {"price": "0.5"},
        {"word": "three"},
        {"flag": 1},
        {"inner": {}},
        {"inner": [{"ratio": "1/3", "more": 1}]},
        {"pair": ["a"]},
        {"table": {"a": "b"}},
        {"unknown": 1},
    ],
)
def test_what_was_not_written_so_is_refused_with_its_place(change):
    with pytest.raises(Malformed) as refusal:
        revive(Everything, plain(EVERYTHING) | change, "table.row 1")

    assert (refusal.value.code, refusal.value.where) == ("not_as_written", "table.row 1")


def test_a_field_that_is_missing_is_refused():
    written = plain(EVERYTHING)
    del written["flag"]

    with pytest.raises(Malformed, match="an object with whole, price"):
        revive(Everything, written, "here")


def test_a_kind_that_nothing_writes_cannot_be_read():
    with pytest.raises(TypeError):
        revive(bytes, b"", "here")
