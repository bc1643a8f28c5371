from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from curriculum.scores import Scores, Try, first_tries

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


def tried(id, person_id, minutes):
    return Try(
        id=id,
        person_id=person_id,
        organisation_id="aoba",
        finished_at=NOON + timedelta(minutes=minutes),
    )


def test_only_the_first_finished_try_of_each_person_counts():
    tries = [tried("t3", "mio", 9), tried("t2", "mio", 5), tried("t1", "ken", 7)]

    assert [each.id for each in first_tries(tries)] == ["t1", "t2"]


@given(st.permutations([tried("t2", "mio", 5), tried("t1", "mio", 5), tried("t0", "mio", 6)]))
def test_of_two_tries_finished_at_one_instant_the_lower_id_is_first(tries):
    assert [each.id for each in first_tries(tries)] == ["t1"]


def test_marks_become_whole_ticks_of_a_point():
    scores = Scores.of(
        [{"a": Fraction(1, 3), "b": Fraction(1, 2)}, {"a": Fraction(1), "b": Fraction(0)}],
        {"a": 2, "b": 1},
    )

    assert scores.ticks_per_point == 6
    assert scores.earned.tolist() == [[4, 12], [3, 0]]
    assert scores.totals == [7, 12]
    assert scores.are_alike


def test_what_was_not_asked_earns_nothing_and_is_not_counted():
    scores = Scores.of([{"a": Fraction(1)}, {"b": Fraction(1)}], {"a": 1, "b": 1})

    assert scores.asked.tolist() == [[True, False], [False, True]]
    assert [sums.n for sums in scores.sums()] == [1, 1]
    assert not scores.are_alike
    assert scores.points_asked == 1
