"""Drafting a round: every term with its help, then the look over before it is opened."""

from __future__ import annotations

import streamlit as st

from club.domain.rounds import Phase, Round, RoundTerms
from club.operations.opening import draft_round, edit_round
from club.operations.viewing.rounds import round_page
from pages.facilitating import (
    auction_form,
    criteria_editor,
    openers,
    round_fields,
    round_reading,
    rules_editor,
    starting,
)
from pages.parts import forms
from pages.parts.links import link
from pages.parts.visit import Visit

TABS = ("terms", "auction", "rules", "criteria")


def render(visit: Visit) -> None:
    link(visit, "rounds_desk", visit.say("menu.rounds_desk"), icon=":material/arrow_back:")
    round_id = st.query_params.get("id")
    if round_id is None:
        st.title(visit.say("facilitating.form.new"))
        st.caption(visit.say("facilitating.form.new_explained"))
        _form(visit, None)
        return
    page = forms.read(visit, lambda: round_page(visit.context, visit.actor, round_id))
    if page is not None:
        _edit(visit, page.row.round_)


def _edit(visit: Visit, round_: Round) -> None:
    if round_.phase is not Phase.DRAFT:
        st.title(visit.name(round_))
        st.info(visit.say("facilitating.form.not_a_draft"), icon=":material/lock:")
        link(visit, "round_desk", visit.say("facilitating.form.to_desk"), id=round_.id)
        return
    st.title(visit.say("facilitating.form.edit", name=visit.speech.name(round_)))
    st.caption(visit.say("facilitating.form.edit_explained"))
    starting.show(visit, round_)
    parts = (_form, _auction, rules_editor.show, criteria_editor.show)
    # With its state kept, the part that one works in stays open after a deed is told.
    tabs = st.tabs(
        [visit.say(f"facilitating.form.tab_{tab}") for tab in TABS],
        key=f"parts of {round_.id}",
        on_change="rerun",
    )
    for tab, show in zip(tabs, parts, strict=True):
        with tab:
            show(visit, round_)


def _auction(visit: Visit, draft: Round) -> None:
    auction_form.show(visit, draft)
    openers.show(visit, draft)


def _form(visit: Visit, draft: Round | None) -> None:
    form = f"round {draft.id if draft else 'new'}"
    with st.form(form):
        typed = round_fields.ask(visit, form, draft)
        label = "facilitating.form.save" if draft else "facilitating.form.save_new"
        if not forms.submit(visit.say(label), form):
            return
        terms = forms.read(visit, lambda: round_reading.read(typed))
        if terms is not None:
            forms.do(
                visit,
                form,
                lambda request_id: _save(visit, request_id, draft, terms),
                lambda saved: visit.say("facilitating.form.saved", name=visit.speech.name(saved)),
            )


def _save(visit: Visit, request_id: str, draft: Round | None, terms: RoundTerms) -> Round:
    """Keep the terms; a new draft gets its place in the address."""
    context, actor = visit.context, visit.actor
    if draft is not None:
        return edit_round(context, actor, request_id=request_id, round_id=draft.id, terms=terms)
    saved = draft_round(context, actor, request_id=request_id, terms=terms)
    st.query_params["id"] = saved.id
    return saved
