"""What is new in a module since one passed it: told, and the short quiz offered."""

from __future__ import annotations

import streamlit as st

from club.operations.learning import start_try
from club.operations.viewing.learning import DeltaCard, ModuleCard
from pages.parts import forms
from pages.parts.visit import Visit


def tell(visit: Visit, delta: DeltaCard) -> None:
    kind = "required" if delta.is_required else "offered"
    told = visit.say(f"progress.delta.{kind}", count=delta.quiz_size)
    st.info(told, icon=":material/update:")


def start(visit: Visit, card: ModuleCard) -> None:
    """The ways to begin: the short quiz where there is one, and the whole one."""
    if card.delta is not None:
        label = visit.say("progress.delta.start", count=card.delta.quiz_size)
        _button(visit, card, label, takes_whole=False)
        if card.has_quiz:
            _button(visit, card, visit.say("progress.delta.take_whole"), takes_whole=True)
    elif card.has_quiz:
        _button(visit, card, visit.say("learning.quiz.start"), takes_whole=False)
    else:
        st.info(visit.say("learning.quiz.under_review"), icon=":material/edit_note:")


def _button(visit: Visit, card: ModuleCard, label: str, *, takes_whole: bool) -> None:
    form = f"start {card.id}{' whole' if takes_whole else ''}"
    if forms.button(label, form, primary=not takes_whole):
        forms.do(
            visit,
            form,
            lambda request_id: start_try(
                visit.context,
                visit.actor,
                request_id=request_id,
                module_id=card.id,
                takes_whole=takes_whole,
            ),
            lambda _: "",
        )
