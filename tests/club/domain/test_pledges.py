"""Laws of the pool."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from club.domain import pledges as rules
from club.domain.errors import TermsRefused
from club.domain.organisations import Actor, Kind, Role
from club.domain.pledges import Pledge, PledgeState
from tests.builders import NOON, a_round

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
CAPPED = a_round(BY, maximum_kg=100_000, member_minimum_kg=1, member_maximum_kg=100_000)


def a_pledge(company, quantity_kg):
    return Pledge(
        id=f"of {company}",
        round_id=CAPPED.id,
        organisation_id=company,
        quantity_kg=quantity_kg,
        limit_per_t=None,
        minimum_kg=0,
        state=PledgeState.PLACED,
        placed_at=NOON,
        placed_by="p",
    )


wishes = st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(1, 60_000)), max_size=20)


@given(wishes)
def test_the_pool_never_passes_its_cap_and_a_company_holds_one_pledge(wishes):
    standing = {}
    for company, quantity_kg in wishes:
        try:
            taken = rules.place(
                CAPPED, standing.values(), a_pledge(company, quantity_kg), needs_approval=False
            )
        except TermsRefused as refusal:
            left_kg = refusal.facts["left_kg"]
            own_kg = standing[company].quantity_kg if company in standing else 0
            free_kg = 100_000 - rules.pool_kg(standing.values()) + own_kg
            assert quantity_kg > free_kg
            assert left_kg == free_kg // 100 * 100
            continue
        standing[company] = taken

    assert rules.pool_kg(standing.values()) <= 100_000


def test_a_proposed_pledge_does_not_count():
    proposed = rules.place(CAPPED, [], a_pledge("a", 5_000), needs_approval=True)

    assert proposed.state is PledgeState.PROPOSED
    assert rules.pool_kg([proposed]) == 0


def test_withdrawing_gives_the_room_back():
    pledge = a_pledge("a", 100_000)
    withdrawn = rules.withdraw(CAPPED, pledge, at=NOON, by="p")

    taken = rules.place(CAPPED, [withdrawn], a_pledge("b", 100_000), needs_approval=False)

    assert rules.pool_kg([withdrawn, taken]) == 100_000
    assert replace(withdrawn, state=PledgeState.PLACED, version=1) == pledge
