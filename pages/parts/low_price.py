"""A low price beside what it is compared with, for its supplier and for the office."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from auctions.flags import BELOW_MEAN, BELOW_NEXT
from club.domain.flags import FlagReason, FlagState, PriceFlag
from pages.parts.figures import figure
from pages.parts.visit import Visit

BADGES = {
    FlagState.ASKED: (":material/hourglass_top:", "orange"),
    FlagState.EXPLAINED: (":material/mark_email_read:", "blue"),
    FlagState.ACCEPTED: (":material/check:", "green"),
    FlagState.NOT_ACCEPTED: (":material/block:", "red"),
    FlagState.UNEXPLAINED: (":material/block:", "red"),
    FlagState.FELL: (":material/block:", "gray"),
}


def badge(visit: Visit, flag: PriceFlag) -> None:
    icon, colour = BADGES[flag.state]
    st.badge(visit.speech.word(flag.state), icon=icon, color=colour)  # type: ignore[arg-type]  # named colours


def figures(visit: Visit, flag: PriceFlag) -> None:
    """The own price, the mean of the others' first prices, and the next effective one."""
    own, mean, following = st.columns(3)
    figure(
        own,
        visit.say("low_prices.own"),
        visit.speech.per_t(flag.price_per_t),
        _effective(visit, flag),
    )
    figure(
        mean,
        visit.say("low_prices.mean"),
        visit.speech.per_t(flag.mean_per_t),
        _below(visit, flag.below_mean),
    )
    figure(
        following,
        visit.say("low_prices.next"),
        visit.speech.per_t(flag.next_per_t)
        if flag.next_per_t is not None
        else visit.say("low_prices.no_next"),
        None if flag.below_next is None else _below(visit, flag.below_next),
    )
    for reason in sorted(flag.reasons):
        st.caption(visit.say(f"low_prices.reason.{reason.value}", share=_bound(visit, reason)))


def rule(visit: Visit) -> str:
    """Which prices have to be explained, and what waits meanwhile."""
    percent = visit.speech.percent
    bounds = {"mean": percent(1 - BELOW_MEAN), "following": percent(1 - BELOW_NEXT)}
    return visit.speech.say("low_prices.rule", **bounds)


def _effective(visit: Visit, flag: PriceFlag) -> str | None:
    """Where quality counts, what the price comes to when offers are compared."""
    if flag.effective_per_t == flag.price_per_t:
        return None
    return visit.speech.say("low_prices.effective", effective_per_t=flag.effective_per_t)


def _below(visit: Visit, share: Fraction) -> str:
    if share < 0:
        return visit.speech.say("low_prices.not_below")
    return visit.speech.say("low_prices.below", share=visit.speech.percent(share))


def _bound(visit: Visit, reason: FlagReason) -> str:
    bound = BELOW_MEAN if reason is FlagReason.BELOW_MEAN else BELOW_NEXT
    return visit.speech.percent(1 - bound)
