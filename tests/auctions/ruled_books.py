"""Small books under portfolio rules: drawn by chance, and cleared by plain enumeration.

Written apart from the engine, word by word as the rules are told: no bounds, no order of
merit, no solver.
"""

from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from auctions.curves import limit_of
from auctions.leaving import leaver
from auctions.offers import Claim, Lot, Offer, by_sequence
from auctions.rules import CountRule, EachRule, ShareRule, where
from tests.auctions.books import SEED

SHARES = st.fractions(0, 1, max_denominator=6)


@st.composite
def ruled_books(draw, *, quality=True, soft=True):
    """Claims, lots, offers and rules in which nearly everything coincides now and then."""
    claims = [_claim(draw, number) for number in range(draw(st.integers(1, 3)))]
    lots = []
    for number in range(draw(st.integers(1, 3))):
        quantity_kg = draw(st.integers(1, 8))
        lots.append(Lot(f"lot {number}", quantity_kg, _minimum(draw, quantity_kg)))
    suppliers = {lot.id: f"supplier {draw(st.integers(0, 2))}" for lot in lots}
    offers = [_offer(draw, number, suppliers, quality) for number in range(draw(st.integers(1, 4)))]
    return claims, lots, offers, _rules(draw, soft)


def _minimum(draw, quantity_kg):
    return draw(st.sampled_from([0, 0, quantity_kg, (quantity_kg + 1) // 2]))


def _claim(draw, number):
    quantity_kg = draw(st.integers(1, 9))
    limit = draw(st.none() | st.integers(0, 4))
    return Claim(f"member {number}", quantity_kg, _minimum(draw, quantity_kg), limit)


def _offer(draw, number, suppliers, quality):
    quantity_kg = draw(st.integers(1, 6))
    lot = draw(st.sampled_from(sorted(suppliers)))
    return Offer(
        id=f"offer {number}",
        supplier=suppliers[lot],
        project=f"project {draw(st.integers(0, 1))}",
        lot=lot,
        quantity_kg=quantity_kg,
        minimum_kg=_minimum(draw, quantity_kg),
        price_per_t=draw(st.integers(0, 3)),
        coefficient=draw(st.sampled_from([Fraction(1), Fraction(9, 7), Fraction(6, 5)]))
        if quality
        else Fraction(1),
        attributes={"kind": draw(st.sampled_from(["removal", "avoidance"]))},
        sequence=draw(st.integers(1, 3)),
    )


def _rules(draw, soft):
    hard = st.booleans() if soft else st.just(True)
    rules = []
    if draw(st.booleans()):
        least, most = sorted([draw(SHARES), draw(SHARES)])
        removal = where({"kind": ["removal"]})
        bounds = {"min_share": least, "max_share": most}
        rules.append(ShareRule(name="removal", where=removal, **bounds, hard=draw(hard), order=1))
    if draw(st.booleans()):
        each = draw(st.sampled_from(["supplier", "project"]))
        most = draw(SHARES.filter(bool))
        rules.append(EachRule(name="each", each=each, max_share=most, hard=draw(hard), order=2))
    if draw(st.booleans()):
        count, kg = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        counted = {"min_suppliers": count, "minimum_award_kg": kg}
        rules.append(CountRule(name="count", **counted, hard=draw(hard), order=3))
    return rules


def clear_by_enumeration(book, ceiling_per_t, wanted_kg=0, sharing="pro_rata"):
    """Return kilograms by offer, members and yields, with every purchase looked at."""
    claims, lots, offers, rules = book
    standing = sorted(claims, key=lambda claim: claim.id)
    while True:
        bought, members, yields = _best(standing, lots, offers, rules, ceiling_per_t, wanted_kg)
        if not bought:
            return {}, (), yields
        left = leaver(members, sum(bought.values()), SEED, sharing)
        if left is None:
            return bought, tuple(claim.id for claim in members), yields
        standing.remove(left[0])


def _best(standing, lots, offers, rules, ceiling_per_t, wanted_kg):
    """Pick purchase and members, and what the soft rules had to yield."""
    soft = sorted((rule for rule in rules if not rule.hard), key=lambda rule: rule.order)
    possible = [
        (limit, bought)
        for limit in {limit_of(claim, ceiling_per_t) for claim in standing}
        for bought in purchases(lots, offers, limit, _wanted(standing, limit, ceiling_per_t))
        if not any(excess(rule, offers, bought) for rule in rules if rule.hard)
    ]
    yields = {}
    if _most(row for row in possible if _keeps(soft, offers, row[1], {})) < wanted_kg and soft:
        target_kg = max(1, min(wanted_kg, _most(possible)))
        enough = [bought for _, bought in possible if sum(bought.values()) >= target_kg]
        if enough:
            broken = min([excess(rule, offers, bought) for rule in soft] for bought in enough)
            yields = {rule.name: by for rule, by in zip(soft, broken, strict=True) if by}
    best = {}
    for limit, bought in possible:
        if _keeps(soft, offers, bought, yields):
            best[limit] = min([best.get(limit, bought), bought], key=lambda b: _order(offers, b))
    if not best:
        return {}, [], yields
    limit = min(best, key=lambda limit: _order_of_limits(standing, offers, best, limit))
    bought = {id: kg for id, kg in best[limit].items() if kg}
    return bought, [c for c in standing if limit_of(c, ceiling_per_t) >= limit], yields


def _wanted(standing, limit, ceiling_per_t):
    return sum(c.quantity_kg for c in standing if limit_of(c, ceiling_per_t) >= limit)


def _most(rows):
    return max((sum(bought.values()) for _, bought in rows), default=0)


def _keeps(soft, offers, bought, yields):
    return all(excess(rule, offers, bought) <= yields.get(rule.name, 0) for rule in soft)


def _order(offers, bought):
    kilograms = [bought[offer.id] for offer in by_sequence(offers)]
    ranks = sum(place * kg for place, kg in enumerate(kilograms, 1))
    return -sum(kilograms), _cost(offers, bought), ranks, [-kg for kg in kilograms]


def _cost(offers, bought):
    return sum(
        Fraction(o.price_per_t * o.coefficient.denominator, o.coefficient.numerator) * bought[o.id]
        for o in offers
    )


def _order_of_limits(standing, offers, best, limit):
    bought = best[limit]
    paid = sum(offer.price_per_t * bought[offer.id] for offer in offers)
    members = sum((c.limit_per_t is None or c.limit_per_t >= limit) for c in standing)
    return -sum(bought.values()), _cost(offers, bought), paid, -members


def purchases(lots, offers, limit, demand_kg):
    """List every purchase within demand, minimums and lots."""
    kilograms = [
        [0, *range(max(1, o.minimum_kg), o.quantity_kg + 1)] if o.price_per_t <= limit else [0]
        for o in offers
    ]
    for row in product(*kilograms):
        if sum(row) > demand_kg:
            continue
        bought = dict(zip((offer.id for offer in offers), row, strict=True))
        sold = {lot.id: sum(bought[o.id] for o in offers if o.lot == lot.id) for lot in lots}
        if all(
            sold[lot.id] == 0 or lot.minimum_kg <= sold[lot.id] <= lot.quantity_kg for lot in lots
        ):
            yield bought


def excess(rule, offers, bought):
    """Tell by how much a purchase breaks a rule; nothing bought breaks none."""
    all_kg = sum(bought.values())
    if not all_kg:
        return Fraction(0)
    if isinstance(rule, CountRule):
        suppliers = {offer.supplier for offer in offers}
        by_supplier = {s: sum(bought[o.id] for o in offers if o.supplier == s) for s in suppliers}
        enough = sum(kg >= rule.minimum_award_kg for kg in by_supplier.values())
        return Fraction(max(0, rule.min_suppliers - enough))
    if isinstance(rule, EachRule):
        names = {getattr(offer, rule.each) for offer in offers}
        shares = [
            Fraction(sum(bought[o.id] for o in offers if getattr(o, rule.each) == name), all_kg)
            for name in names
        ]
        return max(Fraction(0), max(shares) - rule.max_share)
    picked = sum(
        bought[o.id]
        for o in offers
        if all(o.attributes[attribute] in values for attribute, values in rule.where)
    )
    share = Fraction(picked, all_kg)
    return max(Fraction(0), rule.min_share - share, share - rule.max_share)
