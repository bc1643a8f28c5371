"""Thirty suppliers press in the last two seconds of an auction, on pages of the running server.

Each is signed in by themselves and holds the auction's page open over websockets of their own, as
a browser does: a tab a bid, typed and reviewed beforehand, the figures ticking all the while.
"""

import asyncio
import random
import time
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from club.domain.auction_terms import AuctionTerms, Format
from club.domain.live import EventKind
from club.domain.lots import Lot
from club.domain.organisations import Actor, Kind
from club.domain.rounds import Phase
from club.identity import passwords
from club.operations.closing import close_pledging
from club.operations.conducting import extend_auction
from club.store import accounts, people, rounds
from club.store.accounts import Credential
from club.store.database import now
from tests.browser.conftest import Server
from tests.browser.tabs import PASSWORD, a_few_at_once, come_in, review, tick, until
from tests.browsing import PATIENCE
from tests.builders import a_lot, context_on, join
from tests.live import bid, last_bids, offered, proxy, record, right_now, softened
from tests.markets import invite, pledge, pledging_round, stored

BIDDERS = 30
BIDS = 70
TOO_LATE = 10
PROXIES = 3
QUANTITY_KG = 20_000
FIRST_PER_T, DECREMENT_PER_T = 9_000, 50
WINDOW = timedelta(seconds=5)
LAST = timedelta(seconds=2)
LEFT = timedelta(seconds=10)
"""So long before the end at least are all dialogs up, once the facilitator no longer moves it."""
MOVED_EVERY_S = 3


@dataclass(frozen=True)
class Bidder:
    seller: Actor
    email: str
    lots: list[Lot]


@pytest.fixture
def context(database, tmp_path):
    return context_on(database, now, tmp_path)


@pytest.fixture
def server(context, facilitator, tmp_path):
    running = Server(tmp_path, environment={"TOMOE_DATABASE_URL": context.database.url})
    running.start()
    yield running
    running.stop()


@pytest.fixture
def crowd(context):
    """Companies with two lots and one person each, who can sign in."""
    password_hash = passwords.hashed(PASSWORD)
    bidders = []
    for _ in range(BIDDERS):
        seller = join(context, Kind.SUPPLIER)
        with context.database.write() as tx:
            person = people.person(tx, seller.person_id)
            credential = Credential(
                subject=person.id,
                email=person.email,
                name=person.name,
                password_hash=password_hash,
                changed_at=person.created_at,
            )
            accounts.add_credential(tx, credential)
        lots = [a_lot(context, seller) for _ in range(2)]
        bidders.append(Bidder(seller, person.email, lots))
    return bidders


@pytest.fixture
def round_(context, facilitator, crowd):
    """A round that takes pledges, with the crowd and a few more suppliers invited."""
    at = right_now()
    terms = AuctionTerms(
        format=Format.DESCENDING,
        decrement_per_t=DECREMENT_PER_T,
        window_s=int(WINDOW.total_seconds()),
        hard_end_at=at + timedelta(hours=3),
    )
    opened = pledging_round(
        context,
        facilitator,
        auction=terms,
        pledging_opens_at=at - timedelta(hours=1),
        pledging_closes_at=at + timedelta(hours=1),
        bidding_closes_at=at + timedelta(hours=2),
    )
    for quantity_kg in (60_000, 40_000):
        pledge(context, join(context), opened, quantity_kg)
    invite(context, facilitator, opened, *(bidder.seller for bidder in crowd))
    return opened


def begin(context, facilitator, round_):
    """End its pledging now; a few leave their bidding to the system."""
    at = right_now()
    with context.database.write() as tx:
        moved = {"pledging_closes_at": at, "bidding_closes_at": at + LEFT}
        rounds.change(tx, replace(rounds.get(tx, round_.id), **moved))
    close_pledging(context, round_.id)
    sellers = [join(context, Kind.SUPPLIER) for _ in range(PROXIES)]
    invite(context, facilitator, round_, *sellers)
    for seller in sellers:
        lot = a_lot(context, seller)
        bid(context, seller, round_, lot, FIRST_PER_T, QUANTITY_KG)
        proxy(context, seller, round_, lot, FIRST_PER_T - 10 * DECREMENT_PER_T)


async def review_all(server, round_, crowd, cookies):
    """Further tabs of the same person bid for the other lot, or less."""

    def one(number):
        tab, place = divmod(number, BIDDERS)
        lots = crowd[place].lots
        price_per_t = FIRST_PER_T - DECREMENT_PER_T * tab
        bid = (lots[tab % 2], price_per_t, QUANTITY_KG)
        return review(server.url, cookies[place], round_, lots, *bid)

    return await a_few_at_once(one(number) for number in range(BIDS + TOO_LATE))


def put_off(context, facilitator, round_):
    extend_auction(
        context,
        facilitator,
        request_id=context.new_id(),
        round_id=round_.id,
        until=right_now() + LEFT,
        reason="The dialogs are not up yet.",
    )


async def press_all(context, round_, reviewed):
    """Seventy in the last two seconds as they are announced, and some once it is over: on phones
    that slept, whose dialogs still stand."""
    chance = random.Random(7)  # noqa: S311 - instants, no secret
    end = stored(context, round_).bidding_closes_at
    instants = sorted(end - LAST * chance.random() for _ in range(BIDS))
    in_sight, asleep = reviewed[:BIDS], reviewed[BIDS:]
    ticking = [asyncio.create_task(tick(each.page, chance.uniform(0, 2))) for each in in_sight]
    await asyncio.gather(*(each.press(at) for each, at in zip(in_sight, instants, strict=True)))
    while right_now() <= (end := stored(context, round_).bidding_closes_at):
        await until(end + timedelta(milliseconds=1))
    await asyncio.gather(*(each.press(end) for each in asleep))
    for task in ticking:
        task.cancel()
    await asyncio.gather(*ticking, return_exceptions=True)


async def crowd_in(context, server, facilitator, round_, crowd):
    cookies = await come_in(server.url, [bidder.email for bidder in crowd])
    begin(context, facilitator, round_)
    reviewing = asyncio.create_task(review_all(server, round_, crowd, cookies))
    while not reviewing.done():
        await asyncio.to_thread(put_off, context, facilitator, round_)
        await asyncio.wait([reviewing], timeout=MOVED_EVERY_S)
    reviewed = await reviewing
    begun = stored(context, round_)
    await press_all(context, round_, reviewed)
    await asyncio.gather(*(each.page.socket.close() for each in reviewed))
    return begun, reviewed


def await_settling(context, round_):
    patience = time.monotonic() + PATIENCE
    while stored(context, round_).phase is not Phase.SETTLING:
        assert time.monotonic() < patience, stored(context, round_).phase
        time.sleep(0.2)


def test_of_seventy_bids_in_the_last_two_seconds_the_record_holds_whatever_a_page_said_is_in(
    context, server, facilitator, round_, crowd
):
    begun, reviewed = asyncio.run(crowd_in(context, server, facilitator, round_, crowd))
    await_settling(context, round_)

    rows = record(context, round_)
    before = [row.sequence for row in rows if row.kind is EventKind.EXTENDED][-1]
    pressed = rows[before + 1 :]
    by_hand = [row for row in pressed if row.kind is EventKind.BID]
    said = [
        (number, each.lot.id, each.price_per_t, each.quantity_kg)
        for each in reviewed
        for number in each.acknowledged
    ]
    assert sorted(said) == [
        (row.sequence, row.lot_id, row.price_per_t, row.quantity_kg) for row in by_hand
    ]
    assert {row.kind for row in pressed} <= {EventKind.BID, EventKind.PROXY_BID}
    assert len(said) > BIDS / 2
    for each in reviewed:
        assert len(each.acknowledged) + len(each.refused) + each.is_gone == 1
    assert all(each.refused for each in reviewed[BIDS:])

    assert [row.sequence for row in rows] == list(range(len(rows)))
    assert [row.made_at for row in rows] == sorted(row.made_at for row in rows)
    instants = [row.made_at for row in pressed]
    end = softened(begun.bidding_closes_at, begun.auction.hard_end_at, WINDOW, instants)
    assert stored(context, round_).bidding_closes_at == end

    assert offered(context, round_) == last_bids(rows)
