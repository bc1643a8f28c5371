from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.clearing import clear
from auctions.offers import Claim
from tests.auctions.books import CEILING, SEED
from tests.auctions.ruled_books import excess, purchases, ruled_books

LIMITS = range(5)


@settings(max_examples=150, deadline=None)
@given(ruled_books(soft=False), st.lists(st.integers(1, 5), min_size=5, max_size=5))
def test_no_limit_is_bounded_below_what_could_be_bought_at_it(book, kilograms):
    _, lots, offers, rules = book
    claims = [Claim(f"at {limit}", kilograms[limit], 0, limit) for limit in LIMITS]

    clearing = clear(claims, lots, offers, rules=rules, ceiling_per_t=CEILING, seed=SEED)

    for row in clearing.passes[0].tried:
        possible = [
            sum(bought.values())
            for bought in purchases(lots, offers, row.limit_per_t, row.demand_kg)
            if not any(excess(rule, offers, bought) for rule in rules)
        ]
        bounds = [kg for kg in (row.bound_kg, row.rules_kg) if kg is not None]
        assert max(possible) <= min(bounds)
