"""Clearing for scripts: a book as JSON, read strictly, cleared, checked and told."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from auctions import clearing
from auctions.checks import check
from auctions.offers import MOST_KG, MOST_PER_T, Claim, Lot, Offer
from auctions.reading import Fields, Malformed, fields
from auctions.results import Award, Clearing, Pass, Tried

NEEDED = ("demand", "offers", "ceiling_per_t", "pricing", "seed")
NOT_BUILT = ("rules", "coefficient", "fixed")
OFFER = ("id", "supplier", "project", "quantity_kg", "price_per_t", "sequence")
MOST_SEQUENCE = 10**18 - 1


def clear(question: object) -> dict[str, Any]:
    """Clear a book; nothing possible is an answer, too."""
    asked = fields(question, "", NEEDED, ("lots", "wanted_kg", "sharing", *NOT_BUILT))
    _refuse_not_built(asked)
    _only(asked, "pricing", "pay_as_offered")
    _only(asked, "sharing", "pro_rata")
    pooled, claims = _demand(asked)
    lots, offers = _supply(asked)
    ceiling_per_t = asked.whole("ceiling_per_t", most=MOST_PER_T)
    wanted_kg = asked.whole("wanted_kg", most=MOST_KG) if "wanted_kg" in asked else None
    seed = asked.seed()
    cleared = clearing.clear(
        claims, lots, offers, ceiling_per_t=ceiling_per_t, seed=seed, wanted_kg=wanted_kg
    )
    check(cleared, claims, lots, offers, ceiling_per_t=ceiling_per_t, seed=seed)
    return _told(cleared, pooled=pooled)


def _refuse_not_built(asked: Fields) -> None:
    for key in NOT_BUILT:
        if key in asked:
            raise Malformed(
                "not_supported", f"Clearing with {key!r} is not built yet.", asked.at(key)
            )


def _only(asked: Fields, key: str, built: str) -> None:
    if key in asked and (said := asked.text(key)) != built:
        raise Malformed("not_supported", f"{said!r} is not built yet; say {built!r}.", key)


def _demand(asked: Fields) -> tuple[bool, list[Claim]]:
    """Read pledges, or one demand without members, which takes part as a pledge unnamed."""
    if isinstance(asked.cells["demand"], dict):
        pool = fields(asked.cells["demand"], "demand", ("quantity_kg",))
        return True, [Claim("", pool.whole("quantity_kg", least=1, most=MOST_KG))]
    spare = ("minimum_kg", "limit_per_t")
    return False, [
        Claim(row.text("id"), *_quantities(row), _limit(row))
        for row in asked.rows("demand", ("id", "quantity_kg"), spare)
    ]


def _limit(row: Fields) -> int | None:
    return row.whole("limit_per_t", most=MOST_PER_T) if "limit_per_t" in row else None


def _quantities(row: Fields) -> tuple[int, int]:
    quantity_kg = row.whole("quantity_kg", least=1, most=MOST_KG)
    minimum_kg = row.whole("minimum_kg", most=quantity_kg) if "minimum_kg" in row else 0
    return quantity_kg, minimum_kg


def _supply(asked: Fields) -> tuple[list[Lot], list[Offer]]:
    """Read lots and offers; where an offer's lot is not bounded, the offer is its own lot."""
    lots = []
    if "lots" in asked:
        rows = asked.rows("lots", ("id", "quantity_kg"), ("minimum_kg",))
        lots = [Lot(_listed(row.text("id")), *_quantities(row)) for row in rows]
    known = {lot.id for lot in lots}
    offers = []
    for row in asked.rows("offers", OFFER, ("lot", "minimum_kg", *NOT_BUILT)):
        _refuse_not_built(row)
        offer = _offer(row, listed="lots" in asked)
        if "lots" not in asked or "lot" not in row:
            lots.append(Lot(offer.lot, offer.quantity_kg))
        elif offer.lot not in known:
            raise Malformed("unknown_lot", "No lot has this id.", row.at("lot"))
        offers.append(offer)
    return lots, offers


def _offer(row: Fields, *, listed: bool) -> Offer:
    named = _listed(row.text("lot")) if "lot" in row else None
    quantity_kg, minimum_kg = _quantities(row)
    return Offer(
        id=row.text("id"),
        supplier=row.text("supplier"),
        project=row.text("project"),
        lot=named if named and listed else f"of {row.text('id')}",
        quantity_kg=quantity_kg,
        minimum_kg=minimum_kg,
        price_per_t=row.whole("price_per_t", most=MOST_PER_T),
        sequence=row.whole("sequence", most=MOST_SEQUENCE),
    )


def _listed(id: str) -> str:
    """Name a listed lot so that no offer's own lot can be taken for it."""
    return f"lot {id}"


def _told(cleared: Clearing, *, pooled: bool) -> dict[str, Any]:
    price = cleared.member_price_per_t
    return {
        "status": "cleared" if cleared.bought_kg else "nothing_bought",
        "bought_kg": cleared.bought_kg,
        "effective_cost": cleared.effective_cost * 1000,
        "member_price": price,
        "awards": _awards(cleared.awards),
        "shares": {} if pooled else cleared.shares,
        "amounts": {} if pooled else cleared.amounts,
        "passes": [_pass(run) for run in cleared.passes],
        "yielded": [],
        "flags": [],
    }


def _awards(awards: Sequence[Award]) -> list[dict[str, Any]]:
    return [
        {
            "offer": award.offer,
            "quantity_kg": award.quantity_kg,
            "price_per_t": award.price_per_t,
            "value": award.value,
        }
        for award in awards
    ]


def _pass(run: Pass) -> Pass:
    """Tell costs as the answer does: kilograms times price per tonne."""
    return replace(
        run,
        tried=tuple(_tried(row) for row in run.tried),
        effective_cost=run.effective_cost * 1000,
    )


def _tried(row: Tried) -> Tried:
    if row.effective_cost is None:
        return row
    return replace(row, effective_cost=row.effective_cost * 1000)
