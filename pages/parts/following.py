"""What followed a clearing, in a round's page and at its desk: awards in question, fallen, new."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from club.operations.viewing.following import Again, Asking, Fallen, Followed, what_followed
from club.operations.viewing.rounds import AwardRow
from pages.parts import forms
from pages.parts.links import can_open, link
from pages.parts.phases import countdown
from pages.parts.tables import table
from pages.parts.visit import Visit, plain


def show(visit: Visit, round_id: str) -> None:
    """Nothing where everything stands as it was cleared."""
    found = forms.read(visit, lambda: what_followed(visit.context, visit.actor, round_id))
    if found is None or not (found.in_question or found.again):
        return
    st.subheader(visit.say("following.title"))
    if found.low_prices:
        st.info(visit.say("following.low_prices", count=found.low_prices), icon=":material/help:")
        if can_open("low_prices"):
            link(visit, "low_prices", visit.say("menu.low_prices"), icon=":material/price_check:")
    if found.falling:
        st.info(visit.say("following.falling"), icon=":material/find_replace:")
        fallen(visit, found.falling)
    if found.was_asked and can_open("stay"):
        link(
            visit,
            "stay",
            visit.say("buying.allocation.to_stay"),
            icon=":material/how_to_vote:",
            id=round_id,
        )
    if found.asking is not None:
        _asking(visit, found, found.asking)
    for again in found.again:
        _again(visit, again)


def fallen(visit: Visit, some: Iterable[Fallen]) -> None:
    """What fell away, each with its cause and, for whom they were meant, the office's words."""
    for one in some:
        st.markdown(
            visit.say(
                "following.fell",
                project=visit.speech.name(one.row.project),
                supplier=visit.speech.text(one.row, "supplier"),
                quantity_kg=one.row.award.quantity_kg,
                price_per_t=one.row.award.price_per_t,
                cause=one.cause,
            )
        )
        if one.reason:
            st.caption(plain(one.reason))


def _bought(visit: Visit, rows: Iterable[AwardRow]) -> None:
    for row in rows:
        st.markdown(
            visit.say(
                "following.bought",
                project=visit.speech.name(row.project),
                supplier=visit.speech.text(row, "supplier"),
                quantity_kg=row.award.quantity_kg,
                price_per_t=row.award.price_per_t,
            )
        )


def _asking(visit: Visit, found: Followed, asking: Asking) -> None:
    until = countdown(visit, asking.answer_by_at, found.now)
    open_ = sum(one.answer is None for one in asking.answers)
    st.markdown(visit.say("following.asking", until=until, open=open_, all=len(asking.answers)))
    _bought(visit, asking.instead)
    say, speech = visit.speech.say, visit.speech
    table(
        visit,
        [
            {
                say("following.member"): speech.text(one, "organisation"),
                say("following.answer"): speech.word(one.answer)
                if one.answer
                else say("following.no_answer"),
            }
            for one in asking.answers
        ],
        name="answers",
    )


def _again(visit: Visit, again: Again) -> None:
    label = visit.say("following.again", number=again.number, cleared_at=again.cleared_at)
    with st.container(border=True):
        st.markdown(f"**{label}**")
        fallen(visit, again.fallen)
        _bought(visit, again.bought)
        if not again.bought:
            st.markdown(visit.say("following.nothing"))
        with st.expander(visit.say("buying.check.title"), icon=":material/fact_check:"):
            hashes = (
                f"inputs  sha256 {again.inputs_hash}",
                f"result  sha256 {again.result_hash}",
            )
            st.code("\n".join(hashes), language=None)
