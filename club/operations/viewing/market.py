"""The catalogue for everybody, and for suppliers their own lots, offers and awards."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from club.domain.lots import Lot, Project, matches
from club.domain.offers import Envelope, EnvelopeState, Offer
from club.domain.organisations import Actor, Kind, Organisation, Role
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.rounds import AwardRow, award_rows
from club.store import catalogue as store
from club.store import clearings, offers, people, rounds
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRow:
    """A lot with its supplier."""

    lot: Lot
    supplier: Organisation
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueRow:
    """A project with its lots."""

    project: Project
    lots: tuple[LotRow, ...]

    @property
    def quantity_kg(self) -> int:
        return sum(row.lot.quantity_kg for row in self.lots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What the club paid for credits of a project in a past round."""

    round_: Round
    row: AwardRow


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectCard:
    row: CatalogueRow
    sales: tuple[Sale, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyLot:
    """A supplier's own lot, and what of it is still free to be offered."""

    lot: Lot
    project: Project
    left_kg: int
    standing: Envelope | None
    """Its envelope in the round asked about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferRow:
    """A supplier's own envelope: its terms can be read only after the opening."""

    envelope_id: str
    round_: Round
    lot: Lot
    project: Project
    sequence: int
    commitment: str
    state: EnvelopeState
    received_at: datetime
    received_by: str
    offers: tuple[Offer, ...]
    """A step each, the cheapest first; none before the opening."""
    void: str | None
    """Why it does not count, if it does not."""
    awards: tuple[AwardRow, ...]


def catalogue(context: Context, actor: Actor, query: str = "") -> tuple[CatalogueRow, ...]:
    """Projects in which every word of the query is found, with their lots, by name."""
    with looking(context, actor) as (tx, fresh):
        found = [p for p in store.all_projects(tx) if matches(p, query)]
        by_project = _lot_rows(tx, fresh, store.all_lots(tx))
    listed = sorted(found, key=lambda p: (p.name_ja, p.id))
    return tuple(CatalogueRow(project=p, lots=tuple(by_project.get(p.id, ()))) for p in listed)


def project_card(context: Context, actor: Actor, project_id: str) -> ProjectCard:
    """One project with its lots, and what the club paid for its credits so far."""
    with looking(context, actor) as (tx, fresh):
        project = store.project(tx, project_id)
        lots = store.lots_of_project(tx, project_id)
        awards = award_rows(tx, clearings.awards_of_lots(tx, [lot.id for lot in lots]))
        sold_in = rounds.by_id(tx, {row.award.round_id for row in awards})
        sales = [Sale(round_=sold_in[row.award.round_id], row=row) for row in awards]
        newest = sorted(sales, key=lambda s: (s.round_.bidding_closes_at, s.row.award.id))
        return ProjectCard(
            row=CatalogueRow(
                project=project, lots=tuple(_lot_rows(tx, fresh, lots).get(project_id, ()))
            ),
            sales=tuple(reversed(newest)),
        )


def _lot_rows(tx: Connection, actor: Actor, lots: list[Lot]) -> dict[str, list[LotRow]]:
    suppliers = {o.id: o for o in people.all_organisations(tx, Kind.SUPPLIER)}
    by_project: dict[str, list[LotRow]] = {}
    for lot in lots:
        row = LotRow(
            lot=lot,
            supplier=suppliers[lot.supplier_id],
            is_mine=lot.supplier_id == actor.organisation_id,
        )
        by_project.setdefault(lot.project_id, []).append(row)
    return by_project


def my_lots(context: Context, actor: Actor, round_id: str | None = None) -> tuple[MyLot, ...]:
    """The supplier's lots with what is left of each for a round, or for any."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        lots = store.lots_of(tx, fresh.organisation_id)
        projects = store.projects_by_id(tx, {lot.project_id for lot in lots})
        bound = offers.bound_by_lot(tx, [lot.id for lot in lots], but_round_id=round_id)
        own = offers.envelopes_of_supplier(tx, fresh.organisation_id, round_id)
        standing = {e.lot_id: e for e in own if round_id and e.state is EnvelopeState.STANDING}
        return tuple(
            MyLot(
                lot=lot,
                project=projects[lot.project_id],
                left_kg=max(0, lot.quantity_kg - bound.get(lot.id, 0)),
                standing=standing.get(lot.id),
            )
            for lot in lots
        )


def my_offers(context: Context, actor: Actor, round_id: str | None = None) -> tuple[OfferRow, ...]:
    """The supplier's own envelopes, the newest first, in one round or in all."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        own = offers.envelopes_of_supplier(tx, fresh.organisation_id, round_id)
        lots = store.lots_by_id(tx, {e.lot_id for e in own})
        projects = store.projects_by_id(tx, {lot.project_id for lot in lots.values()})
        opened: Opened = defaultdict(list)
        for offer in offers.of_supplier(tx, fresh.organisation_id):
            opened[offer.round_id, offer.lot_id].append(offer)
        won = award_rows(tx, clearings.awards_of_supplier(tx, fresh.organisation_id))
        in_rounds = rounds.by_id(tx, {e.round_id for e in own})
        return tuple(
            OfferRow(
                envelope_id=e.id,
                round_=in_rounds[e.round_id],
                lot=lots[e.lot_id],
                project=projects[lots[e.lot_id].project_id],
                sequence=e.sequence,
                commitment=e.commitment,
                state=e.state,
                received_at=e.received_at,
                received_by=e.received_by,
                offers=tuple(_opened(e, opened)),
                void=_void(tx, e, opened),
                awards=tuple(row for row in won if _is_of(e, row)),
            )
            for e in own
        )


Opened = dict[tuple[str, str], list[Offer]]
"""A supplier's opened offers by round and lot: of each only one envelope is opened."""


def _opened(envelope: Envelope, opened: Opened) -> list[Offer]:
    if envelope.state is not EnvelopeState.OPENED:
        return []
    found = opened.get((envelope.round_id, envelope.lot_id), [])
    return sorted(found, key=lambda offer: offer.price_per_t)


def _is_of(envelope: Envelope, row: AwardRow) -> bool:
    return envelope.state is EnvelopeState.OPENED and (row.award.round_id, row.award.lot_id) == (
        envelope.round_id,
        envelope.lot_id,
    )


def _void(tx: Connection, envelope: Envelope, opened: Opened) -> str | None:
    if envelope.state is not EnvelopeState.OPENED or _opened(envelope, opened):
        return None
    reason: str | None = clearings.part(tx, envelope.round_id, "void").get(envelope.id)
    return reason


def my_awards(context: Context, actor: Actor) -> tuple[tuple[Round, AwardRow], ...]:
    """What the supplier won, the newest round first."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        rows = award_rows(tx, clearings.awards_of_supplier(tx, fresh.organisation_id))
        in_rounds = rounds.by_id(tx, {row.award.round_id for row in rows})
        pairs = [(in_rounds[row.award.round_id], row) for row in rows]
        return tuple(
            sorted(pairs, key=lambda pair: (pair[0].bidding_closes_at, pair[1].award.id))[::-1]
        )
