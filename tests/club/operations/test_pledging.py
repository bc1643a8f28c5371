"""Placing, approving and withdrawing pledges, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from club.domain.errors import (
    ClubError,
    NotAllowed,
    NotFound,
    PhaseRefused,
    Refused,
    StandingRefused,
    TermsRefused,
)
from club.domain.organisations import Kind, Role
from club.domain.pledges import PledgeState
from club.domain.rounds import Phase
from club.operations.organising import NewOrganisation, add_organisation
from club.operations.pledging import PledgeTerms, approve_pledge, place_pledge, withdraw_pledge
from club.store import journal, people, pledges, rounds
from tests.builders import TERMS as TERMS_VERSION
from tests.builders import a_person, a_round, actor_of, colleague, join, open_round

TERMS = PledgeTerms(quantity_kg=7_000, limit_per_t=None, minimum_kg=0)


@pytest.fixture
def member(context):
    return join(context)


def place(context, actor, round_, request_id="r1", terms=TERMS):
    return place_pledge(context, actor, request_id=request_id, round_id=round_.id, terms=terms)


def standing(context, round_):
    with context.database.read() as tx:
        return pledges.of_round(tx, round_.id)


def test_a_pledge_is_stored_with_its_history_and_its_link_in_the_chain(
    context, facilitator, member
):
    round_ = open_round(context, facilitator)

    pledge = place(context, member, round_)

    assert standing(context, round_) == [pledge]
    with context.database.read() as tx:
        assert pledges.history(tx, pledge.id) == [pledge]
        assert [link.kind for link in journal.links(tx, round_.id)] == ["pledge.placed"]


def test_a_second_pledge_replaces_the_first_and_its_history_stays(context, facilitator, member):
    round_ = open_round(context, facilitator)

    first = place(context, member, round_)
    second = place(context, member, round_, "r2", replace(TERMS, quantity_kg=9_000))

    assert standing(context, round_) == [second]
    assert (second.id, second.version) == (first.id, 2)
    with context.database.read() as tx:
        assert [p.quantity_kg for p in pledges.history(tx, first.id)] == [7_000, 9_000]


def test_the_same_request_twice_is_one_pledge(context, facilitator, member):
    round_ = open_round(context, facilitator)

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: place(context, member, round_), range(4)))

    assert made == [made[0]] * 4
    with context.database.read() as tx:
        assert len(pledges.history(tx, made[0].id)) == 1


def test_sixty_pledges_of_7_t_at_once_into_a_round_of_100_t_give_98_t(context, facilitator):
    round_ = open_round(context, facilitator, maximum_kg=100_000)
    members = [join(context) for _ in range(60)]

    def try_to_place(member):
        try:
            place(context, member, round_)
        except TermsRefused as refusal:
            return refusal.code, refusal.facts["left_kg"]
        return "placed", None

    with ThreadPoolExecutor(16) as threads:
        outcomes = list(threads.map(try_to_place, members))

    assert outcomes.count(("placed", None)) == 14
    assert outcomes.count(("pool_full", 2_000)) == 46
    with context.database.read() as tx:
        assert pledges.pooled(tx, round_.id) == (98_000, 14)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (replace(TERMS, quantity_kg=99), "below_member_minimum"),
        (replace(TERMS, quantity_kg=100_001), "above_member_maximum"),
        (replace(TERMS, minimum_kg=7_001), "minimum_above_quantity"),
        (replace(TERMS, limit_per_t=10_001), "limit_above_ceiling"),
        (replace(TERMS, limit_per_t=0), "not_positive"),
        (replace(TERMS, limit_per_t=-5), "not_positive"),
        (replace(TERMS, minimum_kg=-1), "not_positive"),
        (replace(TERMS, quantity_kg=-7), "below_member_minimum"),
    ],
)
def test_terms_outside_the_rounds_are_refused_and_nothing_is_stored(
    context, facilitator, member, terms, code
):
    round_ = open_round(context, facilitator)

    with pytest.raises(Refused) as refusal:
        place(context, member, round_, terms=terms)

    assert refusal.value.code == code
    assert standing(context, round_) == []


def test_a_pledge_at_the_closing_instant_is_in_and_later_it_is_refused(
    context, clock, facilitator, member
):
    round_ = open_round(context, facilitator)
    clock.at = round_.pledging_closes_at

    place(context, member, round_)
    clock.forward(microseconds=1)

    with pytest.raises(PhaseRefused) as refusal:
        place(context, member, round_, "r2")
    assert refusal.value.code == "pledging_closed"
    assert refusal.value.facts["now_at"] == clock.at


def test_without_a_pass_on_the_required_module_the_gate_names_the_module(
    context, facilitator, member
):
    module_id = next(iter(context.modules))
    round_ = open_round(context, facilitator, required_modules=frozenset({module_id}))

    with pytest.raises(StandingRefused) as refusal:
        place(context, member, round_)

    assert refusal.value.code == "module_not_passed"
    assert refusal.value.facts["module_id"] == module_id


def test_a_pledge_proposed_by_one_counts_once_another_approved_it(context, facilitator):
    proposer = join(context, Kind.MEMBER, Role.BUYER, Role.APPROVER, needs_approval=True)
    approver = colleague(context, proposer, Role.APPROVER)
    round_ = open_round(context, facilitator)

    proposed = place(context, proposer, round_)
    with pytest.raises(StandingRefused) as refusal:
        approve_pledge(context, proposer, request_id="r2", round_id=round_.id)
    with context.database.read() as tx:
        before = pledges.pooled(tx, round_.id)
    approved = approve_pledge(context, approver, request_id="r3", round_id=round_.id)
    with context.database.read() as tx:
        after = pledges.pooled(tx, round_.id)

    assert proposed.state is PledgeState.PROPOSED
    assert refusal.value.code == "needs_another_person"
    assert (before, after) == ((0, 0), (7_000, 1))
    assert approved.approved_by == approver.person_id


def test_only_what_was_seen_is_approved(context, facilitator):
    proposer = join(context, Kind.MEMBER, Role.BUYER, needs_approval=True)
    approver = colleague(context, proposer, Role.APPROVER)
    round_ = open_round(context, facilitator)
    seen = place(context, proposer, round_)
    place(context, proposer, round_, "r2", replace(TERMS, quantity_kg=90_000))

    with pytest.raises(TermsRefused) as refusal:
        approve_pledge(context, approver, request_id="r3", round_id=round_.id, version=seen.version)

    assert refusal.value.code == "changed_meanwhile"
    assert [p.state for p in standing(context, round_)] == [PledgeState.PROPOSED]


def test_a_withdrawn_pledge_does_not_count_and_can_be_placed_again(context, facilitator, member):
    round_ = open_round(context, facilitator)

    place(context, member, round_)
    withdraw_pledge(context, member, request_id="r2", round_id=round_.id)
    with context.database.read() as tx:
        withdrawn = pledges.pooled(tx, round_.id)
    again = place(context, member, round_, "r3")

    assert withdrawn == (0, 0)
    assert (again.state, again.version) == (PledgeState.PLACED, 3)


def test_who_belongs_to_an_invited_supplier_cannot_buy(context, facilitator):
    supplier = join(context, Kind.SUPPLIER)
    daughter = join(context, affiliated_with=supplier.organisation_id)
    round_ = open_round(context, facilitator)
    with context.database.write() as tx:
        rounds.invite(
            tx, round_.id, supplier.organisation_id, at=round_.created_at, by=facilitator.person_id
        )

    with pytest.raises(StandingRefused) as refusal:
        place(context, daughter, round_)

    assert refusal.value.code == "buyer_and_seller"


@pytest.mark.parametrize("kind", [Kind.SUPPLIER, Kind.OPERATOR])
def test_who_is_no_member_cannot_pledge(context, facilitator, kind):
    round_ = open_round(context, facilitator)

    with pytest.raises(NotAllowed):
        place(context, join(context, kind), round_)


def test_a_person_switched_off_cannot_pledge_with_the_rights_they_had(context, facilitator, member):
    round_ = open_round(context, facilitator)
    with context.database.write() as tx:
        person = people.person(tx, member.person_id)
        people.change_person(tx, replace(person, is_active=False))

    with pytest.raises(NotAllowed):
        place(context, member, round_)


def test_a_round_that_does_not_exist_is_not_found(context, facilitator, member):
    round_ = a_round(facilitator, id="nowhere")

    with pytest.raises(NotFound):
        place(context, member, round_)


def test_one_cannot_withdraw_anothers_pledge(context, facilitator, member):
    round_ = open_round(context, facilitator)
    place(context, member, round_)

    with pytest.raises(ClubError):
        withdraw_pledge(context, join(context), request_id="r1", round_id=round_.id)

    assert [p.state for p in standing(context, round_)] == [PledgeState.PLACED]


def test_a_draft_is_not_there_for_members_and_tells_them_nothing(context, facilitator, member):
    required = frozenset({next(iter(context.modules))})
    draft = open_round(context, facilitator, phase=Phase.DRAFT, required_modules=required)

    with pytest.raises(NotFound):
        place(context, member, draft)


def test_one_pledges_for_the_organisation_one_belongs_to_and_no_other(context, facilitator, member):
    round_ = open_round(context, facilitator)
    other = join(context)

    pledge = place(context, replace(member, organisation_id=other.organisation_id), round_)

    assert pledge.organisation_id == member.organisation_id


def test_of_a_family_three_deep_none_buys_where_another_sells(context, facilitator):
    mother = join(context, Kind.SUPPLIER)
    daughter = add_organisation(
        context, facilitator, a_member_of(mother.organisation_id), request_id="o1"
    )
    granddaughter = add_organisation(
        context, facilitator, a_member_of(daughter.id), request_id="o2"
    )
    round_ = open_round(context, facilitator)
    with context.database.write() as tx:
        buyer = a_person(granddaughter, Role.BUYER)
        people.add_person(tx, buyer)
        people.accept(tx, granddaughter.id, TERMS_VERSION, at=round_.created_at, by=buyer.id)
        rounds.invite(
            tx, round_.id, mother.organisation_id, at=round_.created_at, by=facilitator.person_id
        )

    with pytest.raises(StandingRefused) as refusal:
        place(context, actor_of(buyer, granddaughter), round_)

    assert refusal.value.code == "buyer_and_seller"


def a_member_of(family):
    return NewOrganisation(
        kind=Kind.MEMBER, name_ja="娘株式会社", name_en="Daughter KK", affiliated_with=family
    )
