from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.confidence import LEVELS, Calibration, Judgement, Points, calibration, points
from curriculum.figures import Reason, Untold

judgements = st.builds(
    Judgement,
    confidence=st.sampled_from([None, *LEVELS]),
    mark=st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(1)]),
)


def said(confidence, mark):
    return Judgement(confidence=confidence, mark=Fraction(mark))


@pytest.mark.parametrize(
    ("confidence", "mark", "earned"),
    [
        (1, 1, 1), (2, 1, 2), (3, 1, 3),
        (1, 0, 0), (2, 0, -2), (3, 0, -6),
        (3, Fraction(1, 2), Fraction(3, 2)), (None, 1, None), (None, 0, None),
    ],
)  # fmt: skip
def test_certainty_earns_more_when_right_and_costs_more_when_wrong(confidence, mark, earned):
    assert said(confidence, mark).points == earned


@pytest.mark.parametrize(
    ("share_right", "best"),
    [(Fraction(1, 2), 1), (Fraction(66, 100), 1), (Fraction(7, 10), 2), (Fraction(9, 10), 3)],
)
def test_it_pays_to_be_as_sure_as_one_is_right(share_right, best):
    """The thresholds of the scheme: 2/3 for fairly sure, 4/5 for certain."""

    def mean(level):
        return share_right * said(level, 1).points + (1 - share_right) * said(level, 0).points

    assert max(LEVELS, key=mean) == best


def test_points_are_added_up_over_the_answers_with_a_confidence():
    added = points([said(3, 1), said(2, 0), said(None, 1), said(1, 1)])

    assert added == Points(n=3, earned=Fraction(2))
    assert added.most == 9


def test_only_certain_and_wholly_wrong_is_sure_and_wrong():
    all_of = [said(c, m) for c in (None, 1, 2, 3) for m in (0, Fraction(1, 2), 1)]

    assert [each for each in all_of if each.is_sure_and_wrong] == [said(3, 0)]


def test_how_often_each_level_was_right_is_told_from_fifteen_answers_on():
    counts = {
        said(1, 1): 14, said(2, 1): 10, said(2, Fraction(1, 2)): 3, said(2, 0): 2,
        said(None, 1): 99,
    }  # fmt: skip

    assert calibration(counts) == (
        Calibration(confidence=1, n=14, right=Untold(reason=Reason.TOO_FEW, n=14)),
        Calibration(confidence=2, n=15, right=Decimal("0.666666666667")),
        Calibration(confidence=3, n=0, right=Untold(reason=Reason.TOO_FEW, n=0)),
    )


@given(st.lists(judgements, max_size=60))
def test_what_is_told_counts_every_answer_with_a_confidence_once(made):
    told = calibration(Counter(made))

    assert sum(level.n for level in told) == points(made).n
    assert all(isinstance(level.right, Untold) or 0 <= level.right <= 1 for level in told)
    assert -6 * len(made) <= points(made).earned <= points(made).most
