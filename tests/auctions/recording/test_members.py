from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.offers import Claim
from auctions.recording.members import (
    CutOff,
    cut_offs,
    filler_leaf,
    fillers_needed,
    leaf_of,
    leaves_of,
    rows_of,
    simplest,
)
from auctions.ties import draw
from tests.auctions.books import SEED, an_offer, books, cleared, whole_lots

PARTS = st.fractions(0, 1, max_denominator=40)


def rows(claims, clearing):
    return rows_of(claims, clearing, SEED, {claim.id: f"salt of {claim.id}" for claim in claims})


@given(PARTS, PARTS)
def test_the_simplest_ratio_between_two_is_found(one, other):
    least, above = sorted((one, other))
    if least == above:
        return

    found = simplest(least, above)

    assert least <= found < above
    assert not any(
        least <= Fraction(over, under) < above
        for under in range(1, found.denominator)
        for over in range(under + 1)
    )


@settings(deadline=None, max_examples=200)
@given(books(minimums=False))
def test_a_cut_off_says_of_every_member_whether_it_was_rounded_up(book):
    claims, _, _ = book
    clearing = cleared(book)

    for cut in cut_offs(claims, clearing, SEED):
        whole = clearing.totals_kg if cut.purpose == "share" else clearing.amounts
        for row in rows(claims, clearing):
            if row.outcome != "takes_part":
                continue
            exact = (
                row.quota
                if cut.purpose == "share"
                else Fraction(clearing.value * row.total_kg, clearing.bought_kg)
            )
            mine = draw(SEED, cut.purpose, row.member).hex()
            assert cut.is_above(exact - exact // 1, mine) == (whole[row.member] > exact)


def test_a_cut_off_between_different_remainders_tells_of_no_pledge():
    claims = [Claim("a", 5), Claim("b", 7), Claim("c", 11)]
    offers = [an_offer("o", 10, 1_000)]

    kilograms, amounts = cut_offs(claims, cleared((claims, whole_lots(offers), offers)), SEED)

    assert kilograms == CutOff(purpose="share", remainder=Fraction(1, 2), draw=None)
    assert amounts == CutOff(purpose="amount", remainder=Fraction(0), draw=None)


def test_equal_remainders_are_cut_by_the_draw():
    claims = [Claim(id, 5) for id in "abc"]
    offers = [an_offer("o", 4, 1_000)]
    clearing = cleared((claims, whole_lots(offers), offers))

    kilograms, _ = cut_offs(claims, clearing, SEED)

    (up,) = (id for id, kg in clearing.totals_kg.items() if kg == 2)
    expected = CutOff(purpose="share", remainder=Fraction(1, 3), draw=draw(SEED, "share", up).hex())
    assert kilograms == expected


def test_where_nothing_was_bought_nothing_was_rounded():
    claims = [Claim("a", 5)]

    assert cut_offs(claims, cleared((claims, [], [])), SEED) == ()


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
