"""Small books for the engine's tests: by hand, by chance, and cleared by plain enumeration."""

from itertools import product

from hypothesis import strategies as st

from auctions.clearing import clear
from auctions.curves import limit_of
from auctions.merit import Book, by_rank, score
from auctions.offers import Claim, Lot, Offer, by_sequence

SEED = bytes(range(32))
CEILING = 10_000


def an_offer(id, quantity_kg, price_per_t, sequence=1, *, minimum_kg=0, lot=None):
    return Offer(
        id=id,
        supplier=f"supplier of {lot or id}",
        project=f"project of {lot or id}",
        lot=lot or id,
        quantity_kg=quantity_kg,
        minimum_kg=minimum_kg,
        price_per_t=price_per_t,
        sequence=sequence,
    )


def whole_lots(offers):
    """Give each offer a lot of its own, of the offer's quantity."""
    return [Lot(offer.lot, offer.quantity_kg) for offer in offers]


def cleared(book, **terms):
    return clear(*book, **{"ceiling_per_t": CEILING, "seed": SEED} | terms)


def won(clearing):
    return {award.offer: award.quantity_kg for award in clearing.awards}


@st.composite
def books(draw, most_offers=6, most_kg=60, most_price=5, *, minimums=True):
    """Claims, lots and offers in which quantities, prices and sequences often coincide."""
    kg = st.integers(1, most_kg)

    def with_minimum(quantity_kg):
        choices = [st.just(0), st.just(quantity_kg), st.integers(0, quantity_kg)]
        return draw(st.one_of(choices)) if minimums else 0

    claims = []
    for number in range(draw(st.integers(0, 5))):
        quantity_kg = draw(kg)
        limit = draw(st.none() | st.integers(0, most_price + 1))
        claims.append(Claim(f"member {number}", quantity_kg, with_minimum(quantity_kg), limit))
    lots = []
    for number in range(draw(st.integers(1, 4))):
        quantity_kg = draw(kg)
        lots.append(Lot(f"lot {number}", quantity_kg, with_minimum(quantity_kg)))
    offers = []
    for number in range(draw(st.integers(0, most_offers))):
        quantity_kg = draw(kg)
        offers.append(
            an_offer(
                f"offer {number}",
                quantity_kg,
                draw(st.integers(0, most_price)),
                draw(st.integers(1, 4)),
                minimum_kg=with_minimum(quantity_kg),
                lot=draw(st.sampled_from(lots)).id,
            )
        )
    return claims, lots, offers


def allowed(book: Book, demand_kg):
    """List every purchase within demand, minimums and lots, the slow way."""
    kilograms = [
        [0, *range(max(1, offer.minimum_kg), offer.quantity_kg + 1)] for offer in book.offers
    ]
    for bought in product(*kilograms):
        sold_kg = [sum(bought[i] for i in steps) for steps in book.steps]
        if sum(bought) <= demand_kg and all(
            kg == 0 or lot.minimum_kg <= kg <= lot.quantity_kg
            for kg, lot in zip(sold_kg, book.lots, strict=True)
        ):
            yield list(bought)


def best_of_all(book: Book, demand_kg):
    """Pick the best purchase by objectives 1 to 3 from the whole list."""
    return min(
        allowed(book, demand_kg),
        key=lambda bought: (score(book, bought), [-kg for kg in by_rank(book, bought)]),
    )


def clear_by_enumeration(claims, lots, offers, ceiling_per_t):
    """Follow the rule for limits and for leaving word by word; return awards and members.

    Written apart from the engine: no bounds, no merit order, no search.
    """
    claims = list(claims)
    while True:
        best = _best_limit(claims, lots, offers, ceiling_per_t)
        if best is None:
            return {}, ()
        bought, members = best
        leaver = _leaver(members, sum(bought.values()))
        if leaver is None:
            return bought, tuple(sorted(claim.id for claim in members))
        claims.remove(leaver)


def _leaver(members, bought_kg):
    """Return the first to leave, or None; equal cases are left to the engine's own tests."""
    demand_kg = sum(claim.quantity_kg for claim in members)
    short = [c for c in members if bought_kg * c.quantity_kg < c.minimum_kg * demand_kg]
    return max(short, key=lambda c: c.minimum_kg * 10**6 // c.quantity_kg, default=None)


def _best_limit(claims, lots, offers, ceiling_per_t):
    found = []
    for limit in {limit_of(claim, ceiling_per_t) for claim in claims}:
        members = [claim for claim in claims if limit_of(claim, ceiling_per_t) >= limit]
        demand_kg = sum(claim.quantity_kg for claim in members)
        for bought in _purchases(lots, by_sequence(offers), limit, demand_kg):
            kg = sum(bought.values())
            cost = sum(offer.price_per_t * bought[offer.id] for offer in offers)
            ranks = sum(
                place * bought[offer.id] for place, offer in enumerate(by_sequence(offers), 1)
            )
            vector = [-bought[offer.id] for offer in by_sequence(offers)]
            found.append(((-kg, cost, -len(members), ranks, vector), bought, members))
    best = min(found, key=lambda row: row[0], default=None)
    if best is None or best[0][0] == 0:
        return None
    return {id: kg for id, kg in best[1].items() if kg}, best[2]


def _purchases(lots, offers, limit, demand_kg):
    kilograms = [
        [0, *range(max(1, o.minimum_kg), o.quantity_kg + 1)] if o.price_per_t <= limit else [0]
        for o in offers
    ]
    for row in product(*kilograms):
        bought = dict(zip((offer.id for offer in offers), row, strict=True))
        sold = {
            lot.id: sum(bought[offer.id] for offer in offers if offer.lot == lot.id) for lot in lots
        }
        if sum(row) <= demand_kg and all(
            sold[lot.id] == 0 or lot.minimum_kg <= sold[lot.id] <= lot.quantity_kg for lot in lots
        ):
            yield bought
