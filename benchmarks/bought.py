"""What rounds that are over leave behind: a computed clearing, awards, shares and invoices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

from auctions import sealing
from auctions.envelopes import one_price, sealed_facts
from auctions.record import document_hash
from club.domain.invoices import Invoice
from club.domain.offers import Allocation, Award, Offer
from club.domain.pledges import Pledge
from club.domain.rounds import Round
from club.operations.computing import Computed, Task, compute
from club.store import clearings, rounds, rows
from club.store.clearings import ClearingRow
from club.store.database import Connection
from club.store.rounds import RoundKey
from club.store.tables import invoices

SECRET = bytes(32)
"""Chance plays no part in what is measured."""


def settle(tx: Connection, round_: Round, pledged: Sequence[Pledge], offered: list[Offer]) -> None:
    """Clear the round by the real engine, so that what a page reads has its true length."""
    pair = sealing.round_keys(SECRET)
    sealed = {offer.id: _seal(pair.public, offer) for offer in offered}
    inputs = _inputs(round_, pledged, offered, sealed)
    ciphertexts = {id: envelope.ciphertext for id, envelope in sealed.items()}
    task = Task(inputs=inputs, ciphertexts=ciphertexts, private_key=pair.private, seed=SECRET)
    computed = compute(task)
    key = RoundKey(
        round_id=round_.id,
        public_key=pair.public,
        secret_hash=sealing.secret_hash(SECRET).hex(),
        revealed_secret=SECRET.hex(),
        made_at=round_.created_at,
    )
    rounds.add_key(tx, key)
    row = ClearingRow(
        round_id=round_.id,
        inputs_hash=document_hash(inputs),
        inputs=inputs,
        result_hash=document_hash(computed.result),
        result=computed.result,
        frozen_at=round_.bidding_closes_at,
        cleared_at=round_.bidding_closes_at,
    )
    clearings.freeze(tx, row)
    _keep(tx, round_, offered, computed)


def close(tx: Connection, round_: Round, pledged: Sequence[Pledge], offered: list[Offer]) -> None:
    """A round of long ago: every second offer was taken, and everybody had an invoice."""
    clearings.add_awards(tx, [_award(offer, offer.quantity_kg) for offer in offered[::2]])
    _invoice(tx, round_, {pledge.organisation_id: pledge.quantity_kg for pledge in pledged})


def _seal(public_key: bytes, offer: Offer) -> sealing.Envelope:
    terms = one_price(offer.quantity_kg, offer.price_per_t, offer.minimum_kg)
    facts = sealed_facts(
        terms, (), round_id=offer.round_id, lot_id=offer.lot_id, supplier_id=offer.supplier_id
    )
    return sealing.seal_offer(public_key, facts, bytes(sealing.KEY_BYTES), SECRET)


def _inputs(
    round_: Round,
    pledged: Sequence[Pledge],
    offered: Sequence[Offer],
    sealed: Mapping[str, sealing.Envelope],
) -> dict[str, Any]:
    claims = [
        {
            "id": pledge.organisation_id,
            "quantity_kg": pledge.quantity_kg,
            "minimum_kg": pledge.minimum_kg,
            "limit_per_t": pledge.limit_per_t,
        }
        for pledge in pledged
    ]
    envelopes = [
        {
            "id": offer.id,
            "lot": offer.lot_id,
            "project": f"project-{offer.lot_id}",
            "attributes": {},
            "supplier": offer.supplier_id,
            "is_supplier_approved": True,
            "sequence": offer.sequence,
            "quantity_bound_kg": offer.quantity_kg,
            "commitment": sealed[offer.id].commitment.hex(),
            "ciphertext_hash": sha256(sealed[offer.id].ciphertext).hexdigest(),
            "received_at": round_.pledging_closes_at.isoformat(timespec="microseconds"),
        }
        for offer in offered
    ]
    return {
        "round": round_.id,
        "ceiling_per_t": round_.ceiling_per_t,
        "wanted_kg": round_.minimum_kg,
        "pricing": round_.auction.pricing.value,
        "sharing": round_.auction.sharing.value,
        "rules": [],
        "criteria": [],
        "claims": claims,
        "envelopes": envelopes,
    }


def _keep(tx: Connection, round_: Round, offered: Sequence[Offer], computed: Computed) -> None:
    by_id = {offer.id: offer for offer in offered}
    won = computed.result["document"]["clearing"]["awards"]
    clearings.add_awards(tx, [_award(by_id[row["offer"]], row["quantity_kg"]) for row in won])
    shared = [
        Allocation(
            round_id=round_.id, organisation_id=member, award_id=award, quantity_kg=quantity_kg
        )
        for member, kilograms in computed.shares.items()
        for award, quantity_kg in kilograms.items()
        if quantity_kg
    ]
    clearings.add_allocations(tx, shared)
    _invoice(tx, round_, {member: sum(row.values()) for member, row in computed.shares.items()})


def _award(offer: Offer, quantity_kg: int) -> Award:
    return Award(
        id=offer.id,
        round_id=offer.round_id,
        offer_id=offer.id,
        lot_id=offer.lot_id,
        supplier_id=offer.supplier_id,
        quantity_kg=quantity_kg,
        price_per_t=offer.price_per_t,
        value_jpy=quantity_kg * offer.price_per_t // 1_000,
    )


def _invoice(tx: Connection, round_: Round, bought_kg: Mapping[str, int]) -> None:
    """One invoice a member, a yen a kilogram."""
    issued = [
        Invoice(
            id=f"invoice-{round_.id}-{member}",
            number=f"INV-{round_.id}-{member}",
            round_id=round_.id,
            organisation_id=member,
            quantity_kg=quantity_kg,
            value_jpy=quantity_kg,
            fee_jpy=0,
            tax_percent=0,
            tax_jpy=0,
            total_jpy=quantity_kg,
            issued_at=round_.bidding_closes_at,
            due_on=(round_.bidding_closes_at + timedelta(days=30)).date(),
        )
        for member, quantity_kg in bought_kg.items()
    ]
    tx.execute(invoices.insert(), [rows.values(invoice) for invoice in issued])
