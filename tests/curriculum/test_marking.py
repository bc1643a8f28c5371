from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.marking import mark, random_guess_score, slip_made, typed_number
from curriculum.questions import Question, Slip
from tests.curriculum.examples import common, multi, numeric, single, text, true_false

THREE_RIGHT = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3), "d": -1, "e": 0}


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ((), 0),
        (("a",), Fraction(1, 3)),
        (("a", "b", "c"), 1),
        (("a", "b", "c", "e"), 1),
        (("a", "a"), Fraction(1, 3)),
        (("a", "b", "c", "d"), 0),
        (("d",), 0),
        (("a", "elsewhere"), Fraction(1, 3)),
    ],
)
def test_of_several_choices_the_weights_add_up_and_never_fall_below_nothing(answer, worth):
    assert mark(multi(THREE_RIGHT), answer) == worth


@pytest.mark.parametrize(
    ("answer", "worth"),
    [(("a",), 1), (("b",), Fraction(1, 2)), (("c",), 0), ((), 0), (("a", "b"), 0), (("z",), 0)],
)
def test_of_a_single_choice_one_and_only_one_is_counted(answer, worth):
    assert mark(single({"a": 1, "b": Fraction(1, 2), "c": 0}), answer) == worth


@pytest.mark.parametrize(
    ("answer", "worth"),
    [(("true",), 0), (("false",), 1), ((), 0), (("true", "false"), 0), (("False",), 0)],
)
def test_true_or_false(answer, worth):
    assert mark(true_false(is_true=False), answer) == worth


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("24000", 24000),
        ("24,000", 24000),
        ("２４，０００", 24000),
        ("  24 000 kg ", 24000),
        ("24000ＫＧ", 24000),
        ("１．５", Fraction(3, 2)),
        ("−3", -3),
        ("-3", -3),
        ("0.1", Fraction(1, 10)),
        ("120円", 120),
    ],
)
def test_a_number_is_read_as_people_type_it(typed, number):
    assert typed_number(typed, units=("kg", "円")) == number


@pytest.mark.parametrize(
    "typed", ["", "kg", "24,00", "2,4000", "1e3", "twelve", "1/3", "½", "--1", "24 t", "9" * 5000]
)
def test_what_is_no_number_is_none(typed):
    assert typed_number(typed, units=("kg",)) is None


@pytest.mark.parametrize(
    ("typed", "worth"), [("9.5", 1), ("10.5", 1), ("９．４９", 0), ("10.51", 0), ("", 0)]
)
def test_the_tolerance_counts_as_right_at_its_very_edge(typed, worth):
    assert mark(numeric(10, Fraction(1, 2)), (typed,)) == worth


def test_two_numbers_are_no_answer():
    assert mark(numeric(10), ("10", "10")) == 0


def test_a_wrong_number_that_many_reach_is_explained():
    in_tonnes = Slip(value=Fraction(9), why=text("tonnes"))
    question = numeric(9000, slips=(in_tonnes,))

    assert slip_made(question, ("９kg",)) == in_tonnes
    assert [slip_made(question, answer) for answer in [("9000",), ("8",), ("nine",), ()]] == [
        None
    ] * 4


@pytest.mark.parametrize(
    ("question", "earns"),
    [
        (single({"a": 1, "b": Fraction(1, 2), "c": 0, "d": 0}), Fraction(3, 8)),
        (true_false(is_true=False), Fraction(1, 2)),
        (numeric(10), 0),
        (multi(THREE_RIGHT), None),
    ],
)
def test_what_blind_guessing_earns_is_known_except_of_several_choices(question, earns):
    assert random_guess_score(question) == earns


def test_a_kind_without_a_rule_is_not_marked_at_all():
    with pytest.raises(TypeError, match="no rule to mark a Question"):
        mark(Question(**common()), ("a",))


QUESTIONS = [
    multi(THREE_RIGHT),
    single({"a": 1, "b": Fraction(1, 2), "c": 0}),
    true_false(is_true=True),
    numeric(10, 1),
]
answers = st.lists(st.sampled_from("abcdez") | st.just("true") | st.text(), max_size=6).map(tuple)


@given(st.sampled_from(QUESTIONS), answers)
def test_any_answer_is_worth_between_nothing_and_the_whole(question, answer):
    worth = mark(question, answer)

    assert isinstance(worth, Fraction)
    assert 0 <= worth <= 1


@given(answers, st.permutations("abcde"))
def test_neither_the_order_of_choices_nor_of_the_answer_changes_the_mark(answer, order):
    shuffled = multi({id: THREE_RIGHT[id] for id in order})

    assert mark(shuffled, answer[::-1]) == mark(multi(THREE_RIGHT), answer)


@given(st.sets(st.sampled_from("abcde")), st.sampled_from("abc"))
def test_another_right_choice_never_lowers_the_mark(chosen, right):
    question = multi(THREE_RIGHT)

    assert mark(question, (*chosen, right)) >= mark(question, tuple(chosen))
    assert mark(question, tuple(chosen)) >= mark(question, (*chosen, "d"))


@given(st.fractions(), st.fractions(0, 100), st.integers(-99, 99), st.integers(-99, 99))
def test_a_nearer_number_is_never_worth_less(value, tolerance, one, other):
    question = numeric(value, tolerance)
    near, far = sorted((one, other), key=lambda number: abs(number - value))

    assert mark(question, (str(near),)) >= mark(question, (str(far),))
