"""Clearing a round: which offers are bought, who takes part, what each gets and owes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from auctions.flags import low_prices
from auctions.limits import Terms, Trial, best_limit, markets
from auctions.merit import Book, book
from auctions.offers import BadBook, Claim, Lot, Offer, check_book, check_price
from auctions.portfolio import portfolio
from auctions.pricing import Price, check_pricing
from auctions.rationing import RULES
from auctions.results import Award, Clearing, Flag, Pass, Tried, Unproved, Yield
from auctions.rules import Rule, check_rules
from auctions.sharing import amounts, matrix, share

__all__ = ["Award", "Clearing", "Flag", "Pass", "Tried", "Unproved", "Yield", "clear"]


def clear(  # noqa: PLR0913 - what a round is cleared by, each under its own name
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    *,
    ceiling_per_t: int,
    seed: bytes,
    rules: Sequence[Rule] = (),
    wanted_kg: int | None = None,
    pricing: str = "pay_as_offered",
    sharing: str = "pro_rata",
) -> Clearing:
    """Buy as many kilograms as demand, limits, minimums and rules allow, at the least cost.

    Cost is by effective price, price / coefficient. Equally cheap purchases go to the
    earlier offers. Where less than `wanted_kg` can be bought, soft rules yield. A claim
    whose exact quota falls short of its minimum leaves, one at a time, and all is done
    again without it. The result depends on the set of rows, never on their order.
    Where no minimum and no rule binds, time grows as the sorting of offers does, and with
    the cells of the matrix; where they bind, it is the solver's.
    Raises BadBook for input that contradicts itself, and Unproved where the best
    purchase could not be proved to be the best.
    """
    check_book(claims, lots, offers)
    check_price("ceiling", ceiling_per_t)
    check_rules(rules)
    check_pricing(pricing, rules, offers)
    if sharing not in RULES:
        raise BadBook("unknown_rule", sharing)
    market = book(lots, offers)
    terms = Terms(ceiling_per_t=ceiling_per_t, pricing=pricing, sharing=sharing)
    run = list(runs(claims, market, terms, rules=rules, wanted_kg=wanted_kg or 0, seed=seed))
    passes = tuple(each for _, each in run)
    outcome = _outcome(run[-1][0], passes, terms=terms, seed=seed, wanted_kg=wanted_kg)
    return replace(outcome, flags=low_prices(outcome.awards, offers))


def runs(
    claims: Sequence[Claim],
    market: Book,
    terms: Terms,
    *,
    rules: Sequence[Rule],
    wanted_kg: int,
    seed: bytes,
) -> Iterator[tuple[Trial | None, Pass]]:
    """Run over all limits, and again without each claim that has to leave; the last run stands."""
    standing = sorted(claims, key=lambda claim: claim.id)
    while True:
        trial, run, left = _run(
            standing, market, terms, rules=rules, wanted_kg=wanted_kg, seed=seed
        )
        yield trial, run
        if left is None:
            return
        standing.remove(left)


def _run(
    standing: Sequence[Claim],
    market: Book,
    terms: Terms,
    *,
    rules: Sequence[Rule],
    wanted_kg: int,
    seed: bytes,
) -> tuple[Trial | None, Pass, Claim | None]:
    """Try all limits under all rules; where too little comes of it, again with rules that yield."""
    in_force = replace(terms, rules=portfolio(rules, market.offers))
    trial, tried = best_limit(standing, market, in_force)
    yielded: tuple[Yield, ...] = ()
    if (trial.bought_kg if trial else 0) < wanted_kg and not all(rule.hard for rule in rules):
        from auctions.yielding import least_yields  # noqa: PLC0415 - most clearings load no SciPy

        found = list(markets(standing, market, terms))
        yielded, least_kg = least_yields(found, rules, wanted_kg)
        by = {each.rule: each.by for each in yielded}
    if yielded:
        in_force = replace(terms, rules=portfolio(rules, market.offers, by))
        trial, tried = best_limit(standing, market, in_force, least_kg)
    if market.fixed.offers_in and trial is None:
        raise BadBook("fixed_not_possible", "offers")
    return trial, *_pass(trial, tried, yielded, seed)


def _pass(
    trial: Trial | None, tried: tuple[Tried, ...], yielded: tuple[Yield, ...], seed: bytes
) -> tuple[Pass, Claim | None]:
    if trial is None:
        nothing = Fraction(0)
        run = Pass(tried=tried, limit_per_t=None, bought_kg=0, effective_cost=nothing)
        return replace(run, yielded=yielded), None
    left, quota = trial.leaver(seed) or (None, None)
    run = Pass(
        tried=tried,
        limit_per_t=trial.limit_per_t,
        bought_kg=trial.bought_kg,
        effective_cost=trial.effective_cost,
        yielded=yielded,
        left=left.id if left else None,
        left_minimum_kg=left.minimum_kg if left else None,
        left_quota=quota,
    )
    return run, left


def _outcome(
    trial: Trial | None,
    passes: tuple[Pass, ...],
    *,
    terms: Terms,
    seed: bytes,
    wanted_kg: int | None,
) -> Clearing:
    awards = awarded(trial.book, trial.bought, trial.paid_per_t) if trial else ()
    claimed = {claim.id: claim.quantity_kg for claim in trial.members} if trial else {}
    bought_kg = sum(award.quantity_kg for award in awards)
    value = sum(award.value for award in awards)
    totals_kg = share(bought_kg, claimed, seed, terms.sharing)
    won = {award.offer: award.quantity_kg for award in awards}
    return Clearing(
        pricing=terms.pricing,
        sharing=terms.sharing,
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
        flags=(),
    )


def awarded(market: Book, bought: Sequence[int], paid_per_t: Sequence[Price]) -> tuple[Award, ...]:
    """List what was bought, in the order of acknowledgement."""
    rows = sorted(zip(market.rank, market.offers, bought, paid_per_t, strict=True), key=_rank)
    return tuple(
        Award(offer.id, kg, price, value_of(kg, price)) for _, offer, kg, price in rows if kg
    )


def _rank(row: tuple[int, Offer, int, Price]) -> int:
    return row[0]


def value_of(kg: int, price_per_t: Price) -> int:
    """Return what kilograms cost in minor units, fractions of one dropped."""
    price = Fraction(price_per_t)
    return kg * price.numerator // (1000 * price.denominator)
