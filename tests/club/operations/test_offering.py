"""Sealing offers, receipts and withdrawing, on both databases."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from auctions import sealing
from club.domain.errors import (
    InputRefused,
    PhaseRefused,
    TermsRefused,
)
from club.domain.offers import EnvelopeState
from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.store import journal, offers
from club.store.tables import metadata
from tests.builders import NOON, a_lot, join, move
from tests.markets import AFTER, bidding_round, offer
from tests.sealed import envelopes, states, withdraw


@pytest.fixture
def seller(context):
    return join(context, Kind.SUPPLIER)


@pytest.fixture
def round_(context, facilitator, seller):
    return bidding_round(context, facilitator, seller)


@pytest.fixture
def lot(context, seller):
    return a_lot(context, seller)


def test_an_offer_is_sealed_and_its_receipt_is_signed(context, seller, round_, lot):
    receipt = offer(context, seller, round_, lot)

    (envelope,) = envelopes(context, seller, round_)
    assert (envelope.id, envelope.sequence, envelope.state) == (
        receipt.envelope_id,
        1,
        EnvelopeState.STANDING,
    )
    assert (receipt.commitment, receipt.received_at) == (envelope.commitment, NOON)
    signed = sealing.Receipt(
        {
            "envelope": envelope.id,
            "round": round_.id,
            "lot": lot.id,
            "supplier": seller.organisation_id,
            "sequence": 1,
            "commitment": envelope.commitment,
            "received_at": "2026-11-22T03:00:00.000000+00:00",
        },
        bytes.fromhex(receipt.signature),
        bytes.fromhex(receipt.verify_key),
    )
    sealing.verify_receipt(signed, sealing.verify_key_of(context.keys.find("receipts")))


def test_the_rounds_key_opens_the_envelope_and_finds_the_terms(context, seller, round_, lot):
    offer(context, seller, round_, lot, 50_000, 4_321, 1_000)

    (envelope,) = envelopes(context, seller, round_)
    pair = sealing.round_keys(context.keys.find(f"round-{round_.id}"))
    facts, _ = sealing.open_offer(
        pair.private, sealing.Envelope(envelope.ciphertext, bytes.fromhex(envelope.commitment))
    )

    assert facts["steps"] == [{"quantity_kg": 50_000, "price_per_t": 4_321}]
    assert facts["minimum_kg"] == 1_000


def test_before_the_opening_neither_price_nor_quantity_is_anywhere_in_the_database(
    context, tmp_path, seller, round_, lot
):
    offer(context, seller, round_, lot, quantity_kg=73_519, price_per_t=8_647, minimum_kg=2_939)

    with context.database.read() as tx:
        cells = [
            bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()
            for table in metadata.sorted_tables
            for row in tx.execute(table.select())
            for cell in row
        ]
    written = [path.read_bytes() for path in tmp_path.glob("tomoe.db*")]
    haystack = b"\n".join(cells + written)

    assert lot.id.encode() in haystack
    for needle in (b"73519", b"8647", b"2939", b'price_per_t"', b"73,519", b"8,647"):
        assert needle not in haystack.replace(b"ceiling_per_t", b"")


def test_a_refusal_carries_neither_price_nor_quantity(context, seller, round_, lot):
    with pytest.raises(TermsRefused) as refusal:
        offer(context, seller, round_, lot, price_per_t=10_647)
    with pytest.raises(TermsRefused) as other:
        offer(context, seller, round_, lot, quantity_kg=273_519)

    assert refusal.value.facts == {"ceiling_per_t": 10_000}
    assert other.value.facts == {"left_kg": 200_000}


def test_two_envelopes_look_alike_whatever_they_offer(context, facilitator, seller, lot):
    first = bidding_round(context, facilitator, seller)
    offer(context, seller, first, lot, quantity_kg=1, price_per_t=1)
    offer(context, seller, first, lot, quantity_kg=200_000, price_per_t=10_000, minimum_kg=200_000)

    large, small = envelopes(context, seller, first)

    assert len(large.ciphertext) == len(small.ciphertext)
    assert large.quantity_bound_kg == small.quantity_bound_kg == lot.quantity_kg


def test_a_new_offer_replaces_the_one_before_under_a_new_sequence(context, seller, round_, lot):
    first = offer(context, seller, round_, lot)
    second = offer(context, seller, round_, lot, price_per_t=4_000)

    assert (first.sequence, second.sequence) == (1, 2)
    assert states(context, seller, round_) == [
        (1, EnvelopeState.REPLACED),
        (2, EnvelopeState.STANDING),
    ]


def test_the_same_request_twice_is_one_envelope_and_the_same_receipt(context, seller, round_, lot):
    first = offer(context, seller, round_, lot, request_id="o1")
    again = offer(context, seller, round_, lot, price_per_t=1, request_id="o1")

    assert again == first
    assert states(context, seller, round_) == [(1, EnvelopeState.STANDING)]


def test_eight_clicks_at_once_are_one_envelope(context, seller, round_, lot):
    with ThreadPoolExecutor(8) as threads:
        receipts = list(
            threads.map(lambda _: offer(context, seller, round_, lot, request_id="o1"), range(8))
        )

    assert len(set(receipts)) == 1
    assert states(context, seller, round_) == [(1, EnvelopeState.STANDING)]


def test_of_offers_for_one_lot_at_once_one_stands_and_no_number_is_missing(
    context, seller, round_, lot
):
    with ThreadPoolExecutor(8) as threads:
        receipts = list(
            threads.map(
                lambda price: offer(context, seller, round_, lot, price_per_t=price),
                range(1_000, 1_012),
            )
        )

    assert sorted(receipt.sequence for receipt in receipts) == list(range(1, 13))
    assert states(context, seller, round_) == [
        (number, EnvelopeState.REPLACED) for number in range(1, 12)
    ] + [(12, EnvelopeState.STANDING)]


def test_one_lot_offered_in_two_rounds_at_once_is_bound_once(context, facilitator, seller, lot):
    both = [bidding_round(context, facilitator, seller) for _ in range(2)]

    def try_to_offer(number):
        try:
            offer(context, seller, both[number % 2], lot, quantity_kg=150_000)
        except TermsRefused as refusal:
            return refusal.code, refusal.facts["left_kg"]
        return "standing", both[number % 2].id

    with ThreadPoolExecutor(8) as threads:
        outcomes = set(threads.map(try_to_offer, range(16)))

    with context.database.read() as tx:
        standing = [e for round_ in both for e in offers.standing(tx, round_.id)]
        assert offers.bound_kg(tx, lot.id) == lot.quantity_kg
    assert outcomes == {("standing", standing[0].round_id), ("lot_exhausted", 0)}
    assert [envelope.quantity_bound_kg for envelope in standing] == [lot.quantity_kg]


def test_a_withdrawn_offer_gives_the_lot_free_for_another_round(context, facilitator, seller, lot):
    one, other = (bidding_round(context, facilitator, seller) for _ in range(2))
    receipt = offer(context, seller, one, lot)

    with pytest.raises(TermsRefused):
        offer(context, seller, other, lot)
    withdraw(context, seller, receipt)
    offer(context, seller, other, lot)

    assert states(context, seller, one) == [(1, EnvelopeState.WITHDRAWN)]
    assert states(context, seller, other) == [(1, EnvelopeState.STANDING)]


def test_a_cancelled_round_gives_its_lots_free(context, facilitator, seller, lot):
    one, other = (bidding_round(context, facilitator, seller) for _ in range(2))
    offer(context, seller, one, lot)
    move(context, one, Phase.CANCELLED)

    receipt = offer(context, seller, other, lot, quantity_kg=lot.quantity_kg)

    assert receipt.sequence == 1


def test_an_offer_at_the_closing_instant_is_in_and_later_it_is_refused_with_both_times(
    context, clock, seller, round_, lot
):
    clock.at = round_.bidding_closes_at
    receipt = offer(context, seller, round_, lot)
    clock.at += AFTER

    with pytest.raises(PhaseRefused) as late:
        offer(context, seller, round_, lot)
    with pytest.raises(PhaseRefused) as late_withdrawal:
        withdraw(context, seller, receipt)

    assert receipt.received_at == round_.bidding_closes_at
    assert late.value.code == late_withdrawal.value.code == "bidding_closed"
    assert late.value.facts == {"closed_at": round_.bidding_closes_at, "now_at": clock.at}
    assert states(context, seller, round_) == [(1, EnvelopeState.STANDING)]


@pytest.mark.parametrize("phase", [Phase.PLEDGING, Phase.CLEARING, Phase.SETTLING])
def test_outside_bidding_no_offer_is_taken(context, seller, round_, lot, phase):
    move(context, round_, phase)

    with pytest.raises(PhaseRefused):
        offer(context, seller, round_, lot)

    assert envelopes(context, seller, round_) == []


@pytest.mark.parametrize(
    ("terms", "error", "code"),
    [
        ({"price_per_t": 10_001}, TermsRefused, "price_above_ceiling"),
        ({"price_per_t": 0}, InputRefused, "not_positive"),
        ({"quantity_kg": 0}, InputRefused, "not_positive"),
        ({"minimum_kg": -1}, InputRefused, "not_positive"),
        ({"minimum_kg": 50_001}, TermsRefused, "minimum_above_quantity"),
        ({"quantity_kg": 200_001}, TermsRefused, "lot_exhausted"),
    ],
)
def test_terms_outside_the_rounds_or_the_lots_are_refused_and_nothing_is_stored(
    context, seller, round_, lot, terms, error, code
):
    with pytest.raises(error) as refusal:
        offer(context, seller, round_, lot, **terms)

    assert refusal.value.code == code
    assert envelopes(context, seller, round_) == []


def test_the_audit_chain_tells_of_every_envelope_by_its_commitment(context, seller, round_, lot):
    receipt = offer(context, seller, round_, lot)
    withdraw(context, seller, receipt)

    with context.database.read() as tx:
        links = journal.links(tx, round_.id)[-2:]
    assert [link.kind for link in links] == ["offer.received", "offer.withdrawn"]
    assert links[0].facts["commitment"] == receipt.commitment
