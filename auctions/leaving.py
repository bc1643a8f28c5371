"""Who leaves because the exact quota falls short of the minimum pledged."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from auctions.offers import Claim
from auctions.rationing import Quotas, quotas
from auctions.ties import draw


def quota_of(claim: Claim, bought_kg: int, demand_kg: int) -> Fraction:
    """Return the exact part of what is bought that a claim is due."""
    return Fraction(bought_kg * claim.quantity_kg, demand_kg)


def leaver(members: Iterable[Claim], bought_kg: int, demand_kg: int, seed: bytes) -> Claim | None:
    """Pick the claim with the largest minimum against its quota, ties by draw, if any is short."""
    due = [(claim, quota_of(claim, bought_kg, demand_kg)) for claim in members]
    short = {claim.id: (claim, quota) for claim, quota in due if quota < claim.minimum_kg}
    if not short:
        return None
    return short[_furthest_short(short, seed)][0]


def stay(total_kg: int, claims: Sequence[Claim], seed: bytes, rule: str) -> Quotas:
    """Divide a total among claims with minimums; who leaves is due nothing.

    One leaves at a time, and the total is divided again among the others, up to
    what they claim. Raises BadBook as `rationing.quotas` does.
    """
    standing = {claim.id: claim for claim in claims}
    due = quotas(total_kg, {id: claim.quantity_kg for id, claim in standing.items()}, rule)
    while short := {id: (c, due[id]) for id, c in standing.items() if due[id] < c.minimum_kg}:
        del standing[_furthest_short(short, seed)]
        claimed = {id: claim.quantity_kg for id, claim in standing.items()}
        due = quotas(min(total_kg, sum(claimed.values())), claimed, rule)
    return {id: due.get(id, Fraction(0)) for id in sorted(claim.id for claim in claims)}


def _furthest_short(short: Mapping[str, tuple[Claim, Fraction]], seed: bytes) -> str:
    """Pick the largest minimum / quota, the smallest part of a minimum met; ties by draw."""

    def order(id: str) -> tuple[Fraction, bytes, str]:
        claim, quota = short[id]
        return quota * Fraction(1, claim.minimum_kg), draw(seed, "leave", id), id

    return min(short, key=order)
