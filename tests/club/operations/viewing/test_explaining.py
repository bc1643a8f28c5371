"""Who sees which reasons: the desk all, a supplier its own; on both databases."""

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind
from club.operations.clearing import clear_round
from club.operations.explaining import explain_due
from club.operations.viewing.explaining import my_final_bids, my_reasons, offers_told
from tests import fallen
from tests.builders import a_lot, join
from tests.cleared import over
from tests.live import END, a_live_round, bid, until
from tests.markets import AFTER, a_market

OFFERS = [(25_000, 4_000, 0), (50_000, 9_000, 0)]


@pytest.fixture
def cleared(context, clock, facilitator):
    round_, members, sold = over(context, clock, facilitator, [(40_000, 8_000, 0)], OFFERS)
    clear_round(context, round_.id)
    return round_, members, [seller for seller, _ in sold]


def test_the_desk_sees_every_offer_first_waiting_and_then_with_its_reason(
    context, facilitator, cleared
):
    round_, _, sellers = cleared
    before = offers_told(context, facilitator, round_.id)
    explain_due(context)

    after = offers_told(context, facilitator, round_.id)

    assert (before.waiting, [row.explained for row in before.rows]) == (2, [None, None])
    assert (after.waiting, after.open) == (0, 0)
    assert [
        (row.supplier.id, row.offer.price_per_t, row.stands_kg, row.explained.reason.because)
        for row in after.rows
    ] == [
        (sellers[0].organisation_id, 4_000, 25_000, None),
        (sellers[1].organisation_id, 9_000, 0, "above_limit"),
    ]
    assert after.rows[1].explained.price.per_t == 8_000


def test_a_supplier_sees_its_own_and_no_limit(context, cleared):
    _, _, (winner, loser) = cleared
    explain_due(context)

    ((mine,), (other,)) = (my_reasons(context, each).values() for each in (loser, winner))

    assert (mine.reason.because, mine.reason.limit_per_t, mine.reason.wanted_kg) == (
        "above_limit",
        None,
        None,
    )
    assert (mine.price.per_t, mine.price.certainty) == (4_000, "at_least")
    assert (other.reason.outcome, other.price) == ("won_whole", None)


def test_members_and_suppliers_do_not_see_all_and_members_see_none(context, cleared):
    round_, (member,), (winner, _) = cleared
    explain_due(context)

    for actor in (member, winner):
        with pytest.raises(NotAllowed):
            offers_told(context, actor, round_.id)
    with pytest.raises(NotAllowed):
        my_reasons(context, member)


def test_before_the_clearing_no_offer_is_shown(context, facilitator):
    round_, _, sold = a_market(context, facilitator, [(40_000, None, 0)], OFFERS)

    found = offers_told(context, facilitator, round_.id)

    assert (found.rows, found.waiting, found.open) == ((), 0, 0)
    assert my_reasons(context, sold[0][0]) == {}
    assert my_final_bids(context, sold[0][0], round_.id) == ()
    assert my_reasons(context, join(context, Kind.SUPPLIER)) == {}


def test_of_a_live_round_a_supplier_sees_what_it_stood_with_at_the_end(context, clock, facilitator):
    sellers = [join(context, Kind.SUPPLIER) for _ in range(2)]
    lots = [a_lot(context, seller) for seller in sellers]
    round_ = a_live_round(context, clock, facilitator, *sellers)
    for seller, lot, price_per_t in zip(sellers, lots, (6_000, 5_000), strict=True):
        bid(context, seller, round_, lot, price_per_t, 40_000)
    bid(context, sellers[0], round_, lots[0], 4_000, 40_000)
    until(context, clock, round_, END + AFTER)
    clear_round(context, round_.id)

    (first,), (second,) = (my_final_bids(context, seller, round_.id) for seller in sellers)

    assert (first.lot.id, first.offer.price_per_t, first.stands_kg) == (lots[0].id, 4_000, 40_000)
    assert (second.lot.id, second.offer.price_per_t, second.stands_kg) == (
        lots[1].id,
        5_000,
        10_000,
    )


def test_what_fell_away_since_is_seen_beside_its_reason(context, clock, facilitator):
    market = fallen.cleared(context, clock, facilitator)
    explain_due(context)
    fallen.replaced(market, 5_000)

    rows = offers_told(context, facilitator, market.round_.id).rows

    assert [(row.explained.reason.won_kg, row.stands_kg) for row in rows] == [
        (25_000, 25_000),
        (25_000, 0),
        (0, 25_000),
    ]
