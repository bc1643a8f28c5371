"""What stands of a round, clearing by clearing, before and after awards fall away."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from club.domain.tranches import owed_jpy, totals_kg, tranches
from tests.club.domain.test_settlement import SEED, markets


@given(markets())
def test_while_nothing_has_fallen_all_is_owed_as_it_was_shared(market):
    awards, allocations, amounts_jpy = market

    (whole,) = tranches(awards, allocations, SEED)

    assert (whole.number, whole.awards, whole.allocations) == (
        1,
        tuple(awards),
        tuple(allocations),
    )
    owed = {member: owed for member, owed in amounts_jpy.items() if owed}
    assert {member: owed for member, owed in whole.amounts_jpy.items() if owed} == owed


@given(markets(), st.data())
def test_after_a_fall_what_stands_is_shared_as_before_and_owed_to_the_yen(market, data):
    awards, allocations, _ = market
    later = data.draw(st.sets(st.sampled_from(awards).map(lambda award: award.id)))
    fallen = data.draw(st.sets(st.sampled_from(awards).map(lambda award: award.id)))
    stands = [
        replace(award, clearing_number=2 if award.id in later else 1)
        for award in awards
        if award.id not in fallen
    ]

    parts = tranches(stands, allocations, SEED)

    assert [award for part in parts for award in part.awards] == sorted(
        stands, key=lambda award: award.clearing_number
    )
    for part in parts:
        got_kg = Counter()
        for share in part.allocations:
            got_kg[share.award_id] += share.quantity_kg
        assert got_kg == {award.id: award.quantity_kg for award in part.awards}
        assert sum(part.amounts_jpy.values()) == part.value_jpy
        assert part.amounts_jpy.keys() == totals_kg(part.allocations).keys()
    assert sum(owed_jpy(parts).values()) == sum(award.value_jpy for award in stands)
