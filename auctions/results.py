"""What a clearing says: awards, who takes part, each share, and how it came about."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal


class Unproved(Exception):
    """No proof that a purchase is the best; a person has to look at the round."""


Proof = Literal["merit_order", "search", "solver"]


@dataclass(frozen=True, slots=True)
class Award:
    """What an offer won; the price is what its supplier is paid, whole but under Vickrey."""

    offer: str
    quantity_kg: int
    price_per_t: int | Fraction
    value: int


@dataclass(frozen=True, slots=True)
class Yield:
    """By how much a soft rule gave way: a share of all, or a number of suppliers."""

    rule: str
    by: Fraction


@dataclass(frozen=True, slots=True)
class Flag:
    """An award whose price is so low that its supplier has to explain it, and why."""

    offer: str
    reasons: tuple[str, ...]
    flag: str = "low_price"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One limit: its result, or the bound that made computing it needless.

    `covered_by` is a lower limit that admits the same offers and more demand,
    so nothing found here could be missing there. `rules_kg` bounds what the rules let
    be bought, where that was needed; `too_dear` says that payments passed the limit.
    """

    limit_per_t: int
    demand_kg: int
    supply_kg: int
    bound_kg: int
    bought_kg: int | None = None
    effective_cost: Fraction | None = None
    member_price_per_t: Fraction | None = None
    members: int | None = None
    proof: Proof | None = None
    covered_by: int | None = None
    rules_kg: int | None = None
    too_dear: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """One run over all limits, and the claim that had to leave after it, with its quota."""

    tried: tuple[Tried, ...]
    limit_per_t: int | None
    bought_kg: int
    effective_cost: Fraction
    yielded: tuple[Yield, ...] = ()
    left: str | None = None
    left_minimum_kg: int | None = None
    left_quota: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """The outcome of a round. Costs and amounts are minor units; only what was bought is here."""

    pricing: str
    sharing: str
    awards: tuple[Award, ...]
    limit_per_t: int | None
    demand_kg: int
    bought_kg: int
    wanted_kg: int | None
    effective_cost: Fraction
    member_price_per_t: Fraction | None
    value: int
    participants: tuple[str, ...]
    totals_kg: Mapping[str, int]
    shares: Mapping[str, Mapping[str, int]]
    amounts: Mapping[str, int]
    passes: tuple[Pass, ...]
    flags: tuple[Flag, ...]

    @property
    def yielded(self) -> tuple[Yield, ...]:
        """The soft rules that gave way, in their order."""
        return self.passes[-1].yielded if self.passes else ()

    @property
    def left(self) -> tuple[str, ...]:
        """Claims that left because their quota fell short of their minimum, in order."""
        return tuple(run.left for run in self.passes if run.left is not None)

    @property
    def short_kg(self) -> int:
        """Kilograms by which the purchase misses what was wanted."""
        return max(0, (self.wanted_kg or 0) - self.bought_kg)
