"""Sharing what was bought: exact quotas, then whole kilograms by largest remainder."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from auctions.offers import BadBook
from auctions.rationing import Due, kilograms, ration
from auctions.remainders import CutOff, Whole, cut_off, largest_remainder, round_up, total_of
from auctions.ties import Drawing, draw

MOST_CELLS = 30_000_000
"""What a few gigabytes hold: a million members with thirty awards."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why one claim got its kilograms: each step from the pledge to the result.

    A quota is rounded up when its remainder is above the one at the cut-off, or equal to
    it with a draw no higher than the one there. Without a cut-off none is rounded up.
    """

    id: str
    pledge_kg: int
    pool_kg: int
    total_kg: int
    limit_per_t: int | None
    rule: str
    quota: Fraction
    floor_kg: int
    remainder: Fraction
    draw: str
    cut_off_remainder: Fraction | None
    cut_off_draw: str | None
    rounded_up: bool
    result_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """A total that has been shared, and what explains it; arrays run parallel to the ids."""

    total_kg: int
    pool_kg: int
    rule: str
    ids: list[str]
    claims: Whole
    due: Due
    shares: Whole
    cut: CutOff | None
    seed: bytes

    def by_id(self) -> dict[str, int]:
        return dict(zip(self.ids, self.shares.tolist(), strict=True))

    def quotas(self) -> dict[str, Fraction]:
        return {id: self.due.quota(place) for place, id in enumerate(self.ids)}

    def explain(self, id: str, *, limit_per_t: int | None = None) -> Explanation:
        """Tell the facts behind one claim's share. Raises KeyError for an unknown claim."""
        place = bisect_left(self.ids, id)
        if self.ids[place : place + 1] != [id]:
            raise KeyError(id)
        quota, floor_kg = self.due.quota(place), int(self.due.floors[place])
        return Explanation(
            id=id,
            pledge_kg=int(self.claims[place]),
            pool_kg=self.pool_kg,
            total_kg=self.total_kg,
            limit_per_t=limit_per_t,
            rule=self.rule,
            quota=quota,
            floor_kg=floor_kg,
            remainder=quota - floor_kg,
            draw=self._draw(place),
            cut_off_remainder=Fraction(self.cut.remainder, self.due.unit) if self.cut else None,
            cut_off_draw=self._draw(self.cut.last) if self.cut else None,
            rounded_up=int(self.shares[place]) > floor_kg,
            result_kg=int(self.shares[place]),
        )

    def _draw(self, place: int) -> str:
        return draw(self.seed, "share", self.ids[place]).hex()


def share(
    total_kg: int, claims: Mapping[str, int], seed: bytes, rule: str = "pro_rata"
) -> dict[str, int]:
    """Share a total among claims by a rule of `rationing`, to the whole kilogram.

    Every claim gets its quota rounded down; what is left goes, one each, to the
    largest remainders, equal ones by draw. Nobody gets more than the claim.
    Raises BadBook for an unknown rule, a claim below zero and a total above the claims.
    Time grows as the sorting of ids does.
    """
    return shared(total_kg, claims, seed, rule).by_id()


def shared(
    total_kg: int, claims: Mapping[str, int], seed: bytes, rule: str = "pro_rata"
) -> Sharing:
    """Share as `share` does, and keep what explains it."""
    ids = sorted(claims)
    return shared_among(ids, kilograms(claims, ids), total_kg, rule, seed=seed)


def shared_among(
    ids: list[str], claims: Whole, total_kg: int, rule: str, *, seed: bytes
) -> Sharing:
    """Share among claims in an array, in the ascending order of their ids."""
    due = ration(total_kg, claims, rule)
    left_kg = total_kg - total_of(due.floors)
    cut = cut_off(due.remainders, left_kg, Drawing(seed, "share", ids))
    shares = due.floors.copy()
    round_up(shares, due.remainders, cut)
    assert total_of(shares) == total_kg
    assert (shares <= claims).all()
    return Sharing(
        total_kg=total_kg,
        pool_kg=total_of(claims),
        rule=rule,
        ids=ids,
        claims=claims,
        due=due,
        shares=shares,
        cut=cut,
        seed=seed,
    )


def explain(
    id: str,
    total_kg: int,
    claims: Mapping[str, int],
    seed: bytes,
    *,
    rule: str = "pro_rata",
    limit_per_t: int | None = None,
) -> Explanation:
    """Tell the facts behind one claim's share of a total."""
    return shared(total_kg, claims, seed, rule).explain(id, limit_per_t=limit_per_t)


def amounts(value: int, totals_kg: Mapping[str, int], seed: bytes) -> dict[str, int]:
    """Share a value in minor units by kilograms; equal kilograms differ by one unit at most.

    Raises BadBook for a value below zero and one that there are no kilograms to share by.
    """
    ids = sorted(totals_kg)
    weights = kilograms(totals_kg, ids)
    if value < 0 or (value > 0 and total_of(weights) == 0):
        raise BadBook("nothing_to_share_by", "amounts", value=value)
    owed = largest_remainder(value, weights, Drawing(seed, "amount", ids))
    return dict(zip(ids, owed.tolist(), strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """A matrix with what proves it: cells as a line for each column, and the columns' prices."""

    rows: list[str]
    columns: list[str]
    cells: Whole
    prices: dict[str, int]

    def by_id(self) -> dict[str, dict[str, int]]:
        lines = self.cells.T.tolist()
        return {
            id: dict(zip(self.columns, line, strict=True))
            for id, line in zip(self.rows, lines, strict=True)
        }


def matrix(
    rows: Mapping[str, int], columns: Mapping[str, int], seed: bytes
) -> dict[str, dict[str, int]]:
    """Give every row the same mix of columns, as nearly as whole units allow.

    Row and column sums are exact, every cell is the floor or the ceiling of its
    exact share, and the fractions rounded up are together as large as can be;
    ties by draw. Raises BadBook where the two margins have different sums, and where the
    matrix would have more cells than MOST_CELLS.
    """
    return mixed(rows, columns, seed).by_id()


def mixed(rows: Mapping[str, int], columns: Mapping[str, int], seed: bytes) -> Mix:
    """Mix as `matrix` does, and keep the columns' prices, which prove that it is the fairest.

    A cell's fraction is counted in parts of the sum of all rows. Each row rounds up where
    its fraction less the column's price is largest; see `mix_checks.check_matrix`.
    """
    from auctions.rounding import controlled_rounding  # noqa: PLC0415 - checks run without a solver

    if len(rows) * len(columns) > MOST_CELLS:
        raise BadBook("too_many_cells", "matrix", most=MOST_CELLS)
    row_ids, column_ids = sorted(rows), sorted(columns)
    row_kg, column_kg = kilograms(rows, row_ids), kilograms(columns, column_ids)
    if total_of(row_kg) != total_of(column_kg):
        raise BadBook(
            "margins_differ", "matrix", rows=total_of(row_kg), columns=total_of(column_kg)
        )
    found = controlled_rounding(row_kg, column_kg, row_ids, column_ids, seed=seed)
    prices = dict(zip(column_ids, found.prices.tolist(), strict=True))
    return Mix(rows=row_ids, columns=column_ids, cells=found.cells, prices=prices)
