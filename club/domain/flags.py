"""A price so low that its supplier has to explain it, and what becomes of the award meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction

from auctions.flags import Compared
from club.domain.errors import PhaseRefused, TermsRefused
from club.domain.offers import LotAwards
from club.domain.units import read_text

LONGEST_EXPLANATION = 4_000
LONGEST_REASON = 1_000


class FlagReason(StrEnum):
    """How far below is too far; the bounds stand in `auctions.flags`."""

    BELOW_MEAN = "far_below_mean"
    BELOW_NEXT = "far_below_next"


class FlagState(StrEnum):
    ASKED = "asked"
    EXPLAINED = "explained"
    """Waiting for a facilitator, however long that takes: the supplier did its part in time."""
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    UNEXPLAINED = "unexplained"
    FELL = "fell"
    """The award fell away meanwhile for another reason."""


OPEN = frozenset({FlagState.ASKED, FlagState.EXPLAINED})
"""While any flag of a round is open, its invoices wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceFlag:
    """What a supplier is asked about the awards of one lot, and what came of it.

    All prices are yen per tonne; those of others are told without names.
    """

    award_id: str
    """The cheapest of the lot's awards that were flagged."""
    round_id: str
    lot_id: str
    supplier_id: str
    reasons: frozenset[FlagReason]
    price_per_t: int
    effective_per_t: Fraction
    mean_per_t: Fraction
    """Of the other suppliers' lowest initial prices."""
    next_per_t: Fraction | None
    """The next other supplier's lowest effective price; None where none is dearer."""
    state: FlagState = FlagState.ASKED
    asked_at: datetime
    explain_by_at: datetime
    """The last instant at which an explanation is in time."""
    explanation: str | None = None
    explained_at: datetime | None = None
    explained_by: str | None = None
    decision: str | None = None
    """The facilitator's words to the supplier; needed where the explanation is not accepted."""
    decided_at: datetime | None = None
    decided_by: str | None = None

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def below_mean(self) -> Fraction:
        """The part of the mean by which the price lies below it."""
        return _below(Fraction(self.price_per_t), self.mean_per_t)

    @property
    def below_next(self) -> Fraction | None:
        """The part of the next effective price by which the own one lies below it."""
        return None if self.next_per_t is None else _below(self.effective_per_t, self.next_per_t)


def _below(own: Fraction, other: Fraction) -> Fraction:
    """By which part of another price the own one lies below it; nothing is below zero."""
    if not other:
        return Fraction(0)
    return 1 - Fraction(own.numerator * other.denominator, own.denominator * other.numerator)


def ask(bought: LotAwards, compared: dict[str, Compared], *, at: datetime, days: int) -> PriceFlag:
    """The question about a lot, by its cheapest flagged award; the days are counted from now."""
    award = next(award for award in bought.awards if award.offer_id in compared)
    figures = compared[award.offer_id]
    return PriceFlag(
        award_id=award.id,
        round_id=bought.round_id,
        lot_id=bought.lot_id,
        supplier_id=bought.supplier_id,
        reasons=frozenset(map(FlagReason, figures.reasons)),
        price_per_t=figures.price_per_t,
        effective_per_t=figures.effective_per_t,
        mean_per_t=figures.mean_per_t,
        next_per_t=figures.next_per_t,
        asked_at=at,
        explain_by_at=at + timedelta(days=days),
    )


def explain(flag: PriceFlag, text: str, *, at: datetime, by: str) -> PriceFlag:
    """The flag with its explanation, which may be replaced until the last instant or a decision."""
    if not flag.is_open:
        raise TermsRefused("already_done")
    if at > flag.explain_by_at:
        raise PhaseRefused("explaining_over", closed_at=flag.explain_by_at, now_at=at)
    return replace(
        flag,
        state=FlagState.EXPLAINED,
        explanation=read_text(text, field="explanation", longest=LONGEST_EXPLANATION),
        explained_at=at,
        explained_by=by,
    )


def decide(
    flag: PriceFlag, *, seen_at: datetime | None, accepts: bool, reason: str, at: datetime, by: str
) -> PriceFlag:
    """The flag decided on, by what the facilitator has read: an explanation that was replaced
    meanwhile is to be read first. Not to accept needs a reason.
    """
    if not flag.is_open:
        raise TermsRefused("already_done")
    if flag.state is not FlagState.EXPLAINED:
        raise TermsRefused("not_explained", explain_by_at=flag.explain_by_at)
    if seen_at != flag.explained_at:
        raise TermsRefused("changed_meanwhile")
    words = read_text(reason, field="reason", longest=LONGEST_REASON, optional=accepts)
    return replace(
        flag,
        state=FlagState.ACCEPTED if accepts else FlagState.NOT_ACCEPTED,
        decision=words or None,
        decided_at=at,
        decided_by=by,
    )


def is_unexplained(flag: PriceFlag, at: datetime) -> bool:
    """Whether the clock has to let the award fall: after the last instant, not at it."""
    return flag.state is FlagState.ASKED and at > flag.explain_by_at


def leave_unexplained(flag: PriceFlag, *, at: datetime, by: str) -> PriceFlag:
    assert is_unexplained(flag, at)
    return replace(flag, state=FlagState.UNEXPLAINED, decided_at=at, decided_by=by)
