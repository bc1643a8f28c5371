"""An offer: a supplier's binding terms for a lot in a round, and when it is taken."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from auctions.envelopes import MOST_STEPS, OfferTerms, rises
from auctions.offers import BadBook
from auctions.scoring import coefficient
from club.domain.errors import InputRefused, TermsRefused
from club.domain.lots import Lot
from club.domain.rounds import Round, require_bidding


class EnvelopeState(StrEnum):
    STANDING = "standing"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    OPENED = "opened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """A sealed offer as the club stores it: nobody can read the terms until the opening."""

    id: str
    round_id: str
    lot_id: str
    supplier_id: str
    sequence: int
    """The order of acknowledgement in the round."""
    quantity_bound_kg: int
    """The lot's quantity set aside while the envelope stands, so that no lot is offered twice."""
    commitment: str
    """SHA-256 over tag, nonce and canonical offer, in hex."""
    ciphertext: bytes
    state: EnvelopeState
    received_at: datetime
    received_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One price of an envelope after the opening."""

    id: str
    round_id: str
    lot_id: str
    supplier_id: str
    sequence: int
    quantity_kg: int
    price_per_t: int
    minimum_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Award:
    """What an offer won."""

    id: str
    round_id: str
    offer_id: str
    lot_id: str
    supplier_id: str
    quantity_kg: int
    price_per_t: int | Fraction
    """What the supplier is paid: whole, but where payments are Vickrey's."""
    value_jpy: int
    """quantity_kg × price_per_t // 1000."""
    clearing_number: int = 1
    """1 for the round's own clearing, more for what was bought instead of fallen awards."""
    fell_at: datetime | None = None
    """Since when it does not stand any more, if it fell away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotAwards:
    """All that a round bought of one lot: the awards of its price steps, delivered together."""

    awards: tuple[Award, ...]
    """The cheapest first."""

    @property
    def round_id(self) -> str:
        return self.awards[0].round_id

    @property
    def lot_id(self) -> str:
        return self.awards[0].lot_id

    @property
    def supplier_id(self) -> str:
        return self.awards[0].supplier_id

    @property
    def quantity_kg(self) -> int:
        return sum(award.quantity_kg for award in self.awards)

    @property
    def value_jpy(self) -> int:
        return sum(award.value_jpy for award in self.awards)

    @property
    def surplus_per_t(self) -> int | Fraction:
        """What the rest of the last unit costs: as much as the last kilogram that was bought."""
        return self.awards[-1].price_per_t


def by_lot(awards: Iterable[Award]) -> list[LotAwards]:
    """Awards by round and by the lot that they were won with, in the order of these ids."""
    found: dict[tuple[str, str], list[Award]] = defaultdict(list)
    for award in sorted(awards, key=lambda award: (award.price_per_t, award.id)):
        found[award.round_id, award.lot_id].append(award)
    return [LotAwards(awards=tuple(won)) for _, won in sorted(found.items())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """Kilograms of one award that one member gets, and their part of the award's value."""

    round_id: str
    organisation_id: str
    award_id: str
    quantity_kg: int


def require_terms(
    round_: Round, lot: Lot, terms: OfferTerms, *, elsewhere_kg: int, at: datetime
) -> None:
    """Refuse an offer outside the round's and the lot's terms.

    `elsewhere_kg` is what of this lot is already offered or awarded in other rounds.
    """
    require_bidding(round_, at)
    _require_steps(terms)
    if terms.minimum_kg < 0:
        raise InputRefused("not_positive", field="minimum_kg")
    if terms.dearest_per_t > round_.ceiling_per_t:
        raise TermsRefused("price_above_ceiling", ceiling_per_t=round_.ceiling_per_t)
    if terms.minimum_kg > terms.quantity_kg:
        raise TermsRefused("minimum_above_quantity", field="minimum_kg")
    left_kg = lot.quantity_kg - elsewhere_kg
    if terms.quantity_kg > left_kg:
        raise TermsRefused("lot_exhausted", left_kg=max(left_kg, 0))
    quality(round_, dict(terms.answers))


def _require_steps(terms: OfferTerms) -> None:
    """One step or a few, each with kilograms and a price, each dearer than the one before."""
    if not terms.steps:
        raise InputRefused("missing", field="quantity_kg")
    if len(terms.steps) > MOST_STEPS:
        raise TermsRefused("too_many_steps", most=MOST_STEPS)
    for place, step in enumerate(terms.steps, start=1):
        where = {"place": f"#{place}"} if len(terms.steps) > 1 else {}
        for field in ("quantity_kg", "price_per_t"):
            if getattr(step, field) < 1:
                raise InputRefused("not_positive", field=field, **where)
    if not rises(terms.steps):
        raise TermsRefused("prices_not_rising", field="price_per_t")


def quality(round_: Round, answers: Mapping[str, str]) -> Fraction:
    """The coefficient that a supplier's answers to the round's criteria earn; refused where one
    is missing, or answers nothing that was asked."""
    criteria = round_.auction.criteria
    try:
        return coefficient(criteria, dict(answers))
    except BadBook as error:
        known = [criterion.id for criterion in criteria]
        place = {"place": f"#{known.index(error.where) + 1}"} if error.where in known else {}
        raise InputRefused("not_answered", field="criteria", **place) from error


class Void(StrEnum):
    """Why an envelope does not count at the opening."""

    UNREADABLE = "unreadable"
    """Not sealed to the round's key, or altered since."""
    MISMATCH = "commitment_mismatch"
    """What is inside is not what was committed to."""
    OUTSIDE = "outside_terms"
    """Made out to another lot, round or supplier, or outside the round's terms."""
    SUSPENDED = "suspended"
    """The supplier was no approved organisation of the club when bidding closed; never opened."""
