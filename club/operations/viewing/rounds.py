"""What each may see of the rounds: the list, and one round's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from club.domain.attributes import attributes
from club.domain.demand import FEWEST_TO_COUNT, ShownPool, shown_pool
from club.domain.disclosure import shown_curve
from club.domain.errors import NotFound
from club.domain.lots import Lot, Project
from club.domain.offers import Award
from club.domain.organisations import Actor, Kind, Role
from club.domain.pledges import Pledge
from club.domain.portfolio import Held, Standing, standings
from club.domain.qualifications import Reason
from club.domain.rounds import Phase, Round
from club.domain.tranches import blend
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.qualifying import reasons_against
from club.operations.viewing.papers import Paper, papers_of
from club.store import catalogue, clearings, people, pledges, rounds
from club.store.database import Connection

DESK = frozenset({Role.FACILITATOR, Role.AUDITOR})
"""Who sees drafts, and the pool to the kilogram."""
SUPPLY_SHOWN = frozenset({Phase.SETTLING, Phase.CLOSED, Phase.FAILED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExactPool:
    """The pool as the facilitators see it."""

    pool_kg: int
    companies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One round as one actor sees it."""

    round_: Round
    pool: ShownPool
    exact_pool: ExactPool | None
    """For facilitators and auditors only."""
    my_pledge: Pledge | None
    is_invited: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardRow:
    """What was bought of one offer, with where it comes from."""

    award: Award
    lot: Lot
    project: Project
    supplier_ja: str
    supplier_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a clearing brought; prices are yen per tonne."""

    bought_kg: int
    offered_kg: int
    value_jpy: int
    price: Fraction | None
    """What every member pays per tonne: the blend, exact."""
    limit_per_t: int | None
    """The limit among the pledges' that bought most; None below five companies."""
    demand_kg: int | None
    """What the pledges with that limit or a higher one want together; as above."""
    participants: int | None
    """How many companies take part, from five on."""
    awards: tuple[AwardRow, ...]
    demand: tuple[tuple[int, int], ...] | None
    """Limit and kilograms wanted at it or above, highest first, but for steps of fewer than five
    companies; None below five companies in all."""
    supply: tuple[tuple[int, int], ...]
    """Price and kilograms offered at it or below, lowest first."""
    left: int | None
    """Companies whose share fell short of their minimum, and who took no part; as above."""
    portfolio: tuple[Standing, ...]
    """How what was bought stands to each portfolio rule."""
    void: int
    """Envelopes that could not be opened or did not hold."""
    inputs_hash: str
    result_hash: str | None
    revealed_secret: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundPage:
    """One round, with more or less on it."""

    row: RoundRow
    now: datetime
    missing: tuple[Reason, ...]
    """What keeps the member from pledging; empty for others."""
    outcome: Outcome | None
    papers: tuple[Paper, ...]
    ended_because: str | None
    """The facilitator's reason for cancelling, or the code of why the round failed."""


def list_rounds(context: Context, actor: Actor) -> tuple[RoundRow, ...]:
    """Every round the actor may see, the newest first; drafts are the facilitators' alone."""
    with looking(context, actor) as (tx, fresh):
        pooled = pledges.pooled_by_round(tx)
        own = {p.round_id: p for p in pledges.all_of_organisation(tx, fresh.organisation_id)}
        inviting = rounds.rounds_inviting(tx, fresh.organisation_id)
        return tuple(
            _row(
                fresh,
                round_,
                pooled=pooled.get(round_.id, (0, 0)),
                own=own.get(round_.id),
                inviting=inviting,
            )
            for round_ in rounds.listed(tx)
            if is_visible(fresh, round_)
        )


def round_page(context: Context, actor: Actor, round_id: str) -> RoundPage:
    """One round's page; NotFound where there is none, or it is not theirs to see."""
    with looking(context, actor) as (tx, fresh):
        row = visible_row(tx, fresh, round_id)
        now = context.clock(tx)
        missing: tuple[Reason, ...] = ()
        if fresh.kind is Kind.MEMBER:
            organisation = people.organisation(tx, fresh.organisation_id)
            missing = reasons_against(context, tx, organisation, row.round_, at=now)
        return RoundPage(
            row=row,
            now=now,
            missing=missing,
            outcome=outcome_of(tx, fresh, row.round_),
            papers=papers_of(tx, fresh, row.round_),
            ended_because=_ended_because(tx, row.round_),
        )


def standing(context: Context, actor: Actor, round_id: str) -> tuple[RoundRow, datetime]:
    """What moves of a round while it is open; NotFound as for its page."""
    with looking(context, actor) as (tx, fresh):
        return visible_row(tx, fresh, round_id), context.clock(tx)


def is_visible(actor: Actor, round_: Round) -> bool:
    return round_.phase is not Phase.DRAFT or actor.has(*DESK)


def visible_row(tx: Connection, actor: Actor, round_id: str) -> RoundRow:
    round_ = rounds.get(tx, round_id)
    if not is_visible(actor, round_):
        raise NotFound
    own = pledges.of_organisation(tx, round_id, actor.organisation_id)
    inviting = rounds.rounds_inviting(tx, actor.organisation_id)
    pooled = pledges.pooled(tx, round_id)
    return _row(actor, round_, pooled=pooled, own=own, inviting=inviting)


def _row(
    actor: Actor,
    round_: Round,
    *,
    pooled: tuple[int, int],
    own: Pledge | None,
    inviting: frozenset[str],
) -> RoundRow:
    pool_kg, companies = pooled
    return RoundRow(
        round_=round_,
        pool=shown_pool(pool_kg, companies, round_.goal_kg),
        exact_pool=(ExactPool(pool_kg=pool_kg, companies=companies) if actor.has(*DESK) else None),
        my_pledge=own,
        is_invited=round_.id in inviting,
    )


def outcome_of(tx: Connection, actor: Actor, round_: Round) -> Outcome | None:
    """What the clearing brought; None before it, and for rounds that never came so far."""
    hashes = clearings.hashes(tx, round_.id)
    if round_.phase not in SUPPLY_SHOWN or hashes is None or hashes[1] is None:
        return None
    summary: dict[str, Any] = clearings.part(tx, round_.id, "summary")
    key = rounds.key(tx, round_.id)
    companies = _companies(summary["participants"])
    is_shown = companies is not None or actor.has(*DESK)
    won = clearings.awards_of_round(tx, round_.id)
    awards = award_rows(tx, won)
    return Outcome(
        bought_kg=sum(award.quantity_kg for award in won),
        offered_kg=summary["offered_kg"],
        value_jpy=sum(award.value_jpy for award in won),
        price=blend(won),
        limit_per_t=summary["limit_per_t"] if is_shown else None,
        demand_kg=summary["demand_kg"] if is_shown else None,
        participants=summary["participants"] if is_shown else None,
        awards=awards,
        left=summary.get("left") if is_shown else None,
        portfolio=_portfolio(round_, awards, summary.get("yielded", [])),
        demand=_demand(summary, in_full=actor.has(*DESK)) if is_shown else None,
        supply=_points(summary["supply"]),
        void=len(clearings.part(tx, round_.id, "void")),
        inputs_hash=hashes[0],
        result_hash=hashes[1],
        revealed_secret=key.revealed_secret if key else None,
    )


def _portfolio(
    round_: Round, awards: Sequence[AwardRow], yielded: list[dict[str, str]]
) -> tuple[Standing, ...]:
    rules = round_.auction.rules
    held = [
        Held(
            quantity_kg=row.award.quantity_kg,
            supplier_id=row.award.supplier_id,
            project_id=row.project.id,
            attributes=attributes(row.project, row.lot, rules),
        )
        for row in awards
    ]
    by = {each["rule"]: Fraction(each["by"]) for each in yielded}
    return standings(rules, held, by) if held else ()


def _companies(count: int) -> int | None:
    return count if count >= FEWEST_TO_COUNT else None


def _demand(summary: dict[str, Any], *, in_full: bool) -> tuple[tuple[int, int], ...] | None:
    if in_full:
        return _points(summary["demand"])
    if "standing" not in summary:
        # A result of before the public curve was kept: its steps may each be one company's.
        return None
    return shown_curve(summary["standing"], summary["limit_per_t"])


def _points(pairs: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((price, quantity_kg) for price, quantity_kg in pairs)


def award_rows(tx: Connection, awards: list[Award]) -> tuple[AwardRow, ...]:
    """Awards with their lots, projects and suppliers, the cheapest first."""
    lots = catalogue.lots_by_id(tx, {a.lot_id for a in awards})
    projects = catalogue.projects_by_id(tx, {lot.project_id for lot in lots.values()})
    suppliers = {o.id: o for o in people.all_organisations(tx, Kind.SUPPLIER)} if awards else {}
    return tuple(
        AwardRow(
            award=award,
            lot=lots[award.lot_id],
            project=projects[lots[award.lot_id].project_id],
            supplier_ja=suppliers[award.supplier_id].name_ja,
            supplier_en=suppliers[award.supplier_id].name_en,
        )
        for award in sorted(awards, key=lambda a: (a.price_per_t, a.id))
    )


def _ended_because(tx: Connection, round_: Round) -> str | None:
    if round_.phase not in {Phase.CANCELLED, Phase.FAILED}:
        return None
    return rounds.ending_facts(tx, round_.id).get("reason")
