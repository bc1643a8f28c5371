"""What is asked about a cleared round takes no more clearings than it may."""

from auctions.offers import Claim
from club.operations import questions
from club.operations.questions import Explain, Measure, ask_here
from tests.auctions.books import an_offer, whole_lots
from tests.auctions.explained import inputs_of

OFFERS = [
    an_offer("cheap", 10, 4_000),
    an_offer("dear", 10, 5_000, 2),
    an_offer("last", 10, 6_000, 3),
]
INPUTS = inputs_of([Claim("member", 10)], whole_lots(OFFERS), OFFERS, ceiling_per_t=10_000)


def explained(most_clears):
    found = ask_here(Explain(inputs=INPUTS, clearing=INPUTS.cleared(), most_clears=most_clears))
    return [(each.offer, each.price and each.price.per_t, each.is_open) for each in found]


def test_prices_are_looked_for_as_far_as_the_clearings_go():
    """Each takes two here: one at the price, one at a unit more."""
    everything = [("cheap", None, False), ("dear", 3_999, False), ("last", 3_999, False)]

    assert explained(None) == explained(4) == everything
    assert explained(2) == [*everything[:2], ("last", None, True)]


def test_without_a_clearing_left_no_search_is_even_begun(monkeypatch):
    monkeypatch.delattr(questions, "would_have_won_at")

    assert explained(0) == [("cheap", None, False), ("dear", None, True), ("last", None, True)]


def test_how_far_it_has_come_is_told_offer_by_offer():
    heard = []

    Explain(inputs=INPUTS, clearing=INPUTS.cleared()).answer(lambda *step: heard.append(step))
    Measure(inputs=INPUTS).answer(lambda *step: heard.append(step))

    assert heard == [(0, 3), (1, 3), (2, 3), (3, 3), (1, 2), (2, 2)]
