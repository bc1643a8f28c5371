"""A member's row of a cleared round, its place in the tree of rows, and where rounding up stopped.

A row is hidden by its salt: who holds a hash and guesses the figures cannot tell whether the guess
is right. Rows that stand for nobody fill the tree up, so that its size tells no small number.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from auctions.canonical import canonical_bytes
from auctions.explaining import exact_quotas
from auctions.merkle import leaf_hash
from auctions.offers import Claim
from auctions.record import plain
from auctions.results import Clearing
from auctions.ties import draw

LEAST_LEAVES = 8
SALT_TAG = b"tomoe/row-salt/1\0"
Outcome = Literal["takes_part", "limit_below", "left", "nothing_bought"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one member pledged, got and owes, with every step between; what it is due is exact.

    The pool, the quota and what follows from them are None where the member takes no part.
    """

    member: str
    quantity_kg: int
    minimum_kg: int
    limit_per_t: int | None
    outcome: Outcome
    pool_kg: int | None = None
    quota: Fraction | None = None
    floor_kg: int | None = None
    remainder: Fraction | None = None
    draw: str | None = None
    is_rounded_up: bool = False
    total_kg: int = 0
    kilograms: Mapping[str, int]
    """Of each offer that won, where it is more than nothing."""
    amount: int = 0
    salt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CutOff:
    """Where rounding up stopped: up goes what has a larger remainder, and of those with this very
    one whose draw is not above `draw`; None where the remainder alone decides.

    The remainder is the simplest ratio that divides them, so that it tells of nobody's pledge.
    """

    purpose: Literal["share", "amount"]
    remainder: Fraction
    draw: str | None

    def is_above(self, remainder: Fraction, draw: str) -> bool:
        """Say whether a remainder with its draw is rounded up."""
        if remainder != self.remainder:
            return remainder > self.remainder
        return self.draw is not None and draw <= self.draw


def salt_of(secret: bytes, round_id: str, member: str) -> str:
    """Salt a row by a secret that only the club has: HMAC-SHA-256 over round and member."""
    place = SALT_TAG + round_id.encode() + b"\0" + member.encode()
    return hmac.digest(secret, place, "sha256").hex()


def rows_of(
    claims: Sequence[Claim], clearing: Clearing, seed: bytes, salts: Mapping[str, str]
) -> list[Row]:
    """Write every pledge's row, in the order of the claims."""
    due = exact_quotas(claims, clearing)
    left = set(clearing.left)
    return [
        _row(claim, due[claim.id], clearing, seed=seed, salt=salts[claim.id])
        if claim.id in due
        else Row(
            **_pledge(claim),
            outcome="left" if claim.id in left else _outside(clearing),
            kilograms={},
            salt=salts[claim.id],
        )
        for claim in claims
    ]


def _row(claim: Claim, quota: Fraction, clearing: Clearing, *, seed: bytes, salt: str) -> Row:
    floor_kg = quota.numerator // quota.denominator
    total_kg = clearing.totals_kg[claim.id]
    return Row(
        **_pledge(claim),
        outcome="takes_part",
        pool_kg=clearing.demand_kg,
        quota=quota,
        floor_kg=floor_kg,
        remainder=quota - floor_kg,
        draw=draw(seed, "share", claim.id).hex(),
        is_rounded_up=total_kg > floor_kg,
        total_kg=total_kg,
        kilograms={offer: kg for offer, kg in clearing.shares[claim.id].items() if kg},
        amount=clearing.amounts[claim.id],
        salt=salt,
    )


def _pledge(claim: Claim) -> dict[str, Any]:
    return {
        "member": claim.id,
        "quantity_kg": claim.quantity_kg,
        "minimum_kg": claim.minimum_kg,
        "limit_per_t": claim.limit_per_t,
    }


def _outside(clearing: Clearing) -> Outcome:
    return "nothing_bought" if clearing.limit_per_t is None else "limit_below"


def leaf_of(row: Row) -> bytes:
    """Hash a row as it stands in the tree."""
    return leaf_hash(canonical_bytes(plain(row)))


def filler_leaf(salt: str) -> bytes:
    """Hash a row that stands for nobody."""
    return leaf_hash(canonical_bytes({"salt": salt}))


def fillers_needed(rows: int) -> int:
    """Count the rows for nobody that bring a tree up to its least size."""
    return max(0, LEAST_LEAVES - rows)


def leaves_of(rows: Iterable[Row], fillers: Iterable[str]) -> list[bytes]:
    """List the leaves of the tree, lowest hash first, so that a place tells nothing."""
    return sorted([*map(leaf_of, rows), *map(filler_leaf, fillers)])


def cut_offs(claims: Sequence[Claim], clearing: Clearing, seed: bytes) -> tuple[CutOff, ...]:
    """Say where rounding up stopped, of kilograms and of amounts; nothing bought, nothing said."""
    if clearing.bought_kg == 0:
        return ()
    due = exact_quotas(claims, clearing)
    owed = {
        id: Fraction(clearing.value * kg, clearing.bought_kg)
        for id, kg in clearing.totals_kg.items()
    }
    return (
        _cut_off("share", due, clearing.totals_kg, seed),
        _cut_off("amount", owed, clearing.amounts, seed),
    )


def _cut_off(
    purpose: Literal["share", "amount"],
    exact: Mapping[str, Fraction],
    rounded: Mapping[str, int],
    seed: bytes,
) -> CutOff:
    """Find the simplest ratio between the last remainder that went up and the first that did not;
    where both are the same, the last draw that went up."""
    up: list[tuple[Fraction, str]] = []
    down = Fraction(0)
    for id, quota in exact.items():
        remainder = quota - quota.numerator // quota.denominator
        if rounded[id] > quota:
            up.append((remainder, id))
        elif remainder > down:
            down = remainder
    lowest = min((remainder for remainder, _ in up), default=Fraction(1))
    if lowest > down:
        return CutOff(purpose=purpose, remainder=simplest(down, lowest), draw=None)
    draws = [draw(seed, purpose, id).hex() for remainder, id in up if remainder == lowest]
    return CutOff(purpose=purpose, remainder=lowest, draw=max(draws))


def simplest(least: Fraction, above: Fraction) -> Fraction:
    """Return the ratio with the smallest denominator from `least` up to, not including, `above`.

    Walks down the Stern-Brocot tree by continued fractions, as `_simplest_above` does.
    """
    whole = -(-least.numerator // least.denominator)
    if whole < above:
        return Fraction(whole)
    floor = whole - 1
    inside = _simplest_above(Fraction(1, above - floor), Fraction(1, least - floor))
    return floor + Fraction(1, inside)


def _simplest_above(below: Fraction, most: Fraction) -> Fraction:
    """Return the same for the ratios above `below` up to, and including, `most`."""
    floor = below.numerator // below.denominator
    if floor + 1 <= most:
        return Fraction(floor + 1)
    part = Fraction(1, most - floor)
    if below == floor:
        return floor + Fraction(1, -(-part.numerator // part.denominator))
    return floor + Fraction(1, simplest(part, Fraction(1, below - floor)))
