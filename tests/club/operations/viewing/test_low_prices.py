"""Who sees which low prices, in which order, with which figures."""

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.operations.justifying import decide_on_price, explain_price
from club.operations.viewing.home import home
from club.operations.viewing.low_prices import low_prices, my_low_prices
from tests.builders import colleague, join
from tests.fallen import LOW, cleared, fall, flagged


@pytest.fixture
def market(context, clock, facilitator):
    return cleared(context, clock, facilitator, offered=LOW)


def explain(market):
    (flag,) = flagged(market)
    return explain_price(
        market.context,
        market.sellers[0],
        request_id=market.context.new_id(),
        award_id=flag.award_id,
        explanation="自社の在庫のため",
    )


def accept(market):
    (flag,) = flagged(market)
    decide_on_price(
        market.context,
        market.facilitator,
        request_id="accept",
        award_id=flag.award_id,
        seen_at=flag.explained_at,
        accepts=True,
    )


def cards(market, actor):
    return [card.kind for card in home(market.context, actor).cards if card.kind != "terms"]


def test_a_supplier_sees_its_own_low_prices_with_what_was_awarded(market):
    (row,) = my_low_prices(market.context, market.sellers[0]).rows

    assert (row.flag, row.round_.id) == (flagged(market)[0], market.round_.id)
    assert (row.quantity_kg, row.value_jpy) == (25_000, 50_000)
    assert row.lot.supplier_id == market.sellers[0].organisation_id
    assert my_low_prices(market.context, market.sellers[1]).rows == ()


def test_the_office_and_its_auditors_see_all_and_nobody_else_does(market):
    auditor = colleague(market.context, market.facilitator, Role.AUDITOR)

    rows = [low_prices(market.context, actor).rows for actor in (market.facilitator, auditor)]

    assert [[row.flag for row in some] for some in rows] == [flagged(market)] * 2
    for stranger in (market.members[0], market.sellers[0]):
        with pytest.raises(NotAllowed):
            low_prices(market.context, stranger)
    with pytest.raises(NotAllowed):
        my_low_prices(market.context, market.members[0])


def test_open_ones_stand_before_those_that_are_settled(context, clock, facilitator):
    two_low = [(25_000, 2_000, 0), (25_000, 2_100, 0), (50_000, 6_500, 0)]
    market = cleared(context, clock, facilitator, offered=two_low)
    first = low_prices(context, facilitator).rows[0].flag
    fall(market, first.price_per_t)

    rows = low_prices(context, facilitator).rows

    assert [row.flag.is_open for row in rows] == [True, False]
    assert rows[1].flag.award_id == first.award_id


def test_home_leads_the_supplier_to_explain_and_then_the_office_to_decide(market):
    asked = (cards(market, market.sellers[0]), cards(market, market.facilitator))
    explain(market)
    explained = (cards(market, market.sellers[0]), cards(market, market.facilitator))
    accept(market)
    accepted = (cards(market, market.sellers[0]), cards(market, market.facilitator))

    assert (asked[0], "low_prices" in asked[1]) == (["explain"], False)
    assert (explained[0], "low_prices" in explained[1]) == ([], True)
    assert (accepted[0], "low_prices" in accepted[1]) == (["deliver"], False)
    assert cards(market, join(market.context, Kind.SUPPLIER)) == []
