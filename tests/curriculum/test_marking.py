from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.marking import (
    mark,
    random_guess_score,
    slip_made,
    tries_at,
    typed_number,
    word_given,
)
from curriculum.questions import Question, Slip
from tests.curriculum.examples import (
    common,
    matching,
    multi,
    numeric,
    ordering,
    short,
    single,
    text,
    true_false,
    word,
)

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


EBB = word("ebb", "Ebb tide", "引き潮", weight=1)
OUT = word("out", "going out", weight=Fraction(1, 2))
FLOOD = word("flood", "flood")
EBBING = short([EBB, OUT], [FLOOD])


@pytest.mark.parametrize(
    ("typed", "worth"),
    [
        ("Ebb tide", 1),
        ("  ｅｂｂ　TIDE ", 1),
        ("引き潮", 1),
        ("ebbtide", 0),
        ("Going  out", Fraction(1, 2)),
        ("flood", 0),
        ("", 0),
    ],
)
def test_a_word_counts_by_its_variants_whatever_its_width_case_and_spaces(typed, worth):
    assert mark(EBBING, (typed,)) == worth


def test_the_known_answer_that_was_typed_is_found_right_or_wrong():
    typed = [("EBB TIDE",), ("Flood",), ("tide",), (), ("flood", "flood")]

    assert [word_given(EBBING, answer) for answer in typed] == [EBB, FLOOD, None, None, None]


MOONS = matching({"new": "spring", "full": "spring", "half": "neap"}, decoys=["red"])


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        (("new=new", "full=full", "half=half"), 3),
        (("half=half", "full=new", "new=full"), 3),
        (("new=new", "full=new", "half=red"), 2),
        (("new=half",), 0),
        (("new=new", "new=new"), 1),
        (("new=new", "new=half"), 0),
        (("new=", "=", "new", "=new", "half=spring", "full=full=full", "other=new"), 0),
        ((), 0),
    ],
)
def test_of_pairs_the_share_that_is_right_counts_and_rights_of_equal_words_are_one(answer, right):
    assert mark(MOONS, answer) == Fraction(right, 3)


@pytest.mark.parametrize(
    ("answer", "worth"),
    [
        ("abcd", 1),
        ("abdc", Fraction(2, 3)),
        ("bacd", Fraction(2, 3)),
        ("badc", Fraction(1, 3)),
        ("cabd", Fraction(1, 3)),
        ("dabc", 0),
        ("dcba", 0),
        ("abc", 0),
        ("abcc", 0),
        ("abcde", 0),
        ("", 0),
    ],
)
def test_an_order_counts_by_kendalls_tau_and_never_below_nothing(answer, worth):
    assert mark(ordering("abcd"), tuple(answer)) == worth


@pytest.mark.parametrize("n", [3, 4, 5, 6])
def test_a_random_order_earns_the_average_over_all_orders(n):
    question = ordering("abcdef"[:n])
    orders = list(permutations(question.choice_ids))

    average = Fraction(sum(mark(question, order) for order in orders), len(orders))

    assert random_guess_score(question) == average


@pytest.mark.parametrize(
    ("question", "allowed"),
    [
        (true_false(is_true=True), [1, 1, 1]),
        (single({"a": 1, "b": 0}), [1, 1, 1]),
        (single({"a": 1, "b": 0, "c": 0}), [1, 2, 2]),
        (numeric(10), [1, 2, 3]),
        (multi(THREE_RIGHT), [1, 2, 3]),
    ],
)
def test_no_question_may_be_answered_until_a_single_choice_is_left(question, allowed):
    assert [tries_at(question, tries) for tries in (1, 2, 3)] == allowed


@pytest.mark.parametrize(
    ("question", "earns"),
    [
        (MOONS, Fraction(1, 3)),
        (EBBING, 0),
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
    EBBING,
    MOONS,
    ordering("abcd"),
]
said = (
    st.sampled_from("abcdez")
    | st.sampled_from(["true", "ebb tide", "10"])
    | st.builds(
        "{}={}".format, st.sampled_from(["new", "full", "half", "z"]), st.text("newhalfrd=")
    )
    | st.text()
)
answers = st.lists(said, max_size=6).map(tuple) | st.permutations("abcd").map(tuple)


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


LEFTS = ("new", "full", "half")
rights = st.fixed_dictionaries(
    dict.fromkeys(LEFTS, st.sampled_from([*MOONS.choice_ids, "full", "z"]))
)


def said_of(right_by_left):
    return tuple(f"{left}={right}" for left, right in right_by_left.items())


@given(rights, st.sampled_from(LEFTS))
def test_another_right_pair_never_lowers_the_mark(right_by_left, left):
    better = right_by_left | {left: left}

    assert mark(MOONS, said_of(better)) >= mark(MOONS, said_of(right_by_left))


@given(st.permutations(said_of(dict(zip(LEFTS, LEFTS, strict=True)))), rights)
def test_the_order_in_which_pairs_stand_or_are_given_changes_nothing(order, right_by_left):
    shuffled = replace(
        MOONS,
        pairs=tuple(sorted(MOONS.pairs, key=lambda pair: order.index(f"{pair.id}={pair.id}"))),
    )
    answer = said_of(right_by_left)

    assert mark(shuffled, answer[::-1]) == mark(MOONS, answer)


@given(st.permutations("abcdef"), st.integers(0, 4))
def test_of_two_neighbours_put_right_the_mark_is_never_lower(order, at):
    question = ordering("abcdef")
    put_right = [*order[:at], *sorted(order[at : at + 2]), *order[at + 2 :]]

    assert mark(question, tuple(put_right)) >= mark(question, tuple(order))


@given(st.lists(st.sampled_from([EBB, OUT, FLOOD]), min_size=2, max_size=2), st.data())
def test_a_better_word_is_never_worth_less_in_any_of_its_spellings(words, data):
    worse, better = sorted(words, key=lambda word: word.weight)
    typed = [(data.draw(st.sampled_from(word.variants)),) for word in (worse, better)]

    assert mark(EBBING, typed[0]) <= mark(EBBING, typed[1])
