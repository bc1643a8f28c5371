"""Withdrawing a pass with a reason and giving it back, on both databases."""

import pytest

from club.domain.errors import InputRefused, NotAllowed, NotFound, PhaseRefused, StandingRefused
from club.domain.organisations import Kind, Role
from club.operations.qualifying import reasons_against
from club.operations.viewing.learning import ModuleState, my_module
from club.operations.viewing.own_record import my_record
from club.operations.withdrawing import LONGEST_REASON
from club.store import journal, learning, people
from tests.builders import NOON, colleague, join, open_round
from tests.club.operations.certified import WHY, reinstate, withdraw
from tests.club.operations.trying import MODULE, right, start, take, wrong


@pytest.fixture
def learner(context):
    return join(context)


def standing(context, learner):
    return my_module(context, learner, MODULE).state


def gate(context, learner, round_):
    with context.database.read() as tx:
        organisation = people.organisation(tx, learner.organisation_id)
        reasons = reasons_against(context, tx, organisation, round_, at=context.clock(tx))
    return [reason.code for reason in reasons]


def told(context, learner):
    with context.database.read() as tx:
        return journal.notices_of(tx, learner.person_id)


def test_a_withdrawn_pass_counts_neither_at_the_gate_nor_in_progress_until_it_is_given_back(
    context, learner, facilitator
):
    round_ = open_round(context, facilitator, required_modules=frozenset({MODULE}))
    take(context, learner, right)
    before = my_module(context, learner, MODULE)

    withdraw(context, facilitator, learner)

    assert gate(context, learner, round_) == ["module_not_passed"]
    assert standing(context, learner) is ModuleState.NOT_YET
    reinstate(context, facilitator, learner)
    assert gate(context, learner, round_) == []
    assert my_module(context, learner, MODULE) == before


def test_every_try_that_counts_is_withdrawn_and_no_other(context, learner, facilitator, clock):
    take(context, learner, wrong, "failed")
    clock.forward(hours=1)
    one = take(context, learner, right, "one")
    clock.forward(hours=1)
    other = take(context, learner, right, "other")
    start(context, learner, "open")

    tries = withdraw(context, facilitator, learner)

    assert {row.id for row in tries if row.is_withdrawn} == {one.id, other.id}
    assert {row.withdrawal_reason for row in tries} == {None, WHY}


def test_what_is_withdrawn_is_no_failure_so_the_next_try_may_be_taken_at_once(
    context, learner, facilitator, clock
):
    take(context, learner, wrong, "failed")
    clock.forward(hours=1)
    take(context, learner, right)
    withdraw(context, facilitator, learner)

    assert my_module(context, learner, MODULE).may_try_at is None
    clock.forward(hours=1)
    take(context, learner, right, "again")
    assert standing(context, learner) is ModuleState.PASSED


def test_the_chain_says_who_did_it_and_the_person_is_told_why(context, learner, facilitator):
    passed = take(context, learner, right)
    withdraw(context, facilitator, learner)
    reinstate(context, facilitator, learner)

    with context.database.read() as tx:
        _, taken, given = journal.links(tx, journal.CLUB)
    facts = {"id": learner.person_id, "module": MODULE, "tries": [passed.id]}
    assert (taken.kind, taken.made_by) == ("pass.withdrawn", facilitator.person_id)
    assert (taken.facts, given.facts) == (facts, facts)
    assert given.kind == "pass.reinstated"
    notices = {notice.kind.value: notice.facts for notice in told(context, learner)}
    assert notices["pass_withdrawn"]["reason"] == WHY
    assert "reason" not in notices["pass_reinstated"]


def test_the_same_request_twice_is_one_deed_and_tells_once(context, learner, facilitator):
    take(context, learner, right)

    assert withdraw(context, facilitator, learner) == withdraw(context, facilitator, learner)
    assert len(told(context, learner)) == 1
    assert reinstate(context, facilitator, learner) == reinstate(context, facilitator, learner)
    assert len(told(context, learner)) == 2


def test_who_runs_no_club_withdraws_and_reinstates_nothing(context, learner, facilitator):
    take(context, learner, right)
    others = [
        learner,
        colleague(context, learner),
        join(context, Kind.SUPPLIER),
        join(context, Kind.OPERATOR, Role.TREASURER, Role.AUDITOR, Role.LEARNER),
    ]
    for number, other in enumerate(others):
        with pytest.raises(NotAllowed):
            withdraw(context, other, learner, f"r{number}")
    assert standing(context, learner) is ModuleState.PASSED

    withdraw(context, facilitator, learner)
    for number, other in enumerate(others):
        with pytest.raises(NotAllowed):
            reinstate(context, other, learner, f"s{number}")
    assert standing(context, learner) is ModuleState.NOT_YET


def test_nobody_withdraws_or_reinstates_their_own_pass(context, facilitator):
    take(context, facilitator, right)
    with pytest.raises(StandingRefused, match="pass_of_ones_own"):
        withdraw(context, facilitator, facilitator)

    withdraw(context, join(context, Kind.OPERATOR), facilitator)
    with pytest.raises(StandingRefused, match="pass_of_ones_own"):
        reinstate(context, facilitator, facilitator)


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reason": " "}, InputRefused),
        ({"reason": "x" * (LONGEST_REASON + 1)}, InputRefused),
        ({"module_id": "no-such-module"}, NotFound),
        ({"person_id": "nobody"}, NotFound),
    ],
)
def test_what_cannot_be_withdrawn_is_refused_and_nothing_changes(
    context, learner, facilitator, given, refusal
):
    take(context, learner, right)

    with pytest.raises(refusal):
        withdraw(context, facilitator, learner, **given)
    assert standing(context, learner) is ModuleState.PASSED


def test_nothing_that_counts_and_nothing_withdrawn_are_told_apart_from_a_deed(
    context, learner, facilitator
):
    take(context, learner, wrong)
    with pytest.raises(PhaseRefused):
        withdraw(context, facilitator, learner)
    with pytest.raises(PhaseRefused):
        reinstate(context, facilitator, learner)


def test_the_person_reads_in_their_own_record_what_was_withdrawn_and_why(
    context, learner, facilitator
):
    passed = take(context, learner, right)
    withdraw(context, facilitator, learner)

    [kept] = my_record(context, learner)["tries"]
    assert kept["withdrawn_at"] == NOON.isoformat()
    assert kept["withdrawal_reason"] == WHY
    with context.database.read() as tx:
        assert learning.attempt(tx, passed.id).is_withdrawn
