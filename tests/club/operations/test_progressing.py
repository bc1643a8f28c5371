"""Progress from raw answers: one's own, of the bank as it is now, and nobody else's."""

from dataclasses import fields, replace

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.operations.progressing import completions_of_active, progress_of_person
from club.operations.viewing.learning import my_learning
from club.operations.viewing.own_record import my_record
from curriculum.progress import Completion, Progress
from tests.builders import colleague, join
from tests.club.operations.trying import MODULE, asked, right, take, with_module, wrong


@pytest.fixture
def learner(context):
    return join(context)


def of_module(standings):
    return next(standing for standing in standings if standing.module_id == MODULE)


def mine(context, actor):
    return of_module(my_learning(context, actor).progress)


def test_right_answers_count_towards_the_outcomes_of_their_questions(context, learner):
    attempt = take(context, learner, right)

    given = [id for question in asked(context, attempt) for id in question.outcomes]
    assert {o.outcome_id: o.right for o in mine(context, learner).outcomes if o.answered} == {
        id: min(given.count(id), 3) for id in given
    }


def test_wrong_answers_are_failures(context, learner):
    take(context, learner, wrong)

    standing = mine(context, learner)

    assert (standing.state, standing.failures) == (Progress.HELP_NEEDED, 6)


def test_answers_to_a_question_since_rewritten_tell_nothing(context, learner):
    take(context, learner, wrong)
    questions = tuple(replace(q, version=2) for q in context.modules[MODULE].questions)

    standing = mine(with_module(context, questions=questions), learner)

    assert (standing.state, standing.failures) == (Progress.STARTED, 0)


def test_another_persons_progress_is_nowhere_in_ones_own(context, learner):
    other = colleague(context, learner)
    take(context, other, wrong)

    assert {standing.state for standing in my_learning(context, learner).progress} == {
        Progress.NOT_STARTED
    }
    told = {standing["state"] for standing in my_record(context, learner)["progress"]}
    assert told == {"not_started"}


def test_who_may_not_learn_is_refused_progress_and_record(context):
    seller = join(context, Kind.SUPPLIER, Role.SELLER)

    for look in (my_learning, my_record):
        with pytest.raises(NotAllowed):
            look(context, seller)


def test_everybodys_progress_is_each_persons_own(context, learner, clock):
    take(context, learner, right)
    other = colleague(context, learner)
    take(context, other, wrong)

    with context.database.read() as tx:
        together = completions_of_active(context, tx, at=clock.at)
        alone = {
            actor.person_id: progress_of_person(context, tx, actor.person_id, at=clock.at)
            for actor in (learner, other)
        }

    assert together == {
        person: tuple(completion_in(progress) for progress in standings)
        for person, standings in alone.items()
    }


def completion_in(progress):
    return Completion(**{field.name: getattr(progress, field.name) for field in fields(Completion)})


def test_the_record_tells_mastery_by_outcome(context, learner):
    take(context, learner, right)

    [told] = [s for s in my_record(context, learner)["progress"] if s["module"] == MODULE]
    standing = mine(context, learner)

    assert told["state"] == "completed"
    assert told["pass_expires_at"] == standing.standing.expires_at.isoformat()
    assert [(o["outcome"], o["state"], o["right"]) for o in told["outcomes"]] == [
        (o.outcome_id, o.state.value, o.right) for o in standing.outcomes
    ]
