"""What is left of a round once awards have fallen away: frozen for the next clearing, read back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from auctions.offers import Claim, Lot, Offer
from auctions.reviving import revive
from auctions.rule_reading import read_rules
from club.domain.falling import Fall
from club.domain.next_best import Remainder
from club.domain.offers import Award
from club.domain.organisations import Kind, Standing
from club.domain.retirements import units_due
from club.domain.rounds import Round
from club.operations.deed import Deed
from club.operations.questioning import round_seed
from club.store import catalogue, clearings, falling, holdings, offers, people


def inputs_of(deed: Deed, round_: Round, number: int, left: Collection[str]) -> dict[str, Any]:
    """Everything the next best depends on, as it is now; the caller holds the round.

    What fell away after this search began stands in it still: it has a search of its own later.
    Nothing more is bought of its supplier all the same.
    """
    row = clearings.get(deed.tx, round_.id)
    if row is None or row.result is None:
        raise LookupError(f"round {round_.id} is not cleared")
    document, frozen = row.result["document"], row.inputs
    fallen = falling.falls_of_round(deed.tx, round_.id)
    stands = standing(clearings.awards_of_round(deed.tx, round_.id), fallen)
    participants = set(document["clearing"]["participants"])
    return {
        "round": round_.id,
        "number": number,
        "fallen": [{"lot": f.lot_id, "supplier": f.supplier_id} for f in fallen],
        "left": sorted(left),
        "out": sorted({f.supplier_id for f in fallen} | _not_approved(deed, document["offers"])),
        "claims": [claim for claim in document["claims"] if claim["id"] in participants],
        "kept_kg": _kept(deed, round_.id, stands),
        "lots": document["lots"],
        "offers": document["offers"],
        "capacity_kg": capacity(deed, round_.id, [lot["id"] for lot in document["lots"]], stands),
        "fixed_kg": _fixed(stands),
        "ceiling_per_t": document["ceiling_per_t"],
        "wanted_kg": frozen["wanted_kg"],
        "pricing": frozen["pricing"],
        "sharing": frozen["sharing"],
        "rules": document["rules"],
        "seed": round_seed(deed.tx, round_.id).hex(),
    }


def remainder_of(inputs: Mapping[str, Any]) -> Remainder:
    """The same as the rule reads it; Malformed where it is not what was frozen."""
    return Remainder(
        claims=revive(tuple[Claim, ...], inputs["claims"], "claims"),
        kept_kg=inputs["kept_kg"],
        lots=revive(tuple[Lot, ...], inputs["lots"], "lots"),
        offers=revive(tuple[Offer, ...], inputs["offers"], "offers"),
        capacity_kg=inputs["capacity_kg"],
        fixed_kg=inputs["fixed_kg"],
        out=frozenset(inputs["out"]),
        left=frozenset(inputs["left"]),
        ceiling_per_t=revive(int, inputs["ceiling_per_t"], "ceiling_per_t"),
        wanted_kg=inputs["wanted_kg"],
        pricing=inputs["pricing"],
        sharing=inputs["sharing"],
        rules=tuple(read_rules(inputs["rules"], "rules")),
        seed=bytes.fromhex(inputs["seed"]),
    )


def standing(awards: Collection[Award], fallen: Collection[Fall]) -> list[Award]:
    """The awards whose lots have not fallen, as far as a search has been begun for them."""
    gone = {fall.lot_id for fall in fallen if fall.number is not None}
    return [award for award in awards if award.lot_id not in gone]


def capacity(
    deed: Deed, round_id: str, lot_ids: Collection[str], stands: Collection[Award]
) -> dict[str, int]:
    """What each lot can give the round now, what stands of it included, and nobody else meanwhile.

    What a delivery has been recorded of gives no more: it was delivered together.
    """
    won_kg: dict[str, int] = defaultdict(int)
    for award in stands:
        won_kg[award.lot_id] += award.quantity_kg
    delivered = {d.lot_id for d in holdings.deliveries_of_round(deed.tx, round_id)}
    lots = {id: catalogue.lot(deed.tx, id, lock=True) for id in sorted(lot_ids)}
    bound_kg = offers.bound_by_lot(deed.tx, lot_ids)
    able = {}
    for id, lot in lots.items():
        own_kg = units_due(won_kg[id], lot.unit_kg) * lot.unit_kg
        free_kg = max(0, lot.quantity_kg - bound_kg.get(id, 0) + own_kg)
        able[id] = won_kg[id] if id in delivered else free_kg
    return able


def _kept(deed: Deed, round_id: str, stands: Collection[Award]) -> dict[str, int]:
    ids = {award.id for award in stands}
    kept_kg: dict[str, int] = defaultdict(int)
    for allocation in clearings.allocations_of_round(deed.tx, round_id):
        if allocation.award_id in ids:
            kept_kg[allocation.organisation_id] += allocation.quantity_kg
    return dict(sorted(kept_kg.items()))


def _fixed(stands: Collection[Award]) -> dict[str, int]:
    fixed_kg: dict[str, int] = defaultdict(int)
    for award in stands:
        fixed_kg[award.offer_id] += award.quantity_kg
    return dict(sorted(fixed_kg.items()))


def _not_approved(deed: Deed, offered: Collection[Mapping[str, Any]]) -> set[str]:
    """Suppliers that are no approved organisations of the club any more."""
    approved = {
        supplier.id
        for supplier in people.all_organisations(deed.tx, Kind.SUPPLIER)
        if supplier.standing is Standing.APPROVED
    }
    return {offer["supplier"] for offer in offered} - approved
