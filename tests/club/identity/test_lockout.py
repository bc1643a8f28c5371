"""Waiting after tries that failed."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from club.identity.lockout import BY_ADDRESS, Count, must_wait, one_less, one_more

NOON = datetime(2026, 11, 22, 3, tzinfo=UTC)
NONE = Count(failures=0, last_at=NOON, locked_until=None)


def after(tries, limit=BY_ADDRESS):
    count = NONE
    for _ in range(tries):
        count = one_more(count, NOON, limit)
    return count


def test_the_first_tries_are_free():
    assert not must_wait(after(BY_ADDRESS.free - 1), NOON)


def test_then_each_wait_is_twice_the_one_before_up_to_the_longest():
    waits = [after(BY_ADDRESS.free + n).locked_until - NOON for n in range(7)]

    assert [wait.total_seconds() for wait in waits] == [30, 60, 120, 240, 480, 900, 900]


def test_the_wait_ends_at_its_instant():
    count = after(BY_ADDRESS.free)

    assert must_wait(count, NOON + timedelta(seconds=29))
    assert not must_wait(count, NOON + timedelta(seconds=30))


def test_failures_are_forgotten_after_a_day():
    later = NOON + BY_ADDRESS.forgotten_after + timedelta(seconds=1)

    assert one_more(after(40), later, BY_ADDRESS).failures == 1


def test_a_right_try_is_taken_back():
    assert one_less(after(1), BY_ADDRESS) == NONE
    assert one_less(NONE, BY_ADDRESS) == NONE


@settings(max_examples=50)
@given(st.integers(0, 10_000))
def test_no_number_of_failures_waits_longer_than_the_longest(failures):
    count = one_more(Count(failures=failures, last_at=NOON, locked_until=None), NOON, BY_ADDRESS)

    assert count.locked_until is None or count.locked_until - NOON <= BY_ADDRESS.longest_wait
