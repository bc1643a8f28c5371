"""A lesson's chart drawn from its declared numbers, with the same numbers as a table beside it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import altair as alt
import pandas as pd
import streamlit as st

from curriculum.charts import Chart
from pages.parts.visit import Visit, plain

HEIGHT = 300


def show(visit: Visit, chart: Chart) -> None:
    st.markdown(f"**{plain(chart.title)}**")
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        st.altair_chart(draw(chart), width="stretch", alt=chart.alt)
    with right:
        st.markdown(_table(visit, chart))
    st.caption(plain(chart.note))


def draw(chart: Chart) -> alt.Chart:
    """Bars side by side, lines, or areas on top of each other, in the order written."""
    base = alt.Chart(_long(chart), height=HEIGHT).encode(
        x=alt.X(
            "x:N",
            title=chart.x,
            sort=[row.x for row in chart.rows],
            axis=alt.Axis(labelAngle=0, labelLimit=110, labelExpr="split(datum.label, ' ')"),
        ),
        y=alt.Y("value:Q", title=f"{chart.y} ({chart.units})", axis=alt.Axis(format=",~r")),
        tooltip=[
            alt.Tooltip("x:N", title=chart.x),
            alt.Tooltip("series:N", title=chart.y),
            alt.Tooltip("value:Q", title=chart.units, format=",~r"),
        ],
    )
    if len(chart.series) > 1:
        legend = alt.Legend(title=None, orient="top", columns=2)
        base = base.encode(
            color=alt.Color("series:N", sort=list(chart.series), legend=legend),
            order=alt.Order("place:Q"),
        )
    match chart.kind:
        case "line":
            return base.mark_line(point=True, strokeWidth=3)
        case "area":
            return base.mark_area(opacity=0.85)
        case _ if len(chart.series) > 1:
            return base.mark_bar().encode(xOffset=alt.XOffset("series:N", sort=list(chart.series)))
        case _:
            return base.mark_bar(size=48)


def _long(chart: Chart) -> pd.DataFrame:
    return pd.DataFrame(
        {"x": row.x, "series": name, "value": float(value), "place": place}
        for row in chart.rows
        for place, (name, value) in enumerate(zip(chart.series, row.values, strict=True))
    )


def _table(visit: Visit, chart: Chart) -> str:
    """The rows in Markdown, figures to the right."""
    heads = [plain(chart.x), *(f"{plain(name)} ({plain(chart.units)})" for name in chart.series)]
    lines = [heads, ["---", *("---:" for _ in chart.series)]]
    for row in chart.rows:
        lines.append([plain(row.x), *(_figure(visit, value) for value in row.values)])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _figure(visit: Visit, value: Fraction) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return plain(visit.speech.number(exact))
