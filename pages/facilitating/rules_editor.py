"""The portfolio rules of a draft: what stands, in which order it yields, and one more."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from auctions.rules import Rule
from club.domain.auction_terms import Format
from club.domain.errors import ClubError
from club.domain.rounds import Round
from club.operations.viewing.market import catalogue
from pages.facilitating import rule_fields, tightness
from pages.facilitating.auction_form import save
from pages.facilitating.rule_fields import Known
from pages.facilitating.rule_reading import earlier, numbered, read, without
from pages.parts import forms
from pages.parts.rule_words import rule_words, standing_words
from pages.parts.visit import Visit, plain


def show(visit: Visit, draft: Round) -> None:
    st.caption(visit.say("auction_terms.rules.explained"))
    for rule in draft.auction.rules:
        _standing(visit, draft, rule)
    if draft.auction.format is Format.CLOCK:
        st.info(visit.say("auction_terms.rules.not_in_a_clock"), icon=":material/info:")
        return
    if not draft.auction.rules:
        st.info(visit.say("auction_terms.rules.none"), icon=":material/pie_chart:")
    with st.container(border=True):
        st.markdown(f"**{visit.say('auction_terms.rules.add')}**")
        _add(visit, draft)
    if draft.auction.rules:
        tightness.show(visit, draft)


def _standing(visit: Visit, draft: Round, rule: Rule) -> None:
    """One rule with what can be done to it."""
    rules = draft.auction.rules
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        with st.container(width="stretch", gap="small"):
            st.markdown(f"**{plain(rule.name)}** {plain(rule_words(visit, rule))}")
            st.caption(plain(standing_words(visit, rule)))
        acts = {"remove": without(rules, rule.name)}
        if not rule.hard and rule.order > 1:
            acts = {"earlier": earlier(rules, rule.name)} | acts
        for act, changed in acts.items():
            form = f"rule {draft.id} {act} {rule.name}"
            label = visit.say(f"auction_terms.rules.{act}", name=rule.name)
            if forms.button(label, form, icon=ICONS[act]):
                told = visit.say(f"auction_terms.rules.{act}_done", name=rule.name)
                save(visit, form, draft, replace(draft.auction, rules=changed), told=told)


ICONS = {"earlier": ":material/arrow_upward:", "remove": ":material/delete:"}


def _add(visit: Visit, draft: Round) -> None:
    form = f"rule {draft.id} new"
    typed = rule_fields.ask(visit, f"{form} {forms.request_id(form)}", _known(visit))
    _restate(visit, typed, draft)
    if not forms.button(visit.say("auction_terms.rules.add_act"), form, primary=True):
        return
    rule = forms.read(visit, lambda: read(typed, draft.auction.rules))
    if rule is not None:
        rules = numbered((*draft.auction.rules, rule))
        told = visit.say("auction_terms.rules.added", name=rule.name)
        save(visit, form, draft, replace(draft.auction, rules=rules), told=told)


def _restate(visit: Visit, typed: rule_fields.Typed, draft: Round) -> None:
    """The rule as it would read: always one line, so that the button stays in its place."""
    try:
        said = rule_words(visit, read(typed, draft.auction.rules))
    except ClubError:
        st.caption(visit.say("auction_terms.rules.not_yet"))
    else:
        st.markdown(f":material/format_quote: {plain(said)}")


def _known(visit: Visit) -> Known:
    projects = [row.project for row in catalogue(visit.context, visit.actor)]
    return Known(
        programmes=sorted({project.programme for project in projects}),
        ratings=sorted({project.rating for project in projects if project.rating}),
    )
