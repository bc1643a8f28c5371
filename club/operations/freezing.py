"""What a round is cleared from, read once its bidding has ended."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from auctions.formats import ending
from auctions.formats.history import is_ended
from auctions.record import plain
from auctions.rule_reading import rule_facts
from club.domain.attributes import attributes
from club.domain.live_events import line_of
from club.domain.offers import Envelope
from club.domain.organisations import Kind, Standing
from club.domain.pledges import PledgeState, claim_of
from club.domain.rounds import Phase, Round, is_bidding_over
from club.operations.deed import Deed
from club.operations.recording import bring_up
from club.store import catalogue, live, people, pledges


def inputs_once_over(
    deed: Deed, round_: Round, envelopes: tuple[Envelope, ...]
) -> dict[str, Any] | None:
    """Everything the outcome depends on, and nothing that the club could still choose; None while
    bidding goes on. Whether it does, a live auction says itself."""
    if not round_.auction.is_live:
        is_over = is_bidding_over(round_, deed.at)
        return _inputs(deed, round_, envelopes) if is_over else None
    auction = _auction(deed, round_) if round_.phase is Phase.BIDDING else None
    return None if auction is None else _inputs(deed, round_, ()) | {"auction": auction}


def _auction(deed: Deed, round_: Round) -> dict[str, Any] | None:
    state = bring_up(deed, round_, afresh=True).state
    if not is_ended(state, deed.at):
        return None
    approved = _approved(deed)
    suspended = [o.id for o in ending.final_offers(state) if o.supplier not in approved]
    facts = ending.outcome(state, map(line_of, live.of_round(deed.tx, round_.id)), suspended)
    told = _attributes(deed, round_, {row["lot"] for row in facts["offers"]})
    for row in facts["offers"]:
        row["attributes"] = told[row["lot"]]
    return facts


def _inputs(deed: Deed, round_: Round, envelopes: tuple[Envelope, ...]) -> dict[str, Any]:
    lot_ids = {e.lot_id for e in envelopes}
    lots = catalogue.lots_by_id(deed.tx, lot_ids)
    told = _attributes(deed, round_, lot_ids)
    approved = _approved(deed)
    terms = round_.auction
    standing = [p for p in pledges.of_round(deed.tx, round_.id) if p.state is PledgeState.PLACED]
    return {
        "round": round_.id,
        "ceiling_per_t": round_.ceiling_per_t,
        "wanted_kg": terms.wanted_kg or round_.minimum_kg,
        "pricing": terms.pricing.value,
        "sharing": terms.sharing.value,
        "rules": [rule_facts(rule) for rule in terms.rules],
        "criteria": plain(terms.criteria),
        "claims": [plain(claim_of(p)) for p in sorted(standing, key=lambda p: p.organisation_id)],
        "envelopes": [
            {
                "id": e.id,
                "lot": e.lot_id,
                "project": lots[e.lot_id].project_id,
                "attributes": told[e.lot_id],
                "supplier": e.supplier_id,
                "is_supplier_approved": e.supplier_id in approved,
                "sequence": e.sequence,
                "quantity_bound_kg": e.quantity_bound_kg,
                "commitment": e.commitment,
                "ciphertext_hash": sha256(e.ciphertext).hexdigest(),
                "received_at": e.received_at.isoformat(timespec="microseconds"),
            }
            for e in envelopes
        ],
    }


def _approved(deed: Deed) -> set[str]:
    suppliers = people.all_organisations(deed.tx, Kind.SUPPLIER)
    return {supplier.id for supplier in suppliers if supplier.standing is Standing.APPROVED}


def _attributes(deed: Deed, round_: Round, lot_ids: set[str]) -> dict[str, dict[str, Any]]:
    """What each lot says of itself under the names that the round's rules use."""
    lots = catalogue.lots_by_id(deed.tx, lot_ids)
    projects = catalogue.projects_by_id(deed.tx, {lot.project_id for lot in lots.values()})
    return {
        lot.id: attributes(projects[lot.project_id], lot, round_.auction.rules)
        for lot in lots.values()
    }
