"""xAPI statements of stored tries: whose may be had by whom, on both databases."""

import json
from decimal import Decimal
from itertools import pairwise

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.operations.viewing.statements import club_statements, my_statements
from tests.builders import colleague, join
from tests.club.operations.certified import reinstate, withdraw
from tests.club.operations.trying import right, start, take, wrong
from tests.curriculum.xapi import faults, faults_together, verb


@pytest.fixture
def learner(context):
    return join(context)


def read(lines):
    return [json.loads(line, parse_float=Decimal) for line in lines.splitlines()]


def actors(made):
    return {statement["actor"]["account"]["name"] for statement in made}


def test_ones_own_statements_meet_the_rules_and_hold_ones_answers(
    context, learner, clock, facilitator
):
    take(context, learner, wrong, "r1")
    clock.forward(minutes=5)
    take(context, learner, right, "r2")
    clock.forward(minutes=5)
    start(context, learner, "r3")
    withdraw(context, facilitator, learner)
    made = read(my_statements(context, learner))

    assert [fault for statement in made for fault in faults(statement)] == []
    assert faults_together(made) == []
    asked = len([one for one in made if verb(one) == "answered"])
    told = [verb(one) for one in made]
    assert {word: told.count(word) for word in set(told)} == {
        "attempted": 3,
        "answered": asked,
        "completed": 2,
        "failed": 1,
        "passed": 1,
        "voided": 1,
    }
    assert all(one["result"]["response"] for one in made if verb(one) == "answered")


def test_a_pass_withdrawn_twice_is_voided_twice_and_nothing_told_before_is_lost(
    context, learner, clock, facilitator
):
    take(context, learner, right)
    told = [read(my_statements(context, learner))]
    for number, deed in enumerate((withdraw, reinstate, withdraw)):
        clock.forward(minutes=5)
        deed(context, facilitator, learner, f"r{number}")
        told.append(read(my_statements(context, learner)))

    for before, after in pairwise(told):
        assert [one for one in after if one in before] == before
        assert len(after) == len(before) + 1
    assert faults_together(told[-1]) == []
    voided = {one["object"]["id"] for one in told[-1] if verb(one) == "voided"}
    assert voided == {one["id"] for one in told[-1] if verb(one) == "passed"}


def test_the_same_rows_are_the_same_lines(context, learner):
    take(context, learner, right)

    assert my_statements(context, learner) == my_statements(context, learner)


def test_ones_own_hold_nobody_elses(context, learner):
    take(context, colleague(context, learner), right)
    take(context, learner, right)

    assert actors(read(my_statements(context, learner))) == {learner.person_id}


def test_the_clubs_hold_everybodys_without_what_they_answered_or_who_they_are(
    context, learner, facilitator
):
    other = join(context, Kind.SUPPLIER)
    for actor in (learner, other):
        take(context, actor, right)
    lines = club_statements(context, facilitator)
    made = read(lines)

    assert actors(made) == {learner.person_id, other.person_id}
    assert [fault for statement in made for fault in faults(statement)] == []
    answered = [one for one in made if verb(one) == "answered"]
    assert answered
    assert [one for one in answered if "response" in one["result"]] == []
    assert "試験 " not in lines
    assert "@" not in lines


def test_only_facilitators_have_the_clubs(context, learner):
    take(context, learner, right)
    others = [
        learner,
        join(context, Kind.SUPPLIER),
        join(context, Kind.OPERATOR, Role.AUDITOR, Role.TREASURER, Role.LEARNER),
    ]
    for other in others:
        with pytest.raises(NotAllowed):
            club_statements(context, other)


def test_who_does_not_learn_has_none_of_their_own(context):
    with pytest.raises(NotAllowed):
        my_statements(context, join(context, Kind.OPERATOR, Role.TREASURER))


def test_without_a_try_there_is_no_line(context, learner):
    assert my_statements(context, learner) == ""
