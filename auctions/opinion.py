"""A second opinion on a purchase, by another solver that computes in whole numbers only.

OR-Tools' CP-SAT is asked for a purchase that is better than the one proposed. What it
finds is checked here; that it finds none supports the first solver's proof.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Literal

from auctions.merit import Book, Vector, book, score
from auctions.offers import Lot, Offer
from auctions.portfolio import Portfolio, portfolio
from auctions.results import Clearing
from auctions.rules import Rule

Opinion = Literal["agrees", "differs", "none", "not_needed"]

LONGEST_S = 30
FARTHEST = 2**60
"""CP-SAT's sums are machine integers; a book that could pass this is not given to it."""


def opinion(
    clearing: Clearing,
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    rules: Sequence[Rule] = (),
    *,
    longest_s: int = LONGEST_S,
) -> Opinion:
    """Ask whether more, or as much for less, could be bought for the same demand and limit.

    `differs` says that a purchase was found that keeps every rule and is better; `none`
    that no answer came in time, or that the question cannot be asked; `not_needed` that
    the merit order proves the purchase, or that nothing was bought.
    """
    tried = {row.limit_per_t: row.proof for row in clearing.passes[-1].tried}
    if clearing.limit_per_t is None or tried[clearing.limit_per_t] == "merit_order":
        return "not_needed"
    if clearing.pricing == "vickrey":
        return "none"
    yields: Mapping[str, Fraction] = {each.rule: each.by for each in clearing.yielded}
    market = book(lots, offers)
    limit = clearing.limit_per_t
    keep = [i for i, offer in enumerate(market.offers) if offer.price_per_t <= limit]
    won = {award.offer: award.quantity_kg for award in clearing.awards}
    admitted = market.only(keep)
    return second_opinion(
        admitted,
        portfolio(rules, market.offers, yields).only(keep),
        [won.get(offer.id, 0) for offer in admitted.offers],
        clearing.demand_kg,
        longest_s=longest_s,
    )


def second_opinion(
    market: Book, rules: Portfolio, bought: Vector, demand_kg: int, *, longest_s: int = LONGEST_S
) -> Opinion:
    """Ask for more kilograms first, then for as many at less cost; each may take half the time."""
    from auctions.asking import Model  # noqa: PLC0415 - most clearings need no second opinion

    model = Model(market, rules)
    if model.reach() > FARTHEST:
        return "none"
    bought_kg, (_, cost, _) = sum(bought), score(market, bought)
    more = bought_kg < demand_kg and model.ask((bought_kg + 1, demand_kg), None, longest_s // 2)
    cheaper = more or model.ask((bought_kg, bought_kg), cost - 1, longest_s // 2)
    if more or cheaper:
        return "differs"
    return "none" if more is None or cheaper is None else "agrees"
