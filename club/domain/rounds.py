"""A round: one joint purchase, its terms, its phases, and what the clock does to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from club.domain import auction_terms
from club.domain.auction_terms import USUAL, AuctionTerms
from club.domain.errors import InputRefused, NotFound, PhaseRefused
from club.domain.organisations import Duty
from club.domain.units import MAXIMUM_KG, MAXIMUM_PER_T, read_text

MOST = {
    "goal_kg": MAXIMUM_KG,
    "minimum_kg": MAXIMUM_KG,
    "maximum_kg": MAXIMUM_KG,
    "member_minimum_kg": MAXIMUM_KG,
    "member_maximum_kg": MAXIMUM_KG,
    "step_kg": MAXIMUM_KG,
    "ceiling_per_t": MAXIMUM_PER_T,
    "fee_per_t": MAXIMUM_PER_T,
    "tax_percent": 100,
    "quorum": 1_000,
    "prolong_days": 366,
    "payment_days": 366,
}
"""What no round passes: beyond it a date or an amount could not be kept when its time comes."""
LONGEST_NAME = 200
LONGEST_PURPOSE = 4_000


class Phase(StrEnum):
    DRAFT = "draft"
    PLEDGING = "pledging"
    BIDDING = "bidding"
    CLEARING = "clearing"
    SETTLING = "settling"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    FAILED = "failed"


NEXT: dict[Phase, frozenset[Phase]] = {
    Phase.DRAFT: frozenset({Phase.PLEDGING, Phase.CANCELLED}),
    Phase.PLEDGING: frozenset({Phase.BIDDING, Phase.FAILED, Phase.CANCELLED}),
    Phase.BIDDING: frozenset({Phase.CLEARING, Phase.CANCELLED}),
    Phase.CLEARING: frozenset({Phase.SETTLING, Phase.FAILED, Phase.CANCELLED}),
    Phase.SETTLING: frozenset({Phase.CLOSED, Phase.FAILED}),
    Phase.CLOSED: frozenset(),
    Phase.CANCELLED: frozenset(),
    Phase.FAILED: frozenset(),
}
"""Every change of phase there is."""


class WhenShort(StrEnum):
    """What happens when the pool is below the round's minimum as pledging closes."""

    FAIL = "fail"
    PROLONG = "prolong"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundTerms:
    """What a facilitator types of a round."""

    name_ja: str
    name_en: str
    purpose_ja: str = ""
    purpose_en: str = ""
    is_invented: bool = False
    goal_kg: int
    minimum_kg: int
    """The pool below which the round fails or is prolonged."""
    maximum_kg: int | None = None
    """The cap on the pool, if any."""
    member_minimum_kg: int
    member_maximum_kg: int
    ceiling_per_t: int
    step_kg: int = 100
    """Quantities told to people who may not know them exactly are rounded down to this."""
    fee_per_t: int = 0
    tax_percent: int = 10
    when_short: WhenShort = WhenShort.FAIL
    prolong_days: int = 7
    required_modules: frozenset[str] = frozenset()
    quorum: int = 1
    """How many people of an organisation must hold a current pass on every required module."""
    people_by_duty: tuple[tuple[Duty, int], ...] = ()
    """How many of those people must answer for what, each duty at most once, by its word."""
    grants_grace: bool = False
    """Whether who has been delivered credits of an earlier round may pledge without passes."""
    pledging_opens_at: datetime
    pledging_closes_at: datetime
    bidding_closes_at: datetime
    payment_days: int = 30
    auction: AuctionTerms | None = None
    """None leaves what stands; a new round has the usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round(RoundTerms):
    """A round as the club keeps it."""

    id: str
    phase: Phase = Phase.DRAFT
    was_prolonged: bool = False
    auction: AuctionTerms = USUAL
    created_at: datetime
    created_by: str


def check(round_: Round) -> Round:
    """The round with its texts as they are kept; terms that contradict themselves are refused."""
    round_ = _texts_read(round_)
    _check_counts(round_)
    dates = (round_.pledging_opens_at, round_.pledging_closes_at, round_.bidding_closes_at)
    if not dates[0] < dates[1] < dates[2]:
        raise InputRefused("dates_out_of_order", field="pledging_closes_at")
    if round_.member_minimum_kg > round_.member_maximum_kg:
        raise InputRefused("minimum_above_quantity", field="member_minimum_kg")
    if round_.minimum_kg > round_.goal_kg:
        raise InputRefused("minimum_above_quantity", field="minimum_kg")
    if round_.maximum_kg is not None and round_.maximum_kg < round_.goal_kg:
        raise InputRefused("minimum_above_quantity", field="maximum_kg")
    auction_terms.check(
        round_.auction,
        ceiling_per_t=round_.ceiling_per_t,
        bidding_closes_at=round_.bidding_closes_at,
    )
    return round_


def _texts_read(round_: Round) -> Round:
    texts: dict[str, Any] = {
        field: read_text(getattr(round_, field), field=field, longest=LONGEST_NAME)
        for field in ("name_ja", "name_en")
    }
    texts |= {
        field: read_text(
            getattr(round_, field), field=field, longest=LONGEST_PURPOSE, optional=True
        )
        for field in ("purpose_ja", "purpose_en")
    }
    return replace(round_, **texts)


def _check_counts(round_: Round) -> None:
    for field in (
        "goal_kg",
        "member_minimum_kg",
        "ceiling_per_t",
        "step_kg",
        "quorum",
        "prolong_days",
        "payment_days",
    ):
        if getattr(round_, field) < 1:
            raise InputRefused("not_positive", field=field)
    for field in ("minimum_kg", "fee_per_t", "tax_percent"):
        if getattr(round_, field) < 0:
            raise InputRefused("not_positive", field=field)
    _check_duties(round_)
    for field, most in MOST.items():
        if (getattr(round_, field) or 0) > most:
            raise InputRefused("too_large", field=field)


def _check_duties(round_: Round) -> None:
    duties = [duty for duty, _ in round_.people_by_duty]
    if duties != sorted(set(duties)):
        raise InputRefused("unknown_choice", field="people_by_duty")
    for _, count in round_.people_by_duty:
        if count < 1:
            raise InputRefused("not_positive", field="people_by_duty")
        if count > MOST["quorum"]:
            raise InputRefused("too_large", field="people_by_duty")


def move(round_: Round, phase: Phase) -> Round:
    """The round in its next phase; a change that is not in the table is refused."""
    if phase not in NEXT[round_.phase]:
        raise PhaseRefused("wrong_phase", phase=round_.phase)
    return replace(round_, phase=phase)


def require_opened(round_: Round) -> Round:
    """The round, if it is more than a draft: to those who pledge and offer a draft is not there."""
    if round_.phase is Phase.DRAFT:
        raise NotFound
    return round_


def require_pledging(round_: Round, at: datetime) -> None:
    """Pledging is open up to and including its closing instant."""
    if round_.phase is Phase.DRAFT or (
        round_.phase is Phase.PLEDGING and at < round_.pledging_opens_at
    ):
        raise PhaseRefused("pledging_not_open", opens_at=round_.pledging_opens_at)
    if round_.phase is not Phase.PLEDGING or at > round_.pledging_closes_at:
        raise PhaseRefused("pledging_closed", closed_at=round_.pledging_closes_at, now_at=at)


def require_bidding(round_: Round, at: datetime) -> None:
    """Bidding is open from the close of pledging up to and including its own closing instant."""
    if round_.phase in {Phase.DRAFT, Phase.PLEDGING}:
        raise PhaseRefused("bidding_not_open", opens_at=round_.pledging_closes_at)
    if round_.phase is not Phase.BIDDING or at > round_.bidding_closes_at:
        raise PhaseRefused("bidding_closed", closed_at=round_.bidding_closes_at, now_at=at)


GRACE = timedelta(minutes=1)
"""How late the clock may close pledging without bidding's end being moved."""


def close_pledging(round_: Round, pool_kg: int, at: datetime) -> Round:
    """What becomes of the round as pledging closes: bidding, failure, or once a few days more.

    Where the clock comes late, because nothing ran, all that follows moves by as much, so that
    suppliers have the time for their offers that was announced.
    """
    late = at - round_.pledging_closes_at
    if late > GRACE:
        round_ = _bidding_later(round_, late)
    if pool_kg >= round_.minimum_kg and pool_kg > 0:
        return move(round_, Phase.BIDDING)
    if round_.when_short is WhenShort.FAIL or round_.was_prolonged:
        return move(round_, Phase.FAILED)
    more = timedelta(days=round_.prolong_days)
    if late > GRACE:
        round_ = replace(round_, pledging_closes_at=at)
    return replace(
        _bidding_later(round_, more),
        was_prolonged=True,
        pledging_closes_at=round_.pledging_closes_at + more,
    )


def _bidding_later(round_: Round, by: timedelta) -> Round:
    """The round whose bidding closes so much later, at the hard end of a live auction, too."""
    auction = round_.auction
    if auction.hard_end_at is not None:
        auction = replace(auction, hard_end_at=auction.hard_end_at + by)
    return replace(round_, bidding_closes_at=round_.bidding_closes_at + by, auction=auction)


def is_pledging_over(round_: Round, at: datetime) -> bool:
    """Whether the clock has to close pledging: after its closing instant, not at it."""
    return round_.phase is Phase.PLEDGING and at > round_.pledging_closes_at


def is_bidding_over(round_: Round, at: datetime) -> bool:
    """Whether the round is to be cleared: after bidding's closing instant, not at it."""
    return round_.phase is Phase.BIDDING and at > round_.bidding_closes_at


OFFERABLE = frozenset({Phase.BIDDING, Phase.CLEARING})
"""Phases in which a standing envelope binds its lot."""
