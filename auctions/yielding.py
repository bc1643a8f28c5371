"""Soft rules give way, the last of their order first, each by the least that is enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from auctions.formulation import Writer
from auctions.merit import Book, Vector
from auctions.optimum import some_least
from auctions.portfolio import Bound, Count, Portfolio, portfolio
from auctions.program import whole
from auctions.purchase import purchase
from auctions.results import Yield
from auctions.rules import Rule

Market = tuple[Book, int]
"""What the claims of one limit could buy: the offers admitted, and their demand."""


def least_yields(
    markets: Sequence[Market], rules: Sequence[Rule], wanted_kg: int
) -> tuple[Yield, ...]:
    """Tell by how much each soft rule must give way so that what is wanted can be bought.

    The first in the order gives way by the least possible, then the second, and so on,
    over all markets. Where the hard rules alone let less be bought than is wanted, that
    much is wanted.
    """
    hard = [rule for rule in rules if rule.hard]
    soft = sorted((rule for rule in rules if not rule.hard), key=lambda rule: rule.order)
    reach = [_most(market, hard, {}) for market in markets]
    target_kg = min(wanted_kg, max(reach, default=0))
    if target_kg == 0:
        return ()
    standing = [m for m, kg in zip(markets, reach, strict=True) if kg >= target_kg]
    kept: list[Rule] = list(hard)
    yields: dict[str, Fraction] = {}
    for rule in soft:
        needed = [_needed(market, kept, yields, rule, target_kg=target_kg) for market in standing]
        yields[rule.name] = min(needed)
        standing = [m for m, by in zip(standing, needed, strict=True) if by == min(needed)]
        kept.append(rule)
    return tuple(Yield(rule.name, yields[rule.name]) for rule in soft if yields[rule.name])


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
    assert bought is not None
    excess = own.excess(bought)
    if excess and own.counts:
        return _fewest_lacking(market, others, own.counts[0], target_kg)
    while excess:
        better = _below(market, others, own.shares, excess, target_kg=target_kg)
        if better is None or own.excess(better) == excess:
            break
        excess = own.excess(better)
    return excess


def _writer(market: Market, others: Portfolio, target_kg: int) -> Writer:
    writer = Writer(market[0], target_kg, market[1])
    for bound in others.shares:
        writer.share(bound)
    for count in others.counts:
        writer.count(count)
    return writer


def _below(
    market: Market,
    others: Portfolio,
    bounds: Sequence[Bound],
    excess: Fraction,
    *,
    target_kg: int,
) -> Vector | None:
    """Find the purchase furthest below an excess; None where none is (Dinkelbach's step)."""
    writer = _writer(market, others, target_kg)
    sides = [
        (bound, share, sign)
        for bound in bounds
        for share, sign in ((bound.min_share, -1), (bound.max_share, 1))
        if share is not None
    ]
    loosened = [(bound, share + sign * excess, sign) for bound, share, sign in sides]
    unit = lcm(*(share.denominator for _, share, _ in loosened))
    furthest = writer.draft.beside(-unit * market[1], 0)
    for bound, share, sign in loosened:
        writer.beyond(bound, share, sign, unit=unit, column=furthest)
    return _least(writer, furthest)


def _fewest_lacking(market: Market, others: Portfolio, count: Count, target_kg: int) -> Fraction:
    """Find the fewest groups that any purchase which is large enough lacks."""
    writer = _writer(market, others, target_kg)
    lacking = writer.draft.beside(0, count.min_groups)
    writer.count(count, lacking=lacking)
    bought = _least(writer, lacking)
    assert bought is not None
    return count.excess(bought)


def _least(writer: Writer, column: int) -> Vector | None:
    """Find a purchase with the least of one column."""
    written = writer.formulation()
    if written is None:
        return None
    weights = whole([0] * len(written.program.least))
    weights[column] = 1
    columns = some_least(written.program, weights)
    return None if columns is None else written.vector(columns)
