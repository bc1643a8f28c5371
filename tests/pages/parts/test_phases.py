"""A deadline is told with what is left of the last day."""

from datetime import timedelta

import pytest

from pages.parts.phases import countdown
from tests.builders import NOON, join


@pytest.mark.parametrize(
    ("left", "ja"),
    [
        (timedelta(minutes=-1), ""),
        (timedelta(seconds=59), "（あと 0 分）"),
        (timedelta(minutes=59), "（あと 59 分）"),
        (timedelta(hours=1), "（あと 1 時間 0 分）"),
        (timedelta(hours=23, minutes=59), "（あと 23 時間 59 分）"),
        (timedelta(hours=24), ""),
    ],
)
def test_within_a_day_the_time_left_is_told_without_a_zero_in_front(context, visit_of, left, ja):
    visit = visit_of(join(context))
    deadline = NOON + left

    assert countdown(visit, deadline, NOON) == f"{visit.speech.at(deadline)}{ja}"
