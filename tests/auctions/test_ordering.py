import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from auctions.offers import BadBook
from auctions.ordering import fill, order

FAR = 2**63
near = st.integers(0, 3)
far = st.integers(-FAR, FAR - 1) | st.sampled_from([-FAR, FAR - 1])
farther = st.integers(-(2**70), 2**70)


@st.composite
def books(draw, most=12):
    """Prices, ranks and quantities of offers: near, far apart, or longer than a machine word."""
    price, rank = draw(st.sampled_from([near, far, farther])), draw(st.sampled_from([near, far]))
    rows = draw(
        st.lists(st.tuples(price, rank, st.integers(0, 9) | st.integers(0, FAR - 1)), max_size=most)
    )
    if draw(st.booleans()):
        ranks = draw(st.permutations(range(len(rows))))
        rows = [(row[0], place, row[2]) for row, place in zip(rows, ranks, strict=True)]
    prices, ranks, quantities = zip(*rows, strict=True) if rows else ((), (), ())
    kind = np.int64 if all(-FAR <= each < FAR for each in prices) else object
    return np.array(prices, kind), np.array(ranks, np.int64), np.array(quantities, np.int64)


def order_slowly(price, rank):
    return sorted(range(len(price)), key=lambda place: (price[place], rank[place], place))


def fill_slowly(price, quantity, rank, demand):
    bought = [0] * len(price)
    for place in order_slowly(price, rank):
        bought[place] = min(int(quantity[place]), demand)
        demand -= bought[place]
    return bought


@given(books())
@settings(deadline=None, max_examples=2_000)
def test_the_order_is_by_price_then_rank_then_place(book):
    price, rank, _ = book

    assert order(price, rank).tolist() == order_slowly(price, rank)


@given(books(), st.data())
@settings(deadline=None, max_examples=2_000)
def test_demand_is_filled_along_the_order(book, data):
    price, rank, quantity = book
    demand = data.draw(st.integers(0, sum(quantity.tolist()) + 3))

    bought = fill(price, quantity, rank, demand)

    assert bought.tolist() == fill_slowly(price, quantity, rank, demand)


@given(st.integers(1, 300), st.integers(0, 2**32 - 1), st.integers(1, 40))
@example(300, 0, 1)
@settings(deadline=None, max_examples=200)
def test_long_books_are_filled_along_the_order_too(offers, seed, prices):
    chance = np.random.default_rng(seed)
    price, rank = chance.integers(0, prices, offers), chance.permutation(offers)
    quantity = chance.integers(0, 10**6, offers)
    demand = int(chance.integers(0, quantity.sum() + 1))

    assert order(price, rank).tolist() == order_slowly(price, rank)
    assert fill(price, quantity, rank, demand).tolist() == fill_slowly(
        price, quantity, rank, demand
    )


def test_nothing_that_is_given_changes():
    price, rank, quantity = np.array([3, 1, 2]), np.array([2, 0, 1]), np.array([5, 5, 5])

    order(price, rank)
    fill(price, quantity, rank, 7)[:] = 0
    fill(price, quantity, rank, 15)[:] = 0

    assert (price.tolist(), rank.tolist(), quantity.tolist()) == ([3, 1, 2], [2, 0, 1], [5, 5, 5])


@pytest.mark.parametrize(("quantity", "demand"), [([1, 2], -1), ([1, -2], 1)])
def test_less_than_nothing_is_refused(quantity, demand):
    with pytest.raises(BadBook):
        fill(np.array([1, 1]), np.array(quantity), np.array([0, 1]), demand)
