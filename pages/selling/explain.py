"""A low price to be explained: beside what others asked for, by when, and what came of it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from club.domain.errors import NotFound
from club.domain.flags import LONGEST_EXPLANATION, FlagState
from club.operations.justifying import explain_price
from club.operations.viewing.low_prices import LowPrice, LowPrices, my_low_prices
from pages.parts import forms, low_price
from pages.parts.links import link
from pages.parts.phases import countdown
from pages.parts.visit import Visit, plain
from pages.selling.words import lot_name


def render(visit: Visit) -> None:
    link(visit, "awards", visit.say("menu.awards"), icon=":material/arrow_back:")
    st.title(visit.say("menu.explain"))
    mine = forms.read(visit, lambda: my_low_prices(visit.context, visit.actor))
    if mine is None:
        return
    if not mine.rows and "id" not in st.query_params:
        st.info(visit.say("low_prices.none_of_mine"), icon=":material/check:")
        return
    row = forms.read(visit, lambda: _chosen(visit, mine))
    if row is not None:
        _show(visit, row, mine.now)


def _chosen(visit: Visit, mine: LowPrices) -> LowPrice:
    """The one in the address, or the next that is due; NotFound where it is not one's own."""
    wanted = st.query_params.get("id")
    rows = {row.flag.award_id: row for row in mine.rows}
    if wanted is not None:
        if wanted not in rows:
            raise NotFound
        return rows[wanted]
    if len(rows) == 1:
        return mine.rows[0]
    chosen = st.selectbox(
        visit.say("low_prices.which"),
        list(rows),
        format_func=lambda id: (
            f"{visit.speech.name(rows[id].project)} · {visit.speech.word(rows[id].flag.state)}"
        ),
    )
    return rows[chosen]


def _show(visit: Visit, row: LowPrice, now: datetime) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.subheader(lot_name(visit, row.project, row.lot), width="content")
        low_price.badge(visit, row.flag)
    facts = {"quantity_kg": row.quantity_kg, "value_jpy": row.value_jpy}
    st.caption(visit.say("low_prices.of", round_name=visit.speech.name(row.round_), **facts))
    _standing(visit, row, now)
    low_price.figures(visit, row.flag)
    st.caption(visit.say("low_prices.figures_why"))
    form = f"explain {row.flag.award_id}"
    is_typing = f"{form} text" in st.session_state
    if row.flag.is_open and (now <= row.flag.explain_by_at or is_typing):
        _form(visit, row, form)
    elif row.flag.explanation:
        st.subheader(visit.say("low_prices.explanation"))
        st.markdown(plain(row.flag.explanation).replace("\n", "  \n"))


def _standing(visit: Visit, row: LowPrice, now: datetime) -> None:
    """What is expected of the supplier, or what came of it."""
    flag = row.flag
    until = countdown(visit, flag.explain_by_at, now)
    match flag.state:
        case FlagState.ASKED if now <= flag.explain_by_at:
            st.markdown(visit.say("low_prices.please", until=until))
        case FlagState.ASKED:
            st.warning(visit.say("low_prices.too_late", until=until), icon=":material/schedule:")
        case FlagState.EXPLAINED:
            facts = {"explained_at": flag.explained_at, "until": until}
            may = "replaceable" if now <= flag.explain_by_at else "sent"
            st.info(visit.say(f"low_prices.{may}", **facts), icon=":material/mark_email_read:")
        case FlagState.ACCEPTED:
            st.success(visit.say("low_prices.accepted"), icon=":material/check:")
        case _:
            st.error(visit.say(f"low_prices.fell.{flag.state.value}"), icon=":material/block:")
    if flag.decision:
        st.markdown(visit.say("low_prices.office_said", reason=flag.decision))


def _form(visit: Visit, row: LowPrice, form: str) -> None:
    sent = row.flag.state is FlagState.EXPLAINED
    with st.form(form, border=False):
        text = st.text_area(
            visit.say("words.field.explanation"),
            value=row.flag.explanation or "",
            height=220,
            max_chars=LONGEST_EXPLANATION,
            placeholder=visit.speech.say("low_prices.explanation_example"),
            key=f"{form} text",
        )
        st.caption(visit.say("low_prices.who_reads"))
        if forms.submit(visit.say("low_prices.replace" if sent else "low_prices.send"), form):
            forms.do(
                visit,
                form,
                lambda request_id: explain_price(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    award_id=row.flag.award_id,
                    explanation=text,
                ),
                lambda _: visit.say("low_prices.now_sent"),
            )
