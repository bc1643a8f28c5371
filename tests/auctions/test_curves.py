from auctions.curves import demand_curve, supply_at, supply_curve
from auctions.offers import Claim, Lot
from tests.auctions.books import an_offer


def test_demand_adds_up_from_the_highest_limit_down():
    claims = [Claim("a", 10, limit_per_t=50), Claim("b", 20), Claim("c", 5, limit_per_t=70)]

    assert list(demand_curve(claims, 100).items()) == [(100, 20), (70, 25), (50, 35)]


def test_a_limit_above_the_ceiling_counts_as_the_ceiling():
    assert demand_curve([Claim("a", 10, limit_per_t=500)], 100) == {100: 10}


def test_supply_adds_up_within_lots_and_stops_at_the_ceiling():
    offers = [
        an_offer("first", 10, 40, lot="lot"),
        an_offer("second", 10, 60, lot="lot"),
        an_offer("other", 7, 60),
        an_offer("dear", 7, 101),
    ]
    lots = [Lot("lot", 15), Lot("other", 7), Lot("dear", 7)]

    assert list(supply_curve(lots, offers, ceiling_per_t=100).items()) == [(40, 10), (60, 22)]
    assert supply_curve(lots, offers)[101] == 29


def test_supply_is_read_between_its_prices():
    curve = {40: 10, 60: 22}

    assert [supply_at(curve, price) for price in (39, 40, 59, 60, 99)] == [0, 10, 10, 22, 22]
