"""The facilitator's desk, on both databases."""

from dataclasses import asdict

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.domain.pledges import PledgeState
from club.operations.clearing import clear_round
from club.operations.pledging import withdraw_pledge
from club.operations.viewing.desk import desk
from club.operations.viewing.rounds import ExactPool
from tests.builders import colleague, join
from tests.markets import AFTER, a_market, invite, offer, pledge, pledging_round, stored


def test_before_clearing_quantities_are_shown_limits_and_prices_are_not(context, facilitator):
    round_, members, sold = a_market(
        context, facilitator, [(20_000, 6_007, 0), (10_000, None, 0)], [(30_000, 4_003, 0)]
    )

    view = desk(context, facilitator, round_.id)

    assert {p.organisation.id: (p.quantity_kg, p.limit_per_t) for p in view.pledges} == {
        members[0].organisation_id: (20_000, None),
        members[1].organisation_id: (10_000, None),
    }
    assert view.pool == ExactPool(pool_kg=30_000, companies=2)
    assert [(s.organisation.id, s.envelopes) for s in view.suppliers] == [
        (sold[0][0].organisation_id, 1)
    ]
    assert (view.limits_shown, view.outcome, view.envelopes, view.has_key) == (
        False,
        None,
        1,
        True,
    )
    assert "6007" not in str(asdict(view))
    assert "4003" not in str(asdict(view))


def test_after_clearing_limits_and_allocations_are_shown(context, clock, facilitator):
    round_, _, _ = a_market(
        context, facilitator, [(20_000, 6_007, 0), (10_000, 3_000, 0)], [(30_000, 4_003, 0)]
    )
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)

    view = desk(context, facilitator, round_.id)

    assert {p.limit_per_t: p.allocated_kg for p in view.pledges} == {6_007: 20_000, 3_000: 0}
    assert (view.limits_shown, view.outcome.bought_kg, view.void) == (True, 20_000, {})


def test_replaced_and_withdrawn_envelopes_are_not_counted_and_withdrawn_pledges_are_marked(
    context, facilitator
):
    round_, _, sold = a_market(context, facilitator, [(20_000, None, 0)], [(30_000, 4_000, 0)])
    seller, lot = sold[0]
    offer(context, seller, round_, lot)
    early = pledging_round(context, facilitator)
    member = join(context)
    pledge(context, member, early, 1_000)
    withdraw_pledge(context, member, request_id="w1", round_id=early.id)

    (withdrawn,) = desk(context, facilitator, early.id).pledges

    assert desk(context, facilitator, round_.id).envelopes == 1
    assert withdrawn.state is PledgeState.WITHDRAWN
    assert desk(context, facilitator, early.id).pool == ExactPool(pool_kg=0, companies=0)


def test_the_desk_lists_who_may_still_be_invited_and_whether_the_key_is_here(context, facilitator):
    round_ = pledging_round(context, facilitator)
    invited, other = join(context, Kind.SUPPLIER), join(context, Kind.SUPPLIER)
    invite(context, facilitator, round_, invited)
    (context.keys.folder / f"round-{round_.id}").unlink()

    view = desk(context, facilitator, round_.id)

    assert [o.id for o in view.invitable] == [other.organisation_id]
    assert not view.has_key
    assert view.round_ == stored(context, round_)


def test_only_facilitators_and_auditors_sit_at_the_desk(context, facilitator):
    round_ = pledging_round(context, facilitator)

    assert desk(context, colleague(context, facilitator, Role.AUDITOR), round_.id).pledges == ()
    for actor in (
        join(context),
        join(context, Kind.SUPPLIER),
        colleague(context, facilitator, Role.TREASURER),
    ):
        with pytest.raises(NotAllowed):
            desk(context, actor, round_.id)
    with pytest.raises(NotFound):
        desk(context, facilitator, "nowhere")
