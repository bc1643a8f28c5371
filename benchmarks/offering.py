"""Lots and offers of the clubs to measure in: sealed ones, and ones long since opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from auctions import sealing
from benchmarks.sizes import Size
from club.domain.lots import Basis, Category, Lot, Mechanism, Project
from club.domain.offers import Award, Envelope, EnvelopeState, Offer, OfferTerms, sealed_facts
from club.domain.organisations import Kind
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.opening import round_key_name, round_secret_name
from club.store import catalogue, clearings, offers, rounds
from club.store.database import Connection
from club.store.rounds import RoundKey

OFFERED_KG = 10_000
LOWEST_PER_T = 2_000
STEP_PER_T = 77


def seal_offers(context: Context, tx: Connection, size: Size, round_: Round) -> None:
    """Sealed offers that wait for the clearing, and the round's own keys."""
    pair = sealing.round_keys(context.keys.secret(round_key_name(round_.id)))
    secret = context.keys.secret(round_secret_name(round_.id))
    key = RoundKey(
        round_id=round_.id,
        public_key=pair.public,
        secret_hash=sealing.secret_hash(secret).hex(),
        made_at=round_.created_at,
    )
    rounds.add_key(tx, key)
    for envelope, offer in _offers(tx, size, round_, size.offers):
        terms = OfferTerms(
            quantity_kg=offer.quantity_kg, price_per_t=offer.price_per_t, minimum_kg=0
        )
        facts = sealed_facts(
            terms, round_id=round_.id, lot_id=offer.lot_id, supplier_id=offer.supplier_id
        )
        chance = context.random_bytes
        sealed = sealing.seal_offer(
            pair.public, facts, chance(sealing.KEY_BYTES), chance(sealing.KEY_BYTES)
        )
        kept = replace(
            envelope, commitment=sealed.commitment.hex(), ciphertext=sealed.ciphertext
        )
        offers.add_envelope(tx, kept)


def enter_opened_offers(tx: Connection, size: Size, round_: Round) -> None:
    """Offers of a round that is over; every second one was taken."""
    opened = []
    for envelope, offer in _offers(tx, size, round_, size.closed_offers):
        offers.add_envelope(tx, replace(envelope, state=EnvelopeState.OPENED))
        opened.append(offer)
    offers.add_offers(tx, opened)
    clearings.add_awards(tx, [_award(offer) for offer in opened[::2]])


def _offers(
    tx: Connection, size: Size, round_: Round, count: int
) -> Iterator[tuple[Envelope, Offer]]:
    """Offers for as many new lots, the suppliers in turn; the envelopes are still empty."""
    for number in range(count):
        lot = _enter_lot(tx, round_, number, f"{Kind.SUPPLIER.value}{number % size.suppliers}")
        offer = Offer(
            id=f"offer-{lot.id}",
            round_id=round_.id,
            lot_id=lot.id,
            supplier_id=lot.supplier_id,
            sequence=number + 1,
            quantity_kg=OFFERED_KG,
            price_per_t=LOWEST_PER_T + STEP_PER_T * number,
            minimum_kg=0,
        )
        envelope = Envelope(
            id=offer.id,
            round_id=round_.id,
            lot_id=lot.id,
            supplier_id=lot.supplier_id,
            sequence=offer.sequence,
            quantity_bound_kg=lot.quantity_kg,
            commitment="0" * 64,
            ciphertext=b"",
            state=EnvelopeState.STANDING,
            received_at=round_.pledging_closes_at,
            received_by=lot.created_by,
        )
        yield envelope, offer


def _enter_lot(tx: Connection, round_: Round, number: int, supplier_id: str) -> Lot:
    """A lot of a project of its own."""
    id = f"{round_.id}-{number}"
    created_at, created_by = round_.created_at, f"person-{supplier_id}"
    project = Project(
        id=f"project-{id}",
        name_ja=f"試験の森プロジェクト {id}",
        name_en=f"Test forest project {id}",
        programme="J-Credit",
        country="JP",
        category=Category.FOREST,
        mechanism=Mechanism.REMOVAL,
        basis=Basis.NATURE,
        source="benchmarks",
        source_read_on=created_at.date(),
        created_at=created_at,
        created_by=created_by,
    )
    lot = Lot(
        id=f"lot-{id}",
        project_id=project.id,
        supplier_id=supplier_id,
        vintage=2025,
        quantity_kg=OFFERED_KG,
        created_at=created_at,
        created_by=created_by,
    )
    catalogue.add_project(tx, project)
    catalogue.add_lot(tx, lot)
    return lot


def _award(offer: Offer) -> Award:
    return Award(
        id=offer.id,
        round_id=offer.round_id,
        offer_id=offer.id,
        lot_id=offer.lot_id,
        supplier_id=offer.supplier_id,
        quantity_kg=offer.quantity_kg,
        price_per_t=offer.price_per_t,
        value_jpy=offer.quantity_kg * offer.price_per_t // 1_000,
    )
