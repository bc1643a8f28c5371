"""What each sees of the rounds, and of a round's page, on both databases."""

from dataclasses import fields, is_dataclass
from fractions import Fraction

import pytest
from sqlalchemy import event

from auctions.recording.files import read_file
from club.domain.demand import ShownPool
from club.domain.errors import NotFound
from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.clearing import clear_round
from club.operations.opening import cancel_round, draft_round
from club.operations.publishing import public_file
from club.operations.viewing.papers import Paper
from club.operations.viewing.rounds import ExactPool, list_rounds, round_page
from tests.builders import NOON, join, move
from tests.markets import AFTER, a_market, invite, pledge, pledging_round, round_terms

PLEDGES = [(30_000, None, 0), (20_011, 6_007, 0), (10_000, 3_000, 0)]
OFFERS = [(25_000, 4_000, 0), (25_011, 5_000, 0), (50_000, 6_500, 0)]


def cleared(context, clock, facilitator, pledged=PLEDGES, offered=OFFERS):
    clock.at = NOON
    round_, members, sold = a_market(context, facilitator, pledged, offered)
    clock.at = round_.bidding_closes_at + AFTER
    assert clear_round(context, round_.id)
    return round_, members, sold


def numbers_in(value):
    """Every number and text anywhere in an answer."""
    if is_dataclass(value):
        return [n for f in fields(value) for n in numbers_in(getattr(value, f.name))]
    if isinstance(value, tuple | list | frozenset):
        return [n for part in value for n in numbers_in(part)]
    if isinstance(value, dict):
        return numbers_in(list(value.items()))
    return [value]


def test_members_see_the_pool_in_tenths_and_facilitators_to_the_kilogram(context, facilitator):
    round_ = pledging_round(context, facilitator)
    members = [join(context) for _ in range(5)]
    for member in members[:4]:
        pledge(context, member, round_, 8_001)

    (before,) = list_rounds(context, members[0])
    (exact,) = list_rounds(context, facilitator)
    pledge(context, members[4], round_, 8_001)
    (after,) = list_rounds(context, members[4])

    assert before.pool == ShownPool(tenths=3, goal_kg=100_000, companies=None)
    assert after.pool == ShownPool(tenths=4, goal_kg=100_000, companies=5)
    assert exact.exact_pool == ExactPool(pool_kg=32_004, companies=4)
    assert before.exact_pool is after.exact_pool is None
    assert before.my_pledge.quantity_kg == 8_001


def test_nothing_of_anothers_pledge_is_in_a_members_or_a_suppliers_answers(
    context, clock, facilitator
):
    round_, members, sold = a_market(context, facilitator, PLEDGES, OFFERS)
    secret = {20_011, 6_007, 60_011, members[1].organisation_id}

    for actor in (members[0], sold[0][0], join(context), join(context, Kind.SUPPLIER)):
        for answer in (list_rounds(context, actor), round_page(context, actor, round_.id)):
            assert secret.isdisjoint(numbers_in(answer))
    assert {20_011, 6_007} <= set(numbers_in(list_rounds(context, members[1])))


def test_drafts_are_seen_by_facilitators_and_auditors_alone(context, facilitator):
    draft = draft_round(context, facilitator, request_id="d1", terms=round_terms())
    auditor = join(context, Kind.OPERATOR, Role.AUDITOR)

    for actor in (join(context), join(context, Kind.SUPPLIER)):
        assert list_rounds(context, actor) == ()
        with pytest.raises(NotFound):
            round_page(context, actor, draft.id)
    for actor in (facilitator, auditor):
        assert [row.round_ for row in list_rounds(context, actor)] == [draft]
        assert round_page(context, actor, draft.id).row.round_ == draft


def test_a_supplier_sees_in_which_rounds_it_may_offer(context, facilitator):
    seller = join(context, Kind.SUPPLIER)
    one, other = (pledging_round(context, facilitator) for _ in range(2))
    invite(context, facilitator, one, seller)

    assert {row.round_.id: row.is_invited for row in list_rounds(context, seller)} == {
        one.id: True,
        other.id: False,
    }


def test_a_member_is_told_what_is_missing_to_pledge(context, facilitator):
    module_id = next(iter(context.modules))
    round_ = pledging_round(context, facilitator, required_modules=frozenset({module_id}))

    page = round_page(context, join(context), round_.id)

    assert [(r.code, r.module_id, r.have, r.need) for r in page.missing] == [
        ("module_not_passed", module_id, 0, 1)
    ]
    assert round_page(context, facilitator, round_.id).missing == ()


def test_after_clearing_the_page_shows_awards_price_and_supply(context, clock, facilitator):
    round_, members, sold = cleared(context, clock, facilitator)

    page = round_page(context, members[2], round_.id)

    outcome = page.outcome
    assert [(r.award.quantity_kg, r.award.price_per_t, r.lot.id) for r in outcome.awards] == [
        (25_000, 4_000, sold[0][1].id),
        (25_011, 5_000, sold[1][1].id),
    ]
    assert outcome.awards[0].project.name_en.startswith("Test forest project")
    assert outcome.price == Fraction(25_000 * 4_000 + 25_011 * 5_000, 50_011)
    assert outcome.supply == ((4_000, 25_000), (5_000, 50_011), (6_500, 100_011))
    assert (outcome.bought_kg, outcome.void) == (50_011, 0)


def test_below_five_companies_neither_number_nor_demand_nor_limit_is_shown_to_members(
    context, clock, facilitator
):
    round_, members, _ = cleared(context, clock, facilitator)

    seen = round_page(context, members[0], round_.id).outcome
    at_the_desk = round_page(context, facilitator, round_.id).outcome

    assert (seen.participants, seen.demand) == (None, None)
    assert (seen.limit_per_t, seen.demand_kg, seen.left) == (None, None, None)
    assert at_the_desk.participants == 2
    assert (at_the_desk.limit_per_t, at_the_desk.demand_kg, at_the_desk.left) == (6_007, 50_011, 0)
    assert at_the_desk.demand == ((10_000, 30_000), (6_007, 50_011), (3_000, 60_011))


def test_from_five_companies_on_their_number_and_the_demand_are_shown(context, clock, facilitator):
    round_, members, _ = cleared(
        context, clock, facilitator, pledged=[(5_000, None, 0)] * 6, offered=OFFERS[:1]
    )

    seen = round_page(context, members[0], round_.id).outcome

    assert (seen.participants, seen.demand) == (6, ((10_000, 30_000),))


def test_no_step_of_the_demand_that_members_see_is_one_companys_pledge(context, clock, facilitator):
    """Six at 9,000, one alone at 7,000, and one that leaves for its minimum."""
    pledged = [(5_000, 9_000, 0)] * 6 + [(2_001, 7_000, 0), (20_000, 9_000, 20_000)]
    round_, members, _ = cleared(
        context, clock, facilitator, pledged=pledged, offered=[(30_000, 8_000, 0)]
    )

    seen = round_page(context, members[0], round_.id).outcome
    at_the_desk = round_page(context, facilitator, round_.id).outcome

    assert seen.demand == ((9_000, 30_000),)
    assert at_the_desk.demand == ((9_000, 50_000), (7_000, 52_001))
    record, _ = read_file(public_file(context, members[0], round_.id))
    assert [(step.limit_per_t, step.demand_kg) for step in record.demand] == list(seen.demand)


def test_before_clearing_there_is_no_outcome(context, clock, facilitator):
    round_, members, _ = a_market(context, facilitator, PLEDGES, OFFERS)

    page = round_page(context, members[0], round_.id)

    assert (page.outcome, page.papers, page.ended_because) == (None, (), None)


def test_each_finds_their_own_papers(context, clock, facilitator):
    round_, members, sold = cleared(context, clock, facilitator)
    record = Paper(kind="record", id=round_.id)

    def papers(actor):
        return [p.kind for p in round_page(context, actor, round_.id).papers]

    assert papers(members[0]) == papers(members[1]) == ["invoice", "record"]
    assert papers(sold[0][0]) == ["award_note", "record"]
    assert papers(members[2]) == papers(sold[2][0]) == ["record"]
    assert round_page(context, facilitator, round_.id).papers == (record,)


def test_a_cancelled_rounds_page_says_why(context, facilitator):
    round_ = pledging_round(context, facilitator)
    cancel_round(context, facilitator, request_id="c1", round_id=round_.id, reason="市況の急変")

    assert round_page(context, join(context), round_.id).ended_because == "市況の急変"


def test_a_failed_rounds_page_says_why_and_shows_the_supply(context, clock, facilitator):
    round_, members, _ = cleared(
        context, clock, facilitator, pledged=[(30_000, 2_000, 0)], offered=OFFERS[2:]
    )

    page = round_page(context, members[0], round_.id)

    assert page.ended_because == "nothing_bought"
    assert (page.outcome.awards, page.outcome.price) == ((), None)
    assert page.outcome.supply == ((6_500, 50_000),)


def test_a_round_that_does_not_exist_is_not_found(context, facilitator):
    with pytest.raises(NotFound):
        round_page(context, facilitator, "nowhere")


def test_a_members_page_costs_the_same_whatever_the_others_pledged(context, clock, facilitator):
    def rows_read(pledged):
        round_, members, _ = cleared(
            context, clock, facilitator, pledged=pledged, offered=OFFERS[:1]
        )
        move(context, round_, Phase.SETTLING)
        statements = []

        def count(_connection, cursor, statement, *_rest):
            statements.append(statement)

        event.listen(context.database.engine, "after_cursor_execute", count)
        round_page(context, members[0], round_.id)
        event.remove(context.database.engine, "after_cursor_execute", count)
        return len(statements)

    assert rows_read([(5_000, None, 0)] * 2) == rows_read([(5_000, None, 0)] * 12)
