"""The modules: what each is about, where I stand, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.operations.viewing.learning import ModuleCard, ModuleState, my_modules
from pages.learning import delta
from pages.learning.way import back_to_rounds, long_link, onward, words
from pages.parts import forms, links
from pages.parts.visit import Visit

BADGES = {
    ModuleState.PASSED: (":material/check_circle:", "green"),
    ModuleState.IN_PROGRESS: (":material/pending:", "blue"),
    ModuleState.LAPSED: (":material/event_busy:", "red"),
    ModuleState.NOT_YET: (":material/circle:", "gray"),
}


def render(visit: Visit) -> None:
    st.title(visit.say("learning.modules.title"))
    cards = forms.read(visit, lambda: my_modules(visit.context, visit.actor))
    if cards is None:
        return
    if not cards:
        st.info(visit.say("learning.modules.empty"), icon=":material/school:")
        return
    passed = sum(card.state is ModuleState.PASSED for card in cards)
    st.markdown(visit.say("learning.modules.intro"))
    st.caption(visit.say("learning.modules.progress", passed=passed, total=len(cards)))
    current = _current(cards)
    for card in cards:
        with st.container(border=True):
            _card(visit, card, is_current=card == current)


def _current(cards: Sequence[ModuleCard]) -> ModuleCard | None:
    """The module to go on with: the first that is begun, else the first without a pass."""
    begun = (card for card in cards if card.state is ModuleState.IN_PROGRESS)
    to_pass = (card for card in cards if card.state is not ModuleState.PASSED)
    return next(begun, None) or next(to_pass, None)


def _card(visit: Visit, card: ModuleCard, *, is_current: bool) -> None:
    """Show a module; what is in it is unfolded where one goes on: a phone shows them all."""
    st.subheader(words(visit, card.title))
    icon, colour = BADGES[card.state]
    st.badge(_state(visit, card), icon=icon, color=colour)  # type: ignore[arg-type]  # one of Streamlit's colours
    facts = {"minutes": card.minutes, "lessons": len(card.lessons), "questions": card.quiz_size}
    with st.expander(visit.say("learning.module_facts", **facts), expanded=is_current):
        st.markdown(words(visit, card.summary))
        with st.container(gap=None):
            _lessons(visit, card)
    if card.delta is not None:
        delta.tell(visit, card.delta)
    _requirement(visit, card)
    with st.container(horizontal=True):
        _actions(visit, card, is_current=is_current)


def _lessons(visit: Visit, card: ModuleCard) -> None:
    for lesson in card.lessons:
        query = onward(module=card.id, lesson=lesson.id)
        title = words(visit, lesson.title)
        key = f"lesson {card.id} {lesson.id}"
        long_link(title, "lesson", key=key, icon=":material/menu_book:", **query)


def _state(visit: Visit, card: ModuleCard) -> str:
    if card.expires_at is not None:
        return visit.say("learning.passed_until", expires_at=card.expires_at)
    if card.state is ModuleState.LAPSED and card.lapsed_at is not None:
        return visit.say("learning.lapsed_on", lapsed_at=card.lapsed_at)
    return visit.speech.word(card.state)


def _requirement(visit: Visit, card: ModuleCard) -> None:
    if card.required_by and card.state is not ModuleState.PASSED:
        st.markdown(visit.say("learning.required_by"))
    if card.required_by:
        back_to_rounds(visit, card)


def _actions(visit: Visit, card: ModuleCard, *, is_current: bool) -> None:
    """Where to go from here; the next thing to do is the filled button, of all modules' one."""
    is_due = card.delta is not None and card.delta.is_required
    is_new = card.state is ModuleState.NOT_YET and not is_due
    read = "learning.start_reading" if is_new else "learning.read_again"
    quiz = "learning.go_on_with_quiz" if card.open_try_id else "learning.to_quiz"
    is_next = card.open_try_id is not None or is_due or card.state is ModuleState.LAPSED
    fills_read, fills_quiz = is_current and is_new, is_current and is_next
    if st.button(
        visit.say(read), key=f"read {card.id}", type="primary" if fills_read else "secondary"
    ):
        links.go("lesson", **onward(module=card.id))
    if st.button(
        visit.say(quiz), key=f"quiz {card.id}", type="primary" if fills_quiz else "secondary"
    ):
        links.go("quiz", **onward(module=card.id))
    if "round" in card.practices and st.button(
        visit.say("practice.title"), key=f"practice {card.id}", icon=":material/sports_esports:"
    ):
        links.go("practice", **onward())
    if "catalogue" in card.practices and st.button(
        visit.say("eligibility.quiz"), key=f"catalogue {card.id}", icon=":material/rule:"
    ):
        links.go("catalogue_quiz", **onward())
