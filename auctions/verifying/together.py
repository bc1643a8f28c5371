"""A purchase on its own, as if the members were one who wants so much at such a limit.

So it can be checked without knowing anybody's pledge, and others can be held against it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from auctions.checks import check
from auctions.clearing import value_of
from auctions.curves import supply_at, supply_curve
from auctions.flags import effective_price, low_prices
from auctions.offers import Claim, Offer, by_sequence
from auctions.reading import Malformed
from auctions.recording.values import Record
from auctions.refuted import Refuted
from auctions.results import Award, Clearing, Flag, Pass, Tried, Yield
from auctions.rule_reading import read_rules
from auctions.rules import Rule
from auctions.scoring import Criterion, read_criteria

TOGETHER = "the members together"
OWN_PRICE = "pay_as_offered"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What may be bought at a limit: nothing dearer, and no more than is wanted there."""

    limit_per_t: int
    demand_kg: int


def ceiling_of(record: Record) -> int:
    """The round's ceiling, one of the frozen inputs."""
    ceiling_per_t = input_of(record, "ceiling_per_t")
    if not isinstance(ceiling_per_t, int):
        raise Refuted("no_ceiling", "inputs")
    return ceiling_per_t


def rules_of(record: Record) -> tuple[Rule, ...]:
    """The round's portfolio rules, if it has any."""
    try:
        return read_rules(input_of(record, "rules") or [], "rules")
    except Malformed as malformed:
        raise Refuted("rules", malformed.where) from malformed


def criteria_of(record: Record) -> tuple[Criterion, ...]:
    """The round's quality criteria, if it has any."""
    found: Any = input_of(record, "criteria")
    try:
        return read_criteria(found)
    except (TypeError, ValueError, KeyError) as error:
        raise Refuted("criteria", "inputs") from error


def input_of(record: Record, name: str) -> object:
    """One of the frozen inputs; None where there is none of the name."""
    return next((each.value for each in record.inputs if each.name == name), None)


def wanted_of(record: Record) -> Wanted:
    """The chosen limit and the demand there; where they are not told, the least they can be."""
    won = {award.offer for award in record.awards}
    dearest = max((offer.price_per_t for offer in record.offers if offer.id in won), default=0)
    cleared = record.cleared
    return Wanted(
        dearest if cleared.limit_per_t is None else cleared.limit_per_t,
        cleared.bought_kg if cleared.demand_kg is None else cleared.demand_kg,
    )


def check_together(
    record: Record,
    wanted: Wanted,
    awards: Sequence[Award],
    *,
    pricing: str = OWN_PRICE,
    yielded: tuple[Yield, ...] = (),
    flags: tuple[Flag, ...] | None = None,
) -> None:
    """Check awards against offers, lots, rules and demand, and their sums; raises Refuted.

    Flags of low prices are checked only where they are told.
    """
    score: dict[str, Any] = {
        "limit_per_t": wanted.limit_per_t,
        "bought_kg": (bought_kg := sum(award.quantity_kg for award in awards)),
        "effective_cost": effective_cost(record, {a.offer: a.quantity_kg for a in awards}),
    }
    paid = paid_for(awards)
    price = paid * Fraction(1, bought_kg) if bought_kg else None
    value = sum(award.value for award in awards)
    supply_kg = supply_at_limit(record, wanted.limit_per_t)
    tried = Tried(
        **score,
        demand_kg=wanted.demand_kg,
        supply_kg=supply_kg,
        bound_kg=min(wanted.demand_kg, supply_kg),
        member_price_per_t=price,
        members=1,
    )
    together = Clearing(
        **score,
        pricing=pricing,
        sharing="pro_rata",
        awards=tuple(awards),
        demand_kg=wanted.demand_kg,
        wanted_kg=record.cleared.wanted_kg,
        member_price_per_t=price,
        value=value,
        participants=(TOGETHER,),
        totals_kg={TOGETHER: bought_kg},
        shares={TOGETHER: {award.offer: award.quantity_kg for award in awards}},
        amounts={TOGETHER: value},
        passes=(Pass(**score, tried=(tried,), yielded=yielded),),
        flags=low_prices(awards, record.offers) if flags is None else flags,
    )
    check(
        together,
        [Claim(TOGETHER, wanted.demand_kg, 0, wanted.limit_per_t)],
        record.lots,
        record.offers,
        ceiling_per_t=ceiling_of(record),
        seed=bytes.fromhex(record.about.seed),
        rules=rules_of(record),
    )


def supply_at_limit(record: Record, limit_per_t: int) -> int:
    """What is offered at a limit or below; of what was fixed before just that, or nothing at all
    below its price."""
    fixed = [offer for offer in record.offers if offer.fixed_kg is not None]
    if any(offer.price_per_t > limit_per_t for offer in fixed):
        return 0
    supply = supply_curve(
        record.lots, map(_as_fixed, record.offers), ceiling_per_t=ceiling_of(record)
    )
    return supply_at(supply, limit_per_t)


def _as_fixed(offer: Offer) -> Offer:
    return offer if offer.fixed_kg is None else replace(offer, quantity_kg=offer.fixed_kg)


def effective_cost(record: Record, bought: Mapping[str, int]) -> Fraction:
    """What kilograms of offers cost by effective price, in minor units."""
    milli = sum(
        (effective_price(o) * bought[o.id] for o in record.offers if o.id in bought), Fraction(0)
    )
    return milli * Fraction(1, 1000)


def paid_for(awards: Sequence[Award]) -> Fraction:
    """What suppliers are paid, a thousand times, before fractions of a minor unit are dropped."""
    return sum((Fraction(a.price_per_t) * a.quantity_kg for a in awards), Fraction(0))


def as_awards(record: Record, bought: Mapping[str, int]) -> tuple[Award, ...]:
    """Write kilograms of offers as awards at the offers' own prices."""
    return tuple(
        Award(offer.id, kg, offer.price_per_t, value_of(kg, offer.price_per_t))
        for offer in by_sequence(record.offers)
        if (kg := bought.get(offer.id, 0))
    )
