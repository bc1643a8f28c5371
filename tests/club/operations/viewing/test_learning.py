"""What a learner is shown: modules, lessons, tries; and what nobody is shown too early."""

import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.viewing.learning import (
    ModuleState,
    my_learning,
    my_module,
    my_modules,
)
from club.operations.viewing.lessons import my_lesson
from club.operations.viewing.own_record import my_record
from club.operations.viewing.tries import my_result, my_try
from club.store import people
from curriculum.confidence import Judgement
from tests.builders import colleague, join, open_round
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
from tests.every_kind import EVERY_KIND, asking, secrets


@pytest.fixture
def learner(context):
    return join(context)


def test_a_module_not_begun_shows_its_lessons_and_minutes(context, learner):
    card = my_module(context, learner, MODULE)

    assert card.state is ModuleState.NOT_YET
    assert [lesson.id for lesson in card.lessons] == ["balance", "trading", "together"]
    assert card.minutes == 30
    assert (card.expires_at, card.open_try_id, card.may_try_at) == (None, None, None)
    assert card.has_quiz


def test_a_module_begun_shows_the_try_to_go_on_with(context, learner):
    attempt = start(context, learner)

    card = my_module(context, learner, MODULE)

    assert (card.state, card.open_try_id) == (ModuleState.IN_PROGRESS, attempt.id)


def test_a_module_passed_shows_when_the_pass_lapses_until_it_does(context, learner, clock):
    take(context, learner, right)
    lapses_at = clock.at + timedelta(days=365)

    passed = my_module(context, learner, MODULE)
    clock.at = lapses_at
    lapsed = my_module(context, learner, MODULE)

    assert (passed.state, passed.expires_at) == (ModuleState.PASSED, lapses_at)
    assert (lapsed.state, lapsed.expires_at) == (ModuleState.LAPSED, None)
    assert (passed.lapsed_at, lapsed.lapsed_at) == (None, lapses_at)


def test_a_wait_is_shown_while_it_runs(context, learner, clock):
    take(context, learner, wrong, "r1")
    take(context, learner, wrong, "r2")
    may_try_at = clock.at + timedelta(hours=24)

    waiting = my_module(context, learner, MODULE).may_try_at
    clock.at = may_try_at

    assert waiting == may_try_at
    assert my_module(context, learner, MODULE).may_try_at is None


def test_only_rounds_open_for_pledges_are_named_as_requiring_a_module(context, learner):
    facilitator = join(context, Kind.OPERATOR)
    required = {"required_modules": frozenset({MODULE})}
    wanted = open_round(context, facilitator, **required)
    open_round(context, facilitator)
    open_round(context, facilitator, phase=Phase.DRAFT, **required)

    assert my_module(context, learner, MODULE).required_by == (wanted,)


def test_a_module_past_its_review_has_no_quiz(context, learner):
    stale = tuple(
        replace(q, review_by=date(2026, 11, 21)) for q in context.modules[MODULE].questions
    )

    assert not my_module(with_module(context, questions=stale), learner, MODULE).has_quiz


def test_lessons_follow_each_other_in_the_readers_language(context, learner):
    first = my_lesson(context, learner, module_id=MODULE, lesson_id=None, language="ja")
    second = my_lesson(context, learner, module_id=MODULE, lesson_id=first.next_id, language="en")

    assert (first.lesson.id, first.number, first.of) == ("balance", 1, 3)
    assert (first.previous_id, first.lesson.language) == (None, "ja")
    assert (second.previous_id, second.lesson.language) == ("balance", "en")


@pytest.mark.parametrize("ids", [("nowhere", None), (MODULE, "nowhere")])
def test_what_does_not_exist_is_not_found(context, learner, ids):
    with pytest.raises(NotFound):
        my_lesson(context, learner, module_id=ids[0], lesson_id=ids[1], language="ja")


def test_an_open_question_holds_nothing_of_its_answer(context, learner):
    club = asking(context, *EVERY_KIND)
    attempt = start(club, learner)

    for number, question in enumerate(asked(club, attempt), 1):
        shown = my_try(club, learner, attempt.id, number).question
        written = repr(shown)
        assert (shown.id, shown.marked) == (question.id, None)
        assert not any(secret in written for secret in secrets(question))
        assert "weight" not in written


def test_choices_are_shown_in_the_order_that_was_drawn(context, learner):
    attempt = start(context, learner)

    for number, ask in enumerate(attempt.questions["asked"], 1):
        shown = my_try(context, learner, attempt.id, number).question
        if ask["choices"]:
            assert [option.id for option in shown.options] == ask["choices"]


def test_an_answered_question_tells_why_and_the_next_one_stays_closed(context, learner):
    attempt = start(context, learner)
    first = asked(context, attempt)[0]
    answer(context, learner, attempt, first, wrong(first), confidence=2)

    done = my_try(context, learner, attempt.id, 1)
    now = my_try(context, learner, attempt.id)

    assert (done.answered, done.of) == (1, 6)
    assert (done.question.marked.given, done.question.marked.mark) == (wrong(first), 0)
    assert done.question.marked.first == Judgement(confidence=2, mark=Fraction(0))
    assert done.question.marked.explanation == first.explanation
    assert (now.question.number, now.question.marked) == (2, None)


def test_a_number_that_people_often_reach_is_explained(context, learner):
    question = next(q for q in context.modules[MODULE].questions if q.id == "why-residual")
    only = with_module(context, questions=(question,), quiz_size=1)
    attempt = start(only, learner)
    answer(only, learner, attempt, question, ("75,000",))

    marked = my_try(only, learner, attempt.id, 1).question.marked

    assert (marked.right_value, marked.slip) == (9_000, question.slips[1].why)


def test_a_result_names_the_lessons_to_read_again(context, learner):
    attempt = start(context, learner)
    questions = asked(context, attempt)
    failed = questions[2]
    for question in questions:
        given = wrong(question) if question == failed else right(question)
        answer(context, learner, attempt, question, given)

    result = my_result(context, learner, attempt.id)

    assert (result.score, result.pass_mark) == (Fraction(5, 6), Fraction(4, 5))
    assert result.has_passed
    assert [line.marked.mark for line in result.questions] == [1, 1, 0, 1, 1, 1]
    assert [lesson.id for lesson in result.read_again] == [failed.lesson_id]


def test_a_question_rewritten_since_leaves_the_result_and_not_the_score(context, learner):
    attempt = take(context, learner, right)
    rewritten = asked(context, attempt)[0]
    questions = tuple(
        replace(q, version=2) if q == rewritten else q for q in context.modules[MODULE].questions
    )

    result = my_result(with_module(context, questions=questions), learner, attempt.id)

    assert (result.score, result.of) == (1, 6)
    assert [line.number for line in result.questions] == [2, 3, 4, 5, 6]


def test_an_open_try_has_no_result_yet(context, learner):
    attempt = start(context, learner)

    with pytest.raises(NotFound):
        my_result(context, learner, attempt.id)


def test_a_finished_try_has_no_open_question(context, learner):
    attempt = take(context, learner, right)

    assert my_try(context, learner, attempt.id).question is None


@pytest.mark.parametrize("reading", [my_try, my_result])
def test_nobody_reads_anothers_try(context, learner, reading):
    attempt = take(context, learner, right)

    with pytest.raises(NotFound):
        reading(context, colleague(context, learner), attempt.id)


def test_a_try_left_behind_is_not_found(context, learner):
    attempt = start(context, learner)

    with pytest.raises(NotFound):
        my_try(with_module(context, version=2), learner, attempt.id)


def test_a_finished_try_of_an_older_version_still_tells_its_result(context, learner):
    attempt = take(context, learner, right)
    newer = with_module(context, version=2)

    assert my_try(newer, learner, attempt.id).question is None
    assert my_result(newer, learner, attempt.id).score == 1


def test_ones_own_tries_are_listed_the_newest_first(context, learner, clock):
    failed = take(context, learner, wrong, "r1")
    clock.forward(minutes=1)
    still_open = start(context, learner, "r2")
    take(context, colleague(context, learner), right)

    tries = my_learning(context, learner).tries

    assert [(t.id, t.score, t.has_passed, t.is_open) for t in tries] == [
        (still_open.id, None, False, True),
        (failed.id, 0, False, False),
    ]


def test_ones_own_record_holds_every_raw_answer_and_nobody_elses(context, learner):
    attempt = take(context, learner, right)
    other = colleague(context, learner)
    take(context, other, wrong)

    record = json.loads(json.dumps(my_record(context, learner)))

    assert record["person"]["id"] == learner.person_id
    assert [t["id"] for t in record["tries"]] == [attempt.id]
    assert {a["question"]: tuple(a["given"]) for a in record["tries"][0]["answers"]} == {
        question.id: right(question) for question in asked(context, attempt)
    }
    assert other.person_id not in json.dumps(record)


def test_who_is_no_learner_sees_no_modules(context):
    with pytest.raises(NotAllowed):
        my_modules(context, join(context, Kind.MEMBER, Role.BUYER))


@pytest.mark.parametrize(
    "reading",
    [
        lambda context, actor, _: my_module(context, actor, MODULE),
        lambda context, actor, _: my_learning(context, actor),
        lambda context, actor, attempt: my_try(context, actor, attempt.id),
        lambda context, actor, attempt: my_result(context, actor, attempt.id),
        lambda context, actor, _: my_record(context, actor),
    ],
    ids=["module", "learning", "try", "result", "record"],
)
def test_whoever_is_a_learner_no_more_reads_nothing_even_of_their_own(context, learner, reading):
    attempt = take(context, learner, right)
    with context.database.write() as tx:
        person = people.person(tx, learner.person_id)
        people.change_person(tx, replace(person, roles=frozenset({Role.BUYER})))

    with pytest.raises(NotAllowed):
        reading(context, learner, attempt)
