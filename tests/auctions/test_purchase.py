from hypothesis import given, settings
from hypothesis import strategies as st

from auctions.merit import book, fill, score
from auctions.purchase import purchase
from auctions.search import search
from auctions.solver import solve
from tests.auctions.books import an_offer, best_of_all, books, whole_lots


@st.composite
def demands(draw):
    _, lots, offers = draw(books(most_offers=4, most_kg=5, most_price=3))
    return book(lots, offers), draw(st.integers(0, 15))


@given(demands())
@settings(deadline=None)
def test_the_purchase_is_the_best_of_all(case):
    bought, _ = purchase(*case)

    assert bought == best_of_all(*case)


@given(demands())
@settings(max_examples=50, deadline=None)
def test_the_search_and_the_solver_find_the_same_purchase(case):
    best = best_of_all(*case)

    assert (search(*case, most_seen=10_000), solve(*case)) == (best, best)


@given(demands())
@settings(deadline=None)
def test_the_merit_order_bounds_every_purchase(case):
    bound = fill(*case)

    assert score(case[0], bound) <= score(case[0], best_of_all(*case))


@given(st.integers(0, 2**32), st.integers(0, 400))
@settings(max_examples=10, deadline=None)
def test_search_and_solver_agree_on_larger_books(turn, spare_kg):
    offers = []
    for number in range(12):
        turn = (turn * 1_103_515_245 + 12_345) % 2**31
        kg = 50 + turn % 450
        price = 1_000 + turn // 7 % 40 * 100
        offers.append(
            an_offer(f"{number:02}", kg, price, number, minimum_kg=kg * (number % 3) // 2)
        )
    market = book(whole_lots(offers), offers)

    found = search(market, 1_200 + spare_kg, most_seen=100_000)

    assert found == solve(market, 1_200 + spare_kg)


def test_a_search_that_is_cut_short_says_nothing_and_the_solver_takes_over():
    offers = [an_offer(f"{n}", 7 + n, 100 + n, n, minimum_kg=7 + n) for n in range(8)]
    market = book(whole_lots(offers), offers)

    assert search(market, 30, most_seen=3) is None
    assert solve(market, 30) == search(market, 30, most_seen=10_000)


def test_a_book_too_tangled_for_the_search_is_proved_by_the_solver():
    kilograms = [143_417, 88_751, 190_003, 61_999, 120_011, 35_353, 171_717, 99_991, 54_323] * 2
    offers = [
        an_offer(f"{n:02}", kg + n * 1_009, 2_000 + n * 37 % 900, n, minimum_kg=kg + n * 1_009)
        for n, kg in enumerate(kilograms)
    ]
    offers.append(an_offer("open", 1, 9_000, 99))
    market = book(whole_lots(offers), offers)

    bought, proof = purchase(market, 700_003)

    assert proof == "solver"
    assert sum(bought) <= 700_003
    assert all(
        kg in (0, offer.quantity_kg) for kg, offer in zip(bought, market.offers, strict=True)
    )


def test_equal_purchases_go_to_the_earliest_offers():
    offers = [an_offer(f"{n}", 5, 100, n, minimum_kg=5) for n in (4, 2, 3, 1)]
    market = book(whole_lots(offers), offers)

    bought, _ = purchase(market, 10)

    assert {offer.id: kg for offer, kg in zip(market.offers, bought, strict=True) if kg} == {
        "1": 5,
        "2": 5,
    }


def test_of_very_many_equal_choices_the_solver_takes_the_earliest():
    offers = [an_offer(f"{n:02}", 5, 100, n, minimum_kg=5) for n in range(40)]

    bought = solve(book(whole_lots(offers), offers), 100)

    assert bought == [5] * 20 + [0] * 20
