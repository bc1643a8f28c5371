"""A cleared round as it is told: the engine's document, why each member got its kilograms, and the
figures of the round's page. What the club publishes the hash of, an outsider builds again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from auctions.curves import demand_curve, supply_curve
from auctions.offers import Claim, Lot, Offer
from auctions.rationing import Quotas, quotas
from auctions.record import document_hash, plain, result_document
from auctions.recording.values import demand_steps
from auctions.results import Clearing
from auctions.rules import Rule
from auctions.sharing import Explanation, shared

Result = dict[str, Any]
Shares = dict[str, dict[str, int]]
Opening = Mapping[str, Any]
"""An envelope's id, the facts inside and the nonce."""
OTHERS_FACTS = ("cut_off_remainder", "cut_off_draw")
"""Of whoever was rounded up last: over the pool, the remainder gives that member's pledge away.
`recording.cut_offs` tells where rounding stopped without it."""


def result_of(  # noqa: PLR0913 - what was cleared and what came out, each under its own name
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    clearing: Clearing,
    *,
    ceiling_per_t: int,
    seed: bytes,
    opened: Sequence[Opening],
    void: Mapping[str, str],
    rules: Sequence[Rule] = (),
) -> tuple[Result, Shares]:
    """Tell a clearing for canonical JSON; and apart from it, because it is by far the largest, who
    gets how many kilograms of which award. The result holds the hash of that.
    """
    document = result_document(
        claims, lots, offers, clearing, ceiling_per_t=ceiling_per_t, seed=seed, rules=rules
    )
    shares = document["clearing"].pop("shares")
    supply = supply_curve(lots, offers)
    standing = [claim for claim in claims if claim.id not in clearing.left]
    result = {
        "document": document,
        "shares_hash": document_hash(shares),
        "opened": list(opened),
        "void": dict(sorted(void.items())),
        "members": _members(claims, clearing, seed),
        "summary": _summary(clearing)
        | {
            "offered_kg": sum(offer.quantity_kg for offer in offers),
            "demand": [list(point) for point in demand_curve(claims, ceiling_per_t).items()],
            "standing": [
                [step.limit_per_t, step.demand_kg, step.companies]
                for step in demand_steps(standing, ceiling_per_t)
            ],
            "supply": [list(point) for point in supply.items()],
        },
    }
    return result, shares


def exact_quotas(claims: Sequence[Claim], clearing: Clearing) -> Quotas:
    """What each participating claim is due, to the exact fraction."""
    return quotas(clearing.bought_kg, _taking_part(claims, clearing), clearing.sharing)


def explanations(
    claims: Sequence[Claim], clearing: Clearing, seed: bytes
) -> dict[str, Explanation]:
    """Say of each participating claim what `auctions.sharing.explain` says, sharing only once."""
    told = shared(clearing.bought_kg, _taking_part(claims, clearing), seed, clearing.sharing)
    return {
        claim.id: told.explain(claim.id, limit_per_t=clearing.limit_per_t)
        for claim in claims
        if claim.id in clearing.totals_kg
    }


def _taking_part(claims: Sequence[Claim], clearing: Clearing) -> dict[str, int]:
    return {claim.id: claim.quantity_kg for claim in claims if claim.id in clearing.totals_kg}


def _members(claims: Sequence[Claim], clearing: Clearing, seed: bytes) -> Result:
    """Why each member gets what it gets: taking part, priced out, or left for its minimum."""
    told: Result = {}
    left = {run.left: run for run in clearing.passes if run.left is not None}
    explained = explanations(claims, clearing, seed)
    for claim in claims:
        if claim.id in explained:
            facts = plain(explained[claim.id])
            for name in OTHERS_FACTS:
                del facts[name]
            facts |= {"outcome": "takes_part", "amount": plain(clearing.amounts[claim.id])}
        elif claim.id in left:
            facts = {"outcome": "left", "quota": plain(left[claim.id].left_quota)}
        else:
            facts = {"outcome": "limit_below" if clearing.limit_per_t else "nothing_bought"}
        told[claim.id] = facts
    return told


def _summary(clearing: Clearing) -> Result:
    """What a round's page shows, kept apart so that no page reads the whole result."""
    return {
        "bought_kg": clearing.bought_kg,
        "demand_kg": clearing.demand_kg,
        "limit_per_t": clearing.limit_per_t,
        "value": plain(clearing.value),
        "price": plain(clearing.member_price_per_t),
        "participants": len(clearing.participants),
        "left": len(clearing.left),
        "yielded": plain(clearing.passes[-1].yielded),
    }
