"""What a round bought, clearing by clearing: the awards that stand, for whom, and what is owed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from auctions.sharing import amounts
from club.domain.offers import Allocation, Award


@dataclass(frozen=True, slots=True, kw_only=True)
class Tranche:
    """What stands of what one clearing of a round bought.

    Everybody pays the same price within a tranche, and nobody pays for one that is not theirs.
    """

    number: int
    """1 for the round's own clearing, more for what was bought instead of fallen awards."""
    awards: tuple[Award, ...]
    allocations: tuple[Allocation, ...]
    amounts_jpy: Mapping[str, int]

    @property
    def value_jpy(self) -> int:
        return sum(award.value_jpy for award in self.awards)


def tranches(
    awards: Iterable[Award], allocations: Iterable[Allocation], seed: bytes
) -> list[Tranche]:
    """The tranches of the awards given, in their order; shares of other awards are passed over.

    A tranche's value is owed by largest remainder of total kilograms, ties by the round's draw:
    while nothing of it has fallen, to the yen what its clearing said.
    """
    by_number: dict[int, list[Award]] = defaultdict(list)
    for award in awards:
        by_number[award.clearing_number].append(award)
    number_of = {award.id: number for number, won in by_number.items() for award in won}
    shares: dict[int, list[Allocation]] = defaultdict(list)
    for allocation in allocations:
        if allocation.award_id in number_of:
            shares[number_of[allocation.award_id]].append(allocation)
    return [
        Tranche(
            number=number,
            awards=tuple(won),
            allocations=tuple(shares[number]),
            amounts_jpy=amounts(
                sum(award.value_jpy for award in won), totals_kg(shares[number]), seed
            ),
        )
        for number, won in sorted(by_number.items())
    ]


def blend(awards: Sequence[Award]) -> Fraction | None:
    """The price per tonne of all awards together, exact; None of nothing."""
    bought_kg = sum(award.quantity_kg for award in awards)
    paid = sum((Fraction(a.price_per_t) * a.quantity_kg for a in awards), Fraction(0))
    return paid * Fraction(1, bought_kg) if bought_kg else None


def totals_kg(allocations: Iterable[Allocation]) -> dict[str, int]:
    """Each member's kilograms, by member."""
    totals: dict[str, int] = defaultdict(int)
    for allocation in allocations:
        totals[allocation.organisation_id] += allocation.quantity_kg
    return dict(totals)


def owed_jpy(parts: Sequence[Tranche]) -> dict[str, int]:
    """What each member owes for all tranches together, before fee and tax."""
    owed: dict[str, int] = defaultdict(int)
    for part in parts:
        for member_id, amount_jpy in part.amounts_jpy.items():
            owed[member_id] += amount_jpy
    return dict(owed)
