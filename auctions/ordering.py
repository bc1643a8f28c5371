"""The merit order over arrays: price, then rank; and demand filled along it without sorting."""

import numpy as np
from numpy.typing import NDArray

from auctions.offers import BadBook
from auctions.remainders import Whole, total_of
from auctions.ties import Places

WORD_BITS = 63
DENSE = 4
"""Ranks that lie no further apart than this on average are looked up in a table."""


def order(price: Whole, rank: Whole) -> Places:
    """List places by price, equal prices by rank, equal ranks as they come.

    Prices and ranks are int64; or Python's own integers, sorted more slowly, where exact
    ratios brought to one denominator are that long. Time grows as sorting does.
    """
    places: Places = np.arange(len(rank))
    if (rank[:-1] <= rank[1:]).all():
        return _sorted(price, places)
    if (place_of := _place_of(rank, places)) is not None:
        by_price = _sorted(price, (rank - rank.min()).astype(np.intp, copy=False))
        by_price[:] = place_of[by_price]
        return by_price
    by_rank = _sorted(rank, places)
    return by_rank[_sorted(price[by_rank], places)]


def fill(price: Whole, quantity: Whole, rank: Whole, demand: int) -> Whole:
    """Buy up to demand along the merit order; what is bought runs parallel to the offers.

    Nothing is sorted: the dearest price that is needed is found by halving, and within it
    the last rank, so that time grows with the number of offers. Raises BadBook for a
    demand or a quantity below 0.
    """
    if min(demand, int(quantity.min(initial=0))) < 0:
        raise BadBook("quantity_out_of_range", "merit order")
    if total_of(quantity) <= demand:
        return quantity.copy()
    return _fill([price, rank, np.arange(len(price))], quantity, demand)


def _fill(keys: list[Whole], quantity: Whole, demand: int) -> Whole:
    """Buy by the first key, and among equals at the end of demand by the next."""
    last = _last(keys[0], quantity, demand)
    bought: Whole = quantity * (keys[0] < last)
    left = demand - total_of(bought)
    equals = np.flatnonzero(keys[0] == last)
    others = [key[equals] for key in keys[1:]]
    bought[equals] = _fill(others, quantity[equals], left) if others else left
    return bought


def _last(key: Whole, quantity: Whole, demand: int) -> int:
    """Find the least key up to which the quantities come to more than demand."""
    while True:
        middle = np.partition(key, len(key) // 2)[len(key) // 2]
        below, above = key < middle, key > middle
        cheaper, dearer = np.compress(below, quantity), np.compress(above, quantity)
        if total_of(cheaper) > demand:
            key, quantity = np.compress(below, key), cheaper
            continue
        rest = demand - total_of(quantity) + total_of(dearer)
        if rest < 0:
            return int(middle)
        key, quantity, demand = np.compress(above, key), dearer, rest


def _place_of(rank: Whole, places: Places) -> NDArray[np.int32] | None:
    """List the place that has each rank, from the least on; None where two have the same one,
    or where they are spread too far for that. Short integers stay in the processor's cache.
    """
    least, most = int(rank.min()), int(rank.max())
    if most - least >= min(DENSE * len(rank), 2**31):
        return None
    place_of = np.full(most - least + 1, -1, dtype=np.int32)
    place_of[(rank - least).astype(np.intp, copy=False)] = places
    return place_of if np.count_nonzero(place_of >= 0) == len(rank) else None


def _sorted(key: Whole, then: Places) -> Places:
    """List second keys, distinct and from 0 up, by a key and then by themselves.

    Where both fit a machine word they are sorted as one number, which is several times as
    fast as sorting places by two keys.
    """
    if len(key) == 0:
        return then
    least, bits = key.min(), int(then.max()).bit_length()
    if (int(key.max()) - int(least)).bit_length() + bits > WORD_BITS:
        return then[np.lexsort((then, key))]
    packed: Places = (key - least).astype(np.int64, copy=False)
    packed <<= bits
    packed |= then
    packed.sort()
    packed &= (1 << bits) - 1
    return packed
