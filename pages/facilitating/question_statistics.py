"""How the questions of a module did, what people chose, and where time is best spent."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.question_statistics import (
    ModuleName,
    ModuleStatistics,
    QuestionLine,
    question_statistics,
    taught_modules,
)
from curriculum.attention import Attention
from curriculum.choices import commonest_mistake
from pages.facilitating import choices_shown, statistics_shown
from pages.facilitating.figure_cells import in_percent
from pages.parts import forms
from pages.parts.visit import Visit, plain


def render(visit: Visit) -> None:
    st.title(visit.say("menu.question_statistics"))
    modules = forms.read(visit, lambda: taught_modules(visit.context, visit.actor))
    if not modules:
        if modules is not None:
            st.info(visit.say("statistics.no_modules"), icon=":material/school:")
        return
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        module = _module(visit, modules)
    day = right.date_input(
        visit.say("statistics.day"), None, key="day", help=visit.say("statistics.day_help")
    )
    found = forms.read(
        visit, lambda: question_statistics(visit.context, visit.actor, module.id, day=day)
    )
    if found is not None:
        _show(visit, found)


def _module(visit: Visit, modules: tuple[ModuleName, ...]) -> ModuleName:
    by_id = {module.id: module for module in modules}
    asked = st.query_params.get("module", "")
    id = st.selectbox(
        visit.say("statistics.module"),
        list(by_id),
        index=list(by_id).index(asked) if asked in by_id else 0,
        format_func=lambda id: by_id[id].title.in_language(visit.speech.language),
        key="module of the statistics",
    )
    st.query_params["module"] = id
    return by_id[id]


def _show(visit: Visit, found: ModuleStatistics) -> None:
    facts = {"version": str(found.version), "drawn": found.quiz_size, "bank": found.bank_size}
    st.caption(visit.say("statistics.what_counts", **facts))
    if found.left_out:
        st.caption(visit.say("statistics.left_out", count=found.left_out))
    if not found.questions:
        st.info(visit.say("statistics.nobody"), icon=":material/hourglass_empty:")
        return
    statistics_shown.headline(visit, found)
    names = ("attention", "questions", "quiz", "people")
    tabs = st.tabs([visit.say(f"statistics.tab.{name}") for name in names])
    with tabs[0]:
        if found.comparison is not None:
            statistics_shown.comparison(visit, found, found.comparison)
            st.subheader(visit.say("statistics.tab.attention"))
        _attention(visit, found)
    with tabs[1]:
        statistics_shown.questions(visit, found)
        st.subheader(visit.say("statistics.choices"))
        choices_shown.choose(visit, found.questions)
    with tabs[2]:
        statistics_shown.quiz(visit, found)
    with tabs[3]:
        statistics_shown.people(visit, found)


def _attention(visit: Visit, found: ModuleStatistics) -> None:
    st.caption(visit.say("statistics.attention_rule"))
    if not found.attention:
        st.info(visit.say("statistics.no_attention"), icon=":material/hourglass_empty:")
        return
    by_id = {line.id: line for line in found.questions}
    for place, each in enumerate(found.attention, 1):
        with st.container(border=True):
            _one(visit, place, by_id[each.figures.question_id], each)


def _one(visit: Visit, place: int, line: QuestionLine, each: Attention) -> None:
    language = visit.speech.language
    st.markdown(f"**{place}\\. {plain(line.stem.in_language(language))}**")
    told = [
        visit.say(
            "statistics.lost", facility=in_percent(visit, each.figures.facility), n=each.figures.n
        )
    ]
    mistake = commonest_mistake(line.chosen)
    if mistake is not None:
        words = choices_shown.label(visit, line, mistake)
        told.append(visit.say("statistics.mistake", words=words, count=mistake.n))
    if each.sure_and_wrong:
        told.append(visit.say("statistics.sure_and_wrong", count=each.sure_and_wrong))
    if each.works_against:
        told.append(visit.say("statistics.works_against"))
    st.markdown("\n".join(f"- {sentence}" for sentence in told))
    lesson = line.lesson.title.in_language(language)
    st.caption(visit.say("statistics.of_lesson", lesson=lesson))
