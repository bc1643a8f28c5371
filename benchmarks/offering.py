"""Lots and the offers for them, in the clubs to measure in."""

from __future__ import annotations

from benchmarks.sizes import Size
from club.domain.lots import Basis, Category, Lot, Mechanism, Project
from club.domain.offers import Envelope, EnvelopeState, Offer
from club.domain.organisations import Kind
from club.domain.rounds import Round
from club.store import catalogue, offers
from club.store.database import Connection

OFFERED_KG = 10_000
LOWEST_PER_T = 2_000
STEP_PER_T = 77
"""Prices lie this far apart, so that no two are the same and the supply curve is longest."""


def offers_for(tx: Connection, size: Size, round_: Round, count: int) -> list[Offer]:
    """Opened offers for as many new lots, the suppliers in turn, the cheapest first."""
    made = [
        _offer(tx, round_, number, f"{Kind.SUPPLIER.value}{number % size.suppliers}")
        for number in range(count)
    ]
    offers.add_offers(tx, made)
    return made


def _offer(tx: Connection, round_: Round, number: int, supplier_id: str) -> Offer:
    lot = _lot(tx, round_, number, supplier_id)
    offer = Offer(
        id=f"offer-{lot.id}",
        round_id=round_.id,
        lot_id=lot.id,
        supplier_id=supplier_id,
        sequence=number + 1,
        quantity_kg=OFFERED_KG,
        price_per_t=LOWEST_PER_T + STEP_PER_T * number,
        minimum_kg=0,
    )
    envelope = Envelope(
        id=offer.id,
        round_id=round_.id,
        lot_id=lot.id,
        supplier_id=supplier_id,
        sequence=offer.sequence,
        quantity_bound_kg=lot.quantity_kg,
        commitment="0" * 64,
        ciphertext=b"0" * 400,
        state=EnvelopeState.OPENED,
        received_at=round_.pledging_closes_at,
        received_by=lot.created_by,
    )
    offers.add_envelope(tx, envelope)
    return offer


def _lot(tx: Connection, round_: Round, number: int, supplier_id: str) -> Lot:
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
