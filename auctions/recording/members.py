"""A member's row of a cleared round, and its place in the tree of rows.

A row is hidden by its salt: who holds a hash and guesses the figures cannot tell whether the guess
is right. Rows that stand for nobody fill the tree up, so that its size tells no small number.
"""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from auctions.canonical import canonical_bytes
from auctions.merkle import leaf_hash
from auctions.offers import Claim
from auctions.record import plain
from auctions.results import Clearing
from auctions.sharing import Sharing, shared
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


def salt_of(secret: bytes, round_id: str, member: str) -> str:
    """Salt a row by a secret that only the club has: HMAC-SHA-256 over round and member."""
    place = SALT_TAG + round_id.encode() + b"\0" + member.encode()
    return hmac.digest(secret, place, "sha256").hex()


def rows_of(
    claims: Sequence[Claim], clearing: Clearing, seed: bytes, salts: Mapping[str, str]
) -> list[Row]:
    """Write every pledge's row, in the order of the claims."""
    told = sharing_of(claims, clearing, seed)
    floors, remainders = told.due.floors.tolist(), told.due.remainders.tolist()
    due = dict(zip(told.ids, zip(floors, remainders, strict=True), strict=True))
    unit, left = told.due.unit, set(clearing.left)

    def outcome(id: str) -> dict[str, Any]:
        if id not in due:
            return _outside(clearing, has_left=id in left)
        floor_kg, part = due[id]
        return {
            "quota": Fraction(floor_kg * unit + part, unit),
            "floor_kg": floor_kg,
            "remainder": Fraction(part, unit),
            "draw": draw(seed, "share", id).hex(),
            "is_rounded_up": clearing.totals_kg[id] > floor_kg,
            **_taking_part(clearing, id),
        }

    return [
        Row(
            member=claim.id,
            quantity_kg=claim.quantity_kg,
            minimum_kg=claim.minimum_kg,
            limit_per_t=claim.limit_per_t,
            salt=salts[claim.id],
            **outcome(claim.id),
        )
        for claim in claims
    ]


def _taking_part(clearing: Clearing, id: str) -> dict[str, Any]:
    return {
        "outcome": "takes_part",
        "pool_kg": clearing.demand_kg,
        "total_kg": clearing.totals_kg[id],
        "kilograms": {offer: kg for offer, kg in clearing.shares[id].items() if kg},
        "amount": clearing.amounts[id],
    }


def _outside(clearing: Clearing, *, has_left: bool) -> dict[str, Any]:
    outcome = "nothing_bought" if clearing.limit_per_t is None else "limit_below"
    return {"outcome": "left" if has_left else outcome, "kilograms": {}}


def sharing_of(claims: Sequence[Claim], clearing: Clearing, seed: bytes) -> Sharing:
    """Share what was bought again among those who take part."""
    taking_part = {c.id: c.quantity_kg for c in claims if c.id in clearing.totals_kg}
    return shared(clearing.bought_kg, taking_part, seed, clearing.sharing)


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
