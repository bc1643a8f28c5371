"""Starting, answering and finishing a try at a quiz, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, StandingRefused
from club.domain.organisations import Kind, Role
from club.operations.learning import start_try
from club.store import journal, learning, people
from curriculum.quizzes import score
from tests.builders import colleague, join
from tests.club.operations.trying import (
    MODULE,
    answer,
    asked,
    right,
    start,
    take,
    with_module,
    wrong,
)
from tests.curriculum.examples import matching, ordering, short, word


@pytest.fixture
def learner(context):
    return join(context)


def stored(context, attempt):
    with context.database.read() as tx:
        return learning.attempt(tx, attempt.id), learning.answers_of(tx, attempt.id)


def links(context):
    with context.database.read() as tx:
        return journal.links(tx, journal.CLUB)


def test_a_try_freezes_the_quiz_it_drew(context, learner, clock):
    attempt = start(context, learner)

    module = context.modules[MODULE]
    quiz = learning.quiz_of(attempt)
    assert stored(context, attempt) == (attempt, [])
    assert (attempt.person_id, attempt.started_at) == (learner.person_id, clock.at)
    assert (quiz.module_version, quiz.pass_mark) == (module.version, module.pass_mark)
    assert len(quiz.asked) == module.quiz_size


def test_all_right_answers_pass_and_leave_a_link_with_the_score(context, learner, clock):
    attempt = take(context, learner, right)

    [link] = links(context)
    assert (attempt.score, attempt.finished_at) == ("1", clock.at)
    assert stored(context, attempt)[0] == attempt
    assert (link.kind, link.made_by) == ("module.passed", learner.person_id)
    assert link.facts == {
        "id": attempt.id,
        "module": MODULE,
        "version": 1,
        "score": "1",
        "pass_mark": "4/5",
    }


def test_all_wrong_answers_fail_and_leave_a_link(context, learner):
    attempt = take(context, learner, wrong)

    assert attempt.score == "0"
    assert [link.kind for link in links(context)] == ["module.failed"]


def test_the_score_is_the_exact_share_of_the_points(context, learner):
    attempt = start(context, learner)
    first, *others = asked(context, attempt)
    attempt = answer(context, learner, attempt, first, wrong(first))
    for question in others:
        attempt = answer(context, learner, attempt, question, right(question))

    assert Fraction(attempt.score) == Fraction(5, 6)


def test_answers_are_kept_as_they_were_given_with_their_confidence(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]

    answer(context, learner, attempt, question, right(question), confidence=3)

    [kept] = stored(context, attempt)[1]
    assert (kept.question_id, kept.question_version) == (question.id, question.version)
    assert (tuple(kept.raw), kept.confidence) == (right(question), 3)


def test_an_unfinished_try_is_resumed_not_doubled(context, learner, clock):
    first = start(context, learner, "r1")
    clock.forward(days=40)

    assert start(context, learner, "r2") == first


def test_two_starts_at_once_are_one_try(context, learner):
    with ThreadPoolExecutor(4) as threads:
        started = list(threads.map(lambda n: start(context, learner, f"r{n}"), range(4)))

    assert started == [started[0]] * 4


def test_an_unfinished_try_of_an_older_version_is_left_behind(context, learner):
    old = start(context, learner, "r1")
    newer = with_module(context, version=2)

    new = start(newer, learner, "r2")

    assert (old.module_version, new.module_version) == (1, 2)
    assert stored(context, old)[0].finished_at is None
    with pytest.raises(NotFound):
        answer(newer, learner, old, asked(context, old)[0], ("anything",))


def test_a_try_whose_question_was_rewritten_is_left_behind(context, learner):
    old = start(context, learner, "r1")
    rewritten = asked(context, old)[0]
    questions = tuple(
        replace(q, version=2) if q == rewritten else q for q in context.modules[MODULE].questions
    )

    assert start(with_module(context, questions=questions), learner, "r2").id != old.id


def test_after_one_failure_one_may_try_again_at_once(context, learner):
    first = take(context, learner, wrong, "r1")

    assert start(context, learner, "r2").id != first.id


def test_after_the_second_failure_one_waits_for_24_hours(context, learner, clock):
    take(context, learner, wrong, "r1")
    take(context, learner, wrong, "r2")
    may_try_at = clock.at + timedelta(hours=24)

    clock.at = may_try_at - timedelta(microseconds=1)
    with pytest.raises(StandingRefused) as refusal:
        start(context, learner, "r3")
    clock.at = may_try_at
    again = start(context, learner, "r4")

    assert refusal.value.code == "wait_before_next_try"
    assert refusal.value.facts == {"may_try_at": may_try_at}
    assert again.started_at == may_try_at


def test_anothers_failures_ask_for_no_wait(context, learner):
    take(context, learner, wrong, "r1")
    take(context, learner, wrong, "r2")

    assert start(context, colleague(context, learner)).finished_at is None


def test_the_same_request_twice_is_one_answer(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]

    first = answer(context, learner, attempt, question, right(question), request_id="r1")
    again = answer(context, learner, attempt, question, wrong(question), request_id="r1")

    [kept] = stored(context, attempt)[1]
    assert first == again
    assert tuple(kept.raw) == right(question)


def test_a_second_answer_is_refused_and_the_first_stays(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]
    answer(context, learner, attempt, question, wrong(question), request_id="r1")

    with pytest.raises(PhaseRefused) as refusal:
        answer(context, learner, attempt, question, right(question), request_id="r2")

    [kept] = stored(context, attempt)[1]
    assert refusal.value.code == "already_done"
    assert tuple(kept.raw) == wrong(question)


def test_of_two_answers_at_once_one_is_kept(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]

    def try_to_answer(number):
        try:
            answer(context, learner, attempt, question, right(question), request_id=f"r{number}")
        except PhaseRefused as refusal:
            return refusal.code
        return "kept"

    with ThreadPoolExecutor(4) as threads:
        outcomes = sorted(threads.map(try_to_answer, range(4)))

    assert outcomes == ["already_done"] * 3 + ["kept"]
    assert len(stored(context, attempt)[1]) == 1


def test_the_last_two_answers_at_once_finish_the_try_once(context, learner):
    attempt = start(context, learner)
    *others, one, two = asked(context, attempt)
    for question in others:
        answer(context, learner, attempt, question, right(question))

    with ThreadPoolExecutor(2) as threads:
        ends = list(
            threads.map(lambda q: answer(context, learner, attempt, q, right(q)), [one, two])
        )

    assert sorted(end.finished_at is not None for end in ends) == [False, True]
    assert [link.kind for link in links(context)] == ["module.passed"]


def test_nobody_answers_in_anothers_try(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]

    with pytest.raises(NotFound):
        answer(context, colleague(context, learner), attempt, question, right(question))

    assert stored(context, attempt)[1] == []


def test_a_question_that_was_not_asked_is_not_found(context, learner):
    attempt = start(context, learner)
    drawn = asked(context, attempt)
    other = next(q for q in context.modules[MODULE].questions if q not in drawn)

    with pytest.raises(NotFound):
        answer(context, learner, attempt, other, right(other))


def test_a_module_that_does_not_exist_is_not_found(context, learner):
    with pytest.raises(NotFound):
        start_try(context, learner, request_id="r1", module_id="nowhere")


def test_where_too_few_questions_are_fresh_there_is_no_quiz(context, learner):
    stale = tuple(
        replace(q, review_by=date(2026, 11, 21)) for q in context.modules[MODULE].questions
    )

    with pytest.raises(NotFound):
        start(with_module(context, questions=stale), learner)


EBB = short([word("ebb", "ebb", weight=1)], id="ebb", lesson_id="balance")
MOONS = matching({"new": "spring", "full": "spring", "half": "neap"}, id="m", lesson_id="balance")
TIDES = ordering("abc", id="tides", lesson_id="balance")
GIVEN = {
    "why-hierarchy": [
        ((), "missing"),
        (("reduce", "cheapest"), "unknown_choice"),
        (("x",), "unknown_choice"),
    ],
    "why-benefits": [((), "missing"), (("efficiency", "x"), "unknown_choice")],
    "why-subject": [(("yes",), "unknown_choice"), (("true", "false"), "unknown_choice")],
    "why-residual": [
        ((" ",), "missing"),
        (("many",), "not_a_number"),
        (("1" * 41,), "too_long"),
    ],
    "ebb": [((), "missing"), (("　",), "missing"), (("e" * 101,), "too_long")],
    "m": [
        ((), "missing"),
        (("new=new", "full=new"), "not_all_chosen"),
        (("new=new", "full=new", "half=x"), "unknown_choice"),
        (("new=new", "full=new", "x=half"), "unknown_choice"),
        (("new=new", "full=full", "half=half"), "unknown_choice"),
        (("new=new", "new=half", "half=half"), "unknown_choice"),
        (("new", "full", "half"), "unknown_choice"),
    ],
    "tides": [
        ((), "missing"),
        (("a", "b"), "not_all_chosen"),
        (("a", "b", "b"), "chosen_twice"),
        (("a", "b", "x"), "unknown_choice"),
    ],
}


def asking_only(context, question):
    return with_module(context, questions=(question,), quiz_size=1)


@pytest.mark.parametrize(
    ("id", "given", "code"), [(id, *case) for id, cases in GIVEN.items() for case in cases]
)
def test_what_cannot_be_an_answer_is_refused_and_not_kept(context, learner, id, given, code):
    bank = (*context.modules[MODULE].questions, EBB, MOONS, TIDES)
    question = next(q for q in bank if q.id == id)
    only = asking_only(context, question)
    attempt = start(only, learner)

    with pytest.raises(InputRefused) as refusal:
        answer(only, learner, attempt, question, given)

    assert (refusal.value.code, refusal.value.facts["field"]) == (code, "answer")
    assert stored(context, attempt)[1] == []


@pytest.mark.parametrize(
    ("question", "given", "score"),
    [
        (EBB, ("ＥＢＢ",), "1"),
        (MOONS, ("half=half", "full=new", "new=half"), "2/3"),
        (TIDES, ("b", "a", "c"), "1/3"),
    ],
    ids=["short", "match", "order"],
)
def test_words_pairs_and_orders_are_kept_as_given_and_marked(
    context, learner, question, given, score
):
    only = asking_only(context, question)
    attempt = start(only, learner)

    finished = answer(only, learner, attempt, question, given)

    [kept] = stored(context, attempt)[1]
    assert (tuple(kept.raw), finished.score) == (given, score)


def test_a_number_typed_in_full_width_with_its_unit_earns_the_mark(context, learner):
    question = next(q for q in context.modules[MODULE].questions if q.id == "why-residual")
    only = with_module(context, questions=(question,), quiz_size=1)
    attempt = start(only, learner)

    finished = answer(only, learner, attempt, question, ("９，０００ｋｇ",))

    assert finished.score == "1"


def test_a_confidence_that_was_not_offered_is_refused(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]

    with pytest.raises(InputRefused) as refusal:
        answer(context, learner, attempt, question, right(question), confidence=4)

    assert refusal.value.facts == {"field": "confidence"}


def test_a_supplier_may_learn_too(context):
    assert take(context, join(context, Kind.SUPPLIER), right).score == "1"


def test_who_is_no_learner_cannot_start(context):
    with pytest.raises(NotAllowed):
        start(context, join(context, Kind.MEMBER, Role.BUYER))


def test_a_person_switched_off_cannot_answer(context, learner):
    attempt = start(context, learner)
    question = asked(context, attempt)[0]
    with context.database.write() as tx:
        person = people.person(tx, learner.person_id)
        people.change_person(tx, replace(person, is_active=False))

    with pytest.raises(NotAllowed):
        answer(context, learner, attempt, question, right(question))


def test_nobody_marks_themselves_whatever_roles_they_hold(context):
    everything = join(context, Kind.OPERATOR, *Role)
    attempt = take(context, everything, wrong)
    questions = asked(context, attempt)

    for question in questions:
        with pytest.raises(PhaseRefused):
            answer(context, everything, attempt, question, right(question), request_id=question.id)

    kept, answers = stored(context, attempt)
    raw = {each.question_id: tuple(each.raw) for each in answers}
    assert kept.score == "0"
    assert score(learning.quiz_of(kept), questions, raw) == 0
