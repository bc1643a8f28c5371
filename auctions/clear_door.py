"""Clearing for scripts: a book as JSON, read strictly, cleared, checked and told."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from auctions import clearing
from auctions.checks import check
from auctions.offers import MOST_KG, MOST_PER_T, MOST_TERM, Claim, Lot, Offer
from auctions.pricing import PRICING
from auctions.rationing import RULES
from auctions.reading import Fields, Malformed, fields, ratio, text
from auctions.results import Award, Clearing, Flag, Pass, Tried
from auctions.rule_reading import read_rules
from auctions.rules import Value

NEEDED = ("demand", "offers", "ceiling_per_t", "pricing", "seed")
SPARE = ("lots", "rules", "wanted_kg", "sharing")
OFFER = ("id", "supplier", "project", "quantity_kg", "price_per_t", "sequence")
OFFER_SPARE = ("lot", "minimum_kg", "initial_price_per_t", "coefficient", "attributes", "fixed")
IDENTITY = ("supplier", "project")
MOST_OFFERS = 100_000
MOST_SEQUENCE = 10**18 - 1


def clear(question: object) -> dict[str, Any]:
    """Clear a book; nothing possible is an answer, too."""
    asked = fields(question, "", NEEDED, SPARE)
    pricing = _one_of(asked, "pricing", PRICING)
    sharing = _one_of(asked, "sharing", tuple(RULES)) if "sharing" in asked else "pro_rata"
    pooled, claims = _demand(asked)
    lots, offers = _supply(asked)
    rules = read_rules(asked.cells["rules"], "rules") if "rules" in asked else ()
    ceiling_per_t = asked.whole("ceiling_per_t", most=MOST_PER_T)
    seed = asked.seed()
    cleared = clearing.clear(
        claims,
        lots,
        offers,
        ceiling_per_t=ceiling_per_t,
        seed=seed,
        rules=rules,
        wanted_kg=asked.whole("wanted_kg", most=MOST_KG) if "wanted_kg" in asked else None,
        pricing=pricing,
        sharing=sharing,
    )
    check(cleared, claims, lots, offers, ceiling_per_t=ceiling_per_t, seed=seed, rules=rules)
    return _told(cleared, pooled=pooled)


def _one_of(asked: Fields, key: str, known: Sequence[str]) -> str:
    said = asked.text(key)
    if said not in known:
        raise Malformed(f"unknown_{key}", f"Say one of: {', '.join(known)}.", key)
    return said


def _demand(asked: Fields) -> tuple[bool, list[Claim]]:
    """Read pledges, or one demand without members, which takes part as a pledge unnamed."""
    said, where = asked.cells["demand"], "demand"
    match said:
        case [{"quantity_kg": _, **rest} as only] if not rest:
            said, where = only, "demand[0]"
    if isinstance(said, dict):
        pool = fields(said, where, ("quantity_kg",))
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
    holders: dict[str, str] = {}
    offers = []
    for row in asked.rows("offers", OFFER, OFFER_SPARE, most=MOST_OFFERS):
        offer = _offer(row, listed="lots" in asked)
        if "lot" in row and holders.setdefault(row.text("lot"), offer.supplier) != offer.supplier:
            sentence = "Another supplier offers this lot."
            raise Malformed("lot_of_another_supplier", sentence, row.at("lot"))
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
        initial_price_per_t=(
            row.whole("initial_price_per_t", most=MOST_PER_T)
            if "initial_price_per_t" in row
            else None
        ),
        coefficient=_coefficient(row),
        attributes=_attributes(row),
        sequence=row.whole("sequence", most=MOST_SEQUENCE),
        fixed_kg=_fixed(row, minimum_kg, quantity_kg),
    )


def _coefficient(row: Fields) -> Fraction:
    if "coefficient" not in row:
        return Fraction(1)
    found = ratio(row.cells["coefficient"], row.at("coefficient"))
    if not (0 < found.numerator <= MOST_TERM and found.denominator <= MOST_TERM):
        raise Malformed(
            "out_of_range",
            f"This must be above 0, of terms up to {MOST_TERM}.",
            row.at("coefficient"),
        )
    return found


def _attributes(row: Fields) -> dict[str, Value]:
    if "attributes" not in row:
        return {}
    found = row.cells["attributes"]
    if not isinstance(found, dict):
        raise Malformed("not_an_object", "This must be an object.", row.at("attributes"))
    told: dict[str, Value] = {}
    for key, value in found.items():
        where = f"{row.at('attributes')}.{key}"
        if not isinstance(value, str | int):
            raise Malformed(
                "not_a_value", "An attribute is a text, a whole number, true or false.", where
            )
        if key in IDENTITY and value != row.text(key):
            raise Malformed("contradiction", f"The offer's own {key} is another.", where)
        told[text(key, where)] = text(value, where) if isinstance(value, str) else value
    return told


def _fixed(row: Fields, minimum_kg: int, quantity_kg: int) -> int | None:
    """Read what was awarded before: all of the offer, or so many kilograms."""
    said = row.cells.get("fixed", False)
    if isinstance(said, bool):
        return quantity_kg if said else None
    return row.whole("fixed", least=max(1, minimum_kg), most=quantity_kg)


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
        "yielded": [{"rule": each.rule, "by": each.by} for each in cleared.yielded],
        "flags": [_flag(flag) for flag in cleared.flags],
    }


def _flag(flag: Flag) -> dict[str, Any]:
    return {"offer": flag.offer, "flag": flag.flag, "reasons": list(flag.reasons)}


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
