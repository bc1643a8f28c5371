"""How the clearing went over the limits: each pass, each limit with its result or its bound."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.desk import Desk, DeskPass, DeskTrial
from pages.parts.tables import table
from pages.parts.visit import Visit


def show(visit: Visit, found: Desk) -> None:
    if not found.passes:
        return
    with st.expander(visit.say("facilitating.passes.title"), icon=":material/stacked_line_chart:"):
        st.markdown(visit.say("facilitating.passes.explained"))
        for number, run in enumerate(found.passes, start=1):
            _pass(visit, number, run)


def _pass(visit: Visit, number: int, run: DeskPass) -> None:
    if run.limit_per_t is None:
        st.markdown(visit.say("facilitating.passes.nothing", number=number))
    else:
        facts = {"limit_per_t": run.limit_per_t, "bought_kg": run.bought_kg}
        st.markdown(visit.say("facilitating.passes.chosen", number=number, **facts))
    rows = [_row(visit, row, is_chosen=row.limit_per_t == run.limit_per_t) for row in run.trials]
    exact = [_exact(row) for row in run.trials]
    table(visit, rows, name=f"limits-{number}", csv_rows=exact)
    if run.left is not None and run.left_quota is not None:
        st.markdown(
            visit.say(
                "facilitating.passes.left",
                name=visit.speech.name(run.left),
                quota_kg=run.left_quota.numerator // run.left_quota.denominator,
                minimum_kg=run.left_minimum_kg,
            )
        )


def _row(visit: Visit, row: DeskTrial, *, is_chosen: bool) -> dict[str, object]:
    speech = visit.speech

    def head(word: str) -> str:
        return speech.say(f"facilitating.passes.{word}")

    bought = head("not_computed") if row.bought_kg is None else speech.kg(row.bought_kg)
    return {
        speech.say("words.field.limit_per_t"): speech.per_t(row.limit_per_t),
        head("demand"): speech.kg(row.demand_kg),
        head("supply"): speech.kg(row.supply_kg),
        head("bound"): speech.kg(row.bound_kg),
        head("bought"): bought,
        head("result"): head("is_chosen") if is_chosen else "",
    }


def _exact(row: DeskTrial) -> dict[str, object]:
    return {
        "limit_per_t": row.limit_per_t,
        "demand_kg": row.demand_kg,
        "supply_kg": row.supply_kg,
        "bound_kg": row.bound_kg,
        "bought_kg": row.bought_kg,
        "members": row.members,
    }
