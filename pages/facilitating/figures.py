"""A round in three figures, and once it is cleared its supply and demand."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.desk import Desk
from pages.parts.curves import curves
from pages.parts.figures import figure
from pages.parts.visit import Visit


def show(visit: Visit, found: Desk) -> None:
    outcome = found.outcome
    left, middle, right = st.columns(3)
    figure(
        left,
        visit.say("facilitating.desk.pool"),
        visit.speech.kg(found.pool.pool_kg),
        visit.say("facilitating.desk.of_goal", goal_kg=found.round_.goal_kg),
    )
    if outcome is None:
        figure(middle, visit.say("facilitating.rounds.companies"), found.pool.companies)
        if not found.round_.auction.is_live:
            figure(right, visit.say("facilitating.desk.envelopes"), found.envelopes)
        return
    figure(
        middle,
        visit.say("facilitating.desk.bought"),
        visit.speech.kg(outcome.bought_kg),
        visit.say("facilitating.desk.offered", offered_kg=outcome.offered_kg),
    )
    figure(right, visit.say("facilitating.desk.value"), visit.speech.jpy(outcome.value_jpy))
    curves(visit, supply=outcome.supply, demand=outcome.demand, bought_kg=outcome.bought_kg)
