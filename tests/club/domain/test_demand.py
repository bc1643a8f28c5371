"""What may be seen of the pool."""

from hypothesis import given
from hypothesis import strategies as st

from club.domain.demand import shown_pool, what_if

kilograms = st.integers(0, 10**9)


def test_the_pool_is_shown_in_tenths_and_companies_from_five_on():
    shown = shown_pool(12_999, 4, 10_000)

    assert (shown.tenths, shown.shown_kg, shown.companies) == (12, 12_000, None)
    assert shown_pool(12_999, 5, 10_000).companies == 5


@given(kilograms, st.integers(1, 10**9))
def test_the_shown_pool_is_never_more_than_the_pool_nor_a_tenth_less(pool_kg, goal_kg):
    shown = shown_pool(pool_kg, 0, goal_kg)

    assert shown.shown_kg <= pool_kg
    assert (pool_kg - shown.shown_kg) * 10 <= goal_kg + 10


@given(kilograms, kilograms, kilograms, st.integers(1, 10**6))
def test_nobody_would_get_more_than_they_pledged_or_than_there_is(
    own_kg, shown_kg, supply_kg, price_per_t
):
    outcome = what_if(
        own_kg=own_kg,
        own_limit_per_t=None,
        shown_kg=shown_kg,
        price_per_t=price_per_t,
        supply_kg=supply_kg,
    )

    assert outcome.quantity_kg <= min(own_kg, supply_kg)


def test_half_the_supply_gives_half_the_pledge_and_above_the_limit_nothing():
    terms = {"own_kg": 500, "own_limit_per_t": 6_000, "shown_kg": 10_000, "supply_kg": 5_000}

    assert what_if(**terms, price_per_t=5_000).quantity_kg == 250
    assert what_if(**terms, price_per_t=5_000).total_jpy == 1_250
    assert what_if(**terms, price_per_t=6_001).quantity_kg == 0


def test_where_my_part_falls_short_of_my_minimum_i_get_nothing_and_am_told_why():
    """A quarter of 500 kg is 125: enough for 125, and not for 126."""
    terms = {"own_kg": 500, "own_limit_per_t": 6_000, "shown_kg": 10_000, "supply_kg": 2_500}

    enough = what_if(**terms, price_per_t=5_000, own_minimum_kg=125)
    short = what_if(**terms, price_per_t=5_000, own_minimum_kg=126)
    dear = what_if(**terms, price_per_t=6_001, own_minimum_kg=126)

    assert (enough.quantity_kg, enough.is_below_minimum) == (125, False)
    assert (short.quantity_kg, short.total_jpy, short.is_below_minimum) == (0, 0, True)
    assert (dear.is_above_limit, dear.is_below_minimum) == (True, False)


def test_without_a_pledge_and_a_pool_there_is_nothing_to_get():
    nothing = what_if(
        own_kg=0, own_limit_per_t=None, shown_kg=0, price_per_t=5_000, supply_kg=1_000
    )

    assert (nothing.quantity_kg, nothing.is_above_limit, nothing.is_below_minimum) == (
        0,
        False,
        False,
    )
