from dataclasses import astuple
from decimal import Decimal
from fractions import Fraction
from operator import mul

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from curriculum.figures import Reason, Untold
from curriculum.scores import Scores
from curriculum.statistics import statistics
from tests.curriculum import published
from tests.curriculum.published import tries

EIGHT_POINTS = {id: 8 if id == "q08" else 1 for id in published.FOURTEEN}


def seven():
    return statistics(
        tries(published.SEVEN, published.SEVEN_QUESTIONS),
        points_by_question=dict.fromkeys(published.SEVEN, 1),
    )


def near(expected):
    return pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("facility", published.SEVEN_FACILITY),
        ("standard_deviation", published.SEVEN_DEVIATION),
        ("intended_weight", [100 / 7] * 7),
        ("effective_weight", published.SEVEN_WEIGHT),
        ("discrimination_index", published.SEVEN_DISCRIMINATION),
        ("discriminative_efficiency", published.SEVEN_EFFICIENCY),
    ],
)
def test_seven_questions_have_the_published_figures(name, expected):
    assert [float(getattr(each, name)) for each in seven().questions] == near(list(expected))


@pytest.mark.parametrize("name", published.SEVEN_QUIZ)
def test_the_quiz_of_seven_questions_has_the_published_figures(name):
    assert float(getattr(seven().quiz, name)) == near(published.SEVEN_QUIZ[name])


def fourteen():
    rows = tries(published.FOURTEEN, published.FOURTEEN_QUESTIONS, points=EIGHT_POINTS)
    return {q.question_id: q for q in statistics(rows, points_by_question=EIGHT_POINTS).questions}


@pytest.mark.parametrize("id", published.FOURTEEN_FIGURES)
def test_questions_of_unequal_points_have_the_published_figures(id):
    q = fourteen()[id]

    assert [
        float(100 * q.facility),
        float(1000 * q.standard_deviation),
        float(q.effective_weight),
        float(q.discrimination_index),
        float(q.discriminative_efficiency),
    ] == near(list(published.FOURTEEN_FIGURES[id]))


def test_a_question_that_nobody_answers_weighs_nothing_and_tells_nobody_apart():
    question = fourteen()["q01"]

    assert (question.facility, question.standard_deviation, question.effective_weight) == (0, 0, 0)
    assert question.discrimination_index == Untold(reason=Reason.UNVARIED, n=22)
    assert question.discriminative_efficiency == Untold(reason=Reason.UNVARIED, n=22)
    assert question.intended_weight == Decimal("4.761904761905")


def alternating(n):
    return [{"a": Fraction(i % 2), "b": Fraction(i % 2)} for i in range(n)]


TWO_QUESTIONS = {"a": 1, "b": 1}


def test_of_14_answers_only_what_describes_them_is_told():
    told = statistics(alternating(14), points_by_question=TWO_QUESTIONS)

    few = Untold(reason=Reason.TOO_FEW, n=14)
    question = told.questions[0]
    assert str(few) == "too few answers (n=14)"
    assert (question.n, question.facility, question.intended_weight) == (14, Decimal("0.5"), 50)
    assert astuple(question)[6:] == (astuple(few),) * 3
    assert (told.quiz.n, told.quiz.mean, told.quiz.median, told.quiz.points) == (14, 1, 1, 2)
    assert {
        told.quiz.skewness,
        told.quiz.kurtosis,
        told.quiz.coefficient_of_internal_consistency,
        told.quiz.error_ratio,
        told.quiz.standard_error,
    } == {few}


def test_of_15_answers_everything_is_told():
    told = statistics(alternating(15), points_by_question=TWO_QUESTIONS)

    assert astuple(told.questions[0])[6:] == (50, 100, 100)
    assert told.quiz.coefficient_of_internal_consistency == 100
    assert (told.quiz.error_ratio, told.quiz.standard_error) == (0, 0)


@pytest.mark.parametrize(("n", "told"), [(0, ()), (1, ("facility",))])
def test_of_one_answer_there_is_a_mean_and_no_deviation_and_of_none_neither(n, told):
    question = statistics(alternating(n), points_by_question=TWO_QUESTIONS).questions[0]

    few = Untold(reason=Reason.TOO_FEW, n=n)
    assert (question.facility == few) == (not told)
    assert question.standard_deviation == few


def test_where_all_did_alike_there_is_nothing_to_compare():
    told = statistics([{"a": Fraction(1), "b": Fraction(0)}] * 20, points_by_question=TWO_QUESTIONS)

    alike = Untold(reason=Reason.UNVARIED, n=20)
    assert astuple(told.questions[0])[6:] == (astuple(alike),) * 3
    assert {
        told.quiz.skewness,
        told.quiz.kurtosis,
        told.quiz.coefficient_of_internal_consistency,
        told.quiz.error_ratio,
        told.quiz.standard_error,
    } == {alike}


def test_one_question_has_no_rest_to_be_held_against():
    told = statistics([{"a": Fraction(i % 2)} for i in range(15)], points_by_question={"a": 3})

    alone = Untold(reason=Reason.ONE_QUESTION, n=15)
    question = told.questions[0]
    assert (question.effective_weight, question.intended_weight) == (100, 100)
    assert (question.discrimination_index, question.discriminative_efficiency) == (alone, alone)
    assert told.quiz.coefficient_of_internal_consistency == alone


def test_a_question_that_works_against_the_total_has_no_weight_and_says_so():
    rows = [{"a": Fraction(i % 2), "b": 1 - Fraction(i % 2)} for i in range(16)]

    first, second = statistics(rows, points_by_question={"a": 3, "b": 1}).questions

    assert first.effective_weight == 100
    assert second.effective_weight == Untold(reason=Reason.NEGATIVE, n=16)
    assert first.discrimination_index == -100


def drawn():
    return [{"a": Fraction(i % 3, 2), ("b", "c")[i % 2]: Fraction(i % 2)} for i in range(40)]


def test_where_people_were_asked_different_questions_weights_and_reliability_are_not_told():
    told = statistics(drawn(), points_by_question={"a": 1, "b": 1, "c": 2})

    unlike = Untold(reason=Reason.DIFFERENT_QUESTIONS, n=40)
    assert [question.n for question in told.questions] == [40, 20, 20]
    assert {question.effective_weight for question in told.questions} == {unlike}
    assert {question.intended_weight for question in told.questions} == {unlike}
    assert told.quiz.coefficient_of_internal_consistency == unlike
    assert told.quiz.points == unlike
    assert isinstance(told.questions[0].discrimination_index, Decimal)


def test_where_all_could_earn_as_much_the_points_and_each_questions_part_of_them_are_told():
    told = statistics(drawn(), points_by_question={"a": 1, "b": 3, "c": 3})

    assert told.quiz.points == 4
    assert [question.intended_weight for question in told.questions] == [25, 75, 75]


@given(st.lists(st.tuples(st.fractions(0, 1), st.booleans(), st.fractions(0, 1)), max_size=20))
def test_marks_as_fine_as_one_likes_are_added_up_exactly(marks):
    tries = [{"a": a} | ({"b": b} if asked else {}) for a, asked, b in marks]

    sums = Scores.of(tries, TWO_QUESTIONS)

    def ticks(mark):
        return mark * sums.ticks_per_point

    own = [ticks(a) for a, _, _ in marks]
    rest = [ticks(b) if asked else 0 for _, asked, b in marks]
    first = sums.sums()[0]
    assert (first.n, first.own, first.rest) == (len(marks), sum(own), sum(rest))
    assert first.own_by_rest == sum(map(mul, own, rest))
    assert first.own_by_rest_at_most == sum(map(mul, sorted(own), sorted(rest)))
    assert first.own_squared == sum(map(mul, own, own))
    assert first.rest_squared == sum(map(mul, rest, rest))


def test_a_guess_score_is_told_where_it_is_known():
    guesses = {"a": Fraction(1, 4)}

    told = statistics([], points_by_question=TWO_QUESTIONS, guess_by_question=guesses)

    assert told.questions[0].random_guess_score == Decimal("0.25")
    assert told.questions[1].random_guess_score == Untold(reason=Reason.NOT_KNOWN, n=0)


def test_a_question_that_is_not_named_is_refused():
    with pytest.raises(KeyError):
        statistics([{"z": Fraction(1)}], points_by_question=TWO_QUESTIONS)


shares = st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 3)])
ids = tuple("abc")
rows_of_marks = st.lists(
    st.fixed_dictionaries(dict.fromkeys(ids, shares)), min_size=15, max_size=24
)
worths = st.tuples(*[st.integers(1, 5)] * 3).map(lambda points: dict(zip(ids, points, strict=True)))


def slowly(rows, points):
    """Compute from centred sums in floats, as the definitions are printed."""
    table = np.array([[float(row[id]) * points[id] for id in ids] for row in rows])
    totals = table.sum(axis=1)
    n, p = table.shape
    off = totals - totals.mean()
    m2, m3, m4 = ((off**power).mean() for power in (2, 3, 4))
    k2 = n * m2 / (n - 1)
    alpha = 100 * p / (p - 1) * (1 - table.var(axis=0, ddof=1).sum() / k2)
    error = 100 * max(0, 1 - alpha / 100) ** 0.5
    quiz = [
        totals.mean(),
        np.median(totals),
        k2**0.5,
        n * n * m3 / ((n - 1) * (n - 2)) / k2**1.5,
        n * n * ((n + 1) * m4 - 3 * (n - 1) * m2 * m2) / ((n - 1) * (n - 2) * (n - 3)) / k2**2,
        alpha,
        error,
        error * k2**0.5 / 100,
    ]
    questions = []
    for own in table.T:
        rest = totals - own
        shared, most = np.cov(own, rest)[0, 1], np.cov(np.sort(own), np.sort(rest))[0, 1]
        index = 100 * shared / (own.std(ddof=1) * rest.std(ddof=1))
        questions.append((own.mean(), own.std(ddof=1), index, 100 * shared / most))
    return quiz, questions


@settings(max_examples=60, deadline=None)
@given(rows_of_marks, worths)
def test_a_slow_reading_of_the_definitions_agrees(rows, points):
    for id in ids:
        assume(len({row[id] for row in rows}) > 1)
        assume(len({sum(row[o] * points[o] for o in ids if o != id) for row in rows}) > 1)
    assume(len({sum(row[id] * points[id] for id in ids) for row in rows}) > 1)

    told = statistics(rows, points_by_question=points)

    quiz, questions = slowly(rows, points)
    close = {"rel": 1e-6, "abs": 1e-5}
    assert [float(figure) for figure in astuple(told.quiz)[2:]] == pytest.approx(quiz, **close)
    for question, slow in zip(told.questions, questions, strict=True):
        assert (
            float(question.facility * points[question.question_id]),
            float(question.standard_deviation),
            float(question.discrimination_index),
            float(question.discriminative_efficiency),
        ) == pytest.approx(slow, **close)


@settings(max_examples=60, deadline=None)
@given(rows_of_marks, worths, st.randoms(use_true_random=False))
def test_figures_stay_in_their_bounds_and_the_order_of_tries_does_not_matter(rows, points, chance):
    told = statistics(rows, points_by_question=points)

    weights = [q.effective_weight for q in told.questions]
    known = [weight for weight in weights if isinstance(weight, Decimal)]
    assert not known or sum(known) == pytest.approx(100)
    for question in told.questions:
        for figure in (question.discrimination_index, question.discriminative_efficiency):
            assert isinstance(figure, Untold) or figure <= 100
    chance.shuffle(rows)
    assert statistics(rows, points_by_question=points) == told
