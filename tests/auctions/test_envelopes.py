"""What goes into an envelope, and the offers that come out of it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auctions.canonical import canonical_bytes
from auctions.envelopes import (
    MOST_STEPS,
    OfferTerms,
    Sender,
    Step,
    one_price,
    sealed_facts,
    step_id,
    terms_inside,
    unpacked,
)
from auctions.offers import Lot, by_sequence
from auctions.scoring import Answer, Criterion

CRITERIA = tuple(
    Criterion(
        id=id,
        name_ja="",
        name_en="",
        answers=tuple(
            Answer(id="a" * length, name_ja="", name_en="", value=Fraction(0))
            for length in (1, 7, 32)
        ),
    )
    for id in ("c1", "c2")
)
KG, PER_T = st.integers(1, 10**12), st.integers(1, 10**9)


@st.composite
def offers_of(draw, criteria):
    prices = sorted(draw(st.sets(PER_T, min_size=1, max_size=MOST_STEPS)))
    steps = tuple(Step(quantity_kg=draw(KG), price_per_t=per_t) for per_t in prices)
    answers = {c.id: draw(st.sampled_from(c.answers)).id for c in criteria}
    minimum_kg = draw(st.integers(0, 10**12))
    return OfferTerms(steps=steps, minimum_kg=minimum_kg, answers=tuple(sorted(answers.items())))


def facts_of(terms, criteria=()):
    return sealed_facts(terms, criteria, round_id="r", lot_id="l", supplier_id="s")


@pytest.mark.parametrize("criteria", [(), CRITERIA])
@given(data=st.data())
def test_every_envelope_is_as_long_as_any_other_and_gives_back_what_went_in(criteria, data):
    terms = data.draw(offers_of(criteria))
    shortest = OfferTerms(
        steps=(Step(quantity_kg=1, price_per_t=1),), answers=tuple((c.id, "a") for c in criteria)
    )

    facts = facts_of(terms, criteria)

    assert len(canonical_bytes(facts)) == len(canonical_bytes(facts_of(shortest, criteria)))
    assert terms_inside(facts) == terms


@pytest.mark.parametrize(
    "given",
    [
        {"steps": []},
        {"steps": "all"},
        {"steps": [[1, 2]]},
        {"steps": [{"quantity_kg": 1}]},
        {"steps": [{"quantity_kg": 1, "price_per_t": 1.0}]},
        {"steps": [{"quantity_kg": 0, "price_per_t": 1}]},
        {"steps": [{"quantity_kg": True, "price_per_t": 1}]},
        {"steps": [{"quantity_kg": 1, "price_per_t": 2}, {"quantity_kg": 1, "price_per_t": 2}]},
        {"steps": [{"quantity_kg": 1, "price_per_t": n} for n in range(1, MOST_STEPS + 2)]},
        {"minimum_kg": -1},
        {"minimum_kg": None},
        {"answers": None},
        {"answers": {"c1": 1}},
    ],
)
def test_what_is_not_what_it_should_be_is_no_offer(given):
    with pytest.raises(ValueError, match=r"steps?|prices|kg|per_t|answers"):
        terms_inside(facts_of(one_price(1, 1)) | given)


SENDER = Sender(id="e", supplier="s", project="p", lot="l", sequence=7, quantity_bound_kg=1_000)


def test_one_step_carries_the_minimum_itself():
    lot, (offer,) = unpacked(SENDER, one_price(600, 4_000, 500))

    assert lot == Lot("l", 1_000)
    assert (offer.id, offer.quantity_kg, offer.price_per_t, offer.minimum_kg) == (
        "e",
        600,
        4_000,
        500,
    )


def test_of_several_steps_the_lot_carries_it_and_they_keep_their_order():
    steps = tuple(Step(quantity_kg=10, price_per_t=n) for n in range(1, MOST_STEPS + 1))

    lot, offers = unpacked(SENDER, OfferTerms(steps=steps, minimum_kg=50))

    assert lot == Lot("l", 1_000, 50)
    assert {offer.minimum_kg for offer in offers} == {0}
    assert [offer.id for offer in offers[:2]] == ["e", "e-02"]
    assert by_sequence(reversed(offers)) == offers
    assert step_id("e", MOST_STEPS - 1) == "e-10"
