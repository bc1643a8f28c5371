"""The auction of a practice round, event by event: by a button, or running by itself."""

from __future__ import annotations

from datetime import timedelta

import altair as alt
import pandas as pd
import streamlit as st

from club.operations.practising import finish_practice
from club.operations.viewing.practising import Moment, Practice, Step, my_practice
from pages.learning.practice_words import pledge_words, supplier_name
from pages.learning.way import asked_number
from pages.parts import forms
from pages.parts.live import live
from pages.parts.tables import table
from pages.parts.visit import Visit, plain

PACE = timedelta(seconds=1.5)
LATEST = 3
"""So many events are told at once; the others stand below."""
FIGURE = 168
"""Two figures side by side on a phone, four on a desk."""
NONE = "–"


def show(visit: Visit, practice: Practice) -> None:
    runs = _key(practice, "runs")
    every = PACE if st.session_state.get(runs) else None
    st.caption(visit.say("practice.mine_is", pledge=pledge_words(visit, practice.terms)))
    live(visit, lambda fresh: _tick(fresh, practice.id), every=every)
    st.caption(visit.say("practice.curtain"))


def _key(practice: Practice, what: str) -> str:
    return f"practice {what} {practice.id}"


def _tick(visit: Visit, practice_id: str) -> None:
    """Read afresh whose it is; go one event on where it runs by itself."""
    practice = forms.read(visit, lambda: my_practice(visit.context, visit.actor, practice_id))
    if practice is None:
        return
    place, runs = _key(practice, "at"), _key(practice, "runs")
    written = asked_number("at")
    at = min(st.session_state.get(place, 0) if written is None else written, practice.of)
    if st.session_state.get(runs):
        at = min(at + 1, practice.of)
        if at == practice.of:
            st.session_state[runs] = False
            _go_to(practice, at)
            st.rerun()
    _go_to(practice, at)
    _moment(visit, practice, practice.moment(at))


def _go_to(practice: Practice, at: int) -> None:
    st.session_state[_key(practice, "at")] = at
    st.query_params["at"] = str(at)


def _moment(visit: Visit, practice: Practice, moment: Moment) -> None:
    _figures(visit, moment)
    _controls(visit, practice, moment)
    for step in reversed(moment.steps[-LATEST:]):
        st.markdown(_told(visit, step))
    if moment.bidders:
        st.table(pd.DataFrame(_rows(visit, moment)), border="horizontal")
        _course(visit, moment)
    if moment.steps[:-LATEST]:
        with st.expander(visit.say("practice.earlier"), icon=":material/history:"):
            told = [_told(visit, step) for step in reversed(moment.steps[:-LATEST])]
            st.markdown("\n\n".join(told))


def _figures(visit: Visit, moment: Moment) -> None:
    minutes, seconds = divmod(moment.seconds_left, 60)
    share = moment.if_ended
    price = visit.speech.per_t(int(share.price)) if share.price and share.quantity_kg else NONE
    with st.container(horizontal=True):
        for label, figure in (
            ("practice.time_left", f"{minutes}:{seconds:02}"),
            ("practice.pool", visit.speech.kg(moment.pool_kg)),
            ("practice.if_ended", visit.speech.kg(share.quantity_kg)),
            ("practice.if_ended_price", price),
        ):
            st.metric(visit.say(label), figure, border=True, width=FIGURE)
    st.progress(
        moment.number / moment.of,
        text=visit.say("practice.progress", number=moment.number, of=moment.of),
    )


def _controls(visit: Visit, practice: Practice, moment: Moment) -> None:
    """On by one, by itself, or to the end; from there to the result."""
    runs = _key(practice, "runs")
    if moment.number == moment.of:
        st.success(visit.say("practice.over"), icon=":material/gavel:")
        _to_result(visit, practice)
        return
    is_running = bool(st.session_state.get(runs))
    with st.container(horizontal=True):
        if st.button(
            visit.say("practice.next"), key="next", type="primary", icon=":material/skip_next:"
        ):
            _go_to(practice, moment.number + 1)
            st.rerun()
        label = "practice.pause" if is_running else "practice.run"
        icon = ":material/pause:" if is_running else ":material/play_arrow:"
        if st.button(visit.say(label), key="run", icon=icon):
            st.session_state[runs] = not is_running
            st.rerun()
        if st.button(visit.say("practice.to_end"), key="to end", type="tertiary"):
            st.session_state[runs] = False
            _go_to(practice, moment.of)
            st.rerun()


def _to_result(visit: Visit, practice: Practice) -> None:
    form = f"finish {practice.id}"
    if forms.button(visit.say("practice.to_result"), form, primary=True):
        del st.query_params["at"]
        forms.do(
            visit,
            form,
            lambda id: finish_practice(
                visit.context, visit.actor, request_id=id, practice_id=practice.id
            ),
            lambda _: "",
        )


def _told(visit: Visit, step: Step) -> str:
    told = visit.say(
        f"practice.deed.{step.deed.value}",
        number=step.number,
        supplier=supplier_name(visit, step.supplier),
        price_per_t=step.price_per_t,
    )
    moved = visit.say("practice.moved_end") if step.has_moved_end else ""
    return f"{told} {moved}".strip()


def _rows(visit: Visit, moment: Moment) -> list[dict[str, object]]:
    say, speech = visit.speech.say, visit.speech
    return [
        {
            say("practice.bidder"): plain(f"{bidder.rank}. {bidder.supplier}"),
            say("buying.curve.price"): speech.price(bidder.price_per_t),
            say("practice.in"): say(
                "practice.in_of",
                inside=speech.number(bidder.in_kg),
                offered=speech.number(bidder.quantity_kg),
            ),
        }
        for bidder in moment.bidders
    ]


def _course(visit: Visit, moment: Moment) -> None:
    """Each supplier's price from event to event, and the same as a table."""
    say = visit.speech.say
    event, price, bidder = say("practice.event"), say("buying.curve.price"), say("practice.bidder")
    bids = [(step.number, step.supplier, step.price_per_t) for step in moment.steps]
    stands = [(moment.number, each.supplier, each.price_per_t) for each in moment.bidders]
    frame = pd.DataFrame(bids + stands, columns=["event", "supplier", "per_t"])
    legend = alt.Legend(orient="top")
    lines = (
        alt.Chart(frame)
        .mark_line(interpolate="step-after", strokeWidth=2.4, point=alt.OverlayMarkDef(size=60))
        .encode(
            x=alt.X("event:Q", title=event, axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y(
                "per_t:Q",
                title=price,
                scale=alt.Scale(zero=False),
                axis=alt.Axis(tickCount=5, format=",d"),
            ),
            color=alt.Color("supplier:N", title=None, legend=legend),
            shape=alt.Shape("supplier:N", title=None, legend=legend),
        )
    )
    st.altair_chart(
        lines.properties(height=280), width="stretch", alt=visit.say("practice.course_alt")
    )
    with st.expander(visit.say("buying.curve.table"), icon=":material/table:"):
        shown = [{event: str(n), bidder: by, price: f"{per_t:,}"} for n, by, per_t in bids]
        table(visit, shown, name="practice-bids")
