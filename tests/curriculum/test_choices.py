from fractions import Fraction

import pytest

from curriculum.choices import choices_made, commonest_mistake
from tests.every_kind import MATCH, MULTI, NUMERIC, ORDER, SHORT, SINGLE, TRUE_FALSE


def counts(question, counted):
    return {chosen.id: (chosen.n, chosen.worth) for chosen in choices_made(question, counted)}


def test_every_choice_is_counted_also_the_one_that_nobody_took():
    assert counts(SINGLE, {("c1",): 4, ("c0",): 2}) == {
        "c0": (2, 0),
        "c1": (4, 1),
        "c2": (0, Fraction(1, 2)),
        "c3": (0, 0),
    }


def test_of_several_choices_each_is_counted_and_the_good_ones_are_right():
    assert counts(MULTI, {("c0", "c1"): 3, ("c0", "c2"): 1}) == {
        "c0": (4, 1),
        "c1": (3, 0),
        "c2": (1, 1),
        "c3": (0, 0),
    }


def test_true_and_false_are_counted_by_what_is_so():
    assert counts(TRUE_FALSE, {("true",): 5}) == {"true": (5, 0), "false": (0, 1)}


def test_numbers_are_counted_as_right_as_a_known_slip_or_as_any_other():
    typed = {("73101",): 2, ("73,102",): 1, ("64202",): 3, ("5",): 1}

    chosen = choices_made(NUMERIC, typed)

    assert [(c.id, c.value, c.n, c.worth) for c in chosen] == [
        ("right", 73_101, 3, 1),
        ("slip 1", 64_202, 3, 0),
        ("other", None, 1, 0),
    ]


def test_words_are_counted_however_they_are_written():
    right = SHORT.answers[0]
    typed = {(right.ja[0],): 1, (f" {right.en[0].upper()} ",): 2, ("nothing known",): 1}

    chosen = choices_made(SHORT, typed)

    assert (chosen[0].id, chosen[0].n, chosen[0].worth) == (right.id, 3, 1)
    assert (chosen[-1].id, chosen[-1].n) == ("other", 1)
    assert sum(c.n for c in chosen) == 4


def test_pairs_are_counted_with_the_rights_that_were_mistaken_for_them_the_commonest_first():
    new, _, half = MATCH.pairs
    [red] = MATCH.decoys
    answers = {
        ("new=full", "full=new", "half=half"): 3,
        ("new=half", "full=new", "half=red"): 2,
        ("new=red", "full=new", "half=half"): 1,
    }

    chosen = choices_made(MATCH, answers)

    assert [(c.text, c.n, c.worth) for c in chosen if c.left == new.left] == [
        (new.right, 3, 1),
        (half.right, 2, 0),
        (red.right, 1, 0),
    ]


def test_steps_are_counted_where_they_belong():
    ids = ORDER.choice_ids
    turned = (ids[1], ids[0], *ids[2:])

    chosen = choices_made(ORDER, {ids: 2, turned: 1})

    assert [(c.id, c.place, c.n) for c in chosen] == [
        (id, place, 2 if place < 3 else 3) for place, id in enumerate(ids, 1)
    ]


def test_the_commonest_mistake_is_the_wrong_choice_that_most_took_of_equals_the_first():
    mistake = commonest_mistake(choices_made(MULTI, {("c3",): 2, ("c1",): 2, ("c0",): 9}))

    assert mistake is not None
    assert mistake.id == "c1"


def test_where_nobody_chose_wrongly_there_is_no_mistake():
    assert commonest_mistake(choices_made(SINGLE, {("c1",): 4})) is None


def test_a_kind_of_question_that_is_not_known_is_refused():
    with pytest.raises(TypeError):
        choices_made(object(), {})
