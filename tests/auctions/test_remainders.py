from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.remainders import BLOCK, WORD, divide, largest_remainder, total_of, wholes
from auctions.ties import Drawing, draw
from tests.auctions.books import SEED

few = st.integers(0, 9)
at_the_edges = st.sampled_from([2**31 - 1, 2**31, WORD - 1, WORD, 2**63 - 1, 2**64])
weighing = st.lists(few | st.integers(0, 10**6) | st.integers(0, 10**19) | at_the_edges)


def drawing(weights):
    return Drawing(SEED, "share", [f"claim {place}" for place in range(len(weights))])


def slowly(total, weights, ids):
    """One unit at a time to whoever is owed the largest part of one, the first drawn of equals."""
    exact = [Fraction(total * weight, sum(weights) or 1) for weight in weights]
    units = [quota.numerator // quota.denominator for quota in exact]
    waiting = set(range(len(weights)))
    while sum(units) < total:
        most = max(exact[place] - units[place] for place in waiting)
        equals = [place for place in waiting if exact[place] - units[place] == most]
        next_ = min(equals, key=lambda place: draw(SEED, "share", ids[place]))
        units[next_] += 1
        waiting.remove(next_)
    return units


@given(weighing, st.data())
@settings(deadline=None, max_examples=1_000)
def test_it_agrees_with_the_slow_telling_whatever_the_size(weights, data):
    total = data.draw(st.integers(0, 3 * sum(weights)) | st.integers(0, min(9, sum(weights))))
    draws = drawing(weights)

    units = largest_remainder(total, wholes(weights), draws)

    assert units.tolist() == slowly(total, weights, draws.ids)


@given(weighing, st.integers(0, 2**70))
@settings(deadline=None, max_examples=1_000)
def test_division_is_that_of_whole_numbers(weights, part):
    whole = sum(weights) or 1

    quotients, remainders = divide(part, wholes(weights), whole)

    exact = [divmod(part * weight, whole) for weight in weights]
    assert list(zip(quotients.tolist(), remainders.tolist(), strict=True)) == exact


def test_many_claims_are_divided_as_few_are():
    weights = np.arange(1, 2 * BLOCK + 7)
    whole = total_of(weights)

    quotients, remainders = divide(whole - 1, weights, whole)

    assert (quotients == weights - 1).all()
    assert (remainders == whole - weights).all()


def test_what_adds_up_beyond_a_machine_word_is_shared_exactly():
    weights = wholes([WORD - 1] * 5)

    units = largest_remainder(5 * WORD - 6, weights, drawing(weights))

    assert weights.dtype == np.int64
    assert sorted(map(int, units)) == [WORD - 2, *[WORD - 1] * 4]


@given(weighing)
@settings(deadline=None)
def test_adding_up_never_overflows(weights):
    assert total_of(wholes(weights)) == sum(weights)


def test_nobody_is_drawn_for_but_the_equals_at_the_cut_off():
    looked_up = []

    class Ids(list):
        def __getitem__(self, place):
            looked_up.append(place)
            return super().__getitem__(place)

    ids = Ids(["a", "b", "c", "d", "e", "f"])
    units = largest_remainder(14, wholes([7, 7, 10, 10, 10, 5]), Drawing(SEED, "share", ids))

    # Exact shares are 2, 2, three times 2 6/7, and 1 3/7; three kilograms are left over.
    assert units.tolist() == [2, 2, 3, 3, 3, 1]
    assert set(looked_up) <= {2, 3, 4}


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [2, -1]), (1, [0, 0]), (1, [])])
def test_what_cannot_be_shared_is_refused(total, weights):
    with pytest.raises(ValueError, match="shared by weights"):
        largest_remainder(total, wholes(weights), drawing(weights))


@pytest.mark.parametrize("weights", [[1.0], [2, 0.5], ["1"], [Fraction(1)]])
def test_what_is_not_whole_is_refused(weights):
    with pytest.raises(TypeError):
        wholes(weights)
