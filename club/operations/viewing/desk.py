"""The facilitator's desk: everything about a round that may be seen at its phase."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from fractions import Fraction

from club.domain.organisations import Actor, Kind, Organisation
from club.domain.pledges import Pledge, PledgeState
from club.domain.rounds import Round
from club.operations.computing import Why
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.sealing import holds_secrets
from club.operations.stopping import stopped_by
from club.operations.viewing.rounds import (
    DESK,
    ExactPool,
    Outcome,
    outcome_of,
    visible_row,
)
from club.store import clearings, offers, people, pledges, rounds
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPledge:
    """A member's pledge as facilitators see it: the limit only after clearing."""

    organisation: Organisation
    quantity_kg: int
    minimum_kg: int
    limit_per_t: int | None
    state: PledgeState
    reason: str | None
    """Why it fell out, if it did."""
    placed_at: datetime
    allocated_kg: int | None
    """After clearing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskSupplier:
    """An invited supplier, with its envelopes counted, not read."""

    organisation: Organisation
    invited_at: datetime
    envelopes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTrial:
    """One limit tried in a pass: what it bought, or the most that it could have."""

    limit_per_t: int
    demand_kg: int
    supply_kg: int
    bound_kg: int
    bought_kg: int | None
    """None where the bound could not beat the best found."""
    members: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPass:
    """One run over all limits, and the member that left after it for its minimum."""

    limit_per_t: int | None
    bought_kg: int
    trials: tuple[DeskTrial, ...]
    left: Organisation | None
    left_minimum_kg: int | None
    left_quota: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    round_: Round
    now: datetime
    pool: ExactPool
    pledges: tuple[DeskPledge, ...]
    limits_shown: bool
    suppliers: tuple[DeskSupplier, ...]
    invitable: tuple[Organisation, ...]
    """Suppliers of the club not invited yet."""
    envelopes: int
    has_key: bool
    """Whether this host can open the envelopes; true where no key is made yet."""
    stopped: Why | None
    """Why the clearing waits for a person; None where it does not."""
    outcome: Outcome | None
    void: dict[str, str]
    """Envelopes that do not count, with the reason."""
    passes: tuple[DeskPass, ...]
    """How the clearing went over the limits; empty before it."""


def desk(context: Context, actor: Actor, round_id: str) -> Desk:
    """A round as those see it who answer for it."""
    with looking(context, actor, *DESK) as (tx, fresh):
        row = visible_row(tx, fresh, round_id)
        outcome = outcome_of(tx, fresh, row.round_)
        suppliers = people.all_organisations(tx, Kind.SUPPLIER)
        invited = dict(rounds.invitations(tx, round_id))
        counted = offers.counted(tx, round_id)
        pool_kg, companies = pledges.pooled(tx, round_id)
        return Desk(
            round_=row.round_,
            now=context.clock(tx),
            pool=ExactPool(pool_kg=pool_kg, companies=companies),
            pledges=_pledges(tx, round_id, is_cleared=outcome is not None),
            limits_shown=outcome is not None,
            suppliers=tuple(
                DeskSupplier(
                    organisation=o, invited_at=invited[o.id], envelopes=counted.get(o.id, 0)
                )
                for o in suppliers
                if o.id in invited
            ),
            invitable=tuple(o for o in suppliers if o.id not in invited),
            envelopes=sum(counted.values()),
            has_key=holds_secrets(context, tx, row.round_),
            stopped=stopped_by(tx, row.round_),
            outcome=outcome,
            void=clearings.part(tx, round_id, "void") or {} if outcome else {},
            passes=_passes(tx, round_id) if outcome else (),
        )


def _passes(tx: Connection, round_id: str) -> tuple[DeskPass, ...]:
    """The clearing's passes, each with the limits it tried from the highest."""
    runs = clearings.part(tx, round_id, "document", "clearing", "passes") or []
    members = {o.id: o for o in people.all_organisations(tx, Kind.MEMBER)} if runs else {}
    return tuple(
        DeskPass(
            limit_per_t=run["limit_per_t"],
            bought_kg=run["bought_kg"],
            trials=tuple(
                DeskTrial(**{field.name: row[field.name] for field in fields(DeskTrial)})
                for row in run["tried"]
            ),
            left=members.get(run["left"]),
            left_minimum_kg=run["left_minimum_kg"],
            left_quota=Fraction(run["left_quota"]) if run["left_quota"] else None,
        )
        for run in runs
    )


def _pledges(tx: Connection, round_id: str, *, is_cleared: bool) -> tuple[DeskPledge, ...]:
    members = {o.id: o for o in people.all_organisations(tx, Kind.MEMBER)}
    allocated = clearings.allocated_kg(tx, round_id)
    return tuple(
        DeskPledge(
            organisation=members[p.organisation_id],
            quantity_kg=p.quantity_kg,
            minimum_kg=p.minimum_kg,
            limit_per_t=p.limit_per_t if is_cleared else None,
            state=p.state,
            reason=p.reason,
            placed_at=p.placed_at,
            allocated_kg=allocated.get(p.organisation_id, 0) if is_cleared else None,
        )
        for p in sorted(pledges.of_round(tx, round_id), key=_by_time)
    )


def _by_time(pledge: Pledge) -> tuple[datetime, str]:
    return pledge.placed_at, pledge.id
