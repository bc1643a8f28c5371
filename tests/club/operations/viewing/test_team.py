"""What a company sees of its own people, and that nobody else sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Duty, Kind, Role
from club.domain.rounds import Phase
from club.operations.viewing.team import team
from club.store import people
from tests.builders import colleague, join, open_round
from tests.club.operations.trying import MODULE, right, take, wrong


@pytest.fixture
def member(context):
    return join(context)


def seen(context, actor):
    return team(context, actor, actor.organisation_id)


def passes(shown):
    return {
        person.id: [p.expires_at for p in person.passes if p.module_id == MODULE]
        for person in shown.people
    }


def test_a_company_sees_who_holds_which_pass_and_when_it_lapses(context, member, clock):
    other = colleague(context, member)
    take(context, member, right)
    take(context, other, wrong)

    shown = seen(context, member)

    assert passes(shown) == {
        member.person_id: [clock.at + timedelta(days=365)],
        other.person_id: [None],
    }
    assert [len(person.passes) for person in shown.people] == [len(context.modules)] * 2


def test_a_lapsed_pass_says_when_it_lapsed(context, member, clock):
    take(context, member, right)
    ends = clock.at + timedelta(days=365)
    clock.at = ends

    [person] = seen(context, member).people
    [lapsed] = [p for p in person.passes if p.module_id == MODULE]

    assert (lapsed.expires_at, lapsed.lapsed_at) == (None, ends)


def test_who_was_switched_off_is_not_of_the_team(context, member):
    gone = colleague(context, member)
    with context.database.write() as tx:
        people.change_person(tx, replace(people.person(tx, gone.person_id), is_active=False))

    assert [person.id for person in seen(context, member).people] == [member.person_id]


def test_another_companys_team_is_refused_and_ones_own_shows_nobody_elses(context, member):
    stranger = join(context)
    take(context, stranger, right)

    with pytest.raises(NotFound):
        team(context, member, stranger.organisation_id)

    assert [person.id for person in seen(context, member).people] == [member.person_id]


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (Kind.MEMBER, Role.LEARNER),
        (Kind.MEMBER, Role.EXAMINER),
        (Kind.SUPPLIER, Role.SELLER),
        (Kind.OPERATOR, Role.FACILITATOR),
    ],
)
def test_only_a_members_buyers_and_approvers_see_the_team(context, kind, role):
    with pytest.raises(NotAllowed):
        seen(context, join(context, kind, role))


def asking(context, facilitator, **asked):
    return open_round(context, facilitator, required_modules=frozenset({MODULE}), **asked)


def test_a_quorum_that_hangs_on_one_person_says_so(context, facilitator, member, clock):
    asking(context, facilitator)
    take(context, member, right)

    [shown] = seen(context, member).rounds

    assert shown.missing == ()
    assert shown.standing.indispensable == (member.person_id,)
    assert shown.standing.breaks_at == clock.at + timedelta(days=365)


def test_what_a_quorum_lacks_is_told_for_every_open_round_the_next_to_close_first(
    context, facilitator, member, clock
):
    later = asking(context, facilitator, pledging_closes_at=clock.at + timedelta(hours=30))
    sooner = asking(context, facilitator, quorum=2, people_by_duty=((Duty.LEGAL, 1),))
    open_round(context, facilitator, phase=Phase.DRAFT)
    take(context, member, right)

    shown = seen(context, member).rounds

    assert [(r.round_.id, [reason.code for reason in r.missing]) for r in shown] == [
        (sooner.id, ["module_not_passed", "quorum_lacks_duty"]),
        (later.id, []),
    ]


def test_two_who_passed_make_nobody_indispensable(context, facilitator, member):
    asking(context, facilitator)
    take(context, member, right)
    take(context, colleague(context, member), right)

    [shown] = seen(context, member).rounds

    assert shown.standing.indispensable == ()


def test_only_an_approver_may_change_duties(context, member):
    buyer = colleague(context, member, Role.BUYER)

    assert seen(context, member).may_change_duties
    assert not seen(context, buyer).may_change_duties
