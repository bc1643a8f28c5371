from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.marking import mark
from curriculum.quizzes import Asked, Quiz, TooFewQuestions, draw, score
from tests.curriculum.examples import module, numeric, single, true_false

TODAY = date(2026, 11, 22)
BANK = tuple(
    single({"a": 1, "b": 0, "c": 0}, f"{outcome}-{n}", outcomes=(outcome,), version=n)
    for outcome, size in (("high", 5), ("low", 2), ("slack", 1))
    for n in range(1, size + 1)
)
TIDES = module(questions=BANK, quiz_size=4)
DRAWN = (
    Asked(question_id="low-2", question_version=2, choice_ids=("b", "c", "a")),
    Asked(question_id="high-5", question_version=5, choice_ids=("b", "c", "a")),
    Asked(question_id="high-2", question_version=2, choice_ids=("b", "a", "c")),
    Asked(question_id="slack-1", question_version=1, choice_ids=("b", "a", "c")),
)
seeds = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_draw_is_the_same_for_ever():
    assert draw(TIDES, "attempt-1", on=TODAY) == Quiz(
        module_id="tides",
        module_version=3,
        pass_mark=Fraction(4, 5),
        asked=DRAWN,
    )


@given(seeds)
def test_the_outcomes_take_turns(seed):
    drawn = [ask.question_id for ask in draw(TIDES, seed, on=TODAY).asked]
    per_outcome = [sum(id.startswith(name) for id in drawn) for name in ("high", "low", "slack")]

    assert len(set(drawn)) == 4
    assert per_outcome in ([2, 1, 1], [1, 2, 1])


@given(seeds)
def test_where_there_are_more_outcomes_than_questions_the_seed_decides(seed):
    quiz = draw(replace(TIDES, quiz_size=2), seed, on=TODAY)
    outcomes = {ask.question_id.split("-")[0] for ask in quiz.asked}

    assert len(outcomes) == 2
    all_outcomes = {
        ask.question_id.split("-")[0]
        for n in range(20)
        for ask in draw(replace(TIDES, quiz_size=2), f"{seed} {n}", on=TODAY).asked
    }
    assert all_outcomes == {"high", "low", "slack"}


outcomes = st.sets(st.sampled_from("abcd")).map(lambda ids: tuple(sorted(ids)))


@given(st.lists(outcomes, min_size=1, max_size=12), st.data(), seeds)
def test_no_question_is_drawn_twice_and_every_outcome_has_its_turn(per_question, data, seed):
    bank = tuple(true_false(True, f"q{n}", outcomes=named) for n, named in enumerate(per_question))
    by_id = {question.id: question for question in bank}
    size = data.draw(st.integers(1, len(bank)))

    drawn = [
        a.question_id for a in draw(module(questions=bank, quiz_size=size), seed, on=TODAY).asked
    ]

    named = {outcome for question in bank for outcome in question.outcomes or ("",)}
    met = {outcome for id in drawn for outcome in by_id[id].outcomes or ("",)}
    assert len(set(drawn)) == len(drawn) == size
    assert met == named or size < len(named)


@given(seeds, st.permutations(BANK))
def test_the_order_of_the_file_changes_nothing(seed, bank):
    shuffled = replace(TIDES, questions=tuple(bank))

    assert draw(shuffled, seed, on=TODAY) == draw(TIDES, seed, on=TODAY)


@given(seeds)
def test_choices_are_shown_in_some_order_and_none_is_lost(seed):
    for ask in draw(TIDES, seed, on=TODAY).asked:
        assert sorted(ask.choice_ids) == ["a", "b", "c"]


def test_other_seeds_draw_other_questions_in_other_orders():
    quizzes = [draw(TIDES, f"seed {n}", on=TODAY) for n in range(30)]

    assert {ask.question_id for quiz in quizzes for ask in quiz.asked} == {q.id for q in BANK}
    assert len({ask.choice_ids for quiz in quizzes for ask in quiz.asked}) == 6


def test_what_is_stale_draft_or_retired_is_not_drawn():
    bank = (
        single({"a": 1, "b": 0}, "stale", review_by=date(2026, 11, 21)),
        single({"a": 1, "b": 0}, "draft", status="draft"),
        single({"a": 1, "b": 0}, "retired", status="retired"),
        single({"a": 1, "b": 0}, "fresh", review_by=TODAY),
    )

    quiz = draw(module(questions=bank, quiz_size=1), "seed", on=TODAY)

    assert [ask.question_id for ask in quiz.asked] == ["fresh"]
    with pytest.raises(TooFewQuestions) as caught:
        draw(module(questions=bank, quiz_size=2), "seed", on=TODAY)
    assert (caught.value.module_id, caught.value.wanted, caught.value.fresh) == ("tides", 2, 1)


def test_the_score_is_the_share_of_the_points():
    bank = (true_false(True, "easy"), numeric(10, id="hard", points=3))
    quiz = draw(module(questions=bank), "seed", on=TODAY)

    assert score(quiz, bank, {"easy": ("true",), "hard": ("10",)}) == 1
    assert score(quiz, bank, {"easy": ("true",)}) == Fraction(1, 4)
    assert score(quiz, bank, {"hard": ("10",), "easy": ("false",)}) == Fraction(3, 4)
    assert score(quiz, bank, {}) == 0


def test_each_try_before_the_last_takes_the_reduction_off_but_never_more_than_all():
    bank = (true_false(True, "easy"), numeric(10, id="hard", points=3))
    rules = {"tries": 5, "reduction": Fraction(1, 3)}
    quiz = draw(module(questions=bank, **rules), "seed", on=TODAY)
    right = {"easy": ("true",), "hard": ("10",)}

    assert score(quiz, bank, right, {"easy": 1, "hard": 2}) == Fraction(3, 4)
    assert score(quiz, bank, right, {"easy": 5, "hard": 1}) == Fraction(3, 4)
    assert score(quiz, bank, right, {"easy": 5, "hard": 5}) == 0


@given(
    st.dictionaries(st.sampled_from([q.id for q in BANK]), st.sampled_from("abc")),
    st.dictionaries(st.sampled_from([q.id for q in BANK]), st.integers(1, 4)),
    st.sampled_from([q.id for q in BANK]),
    st.fractions(0, 1),
)
def test_more_tries_never_raise_the_score_of_the_same_last_answers(chosen, tries, id, reduction):
    quiz = draw(replace(TIDES, tries=5, reduction=reduction), "seed", on=TODAY)
    answers = {question: (choice,) for question, choice in chosen.items()}
    more = tries | {id: tries.get(id, 1) + 1}

    assert 0 <= score(quiz, BANK, answers, more) <= score(quiz, BANK, answers, tries) <= 1


def test_a_try_is_scored_on_the_versions_it_asked():
    old = true_false(True, "q", version=1)
    quiz = draw(module(questions=(old,), quiz_size=1), "seed", on=TODAY)
    new = true_false(False, "q", version=2)

    assert score(quiz, (old, new), {"q": ("true",)}) == 1
    with pytest.raises(KeyError):
        score(quiz, (new,), {"q": ("true",)})


@given(seeds, st.dictionaries(st.sampled_from([q.id for q in BANK]), st.sampled_from("abc")))
def test_a_better_answer_never_lowers_the_score(seed, chosen):
    quiz = draw(TIDES, seed, on=TODAY)
    answers = {id: (choice,) for id, choice in chosen.items()}
    before = score(quiz, BANK, answers)

    for question in BANK:
        assert mark(question, ("a",)) == 1
        assert before <= score(quiz, BANK, {**answers, question.id: ("a",)}) <= 1
