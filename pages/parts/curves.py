"""Supply and demand as stairs, with the price at which they met."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from pages.parts.tables import table
from pages.parts.visit import Visit

Points = Sequence[tuple[int, int]]


def curves(visit: Visit, *, supply: Points, demand: Points | None, bought_kg: int) -> None:
    """Price in yen per tonne over kilograms; `demand` is None where it would tell too much."""
    kilograms = visit.say("buying.curve.kg")
    price = visit.say("buying.curve.price")
    series = visit.say("buying.curve.series")
    order = [visit.say("buying.curve.supply"), visit.say("buying.curve.demand")]
    rows = _stairs(supply, order[0])
    if demand:
        rows += _stairs(demand, order[1])
    frame = pd.DataFrame(rows, columns=["kg", "per_t", "series"])
    lines = (
        alt.Chart(frame)
        .mark_line(interpolate="step-before", strokeWidth=2.4)
        .encode(
            x=alt.X(
                "kg:Q", title=kilograms, axis=alt.Axis(tickCount=4, format=",d", labelFlush=False)
            ),
            y=alt.Y("per_t:Q", title=price, axis=alt.Axis(tickCount=5, format=",d")),
            color=alt.Color(
                "series:N", title=None, sort=order, legend=alt.Legend(orient="top", labelLimit=200)
            ),
            strokeDash=alt.StrokeDash("series:N", sort=order, legend=None),
        )
    )
    met = (
        alt.Chart(pd.DataFrame({"kg": [bought_kg]}))
        .mark_rule(strokeDash=[2, 3], strokeWidth=1.5, color="#808080")
        .encode(x="kg:Q")
    )
    st.altair_chart(
        (lines + met).properties(height=260),
        width="stretch",
        alt=visit.say("buying.curve.alt", bought_kg=bought_kg),
    )
    with st.expander(visit.say("buying.curve.table"), icon=":material/table:"):
        shown = [{series: name, kilograms: f"{kg:,}", price: f"{per:,}"} for kg, per, name in rows]
        exact = [{"series": name, "kg": kg, "price_per_t": per} for kg, per, name in rows]
        table(visit, shown, name="curves", csv_rows=exact)


def _stairs(points: Points, series: str) -> list[tuple[int, int, str]]:
    """From nothing at the first price on; each point is (price, kilograms up to there)."""
    if not points:
        return []
    return [(0, points[0][0], series), *((kg, price, series) for price, kg in points)]
