"""Case studies: nine cards, one opened at a time, each figure with its unit and source."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.reference import CaseView, case, cases
from curriculum.cases import Case, CaseCredits, CaseFigure
from curriculum.texts import Source
from pages.learning.way import (
    READING_WIDTH,
    back_to_lesson,
    exact,
    from_lesson,
    long_link,
    one_of_many,
    onward,
    words,
)
from pages.parts import forms, links
from pages.parts.cited import sources
from pages.parts.tables import table
from pages.parts.top import start_at_top
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    case_id = st.query_params.get("case")
    if case_id is None:
        _all(visit)
    else:
        with st.container(width=READING_WIDTH):
            _one(visit, case_id)


def _all(visit: Visit) -> None:
    start_at_top(0)
    back_to_lesson(visit)
    st.title(visit.say("menu.cases"))
    every = forms.read(visit, lambda: cases(visit.context, visit.actor))
    if every is None:
        return
    if not every:
        st.info(visit.say("learning.cases.empty"), icon=":material/cases:")
        return
    st.caption(visit.say("learning.cases.intro", count=len(every)))
    for start in range(0, len(every), 3):
        columns = st.columns(3)
        for column, each in zip(columns, every[start : start + 3], strict=False):
            with column.container(border=True, height="stretch"):
                _card(visit, each)


def _card(visit: Visit, shown: Case) -> None:
    st.markdown(f"**{words(visit, shown.title)}**")
    programmes = dict.fromkeys(words(visit, each.programme) for each in shown.credits)
    lines = (words(visit, shown.who), words(visit, shown.where), *programmes)
    st.caption("  \n".join(lines))
    if st.button(visit.say("learning.cases.open"), key=f"case {shown.id}"):
        links.go("cases", **onward(case=shown.id, **from_lesson()))


def _one(visit: Visit, case_id: str) -> None:
    one_of_many(
        visit,
        "cases",
        icon=":material/cases:",
        read=lambda: case(visit.context, visit.actor, case_id),
        named=lambda view: (view.case.id, view.case.title),
        body=_body,
    )


def _body(visit: Visit, view: CaseView) -> None:
    shown = view.case
    said = {"who": shown.who, "where": shown.where, "when": shown.when}
    for label, text in said.items():
        st.markdown(f"**{visit.say(f'learning.cases.{label}')}**　{words(visit, text)}")
    st.subheader(visit.say("learning.cases.happened"))
    st.markdown(words(visit, shown.what_happened))
    st.subheader(visit.say("learning.cases.figures"))
    figures = [_figure(visit, each) for each in shown.figures]
    table(visit, [*(_credits(visit, c) for c in shown.credits), *figures], name=f"case {shown.id}")
    st.subheader(visit.say("learning.cases.learn"))
    with st.container(border=True):
        st.markdown(words(visit, shown.what_to_learn))
    _lessons(visit, view)
    sources(visit, shown.sources)
    st.caption(visit.say("learning.cases.review", review_by_on=shown.review_by))


def _credits(visit: Visit, told: CaseCredits) -> dict[str, object]:
    language = visit.speech.language
    kind = visit.speech.say(
        "learning.cases.credits",
        programme=told.programme.in_language(language),
        kind=told.kind.in_language(language),
        status=told.status.in_language(language),
    )
    unit = told.unit.in_language(language) if told.unit else ""
    amount = f"{exact(visit, told.quantity)} {unit}" if told.quantity is not None else "–"
    return _row(visit, kind, amount, told.source)


def _figure(visit: Visit, told: CaseFigure) -> dict[str, object]:
    language = visit.speech.language
    amount = f"{exact(visit, told.value)} {told.unit.in_language(language)}"
    return _row(visit, told.label.in_language(language), amount, told.source)


def _row(visit: Visit, what: str, amount: str, source: Source) -> dict[str, object]:
    return {
        visit.say("learning.cases.what"): what,
        visit.say("learning.cases.amount"): amount,
        visit.say("learning.cases.place"): source.place(visit.speech.language),
    }


def _lessons(visit: Visit, view: CaseView) -> None:
    if not view.lessons:
        return
    st.markdown(f"**{visit.say('learning.cases.lessons')}**")
    with st.container(gap=None):
        for place in view.lessons:
            title = f"{words(visit, place.module.title)}：{words(visit, place.lesson.title)}"
            query = onward(module=place.module.id, lesson=place.lesson.id)
            key = f"lesson {place.module.id} {place.lesson.id}"
            long_link(title, "lesson", key=key, icon=":material/menu_book:", **query)
