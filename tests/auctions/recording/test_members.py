import pytest
from hypothesis import given, settings

from auctions.offers import Claim
from auctions.recording.members import (
    filler_leaf,
    fillers_needed,
    leaf_of,
    leaves_of,
    rows_of,
)
from tests.auctions.books import SEED, an_offer, books, cleared, whole_lots


def rows(claims, clearing):
    return rows_of(claims, clearing, SEED, {claim.id: f"salt of {claim.id}" for claim in claims})


@settings(deadline=None, max_examples=60)
@given(books())
def test_rows_add_up_to_what_was_bought_and_owed(book):
    claims, _, _ = book
    clearing = cleared(book)

    written = rows(claims, clearing)

    assert [row.member for row in written] == [claim.id for claim in claims]
    assert sum(row.total_kg for row in written) == clearing.bought_kg
    assert sum(row.amount for row in written) == clearing.value
    assert all(row.total_kg == sum(row.kilograms.values()) for row in written)
    assert all(
        row.total_kg == row.floor_kg + row.is_rounded_up
        for row in written
        if row.outcome == "takes_part"
    )


def test_each_outcome_is_told_in_its_row():
    claims = [Claim("in", 6), Claim("dear", 3, 0, 1), Claim("small", 4, 4)]
    offers = [an_offer("o", 9, 400)]

    told = rows(claims, cleared((claims, whole_lots(offers), offers)))
    nothing = rows(claims, cleared((claims, [], [])))

    assert [row.outcome for row in told] == ["takes_part", "limit_below", "left"]
    assert [row.kilograms for row in told] == [{"o": 6}, {}, {}]
    assert [row.outcome for row in nothing] == ["nothing_bought"] * 3


@pytest.mark.parametrize(("real", "added"), [(0, 8), (3, 5), (8, 0), (100, 0)])
def test_a_small_tree_is_filled_up(real, added):
    assert fillers_needed(real) == added


def test_leaves_stand_by_their_hash_whoever_they_are_of():
    claims = [Claim(f"m{n}", 6) for n in range(20)]
    offers = [an_offer("o", 9, 400)]
    written = rows(claims, cleared((claims, whole_lots(offers), offers)))

    leaves = leaves_of(written, ["x", "y"])

    assert leaves == sorted(leaves)
    assert set(leaves) == {leaf_of(row) for row in written} | {filler_leaf("x"), filler_leaf("y")}


def test_the_salt_alone_makes_another_leaf():
    claims = [Claim("a", 6)]
    clearing = cleared((claims, [], []))

    (one,), (other,) = (rows_of(claims, clearing, SEED, {"a": salt}) for salt in ("1", "2"))

    assert leaf_of(one) != leaf_of(other)
