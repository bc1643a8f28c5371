"""What an offer must keep to."""

from dataclasses import replace

import pytest

from club.domain.errors import TermsRefused
from club.domain.offers import OfferTerms, require_terms
from club.domain.organisations import Actor, Kind, Role
from club.domain.rounds import Phase
from tests.builders import NOON, a_round
from tests.club.domain.test_lots import a_lot

BY = Actor(person_id="p", organisation_id="o", kind=Kind.OPERATOR, roles=frozenset(Role))
BIDDING = a_round(BY, phase=Phase.BIDDING)
TERMS = OfferTerms(quantity_kg=2_000, price_per_t=10_000, minimum_kg=2_000)


def test_the_whole_lot_at_the_ceiling_or_nothing_is_a_good_offer():
    assert require_terms(BIDDING, a_lot(), TERMS, elsewhere_kg=0, at=NOON) is None


@pytest.mark.parametrize(
    ("terms", "elsewhere_kg", "code"),
    [
        (replace(TERMS, price_per_t=10_001), 0, "price_above_ceiling"),
        (replace(TERMS, minimum_kg=2_001), 0, "minimum_above_quantity"),
        (TERMS, 1, "lot_exhausted"),
        (replace(TERMS, quantity_kg=2_001, minimum_kg=0), 0, "lot_exhausted"),
    ],
)
def test_offers_outside_the_terms_are_refused(terms, elsewhere_kg, code):
    with pytest.raises(TermsRefused) as refusal:
        require_terms(BIDDING, a_lot(), terms, elsewhere_kg=elsewhere_kg, at=NOON)

    assert refusal.value.code == code
