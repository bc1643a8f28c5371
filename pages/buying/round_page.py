"""One round's page: the same for everybody, with more or less on it."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import streamlit as st

from club.domain.errors import NotFound
from club.domain.organisations import Kind, Role
from club.domain.rounds import Phase
from club.operations.viewing.rounds import RoundPage, round_page, standing
from pages.buying import bargain, outcome
from pages.parts import following, forms, gate, links, openers, quorum_words
from pages.parts.figures import figure
from pages.parts.live import live
from pages.parts.phases import countdown, phase_bar
from pages.parts.visit import Visit

OPEN = frozenset({Phase.PLEDGING, Phase.BIDDING, Phase.CLEARING})
EVERY = timedelta(seconds=5)
PHASE_SHOWN = "phase shown"


def render(visit: Visit) -> None:
    round_id = st.query_params.get("id", "")
    try:
        page = round_page(visit.context, visit.actor, round_id)
    except NotFound as error:
        visit.refuse(error)
        links.link(visit, "rounds", visit.say("buying.rounds.title"), icon=":material/list:")
        return
    round_ = page.row.round_
    st.title(visit.name(round_))
    if round_.is_invented:
        st.caption(visit.say("words.invented"))
    if purpose := visit.text(round_, "purpose"):
        st.markdown(purpose)
    st.session_state[PHASE_SHOWN] = (round_.id, round_.phase)
    is_open = round_.phase in OPEN
    learns = any(reason.module_id for reason in page.missing)
    live(
        visit,
        lambda fresh: _standing(fresh, round_id, is_learning=learns),
        every=EVERY if is_open else None,
    )
    openers.sentence(visit, round_)
    if round_.auction.is_live and round_.phase is Phase.BIDDING:
        st.caption(visit.say("live.to_others"))
    if page.ended_because:
        st.warning(_ending(visit, page), icon=":material/info:")
    _next_step(visit, page)
    _terms(visit, page)
    bargain.show(visit, page)
    if page.outcome is not None:
        outcome.show(visit, page, page.outcome)
        following.show(visit, round_.id)


def _standing(visit: Visit, round_id: str, *, is_learning: bool) -> None:
    """What moves while the round is open: phase, time left, the pool in tenths."""
    row, now = standing(visit.context, visit.actor, round_id)
    round_ = row.round_
    if st.session_state.get(PHASE_SHOWN) != (round_.id, round_.phase):
        forms.run_anew()
    phase_bar(visit, round_, is_learning=is_learning)
    pool = row.pool
    deadline, clock, count = st.columns(3)
    figure(
        deadline,
        visit.say("buying.round.pool"),
        visit.say("home.pool_tenths", percent=pool.percent),
        visit.say("home.pool_goal", goal_kg=pool.goal_kg),
    )
    closes_at = (
        round_.pledging_closes_at if round_.phase is Phase.PLEDGING else round_.bidding_closes_at
    )
    with clock.container(border=True, height="stretch"):
        st.markdown(f":small[{visit.say(f'buying.round.closes_{_closing(round_.phase)}')}]")
        st.markdown(f"**{countdown(visit, closes_at, now)}**")
    exact = row.exact_pool
    figure(
        count,
        visit.say("buying.round.companies"),
        visit.say("buying.round.fewer_than_five")
        if pool.companies is None and exact is None
        else str(exact.companies if exact else pool.companies),
        visit.speech.kg(exact.pool_kg) if exact else None,
    )
    st.progress(min(pool.tenths, 10) * 10)
    if round_.phase is Phase.PLEDGING and round_.minimum_kg:
        needed = Fraction(round_.minimum_kg, round_.goal_kg)
        facts = {"minimum_kg": round_.minimum_kg, "share": visit.speech.percent(needed)}
        st.markdown(visit.say("buying.round.threshold", **facts, when_short=round_.when_short))
    if round_.was_prolonged:
        days = visit.say("buying.round.prolonged", count=round_.prolong_days)
        st.markdown(f":material/update: {days}")
    st.caption(visit.say("buying.round.tenths_why"))


def _closing(phase: Phase) -> str:
    return "pledging" if phase is Phase.PLEDGING else "bidding"


def _ending(visit: Visit, page: RoundPage) -> str:
    known = {
        "below_minimum",
        "nothing_bought",
        "all_fell",
        "no_offers",
        "openers_not_ready",
        "not_opened",
    }
    reason = page.ended_because or ""
    if reason in known:
        return visit.say(f"buying.ended.{reason}")
    return visit.say("buying.ended.because", reason=reason)


def _next_step(visit: Visit, page: RoundPage) -> None:
    """The one thing to do here now, by who is looking."""
    round_ = page.row.round_
    kind = visit.actor.kind
    if kind is Kind.MEMBER and round_.phase is Phase.PLEDGING:
        gate.missing(visit, page.missing, round_.id)
        label = "buying.round.change_pledge" if page.row.my_pledge else "buying.round.to_pledge"
        _button(visit, label, "pledge", round_.id, is_first=not page.missing)
    elif kind is Kind.SUPPLIER and round_.phase is Phase.BIDDING and page.row.is_invited:
        label, path = ("to_live", "live") if round_.auction.is_live else ("to_offer", "offer")
        _button(visit, f"buying.round.{label}", path, round_.id, is_first=True)
    elif visit.has(Role.FACILITATOR):
        _button(visit, "buying.round.to_desk", "round_desk", round_.id, is_first=True)
    if kind is Kind.MEMBER and page.row.my_pledge and page.outcome is not None:
        _button(visit, "buying.round.to_allocation", "allocation", round_.id, is_first=True)


def _button(visit: Visit, label: str, path: str, round_id: str, *, is_first: bool) -> None:
    kind = "primary" if is_first else "secondary"
    if st.button(visit.say(label), key=f"go {path}", type=kind):  # type: ignore[arg-type]  # one of two words
        links.go(path, id=round_id)


def _terms(visit: Visit, page: RoundPage) -> None:
    round_ = page.row.round_
    modules = [
        module.title.in_language(visit.speech.language)
        for id, module in visit.context.modules.items()
        if id in round_.required_modules
    ]
    with st.expander(visit.say("buying.round.terms"), icon=":material/description:"):
        st.markdown(
            visit.say(
                "buying.round.terms_text",
                ceiling_per_t=round_.ceiling_per_t,
                least_kg=round_.member_minimum_kg,
                most_kg=round_.member_maximum_kg,
                minimum_kg=round_.minimum_kg,
                fee_per_t=round_.fee_per_t,
                tax_percent=round_.tax_percent,
                when_short=round_.when_short,
                modules=", ".join(modules) or visit.speech.say("words.none"),
                quorum=quorum_words.asked(visit, round_),
                pledging_closes_at=round_.pledging_closes_at,
                bidding_closes_at=round_.bidding_closes_at,
            )
        )
