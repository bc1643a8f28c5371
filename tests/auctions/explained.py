"""Books put into one value, and a reason held against plain enumeration."""

from auctions.curves import limit_of
from auctions.flags import effective_price
from auctions.inputs import Inputs
from auctions.offers import by_sequence
from tests.auctions import ruled_books
from tests.auctions.books import SEED

CEILING = 4


def inputs_of(claims, lots, offers, rules=(), **terms):
    return Inputs(
        claims=tuple(claims),
        lots=tuple(lots),
        offers=tuple(offers),
        rules=tuple(rules),
        **{"ceiling_per_t": CEILING, "seed": SEED} | terms,
    )


def enumerated(inputs):
    """Kilograms by offer and the members, with every purchase looked at."""
    book = (inputs.claims, inputs.lots, inputs.offers, inputs.rules)
    return ruled_books.clear_by_enumeration(
        book, inputs.ceiling_per_t, inputs.wanted_kg or 0, inputs.sharing
    )


class Facts:
    """What plain enumeration says of a round, and of the same round with something left out."""

    def __init__(self, inputs, left=()):
        self.inputs = inputs
        self.stayed = [claim for claim in inputs.claims if claim.id not in left]
        self.bought, self.members, self.yields = enumerated(inputs)
        self.kg = sum(self.bought.values())
        standing = [claim for claim in inputs.claims if claim.id in self.members]
        self.limit = min(
            (limit_of(claim, inputs.ceiling_per_t) for claim in standing), default=None
        )
        self.demand_kg = sum(claim.quantity_kg for claim in standing)
        self.merit = {
            offer.id: (effective_price(offer), place)
            for place, offer in enumerate(by_sequence(inputs.offers))
        }

    def wins_more(self, offer, changed):
        return enumerated(changed)[0].get(offer.id, 0) > self.bought.get(offer.id, 0)

    def letting_in(self, offer):
        """The rules without any one of which the offer wins more."""
        names = sorted(rule.name for rule in self.inputs.rules)
        return tuple(n for n in names if self.wins_more(offer, self.inputs.without_rules(n)))

    def broken_by_more(self, offer):
        more = {each.id: self.bought.get(each.id, 0) for each in self.inputs.offers}
        more[offer.id] += 1
        return tuple(
            sorted(
                rule.name
                for rule in self.inputs.rules
                if ruled_books.excess(rule, self.inputs.offers, more)
                > self.yields.get(rule.name, 0)
            )
        )

    def without_rules(self):
        return self.inputs.without_rules(*(rule.name for rule in self.inputs.rules))


def holds(facts, reason):
    """Whether the reason is true by plain enumeration."""
    offer = next(each for each in facts.inputs.offers if each.id == reason.offer)
    won_kg = facts.bought.get(offer.id, 0)
    outcome = "lost" if not won_kg else "won_whole"
    if 0 < won_kg < offer.quantity_kg:
        outcome = "won_in_part"
    assert (reason.outcome, reason.won_kg) == (outcome, won_kg)
    return reason.because is None or CHECKS[reason.because](facts, reason, offer)


def _own_minimum(facts, reason, offer):
    return facts.wins_more(offer, facts.inputs.without_minimums({offer.id}, set()))


def _lot_minimum(facts, reason, offer):
    return facts.wins_more(offer, facts.inputs.without_minimums(set(), {offer.lot}))


def _rule(facts, reason, offer):
    """What one more kilogram would break, where there was demand for it; else what lets it in."""
    has_room = reason.outcome == "won_in_part" and facts.kg < facts.demand_kg
    broken = facts.broken_by_more(offer) if has_room else ()
    return reason.rules == (broken or facts.letting_in(offer))


def _rules_together(facts, reason, offer):
    return not facts.letting_in(offer) and facts.wins_more(offer, facts.without_rules())


def _minimums(facts, reason, offer):
    return facts.wins_more(offer, facts.inputs.without_minimums())


def _minimums_and_rules(facts, reason, offer):
    return (
        not facts.letting_in(offer)
        and not _minimums(facts, reason, offer)
        and not facts.wins_more(offer, facts.without_rules())
        and facts.wins_more(offer, facts.without_rules().without_minimums())
    )


def _above_limit(facts, reason, offer):
    limits = {claim: limit_of(claim, facts.inputs.ceiling_per_t) for claim in facts.stayed}
    limit = max(limits.values()) if facts.limit is None else facts.limit
    wanted_kg = sum(c.quantity_kg for c in facts.stayed if limits[c] >= offer.price_per_t)
    told = (reason.limit_per_t, reason.wanted_kg) == (limit, wanted_kg)
    return told and limit < offer.price_per_t <= facts.inputs.ceiling_per_t


def _dearer(facts, reason, offer):
    dearest = max(facts.merit[id][0] for id in facts.bought)
    filled = facts.kg == facts.demand_kg
    return filled and reason.dearest_per_t == dearest < effective_price(offer)


def _same_price_later(facts, reason, offer):
    last = max(facts.merit[id] for id in facts.bought)
    tied = last[0] == reason.dearest_per_t == effective_price(offer)
    return tied and facts.kg == facts.demand_kg and facts.merit[offer.id] > last


def _dearer_anyway(facts, reason, offer):
    return not facts.wins_more(offer, facts.without_rules().without_minimums())


def _lot_sold_out(facts, reason, offer):
    steps = [each for each in facts.inputs.offers if each.lot == offer.lot]
    before = [each for each in steps if facts.merit[each.id] <= facts.merit[offer.id]]
    lot = next(lot for lot in facts.inputs.lots if lot.id == offer.lot)
    return sum(facts.bought.get(each.id, 0) for each in before) == lot.quantity_kg


def _limit(facts, reason, offer):
    limits = [limit_of(claim, facts.inputs.ceiling_per_t) for claim in facts.stayed]
    below = any(offer.price_per_t <= limit < facts.limit for limit in limits)
    return below and reason.limit_per_t == facts.limit and facts.kg == facts.demand_kg


def _above_ceiling(facts, reason, offer):
    return offer.price_per_t > facts.inputs.ceiling_per_t


def _nobody_pledged(facts, reason, offer):
    return not facts.inputs.claims


def _members_left(facts, reason, offer):
    return not facts.stayed


def _demand_filled(facts, reason, offer):
    return facts.kg == facts.demand_kg


CHECKS = {
    "above_ceiling": _above_ceiling,
    "nobody_pledged": _nobody_pledged,
    "members_left": _members_left,
    "above_limit": _above_limit,
    "dearer": _dearer,
    "same_price_later": _same_price_later,
    "dearer_anyway": _dearer_anyway,
    "lot_sold_out": _lot_sold_out,
    "demand_filled": _demand_filled,
    "limit": _limit,
    "own_minimum": _own_minimum,
    "lot_minimum": _lot_minimum,
    "rule": _rule,
    "rules_together": _rules_together,
    "minimums": _minimums,
    "minimums_and_rules": _minimums_and_rules,
}
