"""What people chose: a bar a choice, and beside it the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from club.operations.viewing.question_statistics import QuestionLine
from curriculum.choices import Chosen
from pages.facilitating.figure_cells import show as show_table
from pages.parts.visit import Visit, plain

BAR = 30
"""Pixels a choice."""
AXES = 110
"""Pixels of the axis, its title and the legend."""
COLOURS = {"right": "#5E7F45", "partly": "#264E70", "wrong": "#8A8578"}


def choose(visit: Visit, lines: Sequence[QuestionLine]) -> None:
    """Let a question be picked, and show its choices."""
    by_id = {line.id: line for line in lines}
    picked = st.selectbox(
        visit.say("statistics.question"),
        list(by_id),
        format_func=lambda id: _numbered(visit, lines, by_id[id]),
        key="question of the statistics",
    )
    show(visit, by_id[picked])


def _numbered(visit: Visit, lines: Sequence[QuestionLine], line: QuestionLine) -> str:
    return f"{lines.index(line) + 1}. {line.stem.in_language(visit.speech.language)}"


def show(visit: Visit, line: QuestionLine) -> None:
    st.markdown(f"**{plain(line.stem.in_language(visit.speech.language))}**")
    left, right = st.columns([2, 3], vertical_alignment="top")
    with left:
        alt_text = visit.speech.say("statistics.choices_alt", n=line.figures.n)
        st.altair_chart(_bars(visit, line), width="stretch", alt=alt_text)
    with right:
        rows = [_row(visit, line, number, c) for number, c in enumerate(line.chosen, 1)]
        show_table(visit, rows, name=f"choices-{line.id}")


def _row(visit: Visit, line: QuestionLine, number: int, chosen: Chosen) -> dict[str, object]:
    say = visit.speech.say
    return {
        say("statistics.choice"): f"{number}. {label(visit, line, chosen)}",
        say("statistics.worth"): say(f"statistics.{_worth(chosen)}"),
        say("statistics.chosen"): chosen.n,
    }


def label(visit: Visit, line: QuestionLine, chosen: Chosen) -> str:
    """A choice in the reader's words, as it was written."""
    speech = visit.speech
    text = chosen.text.in_language(speech.language) if chosen.text else ""
    if chosen.left is not None:
        return f"{chosen.left.in_language(speech.language)} → {text}"
    if chosen.place is not None:
        return speech.say("statistics.in_place", place=chosen.place, text=text)
    if chosen.text is not None:
        return text
    if chosen.value is not None:
        exact = Decimal(chosen.value.numerator) / Decimal(chosen.value.denominator)
        unit = line.unit.in_language(speech.language) if line.unit else ""
        return f"{speech.number(exact)} {unit}".strip()
    return speech.say(
        "statistics.other" if chosen.id == "other" else f"learning.option.{chosen.id}"
    )


def _worth(chosen: Chosen) -> str:
    if chosen.is_wrong:
        return "wrong"
    return "right" if chosen.worth == 1 else "partly"


def _bars(visit: Visit, line: QuestionLine) -> Any:
    frame = pd.DataFrame(
        {"number": str(number), "n": c.n, "worth": visit.speech.say(f"statistics.{_worth(c)}")}
        for number, c in enumerate(line.chosen, 1)
    )
    words = [visit.speech.say(f"statistics.{worth}") for worth in COLOURS]
    scale = alt.Scale(domain=words, range=list(COLOURS.values()))
    base = alt.Chart(frame, height=BAR * len(frame) + AXES).encode(
        x=alt.X(
            "n:Q",
            title=visit.speech.say("statistics.chosen"),
            axis=alt.Axis(format="d", tickMinStep=1, tickCount=4),
        ),
        y=alt.Y("number:N", title=None, sort=list(frame["number"])),
    )
    legend = alt.Legend(title=None, orient="bottom")
    bars = base.mark_bar(size=BAR * 2 // 3).encode(
        color=alt.Color("worth:N", scale=scale, legend=legend)
    )
    counts = base.mark_text(align="left", dx=4).encode(text="n:Q")
    return bars + counts
