from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.formats.standing import Grid, Place, Standing, effective, helping_price, place, put

GRID = Grid(ceiling_per_t=100, decrement_per_t=10)


def bid(lot, quantity_kg, price_per_t, sequence, coefficient=1):
    return Standing(
        lot=lot,
        quantity_kg=quantity_kg,
        minimum_kg=0,
        price_per_t=price_per_t,
        effective_per_t=effective(price_per_t, Fraction(coefficient)),
        sequence=sequence,
        initial_per_t=price_per_t,
    )


def in_order(*bids):
    order = []
    for each in bids:
        put(order, each)
    return tuple(order)


def help_to(order, lot, pool_kg, coefficient=1, floor_per_t=1):
    own = next(each for each in order if each.lot == lot)
    return helping_price(
        order,
        own,
        pool_kg=pool_kg,
        grid=GRID,
        coefficient=Fraction(coefficient),
        floor_per_t=floor_per_t,
    )


def test_the_pool_is_filled_by_effective_price_then_by_sequence():
    order = in_order(bid("a", 40, 60, 3), bid("b", 40, 60, 2), bid("c", 40, 70, 1, "9/7"))

    assert [place(order, lot, 100) for lot in "abcd"] == [
        Place(rank=3, in_kg=20, is_wholly_in=False),
        Place(rank=2, in_kg=40, is_wholly_in=True),
        Place(rank=1, in_kg=40, is_wholly_in=True),
        None,
    ]


def test_a_lot_larger_than_the_pool_is_wholly_in_with_all_of_the_pool():
    order = in_order(bid("a", 400, 60, 1))

    assert place(order, "a", 100) == Place(rank=1, in_kg=100, is_wholly_in=True)


def test_the_published_coefficient_is_exact():
    # Prozorro: maxima 0.15 + 0.15, values 0.1 + 0.1; K = 1 + 0.2 / 0.7.
    assert effective(900, 1 + Fraction(2, 10) * Fraction(10, 7)) == 700


@pytest.mark.parametrize(("at_most", "price"), [(100, 100), (99, 90), (90, 90), (1, 0), (200, 100)])
def test_grid_prices_lie_whole_decrements_below_the_ceiling(at_most, price):
    assert GRID.at_most(at_most) == price


def test_help_undercuts_the_bid_that_must_give_way_and_no_more():
    order = in_order(bid("a", 60, 50, 1), bid("b", 60, 70, 2), bid("c", 60, 90, 3))

    assert help_to(order, "c", pool_kg=120) == 60
    assert help_to(order, "c", pool_kg=119) == 40
    assert help_to(order, "c", pool_kg=180) == 80
    assert help_to(order, "c", pool_kg=119, floor_per_t=41) is None


def test_quality_is_worth_its_coefficient_in_own_price():
    order = in_order(bid("a", 60, 50, 1), bid("b", 60, 90, 2, "9/7"))

    # b ties the leader at 50 × 9/7 = 64 2/7, and an equal effective price comes second.
    assert help_to(order, "b", pool_kg=60, coefficient="9/7") == 60


bids = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 100), st.sampled_from(["1", "9/7", "2/3"])),
    min_size=1,
    max_size=6,
)


@given(bids, st.integers(1, 40), st.integers(1, 100))
def test_help_is_the_highest_grid_price_that_works_tried_one_by_one(rows, pool_kg, floor_per_t):
    order = in_order(*(bid(str(n), kg, price, n, K) for n, (kg, price, K) in enumerate(rows)))
    (_, own_price, coefficient), own = rows[0], next(each for each in order if each.lot == "0")

    def would_be_in(price_per_t):
        moved = list(order)
        put(moved, bid("0", own.quantity_kg, price_per_t, 1_000, coefficient))
        return place(moved, "0", pool_kg).is_wholly_in

    tried = [price for price in range(own_price - 9) if price % 10 == 0 and price >= floor_per_t]

    assert help_to(order, "0", pool_kg, coefficient, floor_per_t) == max(
        filter(would_be_in, tried), default=None
    )
