"""What an offer must keep to."""

from dataclasses import replace

import pytest

from auctions.envelopes import MOST_STEPS, OfferTerms, Step, one_price
from club.domain.auction_terms import AuctionTerms
from club.domain.errors import InputRefused, TermsRefused
from club.domain.offers import require_terms
from club.domain.organisations import Actor, Kind, Role
from club.domain.rounds import Phase
from tests.builders import NOON, a_round
from tests.club.domain.test_auction_terms import QUALITY
from tests.club.domain.test_lots import a_lot

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
BIDDING = a_round(BY, phase=Phase.BIDDING)
TERMS = one_price(2_000, 10_000, 2_000)


def in_steps(*steps, minimum_kg=0):
    return OfferTerms(
        steps=tuple(Step(quantity_kg=kg, price_per_t=per_t) for kg, per_t in steps),
        minimum_kg=minimum_kg,
    )


def test_the_whole_lot_at_the_ceiling_or_nothing_is_a_good_offer():
    assert require_terms(BIDDING, a_lot(), TERMS, elsewhere_kg=0, at=NOON) is None


@pytest.mark.parametrize(
    ("terms", "elsewhere_kg", "code"),
    [
        (one_price(2_000, 10_001), 0, "price_above_ceiling"),
        (replace(TERMS, minimum_kg=2_001), 0, "minimum_above_quantity"),
        (TERMS, 1, "lot_exhausted"),
        (one_price(2_001, 10_000), 0, "lot_exhausted"),
        (in_steps((1_000, 5_000), (1_001, 6_000)), 0, "lot_exhausted"),
        (in_steps((1_000, 9_000), (1_000, 10_001)), 0, "price_above_ceiling"),
        (in_steps((1_000, 6_000), (1_000, 6_000)), 0, "prices_not_rising"),
        (in_steps((1_000, 6_000), (1_000, 5_999)), 0, "prices_not_rising"),
        (in_steps((500, 5_000), (500, 6_000), minimum_kg=1_001), 0, "minimum_above_quantity"),
        (in_steps(*((1, n) for n in range(1, MOST_STEPS + 2))), 0, "too_many_steps"),
    ],
)
def test_offers_outside_the_terms_are_refused(terms, elsewhere_kg, code):
    with pytest.raises(TermsRefused) as refusal:
        require_terms(BIDDING, a_lot(), terms, elsewhere_kg=elsewhere_kg, at=NOON)

    assert refusal.value.code == code


def test_steps_share_the_lot_and_one_minimum():
    steps = in_steps(*((200, 5_000 + n) for n in range(MOST_STEPS)), minimum_kg=1_999)

    assert require_terms(BIDDING, a_lot(), steps, elsewhere_kg=0, at=NOON) is None
    assert (steps.quantity_kg, steps.dearest_per_t) == (2_000, 5_000 + MOST_STEPS - 1)


@pytest.mark.parametrize(
    ("terms", "code", "facts"),
    [
        (OfferTerms(steps=()), "missing", {"field": "quantity_kg"}),
        (one_price(0, 1), "not_positive", {"field": "quantity_kg"}),
        (one_price(1, 0), "not_positive", {"field": "price_per_t"}),
        (one_price(1, 1, -1), "not_positive", {"field": "minimum_kg"}),
        (in_steps((1, 1), (0, 2)), "not_positive", {"field": "quantity_kg", "place": "#2"}),
    ],
)
def test_what_is_not_above_zero_is_refused_at_its_step(terms, code, facts):
    with pytest.raises(InputRefused) as refusal:
        require_terms(BIDDING, a_lot(), terms, elsewhere_kg=0, at=NOON)

    assert (refusal.value.code, refusal.value.facts) == (code, facts)


@pytest.mark.parametrize(
    ("answers", "facts"),
    [
        ((), {"field": "criteria", "place": "#1"}),
        ((("q", "maybe"),), {"field": "criteria", "place": "#1"}),
        ((("q", "yes"), ("z", "yes")), {"field": "criteria"}),
    ],
)
def test_every_criterion_of_the_round_is_answered(answers, facts):
    asking = replace(BIDDING, auction=AuctionTerms(criteria=(QUALITY,)))
    answered = replace(TERMS, answers=(("q", "yes"),))

    assert require_terms(asking, a_lot(), answered, elsewhere_kg=0, at=NOON) is None
    with pytest.raises(InputRefused) as refusal:
        require_terms(asking, a_lot(), replace(TERMS, answers=answers), elsewhere_kg=0, at=NOON)
    assert (refusal.value.code, refusal.value.facts) == ("not_answered", facts)
