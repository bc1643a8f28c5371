"""Who may pledge, by the one rule."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import count

import pytest

from club.domain.organisations import Actor, Duty, Kind, Role, Standing
from club.domain.qualifications import Facts, Reason, may_pledge, quorum_standing
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


def facts(*tries, quorum=1, duties=None, holds_credits=False, **asked):
    people = {f"person {n}": (attempt,) for n, attempt in enumerate(tries)}
    answering = {f"person {n}": frozenset(held) for n, held in (duties or {}).items()}
    return Facts(
        organisation=an_organisation(),
        accepted_terms=True,
        round_=a_round(BY, required_modules=frozenset({MODULE.id}), quorum=quorum, **asked),
        modules={MODULE.id: MODULE},
        attempts_by_person=people,
        duties_by_person=dict.fromkeys(people, frozenset()) | answering,
        holds_credits=holds_credits,
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

    assert may_pledge(replace(left, duties_by_person={}), NOON) != ()


def test_standing_and_terms_come_first():
    given = facts(a_try())
    waiting = replace(given.organisation, standing=Standing.REQUESTED)

    reasons = may_pledge(replace(given, organisation=waiting, accepted_terms=False), NOON)

    assert [r.code for r in reasons] == ["organisation_not_approved", "terms_not_accepted"]


ONE_OF_FINANCE = {"quorum": 2, "people_by_duty": ((Duty.FINANCE, 1),)}


def test_two_people_one_of_finance_may_pledge():
    duties = {0: [Duty.FINANCE], 1: [Duty.SUSTAINABILITY]}

    assert may_pledge(facts(a_try(), a_try(), duties=duties, **ONE_OF_FINANCE), NOON) == ()


def test_the_duty_that_is_lacking_is_named_with_the_module_of_who_could_fill_it():
    duties = {2: [Duty.FINANCE]}

    reasons = may_pledge(facts(a_try(), a_try(), a_try(0), duties=duties, **ONE_OF_FINANCE), NOON)

    lacking = Reason(
        code="quorum_lacks_duty", duty=Duty.FINANCE, module_id=MODULE.id, have=0, need=1
    )
    assert reasons == (lacking,)


def test_a_duty_that_nobody_has_leads_to_no_module():
    [lacking] = may_pledge(facts(a_try(), a_try(), **ONE_OF_FINANCE), NOON)

    assert (lacking.code, lacking.module_id) == ("quorum_lacks_duty", None)


def test_a_round_that_requires_no_module_asks_for_nobody():
    given = facts(**ONE_OF_FINANCE)
    free = replace(given, round_=replace(given.round_, required_modules=frozenset()))

    assert may_pledge(free, NOON) == ()


@pytest.mark.parametrize("holds_credits", [True, False])
@pytest.mark.parametrize("grants_grace", [True, False])
def test_only_who_holds_credits_is_let_off_where_the_round_grants_it(holds_credits, grants_grace):
    given = facts(a_try(0), holds_credits=holds_credits, grants_grace=grants_grace)

    assert (may_pledge(given, NOON) == ()) == (holds_credits and grants_grace)
    assert quorum_standing(given, NOON).lacking != ()


def test_grace_does_not_stand_in_for_the_terms():
    given = replace(facts(holds_credits=True, grants_grace=True), accepted_terms=False)

    assert [r.code for r in may_pledge(given, NOON)] == ["terms_not_accepted"]


def test_who_may_not_leave_and_when_the_quorum_breaks_is_told():
    earlier = NOON - timedelta(days=30)
    standing = quorum_standing(facts(a_try(), a_try(at=earlier), quorum=2), NOON)

    assert standing.indispensable == ("person 0", "person 1")
    assert standing.breaks_at == earlier + timedelta(days=MODULE.valid_days)
