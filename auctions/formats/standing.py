"""The provisional standing of a live auction: merit order against the pool.

Minimums and portfolio rules are left out here and decide only when the round is cleared.
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The bid that stands for a lot."""

    lot: str
    quantity_kg: int
    minimum_kg: int
    price_per_t: int
    effective_per_t: Fraction
    """What ranks: the price divided by the lot's coefficient."""
    sequence: int
    initial_per_t: int
    """The price of the first bid on the lot."""


Order = tuple[Standing, ...]
"""Standing bids, one a lot, by effective price, then by sequence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """The prices at which help is told and proxies bid: whole decrements below the ceiling."""

    ceiling_per_t: int
    decrement_per_t: int

    def at_most(self, price_per_t: int) -> int:
        """The highest grid price that is no higher than a price; it may lie below zero."""
        below = self.ceiling_per_t - min(price_per_t, self.ceiling_per_t)
        steps = -(-below // self.decrement_per_t)
        return self.ceiling_per_t - steps * self.decrement_per_t


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a lot stands: its rank from 1, and how much of it would be bought as things are."""

    rank: int
    in_kg: int
    is_wholly_in: bool
    """In with its whole quantity, or with the whole pool where that is less."""


def effective(price_per_t: int, coefficient: Fraction) -> Fraction:
    """Price / K, exactly."""
    return Fraction(price_per_t * coefficient.denominator, coefficient.numerator)


def improved(bid: Standing, price_per_t: int, sequence: int, coefficient: Fraction) -> Standing:
    """The same bid at another price, acknowledged later."""
    return replace(
        bid,
        price_per_t=price_per_t,
        effective_per_t=effective(price_per_t, coefficient),
        sequence=sequence,
    )


def find(order: Sequence[Standing], lot: str) -> Standing | None:
    """The bid that stands for a lot."""
    return next((bid for bid in order if bid.lot == lot), None)


def merit(bid: Standing) -> tuple[Fraction, int]:
    """What the merit order goes by."""
    return bid.effective_per_t, bid.sequence


def put(order: list[Standing], bid: Standing) -> None:
    """Let a bid stand for its lot, in the place of the one before."""
    earlier = find(order, bid.lot)
    if earlier is not None:
        order.remove(earlier)
    insort(order, bid, key=merit)


def place(order: Sequence[Standing], lot: str, pool_kg: int) -> Place | None:
    """Where a lot stands; None where nothing was bid for it."""
    ahead_kg = 0
    for rank, bid in enumerate(order, 1):
        if bid.lot == lot:
            in_kg = max(0, min(bid.quantity_kg, pool_kg - ahead_kg))
            is_wholly_in = in_kg == min(bid.quantity_kg, pool_kg)
            return Place(rank=rank, in_kg=in_kg, is_wholly_in=is_wholly_in)
        ahead_kg += bid.quantity_kg
    return None


def helping_price(
    order: Sequence[Standing],
    bid: Standing,
    *,
    pool_kg: int,
    grid: Grid,
    coefficient: Fraction,
    floor_per_t: int = 1,
) -> int | None:
    """The highest grid price at which a later bid would bring the lot wholly in.

    It lies at least a decrement below the lot's own price; None where it would lie below the floor.
    Of two bids at one effective price the earlier comes first, so others must be undercut.
    """
    room_kg = pool_kg - min(bid.quantity_kg, pool_kg)
    most = bid.price_per_t - grid.decrement_per_t
    for other in order:
        if other.lot == bid.lot:
            continue
        room_kg -= other.quantity_kg
        if room_kg < 0:
            most = min(most, _just_below(other.effective_per_t * coefficient))
            break
    price_per_t = grid.at_most(most)
    return price_per_t if price_per_t >= max(floor_per_t, 1) else None


def _just_below(price: Fraction) -> int:
    return -(-price.numerator // price.denominator) - 1
