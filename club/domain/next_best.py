"""The next best: what is bought instead of awards that fell away, by the same clearing.

Awards that stand are fixed. They count in every rule and limit, and their kilograms stay with the
members they were bought for. What is free is bought for those who take part and stay: each up to
what is left of its pledge, at no more than its limit.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from auctions import checks
from auctions.clearing import clear
from auctions.curves import limit_of
from auctions.offers import BadBook, Claim, Lot, Offer
from auctions.results import Award, Clearing
from auctions.rules import Rule
from auctions.sharing import amounts, matrix, share

KEPT = "/kept"
MORE = "/more"
"""Ends of the ids under which a member's two parts stand in the clearing."""
REST = "/rest"
"""End of the id of what is left of an offer that was bought in part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """A round after awards have fallen away: what stands, and what may still be bought."""

    claims: tuple[Claim, ...]
    """The pledges of those who took part when the round was cleared."""
    kept_kg: Mapping[str, int]
    """What each of them gets of the awards that stand."""
    lots: tuple[Lot, ...]
    offers: tuple[Offer, ...]
    """The opened book as it was, with its lots."""
    capacity_kg: Mapping[str, int]
    """What each lot can give now, what stands of it included."""
    fixed_kg: Mapping[str, int]
    """Kilograms that stand of each offer of which some do."""
    out: frozenset[str]
    """Suppliers of whom nothing more is bought."""
    left: frozenset[str] = frozenset()
    """Members who do not take part in what is bought instead."""
    ceiling_per_t: int
    wanted_kg: int
    pricing: str
    sharing: str
    rules: tuple[Rule, ...]
    seed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class NextBest:
    """What is bought instead, for whom, and what each owes for it; kilograms and yen."""

    awards: tuple[Award, ...]
    """By the offers' own ids; none where nothing can be bought."""
    limit_per_t: int | None
    """The limit of those who take part in it."""
    shares: Mapping[str, Mapping[str, int]]
    """Of those who get something: kilograms of each offer."""
    amounts: Mapping[str, int]
    clearing: Clearing | None
    """The whole of what the engine said, on `book_of`; None where what stands breaks a rule that
    does not yield, whatever is added to it."""

    @property
    def bought_kg(self) -> int:
        return sum(award.quantity_kg for award in self.awards)


Book = tuple[list[Claim], list[Lot], list[Offer]]


def next_best(remainder: Remainder) -> NextBest:
    """Clear again with what stands fixed, and share what is new among those it is bought for.

    As many kilograms as possible, then least cost, then the earlier offers, as in any clearing.
    Where what stands cannot meet the hard rules, even with more, nothing more is bought. Raises
    Refuted if what the engine found breaks a rule, and Unproved as `clear` does.
    """
    claims, lots, offers = book_of(remainder)
    stands_kg = sum(remainder.fixed_kg.values())
    ceiling_per_t, seed, rules = remainder.ceiling_per_t, remainder.seed, remainder.rules
    try:
        clearing = clear(
            claims,
            lots,
            offers,
            wanted_kg=max(remainder.wanted_kg, stands_kg),
            pricing=_pricing(remainder),
            ceiling_per_t=ceiling_per_t,
            seed=seed,
            rules=rules,
        )
    except BadBook as error:
        if error.code != "fixed_not_possible":
            raise
        return NextBest(awards=(), limit_per_t=None, shares={}, amounts={}, clearing=None)
    checks.check(
        clearing, claims, lots, offers, ceiling_per_t=ceiling_per_t, seed=seed, rules=rules
    )
    return _shared(remainder, clearing)


def book_of(remainder: Remainder) -> Book:
    """What is cleared. A member stands in it twice: with what it keeps, which is bought whatever
    it costs the others, and, unless it left, with what is left of its pledge under its limit.
    """
    claims = []
    for claim in remainder.claims:
        kept_kg = remainder.kept_kg.get(claim.id, 0)
        if kept_kg:
            claims.append(Claim(claim.id + KEPT, kept_kg))
        if rest_kg(remainder, claim):
            more = Claim(claim.id + MORE, rest_kg(remainder, claim), 0, claim.limit_per_t)
            claims.append(more)
    lots = _lots(remainder)
    offers = [part for offer in remainder.offers for part in _parts(remainder, offer, lots)]
    used = {offer.lot for offer in offers}
    return claims, [lot for lot in lots.values() if lot.id in used], offers


def rest_kg(remainder: Remainder, claim: Claim) -> int:
    """What is left of a member's pledge; nothing of one who left."""
    if claim.id in remainder.left:
        return 0
    return claim.quantity_kg - remainder.kept_kg.get(claim.id, 0)


def _lots(remainder: Remainder) -> dict[str, Lot]:
    """The lots that can give something; what stands of one has met its minimum."""
    lot_of = {offer.id: offer.lot for offer in remainder.offers}
    standing = {lot_of[offer] for offer in remainder.fixed_kg}
    lots = {}
    for lot in remainder.lots:
        quantity_kg = min(lot.quantity_kg, remainder.capacity_kg[lot.id])
        minimum_kg = 0 if lot.id in standing else lot.minimum_kg
        if quantity_kg >= max(1, minimum_kg):
            lots[lot.id] = replace(lot, quantity_kg=quantity_kg, minimum_kg=minimum_kg)
    return lots


def _parts(remainder: Remainder, offer: Offer, lots: Mapping[str, Lot]) -> Iterable[Offer]:
    """What stands of an offer, and what is left of it unless its supplier is out.

    The minimum of an offer bought in part is met by what stands.
    """
    stands_kg = remainder.fixed_kg.get(offer.id, 0)
    if stands_kg:
        yield replace(offer, fixed_kg=stands_kg, quantity_kg=stands_kg)
    if offer.supplier in remainder.out or offer.lot not in lots:
        return
    left_kg = min(offer.quantity_kg, lots[offer.lot].quantity_kg) - stands_kg
    minimum_kg = 0 if stands_kg else offer.minimum_kg
    if left_kg >= max(1, minimum_kg):
        id = offer.id + REST if stands_kg else offer.id
        yield replace(offer, id=id, quantity_kg=left_kg, minimum_kg=minimum_kg)


def _pricing(remainder: Remainder) -> str:
    """A Vickrey payment is what a supplier saves in the whole auction; what comes later is paid
    as offered."""
    return "pay_as_offered" if remainder.pricing == "vickrey" else remainder.pricing


def _shared(remainder: Remainder, clearing: Clearing) -> NextBest:
    limit = clearing.limit_per_t
    awards = tuple(
        replace(award, offer=award.offer.removesuffix(REST))
        for award in clearing.awards
        if award.offer not in remainder.fixed_kg
    )
    claims = (
        {}
        if limit is None
        else {
            claim.id: rest_kg(remainder, claim)
            for claim in remainder.claims
            if limit_of(claim, remainder.ceiling_per_t) >= limit and rest_kg(remainder, claim)
        }
    )
    bought_kg = sum(award.quantity_kg for award in awards)
    totals_kg = share(bought_kg, claims, remainder.seed, remainder.sharing)
    receiving = {member: kg for member, kg in totals_kg.items() if kg}
    columns = {award.offer: award.quantity_kg for award in awards}
    value = sum(award.value for award in awards)
    return NextBest(
        awards=awards,
        limit_per_t=limit if awards else None,
        shares=matrix(receiving, columns, remainder.seed) if awards else {},
        amounts=amounts(value, receiving, remainder.seed) if awards else {},
        clearing=clearing,
    )


def price_per_t(best: NextBest) -> Fraction | None:
    """What those who stay pay per tonne of it: the blend, exact."""
    paid = sum((Fraction(a.price_per_t) * a.quantity_kg for a in best.awards), Fraction(0))
    return paid * Fraction(1, best.bought_kg) if best.awards else None
