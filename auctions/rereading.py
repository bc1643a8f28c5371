"""A result document read back: what the round was cleared from, and what came out."""

from collections.abc import Mapping
from typing import Any

from auctions.inputs import Inputs
from auctions.offers import Claim, Lot, Offer
from auctions.results import Clearing
from auctions.reviving import revive
from auctions.rule_reading import read_rules


def reread(document: Mapping[str, Any]) -> tuple[Inputs, Clearing]:
    """Read what `record.result_document` wrote; everybody's shares may have been left out of it.

    Raises Malformed.
    """
    told = {"shares": {}} | document["clearing"]
    clearing = revive(Clearing, told, "clearing")
    inputs = Inputs(
        claims=revive(tuple[Claim, ...], document["claims"], "claims"),
        lots=revive(tuple[Lot, ...], document["lots"], "lots"),
        offers=revive(tuple[Offer, ...], document["offers"], "offers"),
        ceiling_per_t=revive(int, document["ceiling_per_t"], "ceiling_per_t"),
        seed=bytes.fromhex(document["seed"]),
        rules=read_rules(document["rules"], "rules"),
        wanted_kg=clearing.wanted_kg,
        pricing=clearing.pricing,
        sharing=clearing.sharing,
    )
    return inputs, clearing
