"""Why offers won or lost: all of a round for its facilitators, their own for suppliers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from auctions.reasons import Reason
from club.domain.explaining import Explained, ShownPrice
from club.domain.lots import Lot, Project
from club.domain.offers import Offer
from club.domain.organisations import Actor, Kind, Organisation, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.rounds import DESK, SUPPLY_SHOWN, visible_row
from club.store import catalogue, clearings, explanations, offers, people
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferTold:
    """An offer of a cleared round, what came of it and why, as facilitators see it."""

    offer: Offer
    supplier: Organisation
    lot: Lot
    project: Project
    stands_kg: int
    """What stands of its awards, of what was bought later, too."""
    explained: Explained | None
    """None while it is not worked out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OffersTold:
    rows: tuple[OfferTold, ...]
    """In the order of acknowledgement; none before the round is cleared."""
    waiting: int
    """Offers not explained yet; that comes by itself."""
    open: int
    """Offers of which more can be worked out when asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyReason:
    """Why a supplier's own offer won or lost, and at what price it would have won."""

    reason: Reason
    effective_per_t: Fraction
    price: ShownPrice | None
    is_open: bool
    """Whether more can be worked out when asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MyBid:
    """A supplier's own final offer in a live round."""

    offer: Offer
    lot: Lot
    project: Project
    stands_kg: int
    """What stands of its awards, of what was bought later, too."""


def offers_told(context: Context, actor: Actor, round_id: str) -> OffersTold:
    """Every offer of a cleared round with its reason, for facilitators and auditors."""
    with looking(context, actor, *DESK) as (tx, fresh):
        if not _is_cleared(tx, fresh, round_id):
            return OffersTold(rows=(), waiting=0, open=0)
        found = explanations.of_round(tx, round_id)
        made = offers.of_round(tx, round_id)
        lots = catalogue.lots_by_id(tx, {offer.lot_id for offer in made})
        projects = catalogue.projects_by_id(tx, {lot.project_id for lot in lots.values()})
        suppliers = {o.id: o for o in people.all_organisations(tx, Kind.SUPPLIER)}
        standing = _standing(tx, round_id)
        return OffersTold(
            rows=tuple(
                OfferTold(
                    offer=offer,
                    supplier=suppliers[offer.supplier_id],
                    lot=lots[offer.lot_id],
                    project=projects[lots[offer.lot_id].project_id],
                    stands_kg=standing[offer.id],
                    explained=found.get(offer.id),
                )
                for offer in sorted(made, key=lambda offer: (offer.sequence, offer.id))
            ),
            waiting=sum(offer.id not in found for offer in made),
            open=sum(each.is_open for each in found.values()),
        )


def my_reasons(context: Context, actor: Actor) -> Mapping[str, MyReason]:
    """Why the supplier's own offers won or lost, by offer; what is not worked out is left out."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        own = [offer.id for offer in offers.of_supplier(tx, fresh.organisation_id)]
        return {
            id: MyReason(
                reason=each.shown_reason,
                effective_per_t=each.effective_per_t,
                price=each.shown_price,
                is_open=each.is_open,
            )
            for id, each in explanations.of_offers(tx, own).items()
        }


def my_final_bids(context: Context, actor: Actor, round_id: str) -> tuple[MyBid, ...]:
    """What the supplier stood with when a live round ended, in the order of acknowledgement; none
    before its clearing."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        if not _is_cleared(tx, fresh, round_id):
            return ()
        own = [o for o in offers.of_round(tx, round_id) if o.supplier_id == fresh.organisation_id]
        lots = catalogue.lots_by_id(tx, {offer.lot_id for offer in own})
        projects = catalogue.projects_by_id(tx, {lot.project_id for lot in lots.values()})
        standing = _standing(tx, round_id)
        return tuple(
            MyBid(
                offer=offer,
                lot=lots[offer.lot_id],
                project=projects[lots[offer.lot_id].project_id],
                stands_kg=standing[offer.id],
            )
            for offer in own
        )


def open_ends(tx: Connection, actor: Actor, round_id: str) -> tuple[str, ...]:
    """The offers of a cleared round that the actor may ask about, and of which more can be worked
    out: a supplier's own, or all for those who answer for the round."""
    if not _is_cleared(tx, actor, round_id):
        return ()
    found = explanations.of_round(tx, round_id)
    return tuple(
        offer.id
        for offer in offers.of_round(tx, round_id)
        if _is_open(found, offer)
        and (actor.has(*DESK) or offer.supplier_id == actor.organisation_id)
    )


def _standing(tx: Connection, round_id: str) -> Counter[str]:
    """Kilograms by offer."""
    standing: Counter[str] = Counter()
    for award in clearings.awards_of_round(tx, round_id):
        standing[award.offer_id] += award.quantity_kg
    return standing


def _is_cleared(tx: Connection, actor: Actor, round_id: str) -> bool:
    """Whether there is a result; NotFound where the round is not the actor's to see."""
    hashes = clearings.hashes(tx, round_id)
    is_shown = visible_row(tx, actor, round_id).round_.phase in SUPPLY_SHOWN
    return is_shown and hashes is not None and hashes[1] is not None


def _is_open(found: Mapping[str, Explained], offer: Offer) -> bool:
    return offer.id not in found or found[offer.id].is_open
