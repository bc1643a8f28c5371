"""A round in three figures, and once it is cleared its supply and demand."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.desk import Desk
from pages.parts.curves import curves
from pages.parts.visit import Visit


def show(visit: Visit, found: Desk) -> None:
    outcome = found.outcome
    left, middle, right = st.columns(3)
    left.metric(
        visit.say("facilitating.desk.pool"),
        visit.speech.kg(found.pool.pool_kg),
        visit.say("facilitating.desk.of_goal", goal_kg=found.round_.goal_kg),
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )
    if outcome is None:
        middle.metric(
            visit.say("facilitating.rounds.companies"),
            found.pool.companies,
            border=True,
            height="stretch",
        )
        if not found.round_.auction.is_live:
            right.metric(
                visit.say("facilitating.desk.envelopes"),
                found.envelopes,
                border=True,
                height="stretch",
            )
        return
    middle.metric(
        visit.say("facilitating.desk.bought"),
        visit.speech.kg(outcome.bought_kg),
        visit.say("facilitating.desk.offered", offered_kg=outcome.offered_kg),
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )
    right.metric(
        visit.say("facilitating.desk.value"),
        visit.speech.jpy(outcome.value_jpy),
        border=True,
        height="stretch",
    )
    curves(visit, supply=outcome.supply, demand=outcome.demand, bought_kg=outcome.bought_kg)
