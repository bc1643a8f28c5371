from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from auctions.checks import check
from auctions.clearing import clear
from auctions.curves import limit_of
from auctions.offers import BadBook, Claim, Lot
from auctions.record import document_bytes, result_document
from tests.auctions.books import (
    CEILING,
    SEED,
    an_offer,
    books,
    clear_by_enumeration,
    cleared,
    whole_lots,
    won,
)

PLEDGES_KG = {
    "aoi": 55_000,
    "biwa": 7_800,
    "chikuma": 36_100,
    "daisen": 6_800,
    "ebisu": 37_100,
    "fuji": 27_600,
    "ginza": 6_300,
    "hakone": 31_200,
    "izumo": 25_000,
}


def test_among_limits_that_buy_the_same_for_the_same_more_members_win():
    claims = [Claim("high", 10, limit_per_t=100), Claim("low", 10, limit_per_t=50)]
    offers = [an_offer("cheap", 10, 40), an_offer("dear", 10, 90)]

    clearing = cleared((claims, whole_lots(offers), offers))

    assert won(clearing) == {"cheap": 10}
    assert clearing.limit_per_t == 50
    assert clearing.totals_kg == {"high": 5, "low": 5}
    assert clearing.member_price_per_t == 40


def test_a_dear_offer_does_not_live_off_the_blend():
    claims = [Claim("high", 15, limit_per_t=100), Claim("low", 10, limit_per_t=50)]
    offers = [an_offer("cheap", 10, 40), an_offer("dear", 10, 90)]

    clearing = cleared((claims, whole_lots(offers), offers))

    assert won(clearing) == {"cheap": 10, "dear": 5}
    assert clearing.limit_per_t == 100
    assert clearing.participants == ("high",)
    assert clearing.member_price_per_t == Fraction(170, 3)


def test_nine_members_share_two_lots_to_the_kilogram():
    claims = [Claim(id, kg) for id, kg in PLEDGES_KG.items()]
    offers = [an_offer("forest", 117_000, 3_000), an_offer("biochar", 116_000, 9_000, 2)]

    clearing = cleared((claims, whole_lots(offers), offers))

    assert won(clearing) == {"forest": 117_000, "biochar": 115_900}
    assert clearing.bought_kg == 232_900
    assert clearing.totals_kg == PLEDGES_KG
    assert clearing.value == 117 * 3_000 + 115_900 * 9_000 // 1_000
    assert sum(clearing.amounts.values()) == clearing.value
    assert clearing.shares["aoi"] == {"forest": 27_630, "biochar": 27_370}
    assert [run.left for run in clearing.passes] == [None]


def test_cheaper_offers_come_first_and_equal_prices_in_order_of_acknowledgement():
    offers = [
        an_offer("late", 10, 500, 3),
        an_offer("early", 10, 500, 2),
        an_offer("cheap", 10, 400, 9),
    ]

    clearing = cleared(([Claim("a", 15)], whole_lots(offers), offers))

    assert won(clearing) == {"early": 5, "cheap": 10}
    assert [award.offer for award in clearing.awards] == ["early", "cheap"]


def test_an_all_or_nothing_offer_that_does_not_fit_gives_way():
    offers = [an_offer("whole", 10, 400, 1, minimum_kg=10), an_offer("open", 8, 900, 2)]

    clearing = cleared(([Claim("a", 8)], whole_lots(offers), offers))

    assert won(clearing) == {"open": 8}


def test_more_kilograms_are_worth_a_higher_cost():
    offers = [
        an_offer("small", 6, 100, 1, minimum_kg=6),
        an_offer("large", 9, 900, 2, minimum_kg=9),
    ]

    clearing = cleared(([Claim("a", 10)], whole_lots(offers), offers))

    assert won(clearing) == {"large": 9}
    assert clearing.passes[0].tried[0].proof == "search"


def test_price_steps_stay_within_their_lot():
    offers = [
        an_offer("first step", 10, 100, 1, lot="lot"),
        an_offer("second step", 10, 200, 1, lot="lot"),
        an_offer("rival", 10, 300, 2),
    ]

    clearing = cleared(([Claim("a", 20)], [Lot("lot", 15), Lot("rival", 10)], offers))

    assert won(clearing) == {"first step": 10, "second step": 5, "rival": 5}


def test_a_lot_below_its_minimum_is_not_bought():
    offers = [an_offer("step", 4, 100, 1, lot="lot"), an_offer("rival", 10, 300, 2)]

    clearing = cleared(([Claim("a", 4)], [Lot("lot", 15, 5), Lot("rival", 10)], offers))

    assert won(clearing) == {"rival": 4}


def test_an_offer_above_the_ceiling_is_not_bought_even_without_limits():
    offers = [an_offer("dear", 10, CEILING + 1)]

    clearing = cleared(([Claim("a", 10)], whole_lots(offers), offers))

    assert (clearing.bought_kg, clearing.limit_per_t, clearing.participants) == (0, None, ())
    assert clearing.member_price_per_t is None


def test_the_claim_with_the_largest_minimum_for_its_size_leaves_first():
    claims = [Claim("whole", 60, 60), Claim("most", 30, 20), Claim("any", 10)]
    offers = [an_offer("only", 50, 100)]

    clearing = cleared((claims, whole_lots(offers), offers))

    assert clearing.left == ("whole",)
    assert clearing.passes[0].left_quota == 30
    assert clearing.totals_kg == {"any": 10, "most": 30}
    assert [run.bought_kg for run in clearing.passes] == [50, 40]


def test_of_equal_minimums_one_leaves_by_draw_and_the_other_may_stay():
    claims = [Claim("a", 50, 50), Claim("b", 50, 50)]
    offers = [an_offer("only", 50, 100)]

    by_seed = {
        cleared((claims, whole_lots(offers), offers), seed=bytes([n]) * 32).participants
        for n in range(20)
    }

    assert by_seed == {("a",), ("b",)}


def test_what_is_missing_from_what_was_wanted_is_told():
    offers = [an_offer("only", 50, 100)]

    clearing = cleared(([Claim("a", 80)], whole_lots(offers), offers), wanted_kg=60)

    assert clearing.short_kg == 10


def test_an_unknown_pricing_is_refused():
    with pytest.raises(BadBook) as refusal:
        cleared(([], [], []), pricing="by mood")

    assert refusal.value.code == "unknown_pricing"


def test_a_limit_that_cannot_beat_the_best_shows_its_bound_instead_of_a_result():
    claims = [Claim("high", 15, limit_per_t=100), Claim("low", 10, limit_per_t=50)]
    offers = [an_offer("cheap", 10, 40), an_offer("dear", 10, 90)]

    high, low = cleared((claims, whole_lots(offers), offers)).passes[0].tried

    assert (high.limit_per_t, high.bought_kg, high.bound_kg) == (100, 15, 15)
    assert (low.limit_per_t, low.bought_kg, low.bound_kg) == (50, None, 10)


def test_a_large_book_clears():
    offers = [
        an_offer(f"{n:05}", 1_000 + n % 7, 1_000 + n * 7_919 % 8_000, n) for n in range(10_000)
    ]
    claims = [Claim(f"{n}", 1_000, limit_per_t=2_000 + n) for n in range(200)]

    clearing = cleared((claims, whole_lots(offers), offers))

    assert clearing.bought_kg == 200_000


@given(books())
@settings(deadline=None)
def test_every_clearing_passes_the_checks(book):
    check(cleared(book), *book, ceiling_per_t=CEILING, seed=SEED)


@given(books())
@settings(deadline=None)
def test_kilograms_and_money_balance(book):
    clearing = cleared(book)

    assert sum(clearing.totals_kg.values()) == clearing.bought_kg
    assert sum(clearing.amounts.values()) == sum(award.value for award in clearing.awards)
    for award in clearing.awards:
        column = [row[award.offer] for row in clearing.shares.values()]
        assert sum(column) == award.quantity_kg


@given(books())
@settings(deadline=None)
def test_nobody_gets_more_than_pledged_or_pays_above_the_limit(book):
    clearing = cleared(book)

    for claim in book[0]:
        kg = clearing.totals_kg.get(claim.id, 0)
        assert kg <= claim.quantity_kg
        if claim.id in clearing.participants:
            limit = limit_of(claim, CEILING)
            assert kg >= claim.minimum_kg
            assert clearing.member_price_per_t <= limit
            assert max(award.price_per_t for award in clearing.awards) <= limit


@given(books())
@settings(deadline=None)
def test_everyone_who_would_pay_for_the_dearest_kilogram_takes_part(book):
    clearing = cleared(book)
    assume(clearing.awards)
    dearest = max(award.price_per_t for award in clearing.awards)

    willing = {claim.id for claim in book[0] if limit_of(claim, CEILING) >= dearest}

    assert set(clearing.participants) == willing - set(clearing.left)


@given(books(), st.randoms(use_true_random=False))
@settings(deadline=None)
def test_the_order_of_the_lists_does_not_matter(book, chance):
    shuffled = tuple(chance.sample(rows, len(rows)) for rows in book)

    documents = [
        document_bytes(result_document(*rows, cleared(rows), ceiling_per_t=CEILING, seed=SEED))
        for rows in (book, shuffled)
    ]

    assert documents[0] == documents[1]


@given(books(most_offers=4, most_kg=4, most_price=3))
@settings(max_examples=60, deadline=None)
def test_clearing_agrees_with_plain_enumeration(book):
    claims, lots, offers = book
    ratios = [Fraction(claim.minimum_kg, claim.quantity_kg) for claim in claims]
    assume(len(set(ratios) - {0}) == len([ratio for ratio in ratios if ratio]))

    clearing = clear(claims, lots, offers, ceiling_per_t=4, seed=SEED)

    expected = clear_by_enumeration(claims, lots, offers, ceiling_per_t=4)
    assert (won(clearing), clearing.participants) == expected
