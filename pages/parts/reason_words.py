"""Why an offer won or lost, and at what price it would have won, in the reader's words."""

from __future__ import annotations

from fractions import Fraction

from auctions.reasons import Reason
from auctions.winning_price import WinningPrice
from club.domain.explaining import ShownPrice
from pages.parts.visit import Visit

Price = WinningPrice | ShownPrice
LIMITED = frozenset({"above_limit", "limit"})
"""Reasons that name a limit where it may be told."""


def reason_words(
    visit: Visit, reason: Reason, *, price_per_t: int, effective_per_t: Fraction, is_open: bool
) -> str:
    """The reason as plain text. The effective price is named where quality made it another one;
    what is no longer open and was not found could not be proved."""
    if reason.because is None:
        return visit.speech.say("why.won_whole")
    because: str = reason.because
    if because == "not_looked_into" and not is_open:
        because = "not_proved"
    form = _form(reason, has_quality=effective_per_t != price_per_t)
    return visit.speech.say(
        f"why.{reason.outcome}.{because}{form}",
        rules=tuple(visit.speech.say("why.rule_name", name=name) for name in reason.rules),
        limit_per_t=reason.limit_per_t,
        wanted_kg=reason.wanted_kg,
        dearest_per_t=reason.dearest_per_t,
        effective_per_t=effective_per_t,
    )


def _form(reason: Reason, *, has_quality: bool) -> str:
    """Which of the forms of a sentence has the facts that there are."""
    if reason.because == "dearer" and has_quality:
        return "_quality"
    if reason.because == "rule" and reason.outcome == "lost" and len(reason.rules) > 1:
        return "s"
    if reason.because not in LIMITED or reason.limit_per_t is None:
        return ""
    return "_at" if reason.wanted_kg is None else "_wanted"


def price_words(visit: Visit, price: Price) -> str:
    """The price that would have won, as a sentence of plain text."""
    return visit.speech.say(f"why.price.{_certainty(price)}", wins_per_t=price.per_t)


def _certainty(price: Price) -> str:
    if price.certainty == "withheld" or price.per_t is not None:
        return price.certainty
    return "none" if price.certainty == "highest" else "unknown"
