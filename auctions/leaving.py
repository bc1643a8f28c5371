"""Who leaves a round because the exact quota falls short of the minimum pledged."""

from collections.abc import Iterable
from fractions import Fraction

from auctions.offers import Claim
from auctions.ties import draw


def quota_of(claim: Claim, bought_kg: int, demand_kg: int) -> Fraction:
    """Return the exact part of what is bought that a claim is due."""
    return Fraction(bought_kg * claim.quantity_kg, demand_kg)


def leaver(members: Iterable[Claim], bought_kg: int, demand_kg: int, seed: bytes) -> Claim | None:
    """Pick the claim with the largest minimum against its quota, ties by draw, if any is short."""
    short = [claim for claim in members if quota_of(claim, bought_kg, demand_kg) < claim.minimum_kg]
    return min(
        short,
        key=lambda claim: (
            -Fraction(claim.minimum_kg, claim.quantity_kg),
            draw(seed, "leave", claim.id),
            claim.id,
        ),
        default=None,
    )
