"""Every constraint of a clearing, checked in whole numbers and without a solver."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from auctions.curves import limit_of
from auctions.leaving import quota_of
from auctions.offers import Claim, Lot, Offer, by_sequence, check_book
from auctions.passes import check_passes, members_at
from auctions.refuted import Refuted, require
from auctions.results import Clearing
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
) -> None:
    """Raise Refuted at the first thing in a clearing that the rules do not allow.

    That nothing better exists is not checked here, except where a recorded limit says so.
    """
    check_book(claims, lots, offers)
    _check_awards(clearing, offers)
    _check_lots(clearing, lots, offers)
    standing = check_passes(clearing, claims, lots, offers, ceiling_per_t=ceiling_per_t, seed=seed)
    _check_participants(clearing, standing, ceiling_per_t)
    _check_sums(clearing)
    _check_shares(clearing, standing, seed)


def _check_awards(clearing: Clearing, offers: Sequence[Offer]) -> None:
    known = {offer.id: offer for offer in offers}
    listed = [award.offer for award in clearing.awards]
    for award in clearing.awards:
        offer = known.get(award.offer)
        if offer is None:
            raise Refuted("unknown_offer", award.offer)
        least_kg = max(1, offer.minimum_kg)
        require(least_kg <= award.quantity_kg <= offer.quantity_kg, "award_quantity", offer.id)
        require(award.price_per_t == offer.price_per_t, "award_price", offer.id)
        require(
            award.value == award.quantity_kg * award.price_per_t // 1000, "award_value", offer.id
        )
        require(award.price_per_t <= (clearing.limit_per_t or 0), "award_above_limit", offer.id)
    order = [offer.id for offer in by_sequence(offers) if offer.id in set(listed)]
    require(listed == order, "award_order", "awards")


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
    for claim in members:
        quota = quota_of(claim, clearing.bought_kg, demand_kg)
        require(quota >= claim.minimum_kg, "quota_below_minimum", claim.id)
        price = clearing.member_price_per_t
        require(
            price is not None and price <= limit_of(claim, ceiling_per_t),
            "price_above_limit",
            claim.id,
        )


def _check_sums(clearing: Clearing) -> None:
    bought_kg = sum(award.quantity_kg for award in clearing.awards)
    milli = sum(award.quantity_kg * award.price_per_t for award in clearing.awards)
    require(clearing.bought_kg == bought_kg, "sum", "bought_kg")
    require(clearing.value == sum(award.value for award in clearing.awards), "sum", "value")
    require(clearing.effective_cost == Fraction(milli, 1000), "sum", "effective_cost")
    price = Fraction(milli, bought_kg) if bought_kg else None
    require(clearing.member_price_per_t == price, "member_price", "member_price_per_t")


def _check_shares(clearing: Clearing, standing: Sequence[Claim], seed: bytes) -> None:
    pledged = {c.id: c.quantity_kg for c in standing if c.id in set(clearing.participants)}
    totals_kg = share(clearing.bought_kg, pledged, seed)
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
