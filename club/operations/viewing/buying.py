"""A member's own part of a round: its pledge with history, and its allocation with the why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from club.domain.errors import NotAllowed
from club.domain.organisations import Actor, Kind, Role
from club.domain.pledges import Pledge, PledgeState
from club.domain.qualifications import Reason
from club.domain.rounds import Phase, Round
from club.domain.tranches import owed_jpy, totals_kg
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.qualifying import reasons_against
from club.operations.questioning import is_in_question, standing_tranches
from club.operations.viewing.rounds import AwardRow, RoundRow, award_rows, visible_row
from club.store import books, clearings, falling, people, pledges
from club.store.database import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class MyPledge:
    """The organisation's pledge in a round, and what can be done with it."""

    row: RoundRow
    now: datetime
    history: tuple[Pledge, ...]
    """Every state it was in, oldest first."""
    names: Mapping[str, str]
    """The names of the colleagues in it, by person."""
    missing: tuple[Reason, ...]
    needs_approval: bool
    may_approve: bool
    """Whether it waits for a second person, and this one may be it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Each step from the pledge to the kilograms, exactly as the clearing computed it."""

    outcome: str
    """takes_part; or limit_below, left or nothing_bought, and nothing was got."""
    pledge_kg: int
    pool_kg: int | None
    total_kg: int | None
    limit_per_t: int | None
    quota: Fraction | None
    floor_kg: int | None
    remainder: Fraction | None
    draw: str | None
    rounded_up: bool
    result_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationLine:
    """Kilograms of one award."""

    row: AwardRow
    quantity_kg: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MyAllocation:
    """What the organisation gets of a round, what it owes for it before tax, and why."""

    round_: Round
    pledge: Pledge
    quantity_kg: int
    value_jpy: int
    price: Fraction | None
    has_changed: bool
    """Whether awards fell away after the clearing that `why` tells of."""
    is_in_question: bool
    was_asked: bool
    """Whether the organisation was asked about a change."""
    why: Why
    lines: tuple[AllocationLine, ...]
    invoice_id: str | None


@contextmanager
def _looking(context: Context, actor: Actor) -> Iterator[tuple[Connection, Actor]]:
    """A read transaction for whoever belongs to a member, whatever their role."""
    with looking(context, actor) as (tx, fresh):
        if fresh.kind is not Kind.MEMBER:
            raise NotAllowed
        yield tx, fresh


def my_pledge(context: Context, actor: Actor, round_id: str) -> MyPledge:
    """The pledge page of a member: its own pledge or none yet, and what is missing for one."""
    with _looking(context, actor) as (tx, fresh):
        row = visible_row(tx, fresh, round_id)
        now = context.clock(tx)
        organisation = people.organisation(tx, fresh.organisation_id)
        pledge = row.my_pledge
        return MyPledge(
            row=row,
            now=now,
            history=tuple(pledges.history(tx, pledge.id)) if pledge else (),
            names={p.id: p.name for p in people.people_of(tx, organisation.id)},
            missing=reasons_against(context, tx, organisation, row.round_, at=now),
            needs_approval=organisation.needs_approval,
            may_approve=(
                pledge is not None
                and pledge.state is PledgeState.PROPOSED
                and row.round_.phase is Phase.PLEDGING
                and fresh.has(Role.APPROVER)
                and pledge.placed_by != fresh.person_id
            ),
        )


def my_pledges(context: Context, actor: Actor) -> tuple[tuple[Round, Pledge], ...]:
    """The organisation's pledges in all rounds, the newest first."""
    with _looking(context, actor) as (tx, fresh):
        return tuple(
            (visible_row(tx, fresh, pledge.round_id).round_, pledge)
            for pledge in pledges.all_of_organisation(tx, fresh.organisation_id)
        )


def my_allocation(context: Context, actor: Actor, round_id: str) -> MyAllocation | None:
    """What the organisation gets; None before clearing and for those who pledged nothing."""
    with _looking(context, actor) as (tx, fresh):
        row = visible_row(tx, fresh, round_id)
        own = fresh.organisation_id
        facts = clearings.part(tx, round_id, "members", own)
        if facts is None or row.my_pledge is None:
            return None
        part = _part(tx, round_id, own, facts)
        return MyAllocation(
            round_=row.round_,
            pledge=row.my_pledge,
            quantity_kg=part.quantity_kg,
            value_jpy=part.value_jpy,
            price=part.price,
            has_changed=part.has_changed,
            is_in_question=is_in_question(tx, round_id),
            was_asked=falling.was_asked(tx, round_id, own),
            why=why_of(row.my_pledge, facts),
            lines=_lines(tx, round_id, own),
            invoice_id=next(
                (
                    i.id
                    for i in books.invoices_of_organisation(tx, own)
                    if i.round_id == round_id and i.is_standing
                ),
                None,
            ),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    quantity_kg: int
    value_jpy: int
    price: Fraction | None
    has_changed: bool


def _part(tx: Connection, round_id: str, own: str, facts: Mapping[str, Any]) -> _Part:
    """What the clearing gave, or what stands once the round has been cleared again."""
    if not falling.settled_of_round(tx, round_id):
        price = clearings.part(tx, round_id, "summary")["price"]
        kg, value_jpy = facts.get("result_kg", 0), int(facts.get("amount", 0))
        return _Part(kg, value_jpy, Fraction(price) if price else None, has_changed=False)
    parts = standing_tranches(tx, round_id)
    kg = totals_kg(share for part in parts for share in part.allocations).get(own, 0)
    value_jpy = owed_jpy(parts).get(own, 0)
    return _Part(kg, value_jpy, Fraction(1_000 * value_jpy, kg) if kg else None, has_changed=True)


def why_of(pledge: Pledge, facts: Mapping[str, Any]) -> Why:
    """The steps as `auctions.explaining.result_of` tells them of one member."""
    return Why(
        outcome=facts["outcome"],
        pledge_kg=pledge.quantity_kg,
        pool_kg=facts.get("pool_kg"),
        total_kg=facts.get("total_kg"),
        limit_per_t=facts.get("limit_per_t"),
        quota=Fraction(facts["quota"]) if "quota" in facts else None,
        floor_kg=facts.get("floor_kg"),
        remainder=Fraction(facts["remainder"]) if "remainder" in facts else None,
        draw=facts.get("draw"),
        rounded_up=facts.get("rounded_up", False),
        result_kg=facts.get("result_kg", 0),
    )


def _lines(tx: Connection, round_id: str, organisation_id: str) -> tuple[AllocationLine, ...]:
    shared = {
        a.award_id: a.quantity_kg for a in clearings.allocations_of(tx, round_id, organisation_id)
    }
    awards = [a for a in clearings.awards_of_round(tx, round_id) if a.id in shared]
    return tuple(
        AllocationLine(row=row, quantity_kg=shared[row.award.id]) for row in award_rows(tx, awards)
    )
