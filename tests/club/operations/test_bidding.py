"""Bidding in a live descending auction."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from auctions import sealing
from auctions.scoring import Answer, Criterion
from club.domain.errors import (
    InputRefused,
    NotAllowed,
    NotFound,
    PhaseRefused,
    StandingRefused,
    TermsRefused,
)
from club.domain.live import EventKind
from club.domain.live_events import committed
from club.domain.organisations import Kind, Role, Standing
from club.operations.acknowledging import acknowledgement_of
from club.operations.bidding import withdraw_proxy
from club.store import catalogue, journal, people
from club.store.tables import live_events
from tests.builders import NOON, a_lot, colleague, join
from tests.live import (
    CLOCK,
    DESCENDING,
    END,
    a_live_round,
    bid,
    prices,
    proxy,
    record,
    stands_in,
    state,
    until,
)
from tests.markets import AFTER, bidding_round, offer, stored

QUALITY = Criterion(
    id="rated",
    name_ja="格付け",
    name_en="Rated",
    answers=(
        Answer(id="no", name_ja="なし", name_en="No", value=Fraction(0)),
        Answer(id="yes", name_ja="あり", name_en="Yes", value=Fraction(1, 5)),
    ),
)


@pytest.fixture
def sellers(context):
    return [join(context, Kind.SUPPLIER) for _ in range(2)]


@pytest.fixture
def lots(context, sellers):
    return [a_lot(context, seller) for seller in sellers]


@pytest.fixture
def round_(context, clock, facilitator, sellers):
    return a_live_round(context, clock, facilitator, *sellers)


def refused(deed):
    with pytest.raises(Exception) as refusal:  # noqa: PT011 - which one is what is asked
        deed()
    return type(refusal.value), refusal.value.code


def test_a_bid_is_acknowledged_with_its_number_and_instant_by_the_clubs_signature(
    context, clock, round_, sellers, lots
):
    said = bid(context, sellers[0], round_, lots[0], 6_000, 30_000, minimum_kg=5_000)

    receipt = sealing.Receipt(
        said.facts, bytes.fromhex(said.signature), bytes.fromhex(said.verify_key)
    )
    sealing.verify_receipt(receipt)
    assert said.facts == {
        "event": f"{round_.id}-1",
        "kind": "bid",
        "round": round_.id,
        "lot": lots[0].id,
        "supplier": sellers[0].organisation_id,
        "sequence": 1,
        "quantity_kg": 30_000,
        "minimum_kg": 5_000,
        "price_per_t": 6_000,
        "commitment": said.event.commitment,
        "nonce": said.event.nonce,
        "received_at": clock.at.isoformat(timespec="microseconds"),
    }
    assert acknowledgement_of(context, sellers[0], said.event.id) == said


def test_the_same_request_twice_is_the_same_bid(context, round_, sellers, lots):
    said = bid(context, sellers[0], round_, lots[0], 6_000, request_id="once")
    again = bid(context, sellers[0], round_, lots[0], 5_000, request_id="once")

    assert again == said
    assert [row.sequence for row in record(context, round_)] == [0, 1]


def test_the_audit_chain_holds_a_commitment_that_fits_the_bid_and_no_price(
    context, round_, sellers, lots
):
    said = bid(context, sellers[0], round_, lots[0], 6_789)

    with context.database.read() as tx:
        link = journal.links(tx, round_.id)[-1]
    own = bytes.fromhex(said.event.nonce)
    assert (link.kind, link.made_by) == ("bid.placed", sellers[0].person_id)
    assert link.facts["commitment"] == sealing.commitment(committed([said.event]), own).hex()
    assert link.facts["sequence"] == 1
    assert not stands_in("6789", str(link.facts))


def test_the_order_of_acknowledgement_breaks_a_tie(context, round_, sellers, lots):
    for seller, lot in zip(sellers, lots, strict=True):
        bid(context, seller, round_, lot, 6_000, 50_000)

    assert [each.lot for each in state(context, round_).standing] == [lot.id for lot in lots]


def test_an_improvement_is_a_decrement_lower_and_no_less(context, round_, sellers, lots):
    bid(context, sellers[0], round_, lots[0], 6_000, 30_000, minimum_kg=1_000)

    def again(price_per_t=5_950, quantity_kg=30_000, **given):
        return refused(
            lambda: bid(context, sellers[0], round_, lots[0], price_per_t, quantity_kg, **given)
        )

    assert again(5_951) == (TermsRefused, "improvement_too_small")
    assert again(quantity_kg=29_999) == (TermsRefused, "quantity_lowered")
    assert again(minimum_kg=1_001) == (TermsRefused, "minimum_raised")
    assert again(price_per_t=0) == (InputRefused, "not_positive")
    assert again(quantity_kg=0) == (InputRefused, "not_positive")
    assert again(minimum_kg=-1) == (InputRefused, "not_positive")
    assert again(10_001) == (TermsRefused, "price_above_ceiling")
    assert prices(context, round_) == {lots[0].id: 6_000}
    bid(context, sellers[0], round_, lots[0], 5_950, 40_000)
    assert prices(context, round_) == {lots[0].id: 5_950}


def test_at_the_deadline_instant_a_bid_is_in_and_later_it_is_refused_with_both_times(
    context, clock, facilitator, sellers, lots
):
    still = replace(DESCENDING, hard_end_at=END)
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=still)
    until(context, clock, round_, END)
    bid(context, sellers[0], round_, lots[0], 6_000)

    until(context, clock, round_, END + AFTER)
    with pytest.raises(PhaseRefused) as refusal:
        bid(context, sellers[0], round_, lots[0], 5_000)

    assert (refusal.value.code, refusal.value.facts) == (
        "auction_closed",
        {"closed_instant": END, "now_instant": END + AFTER},
    )
    assert prices(context, round_) == {lots[0].id: 6_000}


def test_a_late_bid_moves_the_rounds_end_up_to_the_hard_end(context, clock, round_, sellers, lots):
    until(context, clock, round_, END - timedelta(seconds=60))
    bid(context, sellers[0], round_, lots[0], 6_000)
    assert stored(context, round_).bidding_closes_at == END

    until(context, clock, round_, END - timedelta(seconds=1))
    bid(context, sellers[0], round_, lots[0], 5_900)
    assert stored(context, round_).bidding_closes_at == END + timedelta(seconds=59)


def test_who_may_not_sell_may_not_bid(context, round_, sellers, lots, facilitator):
    stranger = join(context, Kind.SUPPLIER)
    strange_lot = a_lot(context, stranger)

    assert refused(lambda: bid(context, stranger, round_, strange_lot, 6_000)) == (
        StandingRefused,
        "not_invited",
    )
    assert refused(lambda: bid(context, sellers[0], round_, lots[1], 6_000)) == (
        TermsRefused,
        "lot_of_another",
    )
    assert refused(lambda: bid(context, facilitator, round_, lots[0], 6_000))[0] is NotAllowed
    learner = colleague(context, sellers[0], Role.LEARNER)
    assert refused(lambda: bid(context, learner, round_, lots[0], 6_000))[0] is NotAllowed
    with context.database.write() as tx:
        suspended = people.organisation(tx, sellers[0].organisation_id)
        people.change_organisation(tx, replace(suspended, standing=Standing.SUSPENDED))
    assert refused(lambda: bid(context, sellers[0], round_, lots[0], 6_000))[0] is NotAllowed
    assert len(record(context, round_)) == 1


def test_a_format_takes_only_its_own_deeds(context, clock, facilitator, sellers, lots, round_):
    clock.at = NOON
    sealed = bidding_round(context, facilitator, *sellers)
    ticking = a_live_round(context, clock, facilitator, *sellers, auction=CLOCK)

    for deed in (
        lambda: offer(context, sellers[0], round_, lots[0]),
        lambda: offer(context, sellers[0], ticking, lots[0]),
        lambda: bid(context, sellers[0], sealed, lots[0], 6_000),
        lambda: bid(context, sellers[0], ticking, lots[0], 6_000),
        lambda: proxy(context, sellers[0], ticking, lots[0], 6_000),
    ):
        assert refused(deed) == (TermsRefused, "not_in_this_format")


def test_a_lot_is_not_sold_twice(context, clock, facilitator, sellers, lots, round_):
    bid(context, sellers[0], round_, lots[0], 6_000, 150_000)
    other = a_live_round(context, clock, facilitator, *sellers)

    with pytest.raises(TermsRefused) as refusal:
        bid(context, sellers[0], other, lots[0], 6_000, 60_000)

    assert (refusal.value.code, refusal.value.facts) == ("lot_exhausted", {"left_kg": 50_000})
    bid(context, sellers[0], other, lots[0], 6_000, 50_000)


def test_a_proxy_bids_for_its_owner_as_little_lower_as_keeps_the_lot_in(
    context, clock, round_, sellers, lots
):
    bid(context, sellers[0], round_, lots[0], 6_000)
    proxy(context, sellers[0], round_, lots[0], 4_000)
    until(context, clock, round_, END - timedelta(seconds=5))

    bid(context, sellers[1], round_, lots[1], 5_500)

    rows = record(context, round_)
    assert prices(context, round_) == {lots[0].id: 5_450, lots[1].id: 5_500}
    assert [(row.sequence, row.kind, row.made_by) for row in rows[2:]] == [
        (2, EventKind.PROXY_SET, sellers[0].person_id),
        (3, EventKind.BID, sellers[1].person_id),
        (4, EventKind.PROXY_BID, "system"),
    ]
    assert rows[4].made_at == rows[3].made_at == clock.at
    assert stored(context, round_).bidding_closes_at == clock.at + timedelta(seconds=60)


def test_what_a_rival_is_told_says_nothing_of_how_proxies_answered(context, round_, sellers, lots):
    bid(context, sellers[0], round_, lots[0], 6_000)
    proxy(context, sellers[0], round_, lots[0], 4_000)

    said = bid(context, sellers[1], round_, lots[1], 5_500)

    with context.database.read() as tx:
        link = journal.links(tx, round_.id)[-1]
    answer = record(context, round_)[-1]
    assert link.facts["answers"] == 1
    assert link.facts["answers_commitment"] == answer.commitment
    assert said.event.nonce != answer.nonce


def test_a_floor_lies_sealed_in_the_database_and_in_no_acknowledgement(
    context, round_, sellers, lots
):
    bid(context, sellers[0], round_, lots[0], 6_000)
    said = proxy(context, sellers[0], round_, lots[0], 4_321)

    with context.database.read() as tx:
        rows = [dict(row) for row in tx.execute(live_events.select()).mappings()]
        links = [link.facts for link in journal.links(tx, round_.id)]
    assert not stands_in("4321", f"{rows} {links} {said.facts}")
    assert state(context, round_).proxies[lots[0].id].floor_per_t == 4_321


def test_floors_of_any_length_are_equally_long_when_sealed(context, round_, sellers, lots):
    for seller, lot, floor_per_t in zip(sellers, lots, (5, 5_000), strict=True):
        bid(context, seller, round_, lot, 6_000, 20_000)
        proxy(context, seller, round_, lot, floor_per_t)

    sealed = [row.sealed_floor for row in record(context, round_) if row.sealed_floor]
    assert len({len(each) for each in sealed}) == 1


def test_a_withdrawn_proxy_bids_no_more(context, round_, sellers, lots):
    bid(context, sellers[0], round_, lots[0], 6_000)
    proxy(context, sellers[0], round_, lots[0], 4_000)
    asked = {"request_id": "w", "round_id": round_.id, "lot_id": lots[0].id}
    withdraw_proxy(context, sellers[0], **asked)

    bid(context, sellers[1], round_, lots[1], 5_500)

    assert prices(context, round_) == {lots[0].id: 6_000, lots[1].id: 5_500}
    again = asked | {"request_id": "again"}
    assert refused(lambda: withdraw_proxy(context, sellers[0], **again)) == (
        TermsRefused,
        "no_proxy",
    )


def test_a_proxy_needs_a_bid_and_room_below_it(context, round_, sellers, lots):
    assert refused(lambda: proxy(context, sellers[0], round_, lots[0], 4_000)) == (
        TermsRefused,
        "no_bid_yet",
    )
    bid(context, sellers[0], round_, lots[0], 6_000)
    assert refused(lambda: proxy(context, sellers[0], round_, lots[0], 5_951)) == (
        TermsRefused,
        "floor_too_high",
    )
    assert refused(lambda: proxy(context, sellers[0], round_, lots[0], 0)) == (
        InputRefused,
        "not_positive",
    )


def test_quality_is_answered_with_the_first_bid_and_counts_from_then_on(
    context, clock, facilitator, sellers, lots
):
    rated = replace(DESCENDING, criteria=(QUALITY,))
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=rated)

    assert refused(lambda: bid(context, sellers[0], round_, lots[0], 6_000)) == (
        InputRefused,
        "not_answered",
    )
    bid(context, sellers[0], round_, lots[0], 6_000, answers={"rated": "yes"})
    bid(context, sellers[1], round_, lots[1], 5_000, answers={"rated": "no"})
    bid(context, sellers[0], round_, lots[0], 5_500, answers={"rated": "no"})

    # K = 1 + 1/5 / (1 - 1/5) = 5/4
    standing = {each.lot: each.effective_per_t for each in state(context, round_).standing}
    assert standing == {lots[0].id: 4_400, lots[1].id: 5_000}


def test_an_acknowledgement_is_its_suppliers_alone(context, round_, sellers, lots):
    said = bid(context, sellers[0], round_, lots[0], 6_000)

    with pytest.raises(NotFound):
        acknowledgement_of(context, sellers[1], said.event.id)


def test_a_record_that_was_tampered_with_is_not_followed(context, round_, sellers, lots):
    bid(context, sellers[0], round_, lots[0], 6_000)
    bid(context, sellers[0], round_, lots[0], 5_900)
    with context.database.write() as tx:
        tx.execute(
            live_events.update().where(live_events.c.sequence == 1).values(price_per_t=5_900)
        )

    with pytest.raises(ValueError, match=f"event {round_.id}-2 is not what was acknowledged"):
        state(context, round_)
    with context.database.write() as tx:
        tx.execute(live_events.delete().where(live_events.c.sequence == 1))
    with pytest.raises(ValueError, match="gap"):
        state(context, round_)
    with context.database.read() as tx:
        assert catalogue.lot(tx, lots[0].id) == lots[0]
