"""A member's pledge and allocation as the member sees them, on both databases."""

from fractions import Fraction

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.domain.pledges import PledgeState
from club.operations.clearing import clear_round
from club.operations.opening import draft_round
from club.operations.viewing.buying import my_allocation, my_pledge, my_pledges
from tests.builders import colleague, join
from tests.markets import AFTER, a_market, pledge, pledging_round, round_terms


def test_a_member_sees_its_pledge_with_its_history_and_who_made_it(context, facilitator):
    round_ = pledging_round(context, facilitator)
    member = join(context)
    pledge(context, member, round_, 7_000)
    pledge(context, member, round_, 9_000, 5_000)

    page = my_pledge(context, colleague(context, member, Role.LEARNER), round_.id)

    assert page.row.my_pledge.quantity_kg == 9_000
    assert [state.quantity_kg for state in page.history] == [7_000, 9_000]
    assert page.names[page.history[0].placed_by].startswith("試験")
    assert [(r.id, p.quantity_kg) for r, p in my_pledges(context, member)] == [(round_.id, 9_000)]


def test_without_a_pledge_the_page_is_there_all_the_same(context, facilitator):
    round_ = pledging_round(context, facilitator)
    pledge(context, join(context), round_, 7_000)

    page = my_pledge(context, join(context), round_.id)

    assert (page.row.my_pledge, page.history, page.missing) == (None, (), ())


def test_a_colleague_may_approve_and_the_proposer_may_not(context, facilitator):
    round_ = pledging_round(context, facilitator)
    proposer = join(context, Kind.MEMBER, Role.BUYER, Role.APPROVER, needs_approval=True)
    pledge(context, proposer, round_, 7_000)

    theirs = my_pledge(context, colleague(context, proposer, Role.APPROVER), round_.id)
    own = my_pledge(context, proposer, round_.id)

    assert own.row.my_pledge.state is PledgeState.PROPOSED
    assert (theirs.may_approve, own.may_approve) == (True, False)


def test_the_allocation_says_how_much_of_what_for_how_much_and_why(context, clock, facilitator):
    round_, members, sold = a_market(
        context,
        facilitator,
        [(20_000, None, 0), (10_000, None, 0), (10_000, 3_000, 0)],
        [(10_000, 4_000, 0), (10_000, 5_000, 0)],
    )
    before = my_allocation(context, members[0], round_.id)
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)

    first, second, third = (my_allocation(context, member, round_.id) for member in members)

    assert before is None
    assert first.quantity_kg + second.quantity_kg == 20_000
    assert first.value_jpy + second.value_jpy == 90_000
    assert sum(line.quantity_kg for line in first.lines) == first.quantity_kg
    assert {line.row.lot.id for line in first.lines} == {lot.id for _, lot in sold}
    assert (first.price, first.why.quota) == (Fraction(4_500), Fraction(40_000, 3))
    assert (first.why.floor_kg, first.why.remainder) == (13_333, Fraction(1, 3))
    assert first.quantity_kg == first.why.floor_kg + first.why.rounded_up
    assert (third.quantity_kg, third.lines, third.why.outcome) == (0, (), "limit_below")
    assert third.invoice_id is None
    assert first.invoice_id != second.invoice_id


def test_who_pledged_nothing_has_no_allocation(context, clock, facilitator):
    round_, _, _ = a_market(context, facilitator, [(20_000, None, 0)], [(10_000, 4_000, 0)])
    clock.at = round_.bidding_closes_at + AFTER
    clear_round(context, round_.id)

    assert my_allocation(context, join(context), round_.id) is None


def test_drafts_and_what_does_not_exist_are_not_found_and_others_are_not_allowed(
    context, facilitator
):
    draft = draft_round(context, facilitator, request_id="d1", terms=round_terms())

    for round_id in (draft.id, "nowhere"):
        with pytest.raises(NotFound):
            my_pledge(context, join(context), round_id)
        with pytest.raises(NotFound):
            my_allocation(context, join(context), round_id)
    for actor in (facilitator, join(context, Kind.SUPPLIER)):
        with pytest.raises(NotAllowed):
            my_pledge(context, actor, draft.id)
