"""A live auction for a supplier: how my lot stands, what would help, and one button to bid.

The figures refresh by themselves; what is typed stands beside them and is left alone.
"""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from club.domain.errors import ClubError
from club.domain.rounds import Phase
from club.operations.attending import attend
from club.operations.viewing.live import LiveView, MyLive, live_view
from pages.parts import forms, links
from pages.parts.live import live
from pages.parts.time_left import ends, time_left
from pages.parts.visit import Visit
from pages.selling import acknowledgements, live_bid, live_clock, ways
from pages.selling.words import lot_label, lot_name

EVERY = timedelta(seconds=2)
SLOWLY = timedelta(seconds=10)
"""For end and receipts: one's own bid lays the page out anew at once, so that only colleagues'
bids and automatic ones wait so long."""
UNDER_WAY = frozenset({Phase.BIDDING, Phase.CLEARING})
WIDTH = 560
FIGURE = 168
"""Two figures side by side on a phone, four on a desk."""


def render(visit: Visit) -> None:
    round_id = st.query_params.get("id", "")
    try:
        view = live_view(visit.context, visit.actor, round_id)
    except ClubError as error:
        ways.refuse(visit, error)
        links.link(visit, "offers", visit.say("live.to_offers"), icon=":material/arrow_back:")
        return
    st.title(visit.name(view.round_))
    if not view.lots:
        st.info(visit.say("live.without_lots"), icon=":material/forest:")
        links.link(visit, "my_lots", visit.say("selling.to_my_lots"), icon=":material/add:")
        return
    chosen = _choose(visit, view)
    # After its end, too, the page waits: for the result.
    every = EVERY if view.round_.phase in UNDER_WAY else None
    live(visit, lambda fresh: _tick(fresh, view, chosen.lot.id), every=every)
    with st.container(width=WIDTH):
        if view.is_over:
            _ended(visit, view)
        else:
            _act(visit, view, chosen)
        live(
            visit, lambda fresh: _receipts(fresh, round_id), every=None if view.is_over else SLOWLY
        )
        is_clock = view.price_per_t is not None
        st.caption(visit.say("live.provisional_clock" if is_clock else "live.provisional"))


def _choose(visit: Visit, view: LiveView) -> MyLive:
    if len(view.lots) == 1:
        st.markdown(lot_name(visit, view.lots[0].project, view.lots[0].lot))
        return view.lots[0]
    by_id = {each.lot.id: each for each in view.lots}

    def label(id: str) -> str:
        name = lot_label(visit, by_id[id].project, by_id[id].lot)
        return visit.speech.say("live.lot_choice", lot=name, most_kg=by_id[id].most_kg)

    chosen = st.selectbox(
        visit.say("live.lot"),
        list(by_id),
        format_func=label,
        key=f"live {view.round_.id} lot",
        label_visibility="collapsed",
        width=WIDTH,
    )
    return by_id[chosen]


def _tick(visit: Visit, before: LiveView, lot_id: str) -> None:
    """What moves by itself; where more than figures has changed, the page is laid out anew."""
    view = forms.read(visit, lambda: live_view(visit.context, visit.actor, before.round_.id))
    if view is None:
        return
    attend(visit.context, visit.actor, before.round_.id)
    if _laid_out_by(view) != _laid_out_by(before):
        forms.run_anew()
    mine = next(each for each in view.lots if each.lot.id == lot_id)
    with st.container(horizontal=True, gap="small"):
        for label, figure in _figures(visit, view, mine):
            st.metric(label, figure, border=True, width=FIGURE)
    if view.is_over:
        return
    if view.pause is not None:
        facts = {"paused_at": view.pause.at, "reason": view.pause.reason}
        st.warning(visit.say("live.pause", **facts), icon=":material/pause_circle:")
    if view.price_per_t is None:
        live_bid.stand(visit, view, mine)
    else:
        live_clock.stand(visit, view, mine)


def _laid_out_by(view: LiveView) -> tuple[object, ...]:
    """What the rest of the page shows besides the figures; a new bid is not among it, so that a
    bid by a colleague or by the system closes no dialog."""
    return view.is_over, view.pause, view.price_per_t, view.round_.phase


def _receipts(visit: Visit, round_id: str) -> None:
    view = forms.read(visit, lambda: live_view(visit.context, visit.actor, round_id))
    if view is None:
        return
    if not view.is_over and view.pause is None:
        st.caption(ends(visit, view.round_, view.ends_at))
    acknowledgements.show(visit, view)


def _figures(visit: Visit, view: LiveView, mine: MyLive) -> list[tuple[str, str]]:
    figures = live_bid.figures if view.price_per_t is None else live_clock.figures
    label = "live.time_left" if view.price_per_t is None else "live.step_left"
    if view.is_over:
        left = visit.say("live.over")
    elif view.pause is not None:
        left = visit.say("live.paused")
    else:
        left = time_left(visit, view.ends_at, view.now)
    return [*figures(visit, view, mine), (visit.say(label), left)]


def _act(visit: Visit, view: LiveView, mine: MyLive) -> None:
    if view.price_per_t is None:
        live_bid.ask(visit, view, mine)
    else:
        live_clock.ask(visit, view, mine)


def _ended(visit: Visit, view: LiveView) -> None:
    if view.round_.phase in {Phase.SETTLING, Phase.CLOSED}:
        st.success(visit.say("live.cleared"), icon=":material/task_alt:")
        links.link(visit, "awards", visit.say("live.to_awards"), icon=":material/emoji_events:")
    elif view.round_.phase in UNDER_WAY:
        st.info(visit.say("live.is_over"), icon=":material/hourglass_top:")
    else:
        st.info(visit.speech.word(view.round_.phase), icon=":material/info:")
    links.link(visit, "offers", visit.say("live.to_offers"), icon=":material/arrow_back:")
