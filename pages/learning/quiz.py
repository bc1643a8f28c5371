"""A quiz: its rules, one question at a time, why, and the result.

The address holds the module, the try and the question, so that a reload loses nothing.
"""

from __future__ import annotations

import streamlit as st

from club.operations.learning import answer_question, keep_answer
from club.operations.viewing.learning import ModuleCard, ModuleHead, my_module
from club.operations.viewing.tries import Again, QuestionView, TryView, my_try
from pages.learning import asking, delta, marked, result
from pages.learning.way import READING_WIDTH, asked_number, back_to_rounds, onward, percent, words
from pages.parts import forms, links
from pages.parts.top import start_at_top
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    with st.container(width=READING_WIDTH):
        _render(visit)


def _render(visit: Visit) -> None:
    try_id = st.query_params.get("try")
    if try_id is None:
        _door(visit)
        return
    number = asked_number("q")
    head = st.container()
    view = forms.read(visit, lambda: my_try(visit.context, visit.actor, try_id, number))
    if view is None:
        head.title(visit.say("learning.quiz.title"))
        _lost(visit)
    elif view.question is None:
        result.show(visit, try_id)
    else:
        st.query_params["q"] = str(view.question.number)
        start_at_top(view.question.number)
        _question(visit, view, view.question)


def _lost(visit: Visit) -> None:
    """Say that the try is another's, or its questions have been rewritten."""
    st.markdown(visit.say("learning.quiz.lost"))
    links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")


def _door(visit: Visit) -> None:
    """Tell what awaits one before the first question; an open try goes on at once."""
    module_id = st.query_params.get("module", "")
    head = st.container()
    card = forms.read(visit, lambda: my_module(visit.context, visit.actor, module_id))
    if card is None:
        head.title(visit.say("learning.quiz.title"))
        links.link(visit, "modules", visit.say("learning.to_modules"), icon=":material/school:")
        return
    if card.open_try_id is not None:
        st.query_params["try"] = card.open_try_id
        st.rerun()
    _head(visit, card)
    st.markdown(_rules(visit, card))
    if card.expires_at is not None:
        kind = "passed_already" if card.delta is None else "passed_delta"
        told = visit.say(f"learning.quiz.{kind}", expires_at=card.expires_at)
        st.success(told, icon=":material/check_circle:")
    elif card.lapsed_at is not None:
        st.warning(
            visit.say("learning.quiz.lapsed", lapsed_at=card.lapsed_at),
            icon=":material/event_busy:",
        )
    if card.delta is not None:
        delta.tell(visit, card.delta)
    _start(visit, card)
    links.link(
        visit,
        "lesson",
        visit.say("learning.read_lessons_first"),
        icon=":material/menu_book:",
        **onward(module=card.id),
    )
    back_to_rounds(visit, card)


def _rules(visit: Visit, card: ModuleCard) -> str:
    """What the quiz asks, how often a question may be answered, and what passes."""
    again = {"tries": card.tries, "reduction": str(card.reduction)}
    due = card.delta or card
    passing = "learning.quiz.passing" if card.delta is None else "progress.delta.passing"
    return "\n".join(
        [
            visit.say("learning.quiz.asks", count=due.quiz_size),
            visit.say("learning.quiz.once" if card.tries == 1 else "learning.quiz.again", **again),
            visit.say(passing, mark=percent(card.pass_mark), days=card.valid_days),
            visit.say("learning.quiz.rules"),
        ]
    )


def _start(visit: Visit, card: ModuleCard) -> None:
    if card.may_try_at is not None:
        told = visit.say("learning.quiz.wait", may_try_at=card.may_try_at)
        st.warning(told, icon=":material/hourglass_top:")
    else:
        delta.start(visit, card)


def _silently(_outcome: object) -> str:
    """Leave it to the next thing on the screen to tell."""
    return ""


def _head(visit: Visit, module: ModuleHead) -> None:
    links.link(
        visit, "modules", words(visit, module.title), icon=":material/arrow_back:", **onward()
    )
    st.title(visit.say("learning.quiz.title"))


def _question(visit: Visit, view: TryView, question: QuestionView) -> None:
    _head(visit, view.module)
    facts = {"number": question.number, "of": view.of, "answered": view.answered}
    st.progress(view.answered / view.of, text=visit.say("learning.quiz.progress", **facts))
    st.markdown(f"#### {words(visit, question.stem)}")
    if question.marked is None:
        _ask(visit, view, question)
        st.caption(visit.say("learning.quiz.may_leave"))
        return
    if forms.was_submitted(f"{view.id} {question.id}"):
        st.info(visit.say("learning.quiz.elsewhere"), icon=":material/tab_duplicate:")
    marked.show(visit, view.module, question, question.marked)
    _onward(visit, view, question)


def _onward(visit: Visit, view: TryView, question: QuestionView) -> None:
    """On to the next open question, else to the result.

    The address goes from one question straight to the next, so that the browser's Back leads to
    the one before and its reasons.
    """
    if view.next_open is None:
        if st.button(visit.say("learning.quiz.to_result"), key="to result", type="primary"):
            del st.query_params["q"]
            st.rerun()
    elif st.button(visit.say("learning.quiz.next"), key=f"after {question.id}", type="primary"):
        st.query_params["q"] = str(view.next_open)
        st.rerun()


def _tell_again(visit: Visit, view: TryView, question: QuestionView, again: Again) -> None:
    """Say how the answer was and what another would earn; it may also be left as it is."""
    facts = {"left": again.left, "share": str(again.at_most)}
    told = visit.say(f"learning.quiz.again_{again.worth}", **facts)
    st.warning(told, icon=marked.OUTCOMES[again.worth])
    form = f"keep {view.id} {question.id}"
    if forms.button(visit.say("learning.quiz.keep"), form):
        forms.do(
            visit,
            form,
            lambda request_id: keep_answer(
                visit.context,
                visit.actor,
                request_id=request_id,
                try_id=view.id,
                question_id=question.id,
            ),
            _silently,
        )


def _ask(visit: Visit, view: TryView, question: QuestionView) -> None:
    form = f"{view.id} {question.id}"
    if question.again is not None:
        _tell_again(visit, view, question, question.again)
        form += f" {question.again.left}"
    with st.form(form):
        given = asking.given(visit, form, question)
        confidence = asking.confidence(visit, form) if question.asks_confidence else None
        if not forms.submit(visit.say("learning.quiz.answer"), form):
            return
        forms.do(
            visit,
            form,
            lambda request_id: answer_question(
                visit.context,
                visit.actor,
                request_id=request_id,
                try_id=view.id,
                question_id=question.id,
                given=given,
                confidence=confidence,
            ),
            _silently,
        )
