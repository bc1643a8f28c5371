"""Every round, with my place in it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from club.domain.rounds import Phase, Round
from club.operations.viewing.rounds import RoundRow, list_rounds
from pages.parts import links
from pages.parts.phases import countdown
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("buying.rounds.title"))
    rows = list_rounds(visit.context, visit.actor)
    if not rows:
        st.info(visit.say("buying.rounds.empty"), icon=":material/hourglass_empty:")
        return
    now = visit.context.now()
    for row in rows:
        with st.container(border=True):
            _row(visit, row, now)


def _closes(visit: Visit, round_: Round, now: datetime) -> str:
    """The next deadline, or the last one there was."""
    if round_.phase in {Phase.DRAFT, Phase.PLEDGING}:
        closes = countdown(visit, round_.pledging_closes_at, now)
        return visit.say("buying.rounds.closes", closes=closes)
    closes = countdown(visit, round_.bidding_closes_at, now)
    return visit.say("buying.rounds.bidding_closes", closes=closes)


def _row(visit: Visit, row: RoundRow, now: datetime) -> None:
    round_ = row.round_
    words, button = st.columns([4, 1], vertical_alignment="center")
    words.markdown(f"**{visit.name(round_)}** · {visit.speech.word(round_.phase)}")
    lines = [
        _closes(visit, round_, now),
        visit.say("buying.rounds.pool", percent=row.pool.percent, goal_kg=round_.goal_kg),
    ]
    if row.my_pledge is not None:
        lines.append(
            visit.say(
                "buying.rounds.mine",
                quantity_kg=row.my_pledge.quantity_kg,
                state=row.my_pledge.state,
            )
        )
    if row.is_invited:
        lines.append(visit.say("buying.rounds.invited"))
    if round_.is_invented:
        lines.append(visit.say("words.invented"))
    words.caption(" · ".join(lines))
    if button.button(
        visit.say("buying.rounds.open"),
        key=f"open {round_.id}",
        help=visit.say("buying.rounds.open_named", round_name=visit.speech.name(round_)),
        width="stretch",
    ):
        links.go("round", id=round_.id)
