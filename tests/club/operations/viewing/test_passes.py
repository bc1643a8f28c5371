"""Who of the club has passed what, and who may see it, on both databases."""

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.operations.viewing.passes import passes_of_club
from curriculum.certificates import Validity
from tests.builders import NOON, join
from tests.club.operations.certified import WHY, withdraw
from tests.club.operations.trying import MODULE, right, take, with_module, wrong


@pytest.fixture
def learner(context):
    return join(context)


def test_a_pass_is_listed_with_what_became_of_it(context, learner, facilitator):
    take(context, join(context), wrong)
    take(context, learner, right)
    [one] = passes_of_club(context, facilitator)

    assert (one.person.id, one.module.id) == (learner.person_id, MODULE)
    assert one.organisation.id == learner.organisation_id
    assert (one.validity, one.passed_at, one.reason) == (Validity.VALID, NOON, None)
    assert (one.may_withdraw, one.may_reinstate, one.is_own) == (True, False, False)

    withdraw(context, facilitator, learner)
    [one] = passes_of_club(context, facilitator)
    assert (one.validity, one.reason, one.until) == (Validity.WITHDRAWN, WHY, None)
    assert (one.may_withdraw, one.may_reinstate) == (False, True)


def test_one_that_lapsed_says_when_and_one_of_an_older_version_does_not(
    context, learner, facilitator, clock
):
    take(context, learner, right)
    [outdated] = passes_of_club(with_module(context, version=2), facilitator)
    clock.forward(days=context.modules[MODULE].valid_days)
    [lapsed] = passes_of_club(context, facilitator)

    assert (outdated.validity, outdated.until) == (Validity.EXPIRED, None)
    assert (lapsed.validity, lapsed.until) == (Validity.EXPIRED, clock.at)


def test_a_pass_after_a_withdrawn_one_counts_and_the_withdrawn_one_can_still_be_given_back(
    context, learner, facilitator, clock
):
    take(context, learner, right, "r1")
    withdraw(context, facilitator, learner)
    clock.forward(hours=1)
    take(context, learner, right, "r2")
    [one] = passes_of_club(context, facilitator)

    assert (one.validity, one.may_withdraw, one.may_reinstate) == (Validity.VALID, True, True)


def test_ones_own_is_marked_and_only_facilitators_see_any(context, learner, facilitator):
    take(context, facilitator, right)

    assert [one.is_own for one in passes_of_club(context, facilitator)] == [True]
    for other in (learner, join(context, Kind.OPERATOR, Role.AUDITOR)):
        with pytest.raises(NotAllowed):
            passes_of_club(context, other)
