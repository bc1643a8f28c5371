"""Clearing a round: which offers are bought, who takes part, what each gets and owes."""

from collections.abc import Sequence
from fractions import Fraction

from auctions.leaving import quota_of
from auctions.limits import Trial, best_limit
from auctions.merit import Book, book
from auctions.offers import BadBook, Claim, Lot, Offer, check_book, check_price
from auctions.results import Award, Clearing, Pass, Tried, Unproved
from auctions.sharing import amounts, matrix, share

__all__ = ["Award", "Clearing", "Pass", "Tried", "Unproved", "clear"]

PRICING = ("pay_as_offered",)


def clear(
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    *,
    ceiling_per_t: int,
    seed: bytes,
    pricing: str = "pay_as_offered",
    wanted_kg: int | None = None,
) -> Clearing:
    """Buy as many kilograms as demand, limits and minimums allow, at the least cost.

    Equally cheap purchases go to the earlier offers. A claim whose exact quota
    falls short of its minimum leaves, one at a time, and all is done again without
    it. The result depends on the set of rows, never on their order.
    Raises BadBook for input that contradicts itself, and Unproved where the best
    purchase of a book too tangled for the exact search could not be proved.
    """
    check_book(claims, lots, offers)
    check_price("ceiling", ceiling_per_t)
    if pricing not in PRICING:
        raise BadBook("unknown_pricing", pricing)
    market = book(lots, offers)
    standing = sorted(claims, key=lambda claim: claim.id)
    passes: list[Pass] = []
    while True:
        trial, tried = best_limit(standing, market, ceiling_per_t)
        left = trial.leaver(seed) if trial else None
        passes.append(_pass(trial, tried, left))
        if left is None:
            break
        standing.remove(left)
    return _outcome(trial, tuple(passes), seed=seed, pricing=pricing, wanted_kg=wanted_kg)


def _pass(trial: Trial | None, tried: tuple[Tried, ...], left: Claim | None) -> Pass:
    if trial is None:
        return Pass(tried=tried, limit_per_t=None, bought_kg=0, effective_cost=Fraction(0))
    quota = quota_of(left, trial.bought_kg, trial.demand_kg) if left else None
    return Pass(
        tried=tried,
        limit_per_t=trial.limit_per_t,
        bought_kg=trial.bought_kg,
        effective_cost=trial.effective_cost,
        left=left.id if left else None,
        left_minimum_kg=left.minimum_kg if left else None,
        left_quota=quota,
    )


def _outcome(
    trial: Trial | None,
    passes: tuple[Pass, ...],
    *,
    seed: bytes,
    pricing: str,
    wanted_kg: int | None,
) -> Clearing:
    awards = _awards(trial.book, trial.bought) if trial else ()
    claimed = {claim.id: claim.quantity_kg for claim in trial.members} if trial else {}
    bought_kg = sum(award.quantity_kg for award in awards)
    value = sum(award.value for award in awards)
    totals_kg = share(bought_kg, claimed, seed)
    won = {award.offer: award.quantity_kg for award in awards}
    return Clearing(
        pricing=pricing,
        awards=awards,
        limit_per_t=trial.limit_per_t if trial else None,
        demand_kg=trial.demand_kg if trial else 0,
        bought_kg=bought_kg,
        wanted_kg=wanted_kg,
        effective_cost=trial.effective_cost if trial else Fraction(0),
        member_price_per_t=trial.member_price_per_t if trial else None,
        value=value,
        participants=tuple(sorted(claimed)),
        totals_kg=totals_kg,
        shares=matrix(totals_kg, won, seed),
        amounts=amounts(value, totals_kg, seed),
        passes=passes,
    )


def _awards(book: Book, bought: Sequence[int]) -> tuple[Award, ...]:
    """List what was bought, in the order of acknowledgement."""
    rows = sorted(zip(book.rank, book.offers, bought, strict=True))
    return tuple(
        Award(offer.id, kg, offer.price_per_t, kg * offer.price_per_t // 1000)
        for _, offer, kg in rows
        if kg
    )
