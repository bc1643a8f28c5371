"""Soft rules give way, the last of their order first, each by the least that is enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from auctions.formulation import Writer
from auctions.merit import Book, Vector
from auctions.optimum import some_at_most
from auctions.portfolio import Bound, Count, Portfolio, portfolio
from auctions.program import whole
from auctions.purchase import purchase
from auctions.results import Unproved, Yield
from auctions.rules import Rule

Found = TypeVar("Found", Vector, Fraction)
Market = tuple[Book, int]
"""What the claims of one limit could buy: the offers admitted, and their demand."""


def least_yields(
    markets: Sequence[Market], rules: Sequence[Rule], wanted_kg: int
) -> tuple[tuple[Yield, ...], int]:
    """Tell by how much each soft rule must give way so that what is wanted can be bought.

    The first in the order gives way by the least possible, then the second, and so on,
    over all markets. Where the hard rules alone let less be bought than is wanted, that
    much is wanted; returned beside the yields.
    """
    hard = [rule for rule in rules if rule.hard]
    soft = sorted((rule for rule in rules if not rule.hard), key=lambda rule: rule.order)
    reach = [_most(market, hard, {}) for market in markets]
    target_kg = min(wanted_kg, max(reach, default=0))
    if target_kg == 0:
        return (), 0
    standing = [m for m, kg in zip(markets, reach, strict=True) if kg >= target_kg]
    kept: list[Rule] = list(hard)
    yields: dict[str, Fraction] = {}
    for rule in soft:
        needed = [_needed(market, kept, yields, rule, target_kg=target_kg) for market in standing]
        yields[rule.name] = min(needed)
        standing = [m for m, by in zip(standing, needed, strict=True) if by == min(needed)]
        kept.append(rule)
    given = tuple(Yield(rule.name, yields[rule.name]) for rule in soft if yields[rule.name])
    return given, target_kg


def _most(market: Market, rules: Sequence[Rule], yields: Mapping[str, Fraction]) -> int:
    book, demand_kg = market
    bought, _ = purchase(book, demand_kg, portfolio(rules, book.offers, yields))
    return sum(bought) if bought else 0


def _needed(
    market: Market,
    kept: Sequence[Rule],
    yields: Mapping[str, Fraction],
    rule: Rule,
    *,
    target_kg: int,
) -> Fraction:
    """Find the least excess over a rule of a purchase that is large enough and keeps the others."""
    book, demand_kg = market
    others = portfolio(kept, book.offers, yields)
    own = portfolio([rule], book.offers)
    bought, _ = purchase(book, demand_kg, others, least_kg=target_kg)
    if not own.excess(_sure(bought)):
        return Fraction(0)
    if own.counts:
        return _fewest_lacking(market, others, own.counts[0], target_kg)
    found = [_least_excess(market, others, side, target_kg) for side in sides(own.shares)]
    return _sure(min((excess for excess in found if excess is not None), default=None))


def _sure(found: Found | None) -> Found:
    """What was bought a moment ago can be bought; a solver that says otherwise proves nothing."""
    if found is None:
        raise Unproved("what could be bought is not found again")
    return found


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a rule: sets that each hold at most a share (sign 1), or at least (sign -1).

    Beyond one end the other is kept, so that a rule with two is looked at from each.
    """

    sets: tuple[tuple[int, ...], ...]
    share: Fraction
    sign: int
    other: tuple[Bound, ...]

    def held(self, bought: Vector) -> Fraction:
        """Tell the share that the set furthest beyond the end holds."""
        kg = [self.sign * sum(bought[i] for i in offers) for offers in self.sets]
        return Fraction(self.sign * max(kg), sum(bought))

    def excess(self, held: Fraction) -> Fraction:
        return max(Fraction(0), self.sign * (held - self.share))


def sides(bounds: Sequence[Bound]) -> Iterator[Side]:
    """Take a rule apart into its ends; all its sets have the same."""
    sets = tuple(bound.offers for bound in bounds)
    least, most = bounds[0].min_share, bounds[0].max_share
    if least is not None:
        kept = tuple(replace(bound, min_share=None) for bound in bounds if most is not None)
        yield Side(sets, least, -1, kept)
    if most is not None:
        kept = tuple(replace(bound, max_share=None) for bound in bounds if least is not None)
        yield Side(sets, most, 1, kept)


def _least_excess(market: Market, others: Portfolio, side: Side, target_kg: int) -> Fraction | None:
    """Find the least excess over one end; None where no purchase that is large enough keeps
    the other. Each purchase found sets the share that the next must better (Dinkelbach)."""
    book, demand_kg = market
    kept = replace(others, shares=(*others.shares, *side.other))
    bought, _ = purchase(book, demand_kg, kept, least_kg=target_kg)
    held = None
    while bought is not None:
        held = side.held(bought)
        if not side.excess(held):
            break
        bought = _beyond(_writer(market, kept, target_kg), side, held)
    return None if held is None else side.excess(held)


def _beyond(writer: Writer, side: Side, held: Fraction) -> Vector | None:
    """Find a purchase whose set furthest beyond an end holds less beyond it; None where none is."""
    steps = writer.steps()
    weights = {writer.largest(side.sets, side.sign): side.sign * held.denominator}
    most = -1
    if steps is None:
        most += side.sign * held.numerator * (writer.total_kg or 0)
    else:
        weights[steps] = -side.sign * held.numerator * writer.step_kg
    return _found(writer, weights, most)


def _writer(market: Market, rules: Portfolio, target_kg: int) -> Writer:
    writer = Writer(market[0], target_kg, market[1], rules.step_kg)
    writer.bind(rules)
    return writer


def _fewest_lacking(market: Market, others: Portfolio, count: Count, target_kg: int) -> Fraction:
    """Find the fewest groups that any purchase which is large enough lacks."""
    writer = _writer(market, others, target_kg)
    lacking = writer.draft.beside(0, count.min_groups)
    writer.count(count, lacking=lacking)
    bought = _found(writer, {lacking: 1}, count.min_groups, must_be_least=True)
    return count.excess(_sure(bought))


def _found(
    writer: Writer, weights: Mapping[int, int], most: int, *, must_be_least: bool = False
) -> Vector | None:
    """Find a purchase with a low sum of weighted columns, `most` or less."""
    written = writer.formulation()
    if written is None:
        return None
    objective = whole([0] * len(written.program.least))
    objective[list(weights)] = list(weights.values())
    columns = some_at_most(written.program, objective, most, must_be_least=must_be_least)
    return None if columns is None else written.vector(columns)
