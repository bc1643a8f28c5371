"""One round as those see it who answer for it, from its first pledge to its certificates."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from club.domain.errors import NotFound
from club.domain.organisations import Role
from club.domain.rounds import NEXT, Phase, Round
from club.operations.viewing.desk import Desk, desk
from club.operations.viewing.holdings import consignments
from club.operations.viewing.rounds import round_page
from pages.facilitating import (
    certificates,
    deliveries,
    figures,
    openers,
    passes,
    pledged,
    reasoned,
    rounds_desk,
    starting,
    suppliers,
)
from pages.parts import following, forms
from pages.parts.links import link
from pages.parts.live import live
from pages.parts.phases import countdown, phase_bar
from pages.parts.visit import Visit

LIVE = frozenset({Phase.PLEDGING, Phase.BIDDING, Phase.CLEARING})
EVERY = timedelta(seconds=5)
AWARDED = frozenset({Phase.SETTLING, Phase.CLOSED})
CLEARED = AWARDED | {Phase.FAILED}
"""Where awards may have fallen away: all of them, where the round failed by it."""


def render(visit: Visit) -> None:
    link(visit, "rounds_desk", visit.say("menu.rounds_desk"), icon=":material/arrow_back:")
    found = forms.read(visit, lambda: _find(visit))
    if found is None:
        return
    _head(visit, found.round_)
    if found.round_.phase in LIVE:
        live(visit, lambda fresh: _tick(fresh, found.round_), every=EVERY)
    else:
        _standing(visit, found)
    if found.outcome is not None:
        reasoned.show(visit, found.round_)
    openers.show(visit, found.round_)
    suppliers.show(visit, found)
    if found.round_.phase in CLEARED:
        following.show(visit, found.round_.id)
    if found.round_.phase in AWARDED:
        _after(visit, found.round_)
    if visit.has(Role.FACILITATOR) and Phase.CANCELLED in NEXT[found.round_.phase]:
        starting.cancelling(visit, found.round_)


def _find(visit: Visit) -> Desk:
    round_id = st.query_params.get("id")
    if round_id is None:
        raise NotFound
    return desk(visit.context, visit.actor, round_id)


def _head(visit: Visit, round_: Round) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.title(visit.name(round_), width="content")
        rounds_desk.badge(visit, round_.phase)
    if round_.is_invented:
        st.caption(visit.say("words.invented"))
    if purpose := visit.text(round_, "purpose"):
        st.markdown(purpose)
    phase_bar(visit, round_)
    if round_.phase in {Phase.CANCELLED, Phase.FAILED}:
        _ended(visit, round_)
    if round_.auction.is_live and round_.phase is Phase.BIDDING:
        link(
            visit,
            "auction_desk",
            visit.say("live.desk.to_desk"),
            icon=":material/gavel:",
            id=round_.id,
        )
    if round_.phase is Phase.DRAFT and visit.has(Role.FACILITATOR):
        link(
            visit,
            "round_form",
            visit.say("facilitating.desk.to_form"),
            icon=":material/edit:",
            id=round_.id,
        )


def _ended(visit: Visit, round_: Round) -> None:
    page = forms.read(visit, lambda: round_page(visit.context, visit.actor, round_.id))
    if page is None or page.ended_because is None:
        return
    said = pledged.why(visit, page.ended_because)
    st.warning(visit.say("facilitating.desk.ended", reason=said), icon=":material/info:")


def _tick(visit: Visit, before: Round) -> None:
    """What changes by itself; a new phase lays the whole page out anew."""
    found = forms.read(visit, lambda: desk(visit.context, visit.actor, before.id))
    if found is None:
        return
    if found.round_.phase is not before.phase:
        forms.run_anew()
    _standing(visit, found)
    st.caption(visit.say("facilitating.desk.as_of", now_at=found.now))


def _standing(visit: Visit, found: Desk) -> None:
    round_ = found.round_
    if not found.has_key:
        st.error(visit.say("facilitating.desk.no_key"), icon=":material/key_off:")
    if found.stopped is not None:
        why = visit.say(f"notices.reason.{found.stopped}")
        st.error(visit.say("facilitating.desk.stopped", reason=why), icon=":material/front_hand:")
    deadline = {
        Phase.PLEDGING: round_.pledging_closes_at,
        Phase.BIDDING: round_.bidding_closes_at,
    }.get(round_.phase)
    if deadline is not None:
        until = countdown(visit, deadline, found.now)
        st.markdown(visit.say(f"facilitating.desk.until_{round_.phase}", until=until))
    if round_.phase is not Phase.DRAFT:
        figures.show(visit, found)
        passes.show(visit, found)
        pledged.show(visit, found)


def _after(visit: Visit, round_: Round) -> None:
    won = forms.read(visit, lambda: consignments(visit.context, visit.actor, round_.id))
    if won:
        deliveries.show(visit, round_, won)
        certificates.show(visit, round_, won)
