"""A live auction's rows: what the engine's events become, and what people are told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from auctions.formats import clock, descending, history
from auctions.formats.entrants import Entrant
from auctions.formats.events import (
    Bid,
    Confirmed,
    EventRefused,
    Extended,
    Paused,
    ProxySet,
    ProxyWithdrawn,
    Reopened,
    Resumed,
    Stepped,
)
from auctions.formats.improving import Terms
from auctions.formats.timing import Timing
from club.domain import live
from club.domain.auction_terms import AuctionTerms, Format
from club.domain.errors import CODES, InputRefused, PhaseRefused, TermsRefused
from club.domain.live import EventKind
from club.domain.live_events import committed, read_event, row_of
from club.domain.live_refusals import refusal
from tests.builders import NOON, a_person, a_round, actor_of, an_organisation

LATER = NOON + timedelta(hours=1)
ENTRANTS = {"lot": Entrant(lot="lot", supplier="s", project="p", quantity_kg=1_000)}
EVENTS = [
    (Bid(at=NOON, lot="lot", quantity_kg=9, minimum_kg=3, price_per_t=50), EventKind.BID),
    (Bid(at=NOON, lot="lot", quantity_kg=9, price_per_t=5, by_proxy=True), EventKind.PROXY_BID),
    (ProxySet(at=NOON, lot="lot", floor_per_t=30), EventKind.PROXY_SET),
    (ProxyWithdrawn(at=NOON, lot="lot"), EventKind.PROXY_WITHDRAWN),
    (Confirmed(at=NOON, lot="lot", quantity_kg=0, price_per_t=50), EventKind.CONFIRMED),
    (Stepped(at=NOON), EventKind.STEPPED),
    (Paused(at=NOON, reason="a question"), EventKind.PAUSED),
    (Resumed(at=NOON), EventKind.RESUMED),
    (Extended(at=NOON, until=LATER, reason="a question"), EventKind.EXTENDED),
    (Reopened(at=NOON, down_from=NOON - timedelta(minutes=1)), EventKind.REOPENED),
]


def a_row(event, **given):
    values = {"round_id": "r", "sequence": 1, "supplier_id": "s", "by": "somebody"}
    return row_of(event, **values | given)


def a_live_round(**terms):
    by = actor_of(a_person(organisation := an_organisation()), organisation)
    return replace(a_round(by), auction=AuctionTerms(**terms))


@pytest.mark.parametrize(("event", "kind"), EVENTS)
def test_a_row_is_read_as_the_event_that_was_written(event, kind):
    row = a_row(event, sealed_floor=b"sealed" if kind is EventKind.PROXY_SET else None)

    assert row.kind is kind
    assert read_event(row, 30) == event


def test_every_kind_but_the_start_is_the_kind_of_an_event():
    assert {kind for _, kind in EVENTS} == set(EventKind) - {EventKind.STARTED}


def test_a_row_holds_no_floor_in_the_open():
    row = a_row(EVENTS[2][0], sealed_floor=b"sealed")

    assert row.price_per_t is None
    assert row.facts == {}


def test_a_commitment_is_over_every_cell():
    row = a_row(EVENTS[0][0])
    changed = [
        replace(row, sequence=2),
        replace(row, lot_id="other"),
        replace(row, quantity_kg=10),
        replace(row, minimum_kg=4),
        replace(row, price_per_t=49),
        replace(row, sealed_floor=b"x"),
        replace(row, facts={"answers": {}}),
        replace(row, made_at=LATER),
        replace(row, made_by="other"),
        replace(row, supplier_id="other"),
        replace(row, kind=EventKind.PROXY_BID),
    ]

    assert all(committed([each]) != committed([row]) for each in changed)
    assert committed([row, row]) != committed([row])


def test_the_start_tells_all_that_a_descending_auction_runs_by():
    round_ = a_live_round(
        format=Format.DESCENDING, hard_end_at=NOON + timedelta(days=3), decrement_per_t=25
    )

    state = history.start(round_.id, live.start_facts(round_, 7_000, {10_000: 7_000}), ENTRANTS)

    assert state == descending.start(
        Terms(
            id=round_.id,
            pool_kg=7_000,
            ceiling_per_t=10_000,
            decrement_per_t=25,
            entrants=ENTRANTS,
        ),
        Timing(
            ends_at=round_.bidding_closes_at,
            hard_end_at=NOON + timedelta(days=3),
            window=timedelta(seconds=180),
        ),
    )


def test_the_start_tells_all_that_a_clock_runs_by():
    round_ = a_live_round(format=Format.CLOCK)

    state = history.start(round_.id, live.start_facts(round_, 7_000, {10_000: 7_000}), ENTRANTS)

    assert state == clock.start(
        clock.Terms(
            id=round_.id,
            ceiling_per_t=10_000,
            step_per_t=100,
            step_time=timedelta(minutes=10),
            demand={10_000: 7_000},
            entrants=ENTRANTS,
        ),
        Timing(ends_at=round_.bidding_closes_at),
    )


def test_it_ends_when_its_time_is_over_or_its_clock_has_stopped():
    falling = history.start(
        "r", live.start_facts(a_live_round(format=Format.CLOCK), 1, {}), ENTRANTS
    )
    end = falling.timing.ends_at + timedelta(microseconds=1)

    assert not history.is_ended(falling, end)
    assert history.is_ended(history.step(falling, Stepped(at=end)), end)


@pytest.mark.parametrize(
    ("code", "facts", "kind", "told"),
    [
        ("over", {"closed_at": NOON, "now_at": LATER}, PhaseRefused, "auction_closed"),
        ("paused", {"paused_at": NOON, "reason": "x"}, PhaseRefused, "auction_paused"),
        ("not_paused", {}, PhaseRefused, "auction_not_paused"),
        ("stopped", {"price_per_t": 1}, PhaseRefused, "clock_stopped"),
        ("not_later", {"ends_at": NOON}, InputRefused, "end_not_later"),
        ("beyond_hard_end", {"hard_end_at": NOON}, InputRefused, "beyond_hard_end"),
        ("price_not_positive", {}, InputRefused, "not_positive"),
        ("price_above_ceiling", {"ceiling_per_t": 1}, TermsRefused, "price_above_ceiling"),
        ("price_moved", {"price_per_t": 1}, TermsRefused, "price_moved"),
        ("quantity_out_of_range", {"most_kg": 5}, TermsRefused, "lot_exhausted"),
        ("minimum_out_of_range", {"most_kg": 5}, TermsRefused, "minimum_above_quantity"),
        ("decrement_too_small", {"most_per_t": 5}, TermsRefused, "improvement_too_small"),
        ("no_lower_price", {}, TermsRefused, "no_lower_price"),
        ("quantity_lowered", {"least_kg": 5}, TermsRefused, "quantity_lowered"),
        ("quantity_raised", {"most_kg": 5}, TermsRefused, "quantity_raised"),
        ("quantity_raised", {"most_kg": 0}, TermsRefused, "clock_left"),
        ("minimum_raised", {"most_kg": 5}, TermsRefused, "minimum_raised"),
        ("no_bid", {"lot": "lot"}, TermsRefused, "no_bid_yet"),
        ("no_proxy", {"lot": "lot"}, TermsRefused, "no_proxy"),
        ("floor_too_high", {"most_per_t": 5}, TermsRefused, "floor_too_high"),
    ],
)
def test_what_the_engine_refuses_is_told_by_a_code_with_a_sentence(code, facts, kind, told):
    refused = refusal(EventRefused(code, **facts))

    assert (type(refused), refused.code) == (kind, told)
    assert told in CODES


def test_what_no_person_can_cause_is_a_bug():
    with pytest.raises(EventRefused):
        refusal(EventRefused("unknown_lot", lot="x"))
