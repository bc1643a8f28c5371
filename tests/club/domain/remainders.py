"""Rounds of which awards have fallen away, by chance, for tests of the next best."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from auctions.clearing import clear
from auctions.offers import Claim, Lot
from auctions.rules import EachRule
from club.domain.next_best import Remainder
from tests.auctions.books import CEILING, SEED, an_offer, books, whole_lots

SHARINGS = ("pro_rata", "equal_awards", "equal_losses", "talmud", "small_first")
PRICINGS = ("pay_as_offered", "uniform", "vickrey")
HALF = EachRule(name="cap", each="supplier", max_share=Fraction(1, 2), hard=True, order=1)
RULES = ((), (HALF,), (replace(HALF, hard=False),))


def remainder(claims, lots, offers, clearing, fallen, **given):
    """What is left of a cleared book once the offers of some lots have fallen away."""
    lot_of = {offer.id: offer.lot for offer in offers}
    stands = [a for a in clearing.awards if lot_of[a.offer] not in fallen]
    ids = {award.offer for award in stands}
    kept = {
        member: sum(kg for offer, kg in row.items() if offer in ids)
        for member, row in clearing.shares.items()
    }
    return Remainder(
        **{
            "claims": tuple(c for c in claims if c.id in clearing.participants),
            "kept_kg": kept,
            "lots": tuple(lots),
            "offers": tuple(offers),
            "capacity_kg": {lot.id: lot.quantity_kg for lot in lots},
            "fixed_kg": {award.offer: award.quantity_kg for award in stands},
            "out": frozenset(o.supplier for o in offers if o.lot in fallen),
            "ceiling_per_t": CEILING,
            "wanted_kg": 0,
            "pricing": clearing.pricing,
            "sharing": clearing.sharing,
            "rules": (),
            "seed": SEED,
        }
        | given
    )


def example(pledged, offered, fallen, **given):
    """Members by (kg, limit), suppliers by (kg, price), and which of these fell away."""
    claims = [Claim(f"member {n}", kg, 0, limit) for n, (kg, limit) in enumerate(pledged)]
    offers = [an_offer(f"offer {n}", kg, price, n) for n, (kg, price) in enumerate(offered)]
    lots = whole_lots(offers)
    clearing = clear(claims, lots, offers, ceiling_per_t=CEILING, seed=SEED)
    return remainder(claims, lots, offers, clearing, {offers[n].lot for n in fallen}, **given)


@st.composite
def remainders(draw, *, ruled=True):
    """A cleared book some of whose lots with awards have fallen away, and who has left."""
    claims, lots, offers = draw(books().filter(lambda book: book[0] and book[2]))
    suppliers = {lot.id: f"supplier {draw(st.integers(0, 3))}" for lot in lots}
    offers = [replace(offer, supplier=suppliers[offer.lot]) for offer in offers]
    rules = draw(st.sampled_from(RULES)) if ruled else ()
    terms = {
        "pricing": "pay_as_offered" if rules else draw(st.sampled_from(PRICINGS)),
        "sharing": draw(st.sampled_from(SHARINGS)),
    }
    cleared = clear(
        claims, lots, offers, ceiling_per_t=CEILING, seed=SEED, rules=rules, wanted_kg=20, **terms
    )
    lot_of = {offer.id: offer.lot for offer in offers}
    won = sorted({lot_of[award.offer] for award in cleared.awards})
    fallen = draw(st.sets(st.sampled_from(won), min_size=1)) if won else set()
    bought_kg = dict.fromkeys(won, 0)
    for award in cleared.awards:
        bought_kg[lot_of[award.offer]] += award.quantity_kg
    capacity_kg = {lot.id: _capacity(draw, lot, bought_kg.get(lot.id, 0)) for lot in lots}
    left = draw(st.sets(st.sampled_from(sorted(claim.id for claim in claims))))
    return remainder(
        claims,
        lots,
        offers,
        cleared,
        fallen,
        capacity_kg=capacity_kg,
        left=frozenset(left),
        rules=rules,
        wanted_kg=20,
    )


def _capacity(draw, lot: Lot, bought_kg):
    return draw(st.one_of(st.just(lot.quantity_kg), st.integers(bought_kg, lot.quantity_kg)))
