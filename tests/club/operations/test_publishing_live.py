"""Publishing a round that was a live auction, on both databases."""

import re

import pytest

from club.domain.organisations import Kind
from club.operations.clearing import clear_round
from club.operations.publishing import full_file, public_file
from tests.builders import a_lot, join
from tests.live import CLOCK, END, a_live_round, bid, confirm, proxy, until
from tests.markets import AFTER, stored

PLEDGES = [(5_000 + 1_000 * number, 9_500, 0) for number in range(6)]
"""Six companies' 45 t."""


@pytest.fixture
def sold(context):
    """Three suppliers with a lot each; the last will lose."""
    sellers = [join(context, Kind.SUPPLIER) for _ in range(3)]
    return [(seller, a_lot(context, seller)) for seller in sellers]


def descending(context, clock, facilitator, sold):
    """Two proxies against a bidder who is too dear from the first."""
    (first, lot), (second, other), (third, dear) = sold
    sellers = [seller for seller, _ in sold]
    round_ = a_live_round(context, clock, facilitator, *sellers, pledged=PLEDGES)
    bid(context, third, round_, dear, 9_000, 30_000)
    bid(context, first, round_, lot, 8_000, 30_000)
    proxy(context, first, round_, lot, 5_000)
    bid(context, second, round_, other, 7_000, 40_000)
    until(context, clock, round_, END + AFTER)
    assert clear_round(context, round_.id)
    return stored(context, round_)


def by_clock(context, clock, facilitator, sold):
    """The third leaves after the first step; at the second, more is for sale than is wanted."""
    sellers = [seller for seller, _ in sold]
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=CLOCK, pledged=PLEDGES)
    at = END
    for price_per_t, quantities in (
        (10_000, (30_000, 40_000, 20_000)),
        (9_000, (30_000, 35_000)),
        (8_000, (15_000,)),
    ):
        until(context, clock, round_, at)
        for (seller, lot), quantity_kg in zip(sold, quantities, strict=False):
            confirm(context, seller, round_, lot, quantity_kg, price_per_t)
        until(context, clock, round_, at + AFTER)
        cleared = clear_round(context, round_.id)
        at = stored(context, round_).bidding_closes_at
    assert cleared
    return stored(context, round_)


@pytest.fixture(params=[descending, by_clock])
def cleared(request, context, clock, facilitator, sold):
    return request.param(context, clock, facilitator, sold)


def test_the_public_file_names_winners_and_no_losing_supplier(context, facilitator, cleared, sold):
    file, full = (ask(context, facilitator, cleared.id) for ask in (public_file, full_file))
    (winner, _), _, (losing, lot) = sold
    hidden = [losing.organisation_id, losing.person_id, lot.id, lot.project_id]

    assert [word for word in hidden if is_in(file, word)] == []
    assert is_in(file, winner.organisation_id)
    assert is_in(full, losing.organisation_id)


def is_in(file, word):
    """Whether an id is in the bytes, and not only as the beginning of a longer number."""
    return re.search(re.escape(word).encode() + rb"(?![0-9])", file) is not None
