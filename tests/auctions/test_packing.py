"""Things that exclude nothing of each other, and whether they weigh too much together."""

from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from auctions.packing import too_heavy


@st.composite
def graphs(draw):
    """Up to eight weights, and for each pair whether the two are apart."""
    weights = [Fraction(w) for w in draw(st.lists(st.integers(0, 9), max_size=8))]
    pairs = list(combinations(range(len(weights)), 2))
    apart = [0] * len(weights)
    for (i, j), is_apart in zip(
        pairs,
        draw(st.lists(st.booleans(), min_size=len(pairs), max_size=len(pairs))),
        strict=True,
    ):
        apart[i] |= is_apart << j
        apart[j] |= is_apart << i
    return weights, apart


@given(graphs(), st.integers(0, 40))
def test_it_finds_some_that_are_too_heavy_exactly_where_there_are_some(graph, beyond):
    weights, apart = graph
    heaviest = max(
        sum(weights[i] for i in chosen)
        for size in range(len(weights) + 1)
        for chosen in combinations(range(len(weights)), size)
        if all(apart[i] >> j & 1 for i, j in combinations(chosen, 2))
    )

    found = too_heavy(weights, apart, Fraction(beyond))

    assert (found is not None) is (heaviest > beyond)
    if found is not None:
        assert sum(weights[i] for i in found) > beyond
        assert all(apart[i] >> j & 1 for i, j in combinations(found, 2))


def test_many_that_are_all_apart_but_light_are_settled_at_once():
    everything = (1 << 100) - 1
    apart = [everything & ~(1 << i) for i in range(100)]

    assert too_heavy([Fraction(1, 100)] * 100, apart, Fraction(1)) is None
    assert too_heavy([Fraction(1, 99)] * 100, apart, Fraction(1)) == list(range(100))
