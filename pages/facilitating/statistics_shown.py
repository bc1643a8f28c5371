"""A module's figures laid out: the headline, the questions, the quiz, and its people."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

from club.operations.viewing.question_statistics import (
    Comparison,
    ModuleStatistics,
    QuestionLine,
)
from curriculum.attention import Change
from curriculum.figures import Figure, Untold
from pages.facilitating.figure_cells import Stem, as_cell, in_percent, show
from pages.parts.visit import Visit

QUIZ = (
    "mean",
    "median",
    "standard_deviation",
    "skewness",
    "kurtosis",
    "coefficient_of_internal_consistency",
    "error_ratio",
    "standard_error",
)
SHARES = ("facility", "random_guess_score")
OF_QUESTIONS = (
    "facility",
    "standard_deviation",
    "random_guess_score",
    "intended_weight",
    "effective_weight",
    "discrimination_index",
    "discriminative_efficiency",
)
WEIGHTS = ("intended_weight", "effective_weight")
"""Often the same for every question, and then told once."""
PERCENT = alt.Axis(titleAngle=0, titleAlign="left", titleAnchor="start", titleX=0, titleY=-14)
"""The title stands above the axis, where it is read without turning one's head."""


def headline(visit: Visit, found: ModuleStatistics) -> None:
    quiz = found.quiz
    points = quiz.points
    of = "" if isinstance(points, Untold) else visit.say("statistics.of_points", points=points)
    told = (
        ("statistics.people", visit.speech.number(quiz.n), ""),
        ("statistics.quiz.mean", str(as_cell(visit, quiz.mean)), of),
        ("statistics.quiz.median", str(as_cell(visit, quiz.median)), of),
    )
    with st.container(horizontal=True):
        for name, value, delta in told:
            st.metric(
                visit.say(name),
                value,
                delta or None,
                delta_color="off",
                delta_arrow="off",
                border=True,
                height="stretch",
            )


def questions(visit: Visit, found: ModuleStatistics) -> None:
    """Every question's facility as a bar, and all its figures."""
    st.altair_chart(
        _facilities(visit, found), width="stretch", alt=visit.say("statistics.facilities_alt")
    )
    rows = [_question(visit, number, line) for number, line in enumerate(found.questions, 1)]
    heads = (visit.speech.say(f"statistics.head.{name}") for name in WEIGHTS)
    common = {head: rows[0][head] for head in heads if len({row[head] for row in rows}) == 1}
    show(visit, rows, name=f"questions-{found.module.id}", leaving_out=common)
    if common:
        told = (visit.say("statistics.head_and_value", head=h, value=v) for h, v in common.items())
        st.caption(visit.speech.say("statistics.common", told=tuple(told)))
    with st.expander(visit.say("statistics.how_to_read"), icon=":material/help:"):
        st.markdown(visit.say("statistics.questions_read"))


def _question(visit: Visit, number: int, line: QuestionLine) -> dict[str, object]:
    say = visit.speech.say
    figures = {name: getattr(line.figures, name) for name in OF_QUESTIONS}
    return {
        say("statistics.question"): _stem(visit, number, line),
        say("statistics.n"): line.figures.n,
        **{say(f"statistics.head.{name}"): _cell(visit, name, f) for name, f in figures.items()},
    }


def _stem(visit: Visit, number: int, line: QuestionLine) -> Stem:
    return Stem(f"{number}. {line.stem.in_language(visit.speech.language)}")


def _cell(visit: Visit, name: str, figure: Figure) -> object:
    return in_percent(visit, figure) if name in SHARES else as_cell(visit, figure)


def _facilities(visit: Visit, found: ModuleStatistics) -> Any:
    facility = visit.speech.say("statistics.head.facility")
    frame = pd.DataFrame(
        {"number": str(number), "facility": float(str(in_percent(visit, line.figures.facility)))}
        for number, line in enumerate(found.questions, 1)
    )
    return (
        alt.Chart(frame, height=240)
        .mark_bar()
        .encode(
            x=alt.X(
                "number:N",
                title=visit.speech.say("statistics.question"),
                sort=list(frame["number"]),
                axis=alt.Axis(labelAngle=0),
            ),
            y=alt.Y("facility:Q", title=facility, scale=alt.Scale(domain=[0, 100]), axis=PERCENT),
            tooltip=[alt.Tooltip("number:N"), alt.Tooltip("facility:Q", title=facility)],
        )
    )


def quiz(visit: Visit, found: ModuleStatistics) -> None:
    say = visit.speech.say
    rows = [
        {
            say("statistics.figure"): say(f"statistics.quiz.{name}"),
            say("statistics.value"): as_cell(visit, getattr(found.quiz, name)),
            say("statistics.unit"): say(f"statistics.unit_of.{name}"),
        }
        for name in QUIZ
    ]
    show(visit, rows, name=f"quiz-{found.module.id}")
    with st.expander(visit.say("statistics.how_to_read"), icon=":material/help:"):
        st.markdown(visit.say("statistics.quiz_read"))


def comparison(visit: Visit, found: ModuleStatistics, told: Comparison) -> None:
    """Each question before the day and since, side by side."""
    st.subheader(visit.say("statistics.compared", day_on=told.day))
    facts = {"before": told.before.n, "since": told.since.n}
    st.caption(visit.say("statistics.compared_rule", **facts))
    lines = {line.id: line for line in found.questions}
    number = {line.id: place for place, line in enumerate(found.questions, 1)}
    rows = [
        _change(visit, number[each.question_id], lines[each.question_id], each)
        for each in told.changes
    ]
    chart = _sides(visit, told, number)
    st.altair_chart(chart, width="stretch", alt=visit.say("statistics.compared_alt"))
    show(visit, rows, name=f"before-and-after-{found.module.id}")


def _change(visit: Visit, number: int, line: QuestionLine, each: Change) -> dict[str, object]:
    say = visit.speech.say
    return {
        say("statistics.question"): _stem(visit, number, line),
        say("statistics.before"): in_percent(visit, each.before),
        say("statistics.since"): in_percent(visit, each.since),
        say("statistics.change"): as_cell(visit, each.change),
        say("statistics.n_before"): each.n_before,
        say("statistics.n_since"): each.n_since,
    }


def _sides(visit: Visit, told: Comparison, number: dict[str, int]) -> Any:
    say = visit.speech.say
    sides = [say("statistics.before"), say("statistics.since")]
    frame = pd.DataFrame(
        {"number": str(number[each.question_id]), "side": side, "facility": float(100 * facility)}
        for each in told.changes
        for side, facility in zip(sides, (each.before, each.since), strict=True)
        if not isinstance(facility, Untold)
    )
    legend = alt.Legend(title=None, orient="bottom")
    return (
        alt.Chart(frame, height=320)
        .mark_bar()
        .encode(
            x=alt.X(
                "number:N",
                title=say("statistics.question"),
                sort=[str(place) for place in number.values()],
                axis=alt.Axis(labelAngle=0),
            ),
            xOffset=alt.XOffset("side:N", sort=sides),
            y=alt.Y(
                "facility:Q",
                title=say("statistics.head.facility"),
                scale=alt.Scale(domain=[0, 100]),
                axis=PERCENT,
            ),
            color=alt.Color("side:N", sort=sides, legend=legend),
        )
    )


def people(visit: Visit, found: ModuleStatistics) -> None:
    """How sure people were and how right, and the companies that are large enough."""
    say = visit.speech.say
    st.subheader(visit.say("statistics.calibration"))
    st.caption(visit.say("statistics.calibration_rule"))
    rows: list[dict[str, object]] = [
        {
            say("statistics.confidence"): say(f"learning.confidence.{each.confidence}"),
            say("statistics.answers"): each.n,
            say("statistics.right_share"): in_percent(visit, each.right),
        }
        for each in found.calibration
    ]
    show(visit, rows, name=f"calibration-{found.module.id}")
    st.subheader(visit.say("statistics.companies"))
    st.caption(visit.say("statistics.companies_rule"))
    if not found.companies:
        st.info(visit.say("statistics.no_companies"), icon=":material/groups:")
        return
    rows = [
        {
            say("statistics.company"): (
                visit.speech.name(each.organisation)
                if each.organisation
                else say("statistics.smaller")
            ),
            say("statistics.people"): each.people,
            say("statistics.mean_share"): in_percent(visit, each.mean),
        }
        for each in found.companies
    ]
    show(visit, rows, name=f"companies-{found.module.id}")
