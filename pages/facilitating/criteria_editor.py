"""The quality criteria of a draft: what suppliers answer, and what each answer earns."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from auctions.scoring import Criterion, best, effective_price
from club.domain.auction_terms import Format
from club.domain.rounds import Round
from pages.facilitating.auction_form import save
from pages.facilitating.criterion_reading import COLUMNS, read
from pages.parts import forms
from pages.parts.criteria_words import criteria_table
from pages.parts.visit import Visit

EXAMPLE_PER_T = 10_000
EMPTY_ROWS = 3


def show(visit: Visit, draft: Round) -> None:
    st.caption(visit.say("auction_terms.criteria.explained"))
    criteria = draft.auction.criteria
    if criteria:
        criteria_table(visit, criteria)
        _worth(visit, criteria)
        _removing(visit, draft)
    if draft.auction.format is Format.CLOCK:
        st.info(visit.say("auction_terms.criteria.not_in_a_clock"), icon=":material/info:")
        return
    if not criteria:
        st.info(visit.say("auction_terms.criteria.none"), icon=":material/star:")
    with st.container(border=True):
        st.markdown(f"**{visit.say('auction_terms.criteria.add')}**")
        _add(visit, draft)


def _worth(visit: Visit, criteria: tuple[Criterion, ...]) -> None:
    """What the best answers together make of a price, by an example."""
    most = best(criteria)
    price = effective_price(EXAMPLE_PER_T, most)
    st.markdown(
        visit.say(
            "auction_terms.criteria.worth",
            price_per_t=EXAMPLE_PER_T,
            effective_per_t=price.numerator // price.denominator,
            coefficient=str(most),
        )
    )


def _removing(visit: Visit, draft: Round) -> None:
    criteria = draft.auction.criteria
    with st.container(horizontal=True):
        for criterion in criteria:
            form = f"criterion {draft.id} remove {criterion.id}"
            name = visit.speech.name(criterion)
            label = visit.say("auction_terms.rules.remove", name=name)
            if forms.button(label, form, icon=":material/delete:"):
                kept = tuple(each for each in criteria if each.id != criterion.id)
                told = visit.say("auction_terms.criteria.removed", name=name)
                save(visit, form, draft, replace(draft.auction, criteria=kept), told=told)


def _add(visit: Visit, draft: Round) -> None:
    form = f"criterion {draft.id} new"
    key = f"{form} {forms.request_id(form)}"
    typed = {
        field: column.text_input(
            visit.say(f"words.field.{field}"),
            key=f"{key} {field}",
            help=visit.say(f"auction_terms.criteria.{field}"),
        )
        for column, field in zip(st.columns(2), ("question_ja", "question_en"), strict=True)
    }
    rows = _answers(visit, key)
    if not forms.button(visit.say("auction_terms.criteria.add_act"), form, primary=True):
        return
    criterion = forms.read(visit, lambda: read(typed, rows, draft.auction.criteria))
    if criterion is not None:
        told = visit.say("auction_terms.criteria.added", name=visit.speech.name(criterion))
        criteria = (*draft.auction.criteria, criterion)
        save(visit, form, draft, replace(draft.auction, criteria=criteria), told=told)


def _answers(visit: Visit, key: str) -> list[dict[str, object]]:
    """The answers as a small sheet: one a row, what each earns beside it."""
    say = visit.speech.say
    edited = st.data_editor(
        pd.DataFrame([dict.fromkeys(COLUMNS, "")] * EMPTY_ROWS),
        num_rows="dynamic",
        hide_index=True,
        width="stretch",
        key=f"{key} answers",
        column_config={
            column: st.column_config.TextColumn(
                say(f"words.field.{column}"),
                help=say(f"auction_terms.criteria.{column}"),
                width="medium" if column != "value" else "small",
            )
            for column in COLUMNS
        },
    )
    st.caption(visit.say("auction_terms.criteria.how"))
    return [{str(name): cell for name, cell in row.items()} for row in edited.to_dict("records")]
