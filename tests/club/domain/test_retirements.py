"""Whole units due, the surplus in custody, and whose kilograms a batch backs."""

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from club.domain.offers import Award, LotAwards, by_lot
from club.domain.retirements import backing, deliver, units_due
from club.domain.serials import Serials
from tests.builders import NOON

SHARES = st.dictionaries(
    st.sampled_from([f"org{n}" for n in range(9)]), st.integers(1, 5_000), min_size=1
)
UNITS = st.sampled_from([1, 10, 1_000])


def an_award(quantity_kg, price_per_t=5_000):
    return Award(
        id="award1",
        round_id="round1",
        offer_id="offer1",
        lot_id="lot1",
        supplier_id="supplier1",
        quantity_kg=quantity_kg,
        price_per_t=price_per_t,
        value_jpy=quantity_kg * price_per_t // 1_000,
    )


def a_delivery(quantity_kg, unit_kg, price_per_t=5_000):
    units = units_due(quantity_kg, unit_kg)
    serials = Serials(prefix="JC-", first=1_001, last=1_000 + units)
    bought = LotAwards(awards=(an_award(quantity_kg, price_per_t),))
    return deliver(bought, unit_kg, serials, id="delivery1", at=NOON, by="p1")


def test_232_900_kg_bought_are_233_units_delivered_and_100_kg_in_custody():
    delivery = a_delivery(232_900, 1_000, price_per_t=4_000)

    assert (delivery.units, delivery.custody_kg, delivery.custody_jpy) == (233, 100, 400)


@given(quantity_kg=st.integers(1, 10**9), unit_kg=UNITS, price_per_t=st.integers(1, 10**6))
def test_units_cover_the_award_to_less_than_one(quantity_kg, unit_kg, price_per_t):
    delivery = a_delivery(quantity_kg, unit_kg, price_per_t)

    assert delivery.units * unit_kg == quantity_kg + delivery.custody_kg
    assert 0 <= delivery.custody_kg < unit_kg
    assert delivery.custody_jpy * 1_000 <= delivery.custody_kg * price_per_t


def test_members_kilograms_lie_along_the_serials_and_the_surplus_at_the_end():
    delivery = a_delivery(2_900, 1_000)
    shares_kg = {"b": 1_500, "a": 1_000, "c": 400}

    found = [
        backing(delivery, Serials(prefix="JC-", first=n, last=n), shares_kg)
        for n in (1_001, 1_002, 1_003)
    ]

    assert [each.members_kg for each in found] == [
        {"a": 1_000},
        {"b": 1_000},
        {"b": 500, "c": 400},
    ]
    assert [each.unassigned_kg for each in found] == [0, 0, 100]


@given(shares_kg=SHARES, unit_kg=UNITS, data=st.data())
def test_ranges_that_make_up_a_delivery_back_every_share_exactly(shares_kg, unit_kg, data):
    delivery = a_delivery(sum(shares_kg.values()), unit_kg)
    cuts = data.draw(st.sets(st.integers(1, delivery.units), max_size=5)) | {delivery.units}
    backed, unassigned_kg, start = Counter(), 0, 0
    for end in sorted(cuts):
        serials = Serials(prefix="JC-", first=1_001 + start, last=1_000 + end)
        found = backing(delivery, serials, shares_kg)
        assert sum(found.members_kg.values()) + found.unassigned_kg == (end - start) * unit_kg
        assert all(kg > 0 for kg in found.members_kg.values())
        backed.update(found.members_kg)
        unassigned_kg += found.unassigned_kg
        start = end

    assert dict(backed) == shares_kg
    assert unassigned_kg == delivery.custody_kg


def test_the_steps_of_a_lot_are_delivered_together_and_the_surplus_costs_what_the_last_did():
    """1,500 kg at 4,000 and 1,400 kg at 5,000: three units, not two and two."""
    cheap, dear = an_award(1_500, 4_000), replace(an_award(1_400), id="award2")
    other = replace(an_award(100), id="award3", lot_id="lot0")

    (first, bought) = by_lot([dear, other, cheap])
    serials = Serials(prefix="JC-", first=1, last=3)
    delivery = deliver(bought, 1_000, serials, id="delivery1", at=NOON, by="p1")

    assert first.awards == (other,)
    assert bought.awards == (cheap, dear)
    assert (bought.quantity_kg, bought.value_jpy) == (2_900, 13_000)
    assert (delivery.units, delivery.custody_kg, delivery.custody_jpy) == (3, 100, 500)
