"""Publishing a round that was a live auction, on both databases."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from auctions.recording.files import read_file
from auctions.refuted import Refuted
from auctions.verifying.auction import check_auction
from auctions.verifying.report import verify
from club.domain.organisations import Kind, Standing
from club.operations.bidding import withdraw_proxy
from club.operations.clearing import clear_round
from club.operations.conducting import extend_auction, pause_auction, resume_auction
from club.operations.publishing import full_file, public_file
from club.store import people
from tests.builders import a_lot, join
from tests.club.domain.test_auction_terms import QUALITY
from tests.forged import WORDS_ONLY, forgeries, holds, shortened
from tests.live import CLOCK, DESCENDING, END, a_live_round, bid, confirm, proxy, until
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


@pytest.mark.parametrize("ask", [public_file, full_file])
def test_the_record_of_a_live_round_is_verified(context, facilitator, cleared, ask):
    record, _ = read_file(ask(context, facilitator, cleared.id))

    subjects = {finding.subject for finding in verify(record) if finding.is_checked}

    assert {"chain", "terms", "keys", "draws", "auction", "awards"} <= subjects
    assert record.events
    assert "best" in {found.subject for found in verify(record, optimal=True) if found.is_checked}


TREE = {"cut_offs.remainder", "metadata.tree_root", "metadata.tree_size"}
LOSING = {"lots.minimum_kg", "lots.quantity_kg", "offers.quantity_kg"}
UNBOUND = {"events.commitment", "events.kind", "events.made_at"}
NOTHING_ELSE_SAYS = {
    ("descending", "full"): {"entrants.quantity_kg"},
    ("clock", "full"): {"entrants.project", "entrants.quantity_kg"},
    ("descending", "public"): TREE
    | LOSING
    | UNBOUND
    | {"offers.initial_price_per_t", "offers.minimum_kg", "offers.price_per_t", "offers.project"},
    ("clock", "public"): TREE | LOSING | UNBOUND | {"events.lot", "events.supplier"},
}
"""What nothing else says but words: which kilograms a lot had; in public, losers' own affairs."""


@pytest.mark.parametrize("show", [full_file, public_file])
def test_whatever_cell_is_forged_it_is_noticed_but_for_what_nothing_else_says(
    context, facilitator, cleared, show
):
    record, _ = read_file(show(context, facilitator, cleared.id))
    may_hold = NOTHING_ELSE_SAYS[cleared.auction.format.value, record.about.kind]

    assert {name for name, forged in forgeries(record) if holds(forged)} == WORDS_ONLY | may_hold
    assert {name for name, short in shortened(record) if holds(short)} == {"keys"}


def test_an_event_taken_out_or_put_elsewhere_is_noticed(context, facilitator, cleared):
    record, _ = read_file(full_file(context, facilitator, cleared.id))

    for place in range(len(record.events)):
        others = record.events[:place] + record.events[place + 1 :]
        forged = [replace(line, sequence=number) for number, line in enumerate(others)]
        assert not holds(replace(record, events=tuple(forged)))


NONSENSE = [
    {},
    {"offers": 1, "suspended": [], "record_hash": ""},
    {"offers": [], "suspended": {}, "record_hash": None},
    {"offers": [{"id": []}], "suspended": [], "record_hash": "00"},
]


@pytest.mark.parametrize("facts", NONSENSE)
def test_facts_that_no_auction_writes_are_refuted_and_stop_nobody(
    context, facilitator, cleared, facts
):
    record, _ = read_file(full_file(context, facilitator, cleared.id))
    others = tuple(each for each in record.inputs if each.name != "auction")
    (frozen,) = (each for each in record.inputs if each.name == "auction")
    begun, *events = record.events

    for forged in (
        replace(record, inputs=(*others, replace(frozen, value=facts))),
        replace(record, events=(replace(begun, facts=facts), *events)),
    ):
        with pytest.raises(Refuted):
            list(check_auction(forged))


def test_a_round_in_which_much_happens_is_verified_too(context, clock, facilitator, sold):
    """Quality, a pause, an extension, a proxy that is withdrawn, and a supplier that falls out."""
    (first, lot), (second, other), (third, dear) = sold
    auction = replace(DESCENDING, criteria=(QUALITY,))
    sellers = [seller for seller, _ in sold]
    round_ = a_live_round(context, clock, facilitator, *sellers, auction=auction, pledged=PLEDGES)
    yes, no = {QUALITY.id: QUALITY.answers[-1].id}, {QUALITY.id: QUALITY.answers[0].id}
    bid(context, third, round_, dear, 3_000, 30_000, answers=no)
    bid(context, first, round_, lot, 8_000, 30_000, answers=yes)
    proxy(context, first, round_, lot, 5_000)
    ask = {"round_id": round_.id, "reason": "伊勢屋からの質問"}
    pause_auction(context, facilitator, request_id="p", **ask)
    clock.forward(seconds=30)
    resume_auction(context, facilitator, request_id="r", round_id=round_.id)
    bid(context, second, round_, other, 7_000, 40_000, answers=no)
    withdraw_proxy(context, first, request_id="w", round_id=round_.id, lot_id=lot.id)
    later = stored(context, round_).bidding_closes_at + timedelta(seconds=90)
    extend_auction(context, facilitator, request_id="e", until=later, **ask)
    suspend(context, third)
    until(context, clock, round_, stored(context, round_).bidding_closes_at + AFTER)
    assert clear_round(context, round_.id)

    for ask_for in (full_file, public_file):
        file = ask_for(context, facilitator, round_.id)
        record, _ = read_file(file)
        assert "auction" in {found.subject for found in verify(record) if found.is_checked}
        is_public = ask_for is public_file
        assert is_in(file, third.organisation_id) != is_public
        assert ("伊勢屋".encode() in file) != is_public


@pytest.mark.parametrize("auction", [DESCENDING, CLOCK])
def test_a_live_round_without_a_bid_has_a_record_too(context, clock, facilitator, sold, auction):
    round_ = a_live_round(context, clock, facilitator, sold[0][0], auction=auction)
    until(context, clock, round_, END + AFTER)
    assert clear_round(context, round_.id)

    for ask in (full_file, public_file):
        record, _ = read_file(ask(context, facilitator, round_.id))
        assert holds(record)
        assert record.cleared.bought_kg == 0


def suspend(context, actor):
    with context.database.write() as tx:
        supplier = people.organisation(tx, actor.organisation_id)
        people.change_organisation(tx, replace(supplier, standing=Standing.SUSPENDED))


def is_in(file, word):
    """Whether an id is in the bytes, and not only as the beginning of a longer number."""
    return re.search(re.escape(word).encode() + rb"(?![0-9])", file) is not None
