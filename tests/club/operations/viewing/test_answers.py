"""What is told of an answer, by the kind of question."""

from club.operations.viewing.answers import Worth
from club.operations.viewing.tries import my_try
from tests.builders import join
from tests.club.operations.trying import answer, start
from tests.every_kind import MATCH, ORDER, SHORT, SINGLE, TRUE_FALSE, asking


def told(context, question, *given):
    club, learner = asking(context, question), join(context)
    attempt = start(club, learner)
    answer(club, learner, attempt, question, given)
    return my_try(club, learner, attempt.id, 1).question.marked


def worth_by_id(marked):
    return {r.option.id: (r.worth, r.is_chosen) for r in marked.reasons}


def test_each_choice_tells_its_worth_and_whether_it_was_chosen(context):
    marked = told(context, SINGLE, "c2")

    assert worth_by_id(marked) == {
        "c0": (Worth.WRONG, False),
        "c1": (Worth.RIGHT, False),
        "c2": (Worth.PARTLY, True),
        "c3": (Worth.WRONG, False),
    }


def test_true_and_false_tell_why_each_is_so(context):
    marked = told(context, TRUE_FALSE, "true")

    assert worth_by_id(marked) == {"true": (Worth.WRONG, True), "false": (Worth.RIGHT, False)}
    assert {r.option.id: r.why for r in marked.reasons} == {
        "true": TRUE_FALSE.why_true,
        "false": TRUE_FALSE.why_false,
    }


def test_a_typed_word_is_told_with_all_that_are_known(context):
    marked = told(context, SHORT, "Going　out")

    assert worth_by_id(marked) == {
        "ebb": (Worth.RIGHT, False),
        "out": (Worth.PARTLY, True),
        "in": (Worth.WRONG, False),
    }
    assert (marked.given, marked.mark) == (("Going　out",), SHORT.answers[1].weight)


def test_a_word_that_nobody_foresaw_is_told_the_right_one(context):
    marked = told(context, SHORT, "tide")

    assert [r.option.id for r in marked.reasons if r.is_chosen] == []
    assert marked.reasons[0].option.text.ja == "引き潮"


def test_each_pair_is_told_with_what_was_given_and_a_decoy_only_says_why(context):
    marked = told(context, MATCH, "new=new", "full=half", "half=red")

    new, full, half = MATCH.pairs
    assert [(p.left, p.given, p.right, p.why) for p in marked.pairs] == [
        (new.left, new.right, new.right, new.why),
        (full.left, half.right, full.right, full.why),
        (half.left, MATCH.decoys[0].right, half.right, half.why),
    ]
    assert worth_by_id(marked) == {"red": (Worth.WRONG, True)}


def test_each_step_is_told_at_its_place_with_the_place_it_was_given(context):
    marked = told(context, ORDER, "s1", "s3", "s4", "s2")

    assert [(s.place, s.given_place) for s in marked.steps] == [(1, 1), (2, 4), (3, 2), (4, 3)]
    assert [s.why for s in marked.steps] == [item.why for item in ORDER.items]
    assert marked.reasons == ()
