"""Rounds whose bidding has just ended, and what their clearing wrote."""

from __future__ import annotations

from club.store import clearings, journal
from tests.markets import AFTER, a_market

PLEDGES = [(30_000, None, 0), (20_000, 6_000, 0), (10_000, 3_000, 0)]
OFFERS = [(25_000, 4_000, 0), (25_000, 5_000, 0), (50_000, 6_500, 0)]


def over(context, clock, facilitator, pledged=PLEDGES, offered=OFFERS):
    """A round whose bidding has just ended."""
    round_, members, sold = a_market(context, facilitator, pledged, offered)
    clock.at = round_.bidding_closes_at + AFTER
    return round_, members, sold


def result_of(context, round_):
    with context.database.read() as tx:
        return clearings.get(tx, round_.id)


def outcome(context, round_):
    """Awards as (kg, price) and each member's kilograms."""
    with context.database.read() as tx:
        awards = clearings.awards_of_round(tx, round_.id)
        shares = clearings.allocations_of_round(tx, round_.id)
    totals: dict[str, int] = {}
    for share in shares:
        totals[share.organisation_id] = totals.get(share.organisation_id, 0) + share.quantity_kg
    return sorted((a.quantity_kg, a.price_per_t) for a in awards), totals


def told(context, actor):
    with context.database.read() as tx:
        return {notice.kind for notice in journal.notices_of(tx, actor.person_id)}
