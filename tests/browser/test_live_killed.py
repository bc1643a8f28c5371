"""The server of a live auction is killed in its last second, and started again."""

import time
from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect

from club import settings
from club.domain.auction_terms import AuctionTerms, Format
from club.operations.bidding import BidTerms, place_bid
from club.operations.context import open_context
from club.store import people
from tests.browser.conftest import visiting
from tests.browser.live import bid, enter
from tests.browser.people import BUYER, FACILITATOR, SELLER, sign_in
from tests.browser.rounds import EN, ask, await_phase, await_rows, let_time_pass
from tests.live import record
from tests.markets import invite, pledge, pledging_round

LASTS_S = 120
WINDOW_S = 10
DOWN_S = 10
IN_THE_LAST_SECOND = timedelta(milliseconds=500)


def right_now():
    return datetime.now(UTC)  # noqa: TID251 - the machine's own clock is the one the server reads


def actor(context, email):
    with context.database.read() as tx:
        return people.actor(tx, people.person_by_email(tx, email).id)


def an_auction_under_way(server, context, canopy):
    """A round of one supplier whose auction has begun, and ends soon."""
    office = actor(context, FACILITATOR)
    now = right_now()
    terms = AuctionTerms(
        format=Format.DESCENDING,
        decrement_per_t=50,
        window_s=WINDOW_S,
        grace_s=1,
        hard_end_at=now + timedelta(hours=1),
    )
    round_ = pledging_round(
        context,
        office,
        auction=terms,
        minimum_kg=1_000,
        pledging_opens_at=now - timedelta(hours=1),
        pledging_closes_at=now + timedelta(minutes=10),
        bidding_closes_at=now + timedelta(minutes=20),
    )
    pledge(context, actor(context, BUYER), round_, 2_500)
    invite(context, office, round_, canopy)
    let_time_pass(server, round_.id, bidding_closes_at=-LASTS_S, pledging_closes_at=1)
    await_phase(server, round_.id, "bidding")
    return round_


def end_of(server, round_id):
    ((ends_at,),) = ask(server, "SELECT bidding_closes_at FROM rounds WHERE id = ?", round_id)
    return datetime.fromisoformat(ends_at).replace(tzinfo=UTC)


def killed_in_the_last_second(server, round_id):
    """The end that stood when the server died."""
    ends_at = end_of(server, round_id)
    time.sleep(max(0.0, (ends_at - IN_THE_LAST_SECOND - right_now()).total_seconds()))
    server.kill()
    return ends_at


def test_killed_in_the_last_second_it_comes_back_with_every_bid_and_re_opens(server, browser):
    context = open_context(settings.read(server.variables()))
    canopy = actor(context, SELLER)
    with visiting(browser, "en") as (_, page):
        sign_in(page, server.url, SELLER, "en")
        round_ = an_auction_under_way(server, context, canopy)
        enter(page, server, round_.id, EN.say, "Tsushima")
        bid(page, EN.say, 1, 5_000, 2_000)
        bid(page, EN.say, 2, 4_950, 2_000)

        ends_at = killed_in_the_last_second(server, round_.id)
        time.sleep(DOWN_S)
        server.start()
        reopened = "SELECT kind FROM live_events WHERE round_id = ? AND kind = 'reopened'"
        await_rows(server, [("reopened",)], reopened, round_.id)
        again_at = end_of(server, round_.id)
        place_bid(
            context,
            canopy,
            request_id="after",
            round_id=round_.id,
            lot_id=record(context, round_)[1].lot_id,
            terms=BidTerms(quantity_kg=2_000, price_per_t=4_000),
        )

        await_phase(server, round_.id, "settling")
        expect(page.get_by_text(EN.say("live.cleared"))).to_be_visible()
    assert again_at > ends_at + timedelta(seconds=DOWN_S)
    kept = [(row.sequence, row.kind, row.price_per_t) for row in record(context, round_)]
    assert kept == [
        (0, "started", None),
        (1, "bid", 5_000),
        (2, "bid", 4_950),
        (3, "reopened", None),
        (4, "bid", 4_000),
    ]
    context.database.dispose()
