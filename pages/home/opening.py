"""One round's opening: who can open it, a passphrase to set before, and to give after."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from club.domain.errors import NotFound
from club.operations.viewing.openings import Ceremony, Stage, ceremony
from pages.home import passphrase
from pages.parts import forms, links, openers
from pages.parts.live import live
from pages.parts.phases import countdown, phase_bar
from pages.parts.visit import Visit

EVERY = timedelta(seconds=5)
MOVING = frozenset({Stage.SETTING, Stage.SEALED, Stage.OPENING, Stage.COMPUTING})
SHOWN = "opening shown"


def render(visit: Visit) -> None:
    found = forms.read(visit, lambda: _find(visit))
    if found is None:
        return
    st.title(visit.say("opening.title"))
    name = visit.speech.name(found.round_)
    links.link(visit, "round", name, icon=":material/arrow_back:", id=found.round_.id)
    phase_bar(visit, found.round_)
    st.session_state[SHOWN] = _seen(found)
    _mine(visit, found)
    is_moving = found.stage in MOVING
    live(visit, lambda fresh: _tick(fresh, found), every=EVERY if is_moving else None)
    st.subheader(visit.say("opening.promise"))
    openers.promise(visit, found.needed, len(found.openers))


def _find(visit: Visit) -> Ceremony:
    round_id = st.query_params.get("id")
    if round_id is None:
        raise NotFound
    return ceremony(visit.context, visit.actor, round_id)


def _seen(found: Ceremony) -> tuple[object, ...]:
    """What lays the whole page out anew when it changes."""
    mine = found.mine
    given_at = mine.given_at if mine else None
    return found.round_.id, found.stage, mine is not None and mine.is_ready, given_at


def _mine(visit: Visit, found: Ceremony) -> None:
    """What is asked of this person here now."""
    mine = found.mine
    if mine is None:
        return
    if found.stage is Stage.SETTING:
        passphrase.ask_to_set(visit, found)
    elif mine.given_at is not None:
        st.success(visit.say("opening.thanks"), icon=":material/check_circle:")
    elif found.stage is Stage.SEALED:
        until = countdown(visit, found.round_.bidding_closes_at, found.now)
        st.info(visit.say("opening.later", until=until), icon=":material/lock:")
    elif found.stage is Stage.OPENING:
        passphrase.ask_to_give(visit, found)


def _tick(visit: Visit, before: Ceremony) -> None:
    """How far it has come, which changes by itself."""
    found = forms.read(visit, lambda: ceremony(visit.context, visit.actor, before.round_.id))
    if found is None:
        return
    if st.session_state.get(SHOWN) != _seen(found):
        forms.run_anew()
    st.subheader(visit.say("opening.openers", needed=found.needed, openers=len(found.openers)))
    st.markdown(_standing(visit, found))
    if found.stage in {Stage.OPENING, Stage.COMPUTING}:
        st.progress(min(found.given * 100 // found.needed, 100))
    openers.rows(visit, found)
    if found.excluded:
        st.warning(visit.say("opening.excluded", count=found.excluded), icon=":material/mail_off:")


def _standing(visit: Visit, found: Ceremony) -> str:
    round_ = found.round_
    until_at = {
        Stage.SETTING: found.waits_until or round_.pledging_closes_at,
        Stage.SEALED: round_.bidding_closes_at,
        Stage.OPENING: found.ends_at,
    }.get(found.stage)
    return visit.say(
        f"opening.stage.{found.stage}",
        until=countdown(visit, until_at, found.now) if until_at else "",
        ready=found.ready,
        openers=len(found.openers),
        given=found.given,
        needed=found.needed,
    )
