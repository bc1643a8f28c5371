"""Why exactly this amount: from the pledge down to the whole kilograms."""

from __future__ import annotations

from fractions import Fraction

import altair as alt
import pandas as pd
import streamlit as st

from club.operations.viewing.buying import Why
from pages.parts.tables import table
from pages.parts.visit import Visit

INK, QUIET = "#4F7CA3", "#A08F6A"
"""Readable on both grounds: what was asked and got, and what lies between."""


def why_amount(visit: Visit, why: Why) -> None:
    """The waterfall and the arithmetic in words; for who takes no part, why not."""
    st.subheader(visit.say("buying.why.title"))
    if why.outcome != "takes_part" or why.quota is None:
        st.info(visit.say(f"buying.why.{why.outcome}"), icon=":material/info:")
        return
    _waterfall(visit, why)
    st.markdown(
        visit.say(
            "buying.why.words",
            pledge_kg=why.pledge_kg,
            pool_kg=why.pool_kg or 0,
            total_kg=why.total_kg or 0,
            quota=_ratio(why.quota),
            floor_kg=why.floor_kg or 0,
            remainder=_ratio(why.remainder or Fraction(0)),
            result_kg=why.result_kg,
        )
    )
    if why.remainder:
        st.markdown(visit.say("buying.why.up" if why.rounded_up else "buying.why.down"))
    st.caption(visit.say("buying.why.draw", draw=why.draw or ""))


def _ratio(value: Fraction) -> str:
    whole, rest = divmod(value.numerator, value.denominator)
    part = f"{rest:,}/{value.denominator:,}"
    if not rest:
        return f"{whole:,}"
    return f"{whole:,} + {part}" if whole else part


def _waterfall(visit: Visit, why: Why) -> None:
    """From the pledge down to the whole kilograms."""
    floor_kg = why.floor_kg or 0
    say = visit.speech.say
    short_kg, rounded_kg = why.pledge_kg - floor_kg, why.result_kg - floor_kg
    steps = [
        (say("buying.why.pledged"), 0, why.pledge_kg, f"{why.pledge_kg:,}", INK),
        (say("buying.why.short"), floor_kg, why.pledge_kg, f"−{short_kg:,}", QUIET),
        (say("buying.why.rounded"), floor_kg, why.result_kg, f"+{rounded_kg:,}", QUIET),
        (say("buying.why.got"), 0, why.result_kg, f"{why.result_kg:,}", INK),
    ]
    frame = pd.DataFrame(steps, columns=["step", "from_kg", "to_kg", "words", "colour"])
    bars = (
        alt.Chart(frame)
        .mark_bar(size=34)
        .encode(
            x=alt.X("step:N", sort=None, title=None, axis=alt.Axis(labelAngle=0, labelLimit=160)),
            y=alt.Y("from_kg:Q", title="kg", axis=alt.Axis(tickCount=5, format=",d")),
            y2="to_kg:Q",
            color=alt.Color("colour:N", scale=None),
        )
    )
    words = bars.mark_text(dy=-8, fontSize=13).encode(y="to_kg:Q", text="words:N")
    st.altair_chart(
        (bars + words).properties(height=240),
        width="stretch",
        alt=visit.say("buying.why.alt", pledge_kg=why.pledge_kg, result_kg=why.result_kg),
    )
    with st.expander(visit.say("buying.why.table"), icon=":material/table:"):
        shown = [{say("buying.why.step"): step, "kg": words} for step, _, _, words, _ in steps]
        table(visit, shown, name="allocation-steps")
