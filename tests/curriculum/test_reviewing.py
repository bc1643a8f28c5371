from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from curriculum.reviewing import A_DAY, Recall, next_due, plan

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def recall(days, mark=1, confidence=None, id="q1", *, in_review=True):
    return Recall(
        question_id=id,
        at=NOON + days * DAY,
        mark=Fraction(mark),
        confidence=confidence,
        in_review=in_review,
    )


answers = st.builds(
    recall,
    st.integers(0, 90),
    st.sampled_from([0, Fraction(1, 2), 1]),
    st.sampled_from([None, 1, 2, 3]),
    st.sampled_from(["q1", "q2", "q3"]),
    in_review=st.booleans(),
)
histories = st.lists(answers, max_size=12)


def planned(recalls, *, days=0):
    begins_at = NOON.replace(hour=0) + days * DAY
    return plan(recalls, begins_at=begins_at, ends_at=begins_at + DAY)


def today(recalls, *, days=0):
    return [due.question_id for due in planned(recalls, days=days).today]


def test_a_wrong_answer_comes_back_the_day_after():
    assert next_due([recall(0, 0)]) == NOON + DAY
    assert today([recall(0, 0)]) == []
    assert today([recall(0, 0)], days=1) == ["q1"]


def test_what_was_right_and_no_guess_never_comes():
    assert next_due([recall(0), recall(3, confidence=2)]) is None
    assert next_due([]) is None


def test_a_guess_comes_back_though_it_was_right():
    assert next_due([recall(0, confidence=1)]) is not None


def test_half_a_mark_is_not_enough():
    assert next_due([recall(0, Fraction(1, 2))]) == next_due([recall(0, 0)])


def test_a_right_answer_keeps_a_card_away_for_longer_each_time():
    history = [recall(0, 0)]
    gaps = []
    for _ in range(4):
        due = next_due(history)
        days = (due - NOON) // DAY
        history.append(recall(days))
        gaps.append(days)

    rests = [late - early for early, late in pairwise(gaps)]
    assert rests == sorted(rests)
    assert rests[-1] > rests[0]


@settings(deadline=None)  # other work on the machine may take a turn
@given(histories, st.sampled_from([None, 1, 2, 3]), st.sampled_from([None, 1, 2, 3]))
def test_a_right_answer_never_brings_a_card_sooner_than_a_wrong_one(history, sure, unsure):
    before = [recall(0, 0), *(r for r in history if r.question_id == "q1")]

    right = next_due([*before, recall(91, 1, sure)])
    wrong = next_due([*before, recall(91, 0, unsure)])

    assert right >= wrong


@settings(deadline=None)  # other work on the machine may take a turn
@given(histories, st.integers(92, 400))
def test_the_surer_a_right_answer_the_later_the_card(history, days):
    before = [recall(0, 0), *(r for r in history if r.question_id == "q1")]

    guess, plain, sure, certain = (
        next_due([*before, recall(days, 1, confidence)]) for confidence in (1, None, 2, 3)
    )

    assert guess <= plain == sure <= certain


@settings(deadline=None)  # other work on the machine may take a turn
@given(histories.flatmap(lambda told: st.tuples(st.just(told), st.permutations(told))))
def test_the_same_answers_give_the_same_plan_in_whatever_order_they_are_told(pair):
    told, otherwise = pair

    assert planned(told, days=91) == planned(otherwise, days=91)


@settings(deadline=None)  # other work on the machine may take a turn
@given(histories)
def test_a_card_rests_for_a_day_at_least_and_for_a_year_at_most(history):
    due = next_due([recall(0, 0), *(r for r in history if r.question_id == "q1")])

    last = max([NOON, *(r.at for r in history if r.question_id == "q1")])
    assert last + DAY <= due <= last + 365 * DAY


def test_a_day_has_ten_cards_the_longest_due_first_of_equals_the_lower_id():
    recalls = [recall(place % 2, 0, id=f"q{place:02}") for place in range(14)]

    day = planned(recalls, days=5)

    even = [f"q{place:02}" for place in range(0, 14, 2)]
    odd = [f"q{place:02}" for place in range(1, 14, 2)]
    assert [due.question_id for due in day.today] == [*even, *odd][:A_DAY]
    assert (day.left_for_later, day.next_at) == (4, None)


def test_what_was_answered_today_counts_towards_the_ten():
    wrong = [recall(0, 0, id=f"q{place:02}") for place in range(14)]
    done = [recall(5, id=f"q{place:02}") for place in range(8)]

    day = planned([*wrong, *done], days=5)

    assert (day.done, len(day.today), day.left_for_later) == (8, 2, 4)
    assert day.next_at > NOON + 5 * DAY


def test_an_answer_in_a_quiz_is_no_review_done():
    assert planned([recall(5, 0, in_review=False)], days=5).done == 0
