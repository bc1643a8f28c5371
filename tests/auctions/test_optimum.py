"""The optimum of a program is proved, or said to be unproved."""

import numpy as np
import pytest

from auctions.optimum import least
from auctions.program import Draft, whole
from auctions.results import Unproved


def pairs(sum_):
    """Two columns up to five, of which twice each must add up to a sum."""
    draft = Draft()
    draft.columns(whole([0, 0]), whole([5, 5]), whole([0, 0]))
    draft.row([0, 1], 2, least=sum_, most=sum_)
    return draft.program()


def test_among_equals_the_first_column_is_largest():
    assert np.array_equal(least(pairs(6), [whole([1, 1])]), [3, 0])
    assert np.array_equal(least(pairs(6), [whole([2, 1])]), [0, 3])


def test_where_no_whole_numbers_fit_there_is_none():
    assert least(pairs(7), [whole([1, 1])]) is None


def test_a_tie_that_nothing_settles_is_told_as_unproved():
    """Between objectives only what was attained is left; a solver that then finds nothing errs."""
    with pytest.raises(Unproved):
        least(pairs(7), [])
