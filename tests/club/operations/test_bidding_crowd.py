"""Thirty bidders on thirty connections in the last two seconds, by the real clock."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Barrier

import pytest

from auctions import sealing
from club.domain.errors import ClubError, PhaseRefused
from club.domain.live import EventKind
from club.domain.lots import Lot
from club.domain.organisations import Actor, Kind
from club.operations.acknowledging import Acknowledgement
from club.operations.clearing import clear_round
from club.operations.context import Context
from club.store.database import Database, now
from tests.builders import a_lot, join
from tests.live import (
    a_round_that_ends_at,
    bid,
    last_bids,
    offered,
    proxy,
    record,
    right_now,
    softened,
)
from tests.markets import stored

BIDDERS = 30
BIDS = 70
PROXIES = 5
WINDOW = timedelta(seconds=1)
LAST = timedelta(seconds=2)
PREPARING = timedelta(seconds=5)


@dataclass
class Bidder:
    """Somebody at a machine of their own."""

    context: Context
    seller: Actor
    lot: Lot
    instants: list[datetime] = field(default_factory=list)
    """When to press the button; the last one is too late whatever happens."""
    price_per_t: int = 9_000
    acknowledged: list[Acknowledgement] = field(default_factory=list)
    refused: list[ClubError] = field(default_factory=list)

    def bid(self, round_):
        self.price_per_t -= 50
        return bid(self.context, self.seller, round_, self.lot, self.price_per_t, 20_000)

    def press(self, round_, barrier):
        with self.context.database.read():
            barrier.wait()
        for at in self.instants:
            time.sleep(max(0.0, (at - right_now()).total_seconds()))
            try:
                self.acknowledged.append(self.bid(round_))
            except ClubError as refusal:
                self.refused.append(refusal)


@pytest.fixture
def crowd(context):
    """Each with a database connection of their own."""
    bidders = []
    for _ in range(BIDDERS):
        seller = join(context, Kind.SUPPLIER)
        own = replace(context, database=Database(context.database.url), clock=now, followed={})
        bidders.append(Bidder(context=own, seller=seller, lot=a_lot(context, seller)))
    yield bidders
    for bidder in bidders:
        bidder.context.database.dispose()


@pytest.fixture
def round_(context, clock, facilitator, crowd):
    """A round about to end, with a few who have left their bidding to the system."""
    end = right_now() + PREPARING
    sellers = [bidder.seller for bidder in crowd]
    terms = {"end": end, "hard_end_at": end + LAST, "window_s": 1}
    live = a_round_that_ends_at(context, clock, facilitator, *sellers, **terms)
    for bidder in crowd[:PROXIES]:
        bidder.bid(live)
        proxy(bidder.context, bidder.seller, live, bidder.lot, 8_500)
    return live


def crowd_in(crowd, round_):
    """Seventy bids in the last two seconds, and one of each that is too late."""
    chance = random.Random(7)  # noqa: S311 - instants, no secret
    for number, bidder in enumerate(crowd):
        presses = BIDS // BIDDERS + (number < BIDS % BIDDERS)
        in_time = [round_.bidding_closes_at - LAST * chance.random() for _ in range(presses)]
        too_late = round_.auction.hard_end_at + LAST * chance.random()
        bidder.instants = [*sorted(in_time), too_late]
    barrier = Barrier(BIDDERS)
    with ThreadPoolExecutor(BIDDERS) as machines:
        list(machines.map(lambda bidder: bidder.press(round_, barrier), crowd))


def test_every_acknowledged_bid_is_in_the_record_and_no_other(context, crowd, round_):
    before = len(record(context, round_))

    crowd_in(crowd, round_)

    rows = record(context, round_)
    said = {each.event.id: each for bidder in crowd for each in bidder.acknowledged}
    own = [row for row in rows[before:] if row.kind is EventKind.BID]
    refusals = [refusal for bidder in crowd for refusal in bidder.refused]
    assert said
    assert len(said) + len(refusals) == BIDS + BIDDERS
    assert {row.id: row for row in own} == {id: each.event for id, each in said.items()}
    assert {row.kind for row in rows[before:]} <= {EventKind.BID, EventKind.PROXY_BID}
    for each in said.values():
        signature, key = bytes.fromhex(each.signature), bytes.fromhex(each.verify_key)
        sealing.verify_receipt(sealing.Receipt(each.facts, signature, key))

    late = [refusal for refusal in refusals if isinstance(refusal, PhaseRefused)]
    assert len(late) >= BIDDERS
    for refusal in late:
        assert refusal.code == "auction_closed"
        assert refusal.facts["now_instant"] > refusal.facts["closed_instant"]


def test_the_order_is_the_sequence_the_end_moves_as_the_rule_says_and_the_last_bids_clear(
    context, crowd, round_
):
    crowd_in(crowd, round_)

    rows = record(context, round_)
    assert [row.sequence for row in rows] == list(range(len(rows)))
    assert [row.made_at for row in rows] == sorted(row.made_at for row in rows)
    bids = [row.made_at for row in rows if row.price_per_t is not None]
    end = softened(round_.bidding_closes_at, round_.auction.hard_end_at, WINDOW, bids)
    assert stored(context, round_).bidding_closes_at == end

    assert clear_round(replace(context, clock=now), round_.id)
    assert offered(context, round_) == last_bids(rows)
