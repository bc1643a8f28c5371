"""Who may pledge, by the one rule."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import count

import pytest

from club.domain.organisations import Actor, Kind, Role, Standing
from club.domain.qualifications import Facts, Reason, may_pledge
from club.operations.context import load_modules
from curriculum.gates import Attempt
from tests.builders import NOON, a_round, an_organisation

MODULE = next(iter(load_modules().values()))
BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
_ids = count()


def a_try(score=1, *, at=NOON, version=MODULE.version):
    return Attempt(
        id=str(next(_ids)),
        module_id=MODULE.id,
        module_version=version,
        finished_at=at,
        score=Fraction(score),
        pass_mark=MODULE.pass_mark,
    )


def facts(*tries, quorum=1):
    people = {f"person {n}": (attempt,) for n, attempt in enumerate(tries)}
    return Facts(
        organisation=an_organisation(),
        accepted_terms=True,
        round_=a_round(BY, required_modules=frozenset({MODULE.id}), quorum=quorum),
        modules={MODULE.id: MODULE},
        attempts_by_person=people,
        roles_by_person={person: frozenset({Role.BUYER}) for person in people},
    )


def test_one_person_with_a_current_pass_is_enough_by_default():
    assert may_pledge(facts(a_try()), NOON) == ()


@pytest.mark.parametrize(
    "attempt",
    [
        a_try(0),
        a_try(at=NOON - timedelta(days=MODULE.valid_days, microseconds=1)),
        a_try(version=MODULE.version + 1),
    ],
    ids=["failed", "lapsed", "another version"],
)
def test_a_pass_that_does_not_hold_names_the_module(attempt):
    lacking = Reason(code="module_not_passed", module_id=MODULE.id, have=0, need=1)

    assert may_pledge(facts(attempt), NOON) == (lacking,)


def test_a_quorum_of_two_needs_two():
    lacking = Reason(code="module_not_passed", module_id=MODULE.id, have=1, need=2)

    assert may_pledge(facts(a_try(), a_try(0), quorum=2), NOON) == (lacking,)
    assert may_pledge(facts(a_try(), a_try(), quorum=2), NOON) == ()


def test_who_has_left_does_not_count():
    left = facts(a_try())

    assert may_pledge(replace(left, roles_by_person={}), NOON) != ()


def test_standing_and_terms_come_first():
    given = facts(a_try())
    waiting = replace(given.organisation, standing=Standing.REQUESTED)

    reasons = may_pledge(replace(given, organisation=waiting, accepted_terms=False), NOON)

    assert [r.code for r in reasons] == ["organisation_not_approved", "terms_not_accepted"]
