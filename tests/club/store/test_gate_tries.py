"""Tries read for the gate are the same as those read whole, of active people only."""

from dataclasses import replace

import pytest

from club.operations.qualifying import attempt_of
from club.store import learning, people
from club.store.gate_tries import GateTry, tries_of_active, tries_of_company
from tests.builders import NOON, colleague, join
from tests.club.operations.trying import MODULE, right, start, take, wrong


@pytest.fixture
def learner(context):
    return join(context)


def read_whole(context, attempt):
    with context.database.read() as tx:
        row = learning.attempt(tx, attempt.id)
    return attempt_of(row, learning.quiz_of(row))


def change(context, attempt, **cells):
    with context.database.write() as tx:
        learning.change_attempt(tx, replace(learning.attempt(tx, attempt.id), **cells))


def read(context, organisation_id):
    with context.database.read() as tx:
        return tries_of_company(tx, organisation_id), tries_of_active(tx)


def test_what_the_gate_asks_is_the_same_as_in_the_whole_try(context, learner):
    passed = take(context, learner, right)
    frozen = passed.questions
    failed = take(context, colleague(context, learner), wrong)
    carried = take(context, colleague(context, learner), right)
    change(context, carried, questions=frozen | {"carries": "an earlier try"})
    withdrawn = take(context, colleague(context, learner), right)
    gone = {"withdrawn_at": NOON, "withdrawn_by": learner.person_id, "withdrawal_reason": "helped"}
    change(context, withdrawn, **gone)
    back = take(context, colleague(context, learner), right)
    again = {"reinstated_at": NOON, "reinstated_by": learner.person_id}
    change(context, back, **gone, **again)
    older = take(context, colleague(context, learner), right)
    kept = {name: told for name, told in frozen.items() if name not in {"bank", "carries"}}
    change(context, older, questions=kept)

    company, everybody = read(context, learner.organisation_id)

    tries = (passed, failed, carried, withdrawn, back, older)
    assert {each.finished.id: each.finished for each in company} == {
        attempt.id: read_whole(context, attempt) for attempt in tries
    }
    assert company == everybody


def test_an_unfinished_try_is_told_as_begun(context, learner):
    start(context, learner)

    assert read(context, learner.organisation_id)[0] == [GateTry(learner.person_id, MODULE, None)]


def test_another_company_and_who_left_are_not_read(context, learner):
    other, leaver = join(context), colleague(context, learner)
    for actor in (other, leaver):
        take(context, actor, right)
    with context.database.write() as tx:
        people.change_person(tx, replace(people.person(tx, leaver.person_id), is_active=False))

    own, everybody = read(context, learner.organisation_id)

    assert (own, [each.person_id for each in everybody]) == ([], [other.person_id])
