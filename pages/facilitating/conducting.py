"""What a facilitator does to an auction's time: extend it, pause it with a reason, resume it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from club.operations.conducting import extend_auction, pause_auction, resume_auction
from club.operations.opening import LONGEST_REASON
from club.operations.viewing.auction_desk import AuctionDesk
from pages.parts import forms
from pages.parts.visit import Visit

MOST_MINUTES = 24 * 60
USUAL_MINUTES = 5


def show(visit: Visit, found: AuctionDesk) -> None:
    """A button for each deed that is possible now; a paused auction can only go on."""
    id = found.round_.id
    with st.container(horizontal=True):
        if found.pause is not None:
            if st.button(
                visit.say("live.desk.resume"),
                type="primary",
                icon=":material/play_circle:",
                key=f"ask resume {id}",
            ):
                _resume(visit, found)
            return
        if st.button(
            visit.say("live.desk.extend"), icon=":material/more_time:", key=f"ask extend {id}"
        ):
            _extend(visit, found)
        if st.button(
            visit.say("live.desk.pause"), icon=":material/pause_circle:", key=f"ask pause {id}"
        ):
            _pause(visit, found)


def _extend(visit: Visit, found: AuctionDesk) -> None:
    form = f"extend {found.round_.id}"

    @st.dialog(visit.say("live.desk.extend_title"))
    def dialog() -> None:
        minutes = st.number_input(
            visit.say("live.desk.minutes"),
            min_value=1,
            max_value=MOST_MINUTES,
            value=USUAL_MINUTES,
            step=1,
            key=f"minutes {form}",
        )
        until = found.ends_at + timedelta(minutes=minutes)
        reason = _reason(visit, form)
        st.markdown(visit.say("live.desk.extend_says", until_at=until))
        if forms.button(visit.say("live.desk.extend_act"), form, primary=True):
            forms.do(
                visit,
                form,
                lambda request_id: extend_auction(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=found.round_.id,
                    until=until,
                    reason=reason,
                ),
                lambda after: visit.say("live.desk.extended", ends_at=after.bidding_closes_at),
            )

    dialog()


def _pause(visit: Visit, found: AuctionDesk) -> None:
    form = f"pause {found.round_.id}"

    @st.dialog(visit.say("live.desk.pause_title"))
    def dialog() -> None:
        st.markdown(visit.say("live.desk.pause_says"))
        reason = _reason(visit, form)
        if forms.button(visit.say("live.desk.pause_act"), form, primary=True):
            forms.do(
                visit,
                form,
                lambda request_id: pause_auction(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=found.round_.id,
                    reason=reason,
                ),
                lambda _: visit.say("live.desk.was_paused"),
            )

    dialog()


def _reason(visit: Visit, form: str) -> str:
    return st.text_input(
        visit.say("live.desk.reason"),
        key=f"reason {form} {forms.request_id(form)}",
        max_chars=LONGEST_REASON,
    )


def _resume(visit: Visit, found: AuctionDesk) -> None:
    forms.confirm(
        visit,
        f"resume {found.round_.id}",
        title=visit.say("live.desk.resume_title"),
        restated=[visit.say("live.desk.resume_says")],
        act=visit.say("live.desk.resume_act"),
        deed=lambda request_id: resume_auction(
            visit.context, visit.actor, request_id=request_id, round_id=found.round_.id
        ),
        told=lambda after: visit.say("live.desk.was_resumed", ends_at=after.bidding_closes_at),
    )
