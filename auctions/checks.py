"""Every constraint of a clearing, checked in whole numbers and without a solver."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from auctions.clearing import value_of
from auctions.curves import limit_of
from auctions.flags import effective_price, low_prices
from auctions.merit import book
from auctions.offers import Claim, Lot, Offer, by_sequence, check_book
from auctions.passes import check_passes, members_at
from auctions.portfolio import portfolio
from auctions.pricing import check_pricing, prices
from auctions.rationing import quotas
from auctions.refuted import Refuted, require
from auctions.results import Award, Clearing
from auctions.rules import Rule, check_rules
from auctions.sharing import amounts, share

__all__ = ["Refuted", "check"]


def check(
    clearing: Clearing,
    claims: Sequence[Claim],
    lots: Sequence[Lot],
    offers: Sequence[Offer],
    *,
    ceiling_per_t: int,
    seed: bytes,
    rules: Sequence[Rule] = (),
) -> None:
    """Raise Refuted at the first thing in a clearing that the rules do not allow.

    That nothing better exists is not checked here, except where a recorded limit says so.
    """
    check_book(claims, lots, offers)
    check_rules(rules)
    check_pricing(clearing.pricing, rules, offers)
    _check_awards(clearing, offers)
    _check_suppliers(clearing, offers)
    _check_lots(clearing, lots, offers)
    _check_rules(clearing, offers, rules)
    _check_prices(clearing, lots, offers, ceiling_per_t)
    standing = check_passes(
        clearing, claims, lots, offers, ceiling_per_t=ceiling_per_t, seed=seed, rules=rules
    )
    _check_participants(clearing, standing, ceiling_per_t)
    _check_sums(clearing, offers)
    _check_shares(clearing, standing, seed)
    require(clearing.flags == low_prices(clearing.awards, offers), "flags", "flags")


def _check_awards(clearing: Clearing, offers: Sequence[Offer]) -> None:
    known = {offer.id: offer for offer in offers}
    listed = [award.offer for award in clearing.awards]
    won = set(listed)
    for award in clearing.awards:
        if award.offer not in known:
            raise Refuted("unknown_offer", award.offer)
        _check_award(award, known[award.offer], clearing.limit_per_t or 0)
    for offer in offers:
        require(offer.fixed_kg is None or offer.id in won, "fixed", offer.id)
    order = [offer.id for offer in by_sequence(offers) if offer.id in won]
    require(listed == order, "award_order", "awards")


def _check_award(award: Award, offer: Offer, limit_per_t: int) -> None:
    least_kg = max(1, offer.minimum_kg)
    require(least_kg <= award.quantity_kg <= offer.quantity_kg, "award_quantity", offer.id)
    require(offer.fixed_kg in {None, award.quantity_kg}, "fixed", offer.id)
    value = value_of(award.quantity_kg, award.price_per_t)
    require(award.value == value, "award_value", offer.id)
    require(offer.price_per_t <= limit_per_t, "award_above_limit", offer.id)


def _check_suppliers(clearing: Clearing, offers: Sequence[Offer]) -> None:
    """No supplier is paid less than it asked for what it sells, all its awards together."""
    known = {offer.id: offer for offer in offers}
    above: dict[str, Fraction] = {}
    for award in clearing.awards:
        offer = known[award.offer]
        each = (Fraction(award.price_per_t) - offer.price_per_t) * award.quantity_kg
        above[offer.supplier] = above.get(offer.supplier, Fraction(0)) + each
    for supplier, over in sorted(above.items()):
        require(over >= 0, "paid_below_asked", supplier)


def _check_rules(clearing: Clearing, offers: Sequence[Offer], rules: Sequence[Rule]) -> None:
    """Every rule holds, loosened by what it is said to have yielded."""
    won = {award.offer: award.quantity_kg for award in clearing.awards}
    bought = [won.get(offer.id, 0) for offer in offers]
    yields = {each.rule: each.by for each in clearing.yielded}
    for each in portfolio(rules, offers, yields).all:
        require(each.excess(bought) == 0, "rule_broken", each.rule)


def _check_prices(
    clearing: Clearing, lots: Sequence[Lot], offers: Sequence[Offer], ceiling_per_t: int
) -> None:
    """Every award is paid what the price rule says; Vickrey's payments are worked out again."""
    if clearing.limit_per_t is None:
        return
    won = {award.offer: award for award in clearing.awards}
    market = book(lots, offers).within(clearing.limit_per_t)
    bought = [won[o.id].quantity_kg if o.id in won else 0 for o in market.offers]
    due = prices(
        market,
        bought,
        pricing=clearing.pricing,
        demand_kg=clearing.demand_kg,
        ceiling_per_t=ceiling_per_t,
    )
    for offer, price in zip(market.offers, due, strict=True):
        if offer.id in won:
            require(won[offer.id].price_per_t == price, "award_price", offer.id)


def _check_lots(clearing: Clearing, lots: Sequence[Lot], offers: Sequence[Offer]) -> None:
    lot_of = {offer.id: offer.lot for offer in offers}
    sold_kg = {lot.id: 0 for lot in lots}
    for award in clearing.awards:
        sold_kg[lot_of[award.offer]] += award.quantity_kg
    for lot in lots:
        kg = sold_kg[lot.id]
        require(kg == 0 or lot.minimum_kg <= kg <= lot.quantity_kg, "lot_quantity", lot.id)


def _check_participants(clearing: Clearing, standing: Sequence[Claim], ceiling_per_t: int) -> None:
    limit = clearing.limit_per_t
    members = [] if limit is None else members_at(standing, limit, ceiling_per_t)
    demand_kg = sum(claim.quantity_kg for claim in members)
    require(
        clearing.participants == tuple(sorted(claim.id for claim in members)),
        "participants",
        "participants",
    )
    require(clearing.demand_kg == demand_kg, "demand", "demand_kg")
    require(clearing.bought_kg <= demand_kg, "bought_above_demand", "bought_kg")
    due = quotas(clearing.bought_kg, {c.id: c.quantity_kg for c in members}, clearing.sharing)
    price = clearing.member_price_per_t
    for claim in members:
        require(due[claim.id] >= claim.minimum_kg, "quota_below_minimum", claim.id)
        covers = price is not None and price <= limit_of(claim, ceiling_per_t)
        require(covers, "price_above_limit", claim.id)


def _check_sums(clearing: Clearing, offers: Sequence[Offer]) -> None:
    known = {offer.id: offer for offer in offers}
    bought_kg = sum(award.quantity_kg for award in clearing.awards)
    paid = sum((Fraction(a.price_per_t) * a.quantity_kg for a in clearing.awards), Fraction(0))
    cost = sum(
        (effective_price(known[a.offer]) * a.quantity_kg for a in clearing.awards), Fraction(0)
    )
    require(clearing.bought_kg == bought_kg, "sum", "bought_kg")
    require(clearing.value == sum(award.value for award in clearing.awards), "sum", "value")
    require(clearing.effective_cost * 1000 == cost, "sum", "effective_cost")
    price = paid * Fraction(1, bought_kg) if bought_kg else None
    require(clearing.member_price_per_t == price, "member_price", "member_price_per_t")


def _check_shares(clearing: Clearing, standing: Sequence[Claim], seed: bytes) -> None:
    taking_part = set(clearing.participants)
    pledged = {c.id: c.quantity_kg for c in standing if c.id in taking_part}
    totals_kg = share(clearing.bought_kg, pledged, seed, clearing.sharing)
    require(clearing.totals_kg == totals_kg, "totals", "totals_kg")
    require(clearing.amounts == amounts(clearing.value, totals_kg, seed), "amounts", "amounts")
    columns = {award.offer: award.quantity_kg for award in clearing.awards}
    require(clearing.shares.keys() == totals_kg.keys(), "shares", "rows")
    for id, row in clearing.shares.items():
        _check_row(id, row, totals_kg[id], columns)
    for offer, kg in columns.items():
        sold_kg = sum(row[offer] for row in clearing.shares.values())
        require(sold_kg == kg, "shares_of_award", offer)


def _check_row(id: str, row: Mapping[str, int], total_kg: int, columns: Mapping[str, int]) -> None:
    require(row.keys() == columns.keys(), "shares", id)
    require(sum(row.values()) == total_kg, "shares_of_member", id)
    bought_kg = sum(columns.values())
    for offer, kg in row.items():
        exact = total_kg * columns[offer]
        require(exact // bought_kg <= kg <= -(-exact // bought_kg), "share_not_rounded", id)
