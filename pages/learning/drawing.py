"""A lesson's chart drawn from its declared numbers, with the same numbers as a table beside it."""

from __future__ import annotations

import json
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from curriculum.charts import Chart
from curriculum.labels import has_room, lines_by_label, lines_of
from pages.learning.way import exact
from pages.parts.visit import Visit, plain

HEIGHT = 320
LEGEND = 70
"""Pixels that a legend below takes."""
BESIDE = 18
"""Narrow letters for a line of a label to the left of its bar."""
LYING_BAR = 44
"""Pixels for each bar of a chart that lies on its side."""


def show(visit: Visit, chart: Chart) -> None:
    st.markdown(f"**{plain(chart.title)}**")
    left, right = st.columns([3, 2], vertical_alignment="center")
    with left:
        st.altair_chart(draw(chart), width="stretch", alt=chart.alt)
    with right:
        st.markdown(_table(visit, chart))
    st.caption(plain(chart.note))


def draw(chart: Chart) -> Any:
    """Draw bars side by side, lines, or areas on top of each other, in the order written."""
    labels = [row.x for row in chart.rows]
    has_legend = len(chart.series) > 1
    if chart.kind == "bar" and not has_legend and not has_room(labels):
        return _lying(chart, labels)
    base = alt.Chart(_long(chart), height=HEIGHT + LEGEND * has_legend).encode(
        x=alt.X(
            "x:N",
            title=chart.x,
            sort=labels,
            axis=alt.Axis(labelAngle=0, labelLimit=0, labelExpr=_broken(lines_by_label(labels))),
        ),
        y=alt.Y("value:Q", title=_with_unit(chart.y, chart), axis=_axis(chart)),
        tooltip=_tooltip(chart),
    )
    if has_legend:
        legend = alt.Legend(title=None, orient="bottom", columns=2)
        base = base.encode(
            color=alt.Color("series:N", sort=list(chart.series), legend=legend),
            order=alt.Order("place:Q"),
        )
    match chart.kind:
        case "line":
            return base.mark_line(point=True, strokeWidth=3)
        case "area":
            return base.mark_area(opacity=0.85)
        case _ if has_legend:
            return base.mark_bar().encode(xOffset=alt.XOffset("series:N", sort=list(chart.series)))
        case _:
            return base.mark_bar(width=alt.RelativeBandSize(0.55))


def _lying(chart: Chart, labels: list[str]) -> Any:
    """Bars from the left, one below the other, where their labels have no room side by side."""
    lines = {label: lines_of(label, BESIDE) for label in labels}
    names = alt.Axis(labelLimit=0, labelExpr=_broken(lines))
    figures = alt.Axis(format=",~r", tickMinStep=_least_step(chart))
    return (
        alt.Chart(_long(chart), height=alt.Step(LYING_BAR))
        .encode(
            x=alt.X("value:Q", title=_with_unit(chart.y, chart), axis=figures),
            y=alt.Y("x:N", title=None, sort=labels, axis=names),
            tooltip=_tooltip(chart),
        )
        .mark_bar(height=alt.RelativeBandSize(0.55))
    )


def _tooltip(chart: Chart) -> list[Any]:
    return [
        alt.Tooltip("x:N", title=chart.x),
        alt.Tooltip("series:N", title=chart.y),
        alt.Tooltip("value:Q", title=chart.units, format=",~r"),
    ]


def _axis(chart: Chart) -> Any:
    """Title above the axis, read without turning one's head; no half ticks between whole counts."""
    return alt.Axis(
        format=",~r",
        tickMinStep=_least_step(chart),
        titleAngle=0,
        titleAlign="left",
        titleAnchor="start",
        titleX=0,
        titleY=-14,
    )


def _least_step(chart: Chart) -> Any:
    is_whole = all(value.denominator == 1 for row in chart.rows for value in row.values)  # noqa: PD011 - no data frame
    return 1 if is_whole else alt.Undefined


def _broken(lines: dict[str, list[str]]) -> str:
    """Tell Vega which lines stand for which label."""
    return f"{json.dumps(lines, ensure_ascii=False)}[datum.label]"


def _with_unit(name: str, chart: Chart) -> str:
    """Write what is counted with its unit, unless the name says the unit already."""
    return name if name.casefold() == chart.units.casefold() else f"{name} ({chart.units})"


def _long(chart: Chart) -> pd.DataFrame:
    return pd.DataFrame(
        {"x": row.x, "series": name, "value": float(value), "place": place}
        for row in chart.rows
        for place, (name, value) in enumerate(zip(chart.series, row.values, strict=True))
    )


def _table(visit: Visit, chart: Chart) -> str:
    """Write the rows in Markdown, figures to the right."""
    heads = [plain(chart.x), *(plain(_with_unit(name, chart)) for name in chart.series)]
    rule = ["---", *("---:" for _ in chart.series)]
    rows = ([plain(row.x), *(plain(exact(visit, v)) for v in row.values)] for row in chart.rows)  # noqa: PD011 - no data frame
    lines = [heads, rule, *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
