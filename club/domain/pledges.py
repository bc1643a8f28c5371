"""A pledge: a member's promise in a round, and when it may be made, changed or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from auctions.offers import Claim
from club.domain.auction_terms import Format
from club.domain.errors import InputRefused, StandingRefused, TermsRefused
from club.domain.rounds import Round, require_pledging


class PledgeState(StrEnum):
    PROPOSED = "proposed"
    """Waiting for a second person of the organisation; does not count yet."""
    PLACED = "placed"
    WITHDRAWN = "withdrawn"
    FELL_OUT = "fell_out"
    """Did not hold when pledging closed; `reason` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    id: str
    round_id: str
    organisation_id: str
    quantity_kg: int
    limit_per_t: int | None
    """The most the member would pay per tonne; None is the round's ceiling."""
    minimum_kg: int
    """At least so much or nothing."""
    state: PledgeState
    reason: str | None = None
    version: int = 1
    placed_at: datetime
    placed_by: str
    approved_at: datetime | None = None
    approved_by: str | None = None


def pool_kg(pledges: Iterable[Pledge]) -> int:
    """Kilograms that count now."""
    return sum(p.quantity_kg for p in pledges if p.state is PledgeState.PLACED)


def claim_of(pledge: Pledge) -> Claim:
    """The pledge as the engine reads it."""
    return Claim(
        id=pledge.organisation_id,
        quantity_kg=pledge.quantity_kg,
        minimum_kg=pledge.minimum_kg,
        limit_per_t=pledge.limit_per_t,
    )


def require_terms(round_: Round, pledge: Pledge) -> None:
    """Refuse a pledge outside the round's terms, whoever makes it."""
    if pledge.limit_per_t is not None and pledge.limit_per_t <= 0:
        raise InputRefused("not_positive", field="limit_per_t")
    if pledge.minimum_kg < 0:
        raise InputRefused("not_positive", field="minimum_kg")
    if pledge.minimum_kg and round_.auction.format is Format.CLOCK:
        raise InputRefused("not_in_this_format", field="minimum_kg", format=round_.auction.format)
    if pledge.quantity_kg < round_.member_minimum_kg:
        raise TermsRefused("below_member_minimum", least_kg=round_.member_minimum_kg)
    if pledge.quantity_kg > round_.member_maximum_kg:
        raise TermsRefused("above_member_maximum", most_kg=round_.member_maximum_kg)
    if pledge.minimum_kg > pledge.quantity_kg:
        raise TermsRefused("minimum_above_quantity", field="minimum_kg")
    if pledge.limit_per_t is not None and pledge.limit_per_t > round_.ceiling_per_t:
        raise TermsRefused("limit_above_ceiling", ceiling_per_t=round_.ceiling_per_t)


def require_room(round_: Round, pledge: Pledge, others: Iterable[Pledge]) -> None:
    """Refuse what would pass the pool's cap, saying what is left, rounded down to the step."""
    if round_.maximum_kg is None:
        return
    left_kg = round_.maximum_kg - pool_kg(p for p in others if p.id != pledge.id)
    if pledge.quantity_kg > left_kg:
        raise TermsRefused("pool_full", left_kg=left_kg // round_.step_kg * round_.step_kg)


def place(
    round_: Round, pledges: Iterable[Pledge], pledge: Pledge, *, needs_approval: bool
) -> Pledge:
    """The pledge as it is taken down: placed, or proposed where a second person must approve.

    An organisation holds one pledge a round: a later one replaces the earlier under its id.
    """
    require_pledging(round_, pledge.placed_at)
    require_terms(round_, pledge)
    pledges = list(pledges)
    earlier = next((p for p in pledges if p.organisation_id == pledge.organisation_id), None)
    if earlier is not None:
        pledge = replace(pledge, id=earlier.id, version=earlier.version + 1)
    require_room(round_, pledge, pledges)
    return replace(pledge, state=PledgeState.PROPOSED if needs_approval else PledgeState.PLACED)


def approve(
    round_: Round, pledges: Iterable[Pledge], pledge: Pledge, *, at: datetime, by: str
) -> Pledge:
    """The proposed pledge, counted from now on; the proposer cannot approve it alone."""
    require_pledging(round_, at)
    if pledge.state is not PledgeState.PROPOSED:
        raise TermsRefused("already_done")
    if pledge.placed_by == by:
        raise StandingRefused("needs_another_person")
    require_room(round_, pledge, pledges)
    return replace(pledge, state=PledgeState.PLACED, approved_at=at, approved_by=by)


def withdraw(round_: Round, pledge: Pledge, *, at: datetime, by: str) -> Pledge:
    """The pledge taken back, freely until pledging closes; its history stays."""
    require_pledging(round_, at)
    if pledge.state is PledgeState.WITHDRAWN:
        raise TermsRefused("no_pledge")
    return replace(
        pledge,
        state=PledgeState.WITHDRAWN,
        version=pledge.version + 1,
        placed_at=at,
        placed_by=by,
        approved_at=None,
        approved_by=None,
    )
