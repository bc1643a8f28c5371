"""Sharing what was bought: exact quotas, then whole kilograms by largest remainder."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from auctions.offers import BadBook
from auctions.rationing import quotas
from auctions.ties import draw, drawn


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why one claim got its kilograms: each step from the pledge to the result."""

    id: str
    pledge_kg: int
    pool_kg: int
    total_kg: int
    limit_per_t: int | None
    quota: Fraction
    floor_kg: int
    remainder: Fraction
    draw: str
    rounded_up: bool
    result_kg: int


def share(
    total_kg: int, claims: Mapping[str, int], seed: bytes, rule: str = "pro_rata"
) -> dict[str, int]:
    """Share a total among claims by a rule of `rationing`, to the whole kilogram.

    Every claim gets its quota rounded down; what is left goes, one each, to the
    largest remainders, equal ones by draw. Nobody gets more than the claim.
    Raises BadBook where the total is above the claims.
    """
    shares = rounded(quotas(total_kg, claims, rule), seed)
    assert all(shares[id] <= claims[id] for id in claims)
    return shares


def rounded(due: Mapping[str, Fraction], seed: bytes) -> dict[str, int]:
    """Turn exact quotas with a whole sum into whole kilograms by largest remainder."""
    total = sum(due.values(), Fraction(0))
    assert total.denominator == 1
    unit = lcm(*(quota.denominator for quota in due.values()))
    weights = {id: quota.numerator * (unit // quota.denominator) for id, quota in due.items()}
    return _largest_remainder(total.numerator, weights, seed, "share")


def amounts(value: int, totals_kg: Mapping[str, int], seed: bytes) -> dict[str, int]:
    """Share a value in minor units by kilograms; equal kilograms differ by one unit at most."""
    if value < 0 or (value > 0 and sum(totals_kg.values()) == 0):
        raise BadBook("nothing_to_share_by", "amounts", value=value)
    return _largest_remainder(value, totals_kg, seed, "amount")


def matrix(
    rows: Mapping[str, int], columns: Mapping[str, int], seed: bytes
) -> dict[str, dict[str, int]]:
    """Give every row the same mix of columns, as nearly as whole units allow.

    Row and column sums are exact, every cell is the floor or the ceiling of its
    exact share, and the fractions rounded up are together as large as can be;
    ties by draw. Raises BadBook where the two margins have different sums.
    """
    from auctions.rounding import controlled_rounding  # noqa: PLC0415 - checks run without a solver

    return controlled_rounding(rows, columns, seed)


def explain(
    id: str,
    total_kg: int,
    claims: Mapping[str, int],
    seed: bytes,
    *,
    limit_per_t: int | None = None,
) -> Explanation:
    """Tell the facts behind one claim's share of a total."""
    pool_kg = sum(claims.values())
    quota = Fraction(total_kg * claims[id], pool_kg) if pool_kg else Fraction(0)
    floor_kg = quota.numerator // quota.denominator
    result_kg = share(total_kg, claims, seed)[id]
    return Explanation(
        id=id,
        pledge_kg=claims[id],
        pool_kg=pool_kg,
        total_kg=total_kg,
        limit_per_t=limit_per_t,
        quota=quota,
        floor_kg=floor_kg,
        remainder=quota - floor_kg,
        draw=draw(seed, "share", id).hex(),
        rounded_up=result_kg > floor_kg,
        result_kg=result_kg,
    )


def _largest_remainder(
    total: int, weights: Mapping[str, int], seed: bytes, purpose: str
) -> dict[str, int]:
    weight = sum(weights.values())
    if weight == 0:
        return dict.fromkeys(sorted(weights), 0)
    parts = {id: divmod(total * weights[id], weight) for id in sorted(weights)}
    left = total - sum(floor for floor, _ in parts.values())
    by_remainder = sorted(drawn(seed, purpose, parts), key=lambda claim: -parts[claim][1])
    raised = set(by_remainder[:left])
    shares = {id: floor + (id in raised) for id, (floor, _) in parts.items()}
    assert sum(shares.values()) == total
    return shares
