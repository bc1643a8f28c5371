"""The pulse of live auctions: what an outage in the last minutes does, and the clock's steps."""

from __future__ import annotations

from datetime import timedelta

import pytest

from club.domain.live import EventKind
from club.domain.notices import NoticeKind
from club.domain.organisations import Kind
from club.operations.clearing import clear_round
from club.operations.keeping_time import keep_time
from club.store import journal, live
from club.store.tables import live_events
from tests.builders import a_lot, join
from tests.cleared import told
from tests.live import CLOCK, END, a_live_round, bid, confirm, prices, record, state, until
from tests.markets import AFTER, stored

SECOND = timedelta(seconds=1)


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


@pytest.fixture
def round_(context, clock, facilitator, seller):
    return a_live_round(context, clock, facilitator, seller)


def tick(context, clock, *instants):
    for at in instants:
        clock.at = at
        keep_time(context)


def pulse(context, round_):
    with context.database.read() as tx:
        return live.last_beat(tx, round_.id)


def test_while_the_clock_runs_nothing_happens_but_its_pulse(context, clock, round_):
    until(context, clock, round_, END - SECOND * 5)
    tick(context, clock, *(END + SECOND * n for n in range(-4, 3)))

    assert pulse(context, round_) == END + SECOND * 2
    assert [row.kind for row in record(context, round_)] == [EventKind.STARTED]
    assert stored(context, round_).bidding_closes_at == END


def test_an_outage_over_the_end_re_opens_the_auction_for_as_long_as_it_was_down(
    context, clock, seller, lot, round_
):
    down_from, up_at = END - SECOND, END + SECOND * 300
    until(context, clock, round_, down_from)

    tick(context, clock, up_at)

    after = stored(context, round_)
    down = up_at - down_from
    assert after.bidding_closes_at == up_at + down
    assert after.auction.hard_end_at == round_.auction.hard_end_at + (up_at + down - END)
    reopened = record(context, round_)[-1]
    assert (reopened.kind, reopened.made_by) == (EventKind.REOPENED, "system")
    assert reopened.facts == {"down_from": down_from.isoformat()}
    with context.database.read() as tx:
        link = journal.links(tx, round_.id)[-1]
    assert (link.kind, link.made_by) == ("auction.reopened", "system")
    assert link.facts["down_from"] == down_from.isoformat(timespec="microseconds")
    assert link.facts["ends_at"] == after.bidding_closes_at.isoformat(timespec="microseconds")
    assert NoticeKind.AUCTION_GOES_ON in told(context, seller)
    bid(context, seller, round_, lot, 6_000)
    assert prices(context, round_) == {lot.id: 6_000}


@pytest.mark.parametrize(("missing_s", "events"), [(60, 1), (61, 2)])
def test_only_an_outage_longer_than_the_grace_counts(context, clock, round_, missing_s, events):
    until(context, clock, round_, END - SECOND * 10)

    tick(context, clock, END + SECOND * (missing_s - 10))

    assert len(record(context, round_)) == events


def test_an_outage_before_the_last_minutes_does_not_matter(context, clock, round_):
    until(context, clock, round_, END - SECOND * 3_000)

    tick(context, clock, END - SECOND * 600)

    assert len(record(context, round_)) == 1


def test_clearing_sees_the_outage_even_where_it_comes_before_the_next_beat(
    context, clock, seller, lot, round_
):
    bid(context, seller, round_, lot, 6_000)
    until(context, clock, round_, END - SECOND)
    clock.at = END + SECOND * 300

    assert not clear_round(context, round_.id)

    assert record(context, round_)[-1].kind is EventKind.REOPENED
    tick(context, clock, clock.at + SECOND)
    assert not clear_round(context, round_.id)
    assert len(record(context, round_)) == 3
    end = stored(context, round_).bidding_closes_at
    until(context, clock, round_, end + AFTER)
    assert clear_round(context, round_.id)


def test_a_bid_sees_the_outage_as_well_and_is_taken(context, clock, seller, lot, round_):
    until(context, clock, round_, END - SECOND)
    clock.at = END + SECOND * 300

    said = bid(context, seller, round_, lot, 6_000)

    assert [row.kind for row in record(context, round_)] == [
        EventKind.STARTED,
        EventKind.REOPENED,
        EventKind.BID,
    ]
    assert said.event.sequence == 2


def test_the_clock_falls_a_step_when_a_steps_time_is_over(context, clock, facilitator, seller, lot):
    round_ = a_live_round(context, clock, facilitator, seller, auction=CLOCK)
    until(context, clock, round_, END)
    confirm(context, seller, round_, lot, 80_000, 10_000)
    tick(context, clock, END + AFTER)

    assert state(context, round_).price_per_t == 9_000
    assert stored(context, round_).bidding_closes_at == END + AFTER + timedelta(seconds=60)
    with context.database.read() as tx:
        assert journal.links(tx, round_.id)[-1].kind == "clock.stepped"
    until(context, clock, round_, END + AFTER + timedelta(seconds=60))
    tick(context, clock, END + AFTER * 2 + timedelta(seconds=60))
    assert state(context, round_).has_stopped


def test_one_auctions_trouble_does_not_stop_anothers_pulse(
    context, clock, facilitator, seller, round_, capsys
):
    other = a_live_round(context, clock, facilitator, seller)
    with context.database.write() as tx:
        tx.execute(live_events.delete().where(live_events.c.round_id == round_.id))

    tick(context, clock, clock.at + SECOND)

    assert pulse(context, other) == clock.at
    said = capsys.readouterr()
    assert "no_beat" in said.err + said.out
