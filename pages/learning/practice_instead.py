"""What if I had pledged otherwise: the whole round played again with the same bidders."""

from __future__ import annotations

import streamlit as st

from club.domain.practice_market import ROUND
from club.operations.pledging import PledgeTerms
from club.operations.viewing.practising import Practice, Result
from pages.learning.practice_words import limit_words, minimum_words
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit

STEP_KG = 100
STEP_PER_T = 100
MINIMUMS = ("none", "half", "all")


def instead(visit: Visit, practice: Practice, result: Result) -> None:
    st.subheader(visit.say("practice.instead"))
    st.markdown(visit.say("practice.instead_how"))
    terms = _asked(visit, practice)
    other = forms.read(visit, lambda: practice.instead(terms))
    if other is None:
        return
    if other.why.outcome != "takes_part":
        st.info(visit.say(f"buying.why.{other.why.outcome}"), icon=":material/info:")
    before = _column(visit, practice.terms, result)
    after = _column(visit, terms, other)
    mine, if_so = visit.speech.say("practice.column_mine"), visit.speech.say("practice.column_if")
    rows = [{"": head, mine: before[head], if_so: after[head]} for head in before]
    table(visit, rows, name="practice-instead")


def _asked(visit: Visit, practice: Practice) -> PledgeTerms:
    """From the own pledge on; a limit at the ceiling is as good as none."""
    own = practice.terms
    quantity_kg = st.slider(
        visit.say("practice.if_quantity"),
        ROUND.member_minimum_kg,
        ROUND.member_maximum_kg,
        own.quantity_kg,
        STEP_KG,
        format="localized",
        key=f"if quantity {practice.id}",
    )
    limit_per_t = st.slider(
        visit.say("practice.if_limit"),
        STEP_PER_T,
        ROUND.ceiling_per_t,
        own.limit_per_t or ROUND.ceiling_per_t,
        STEP_PER_T,
        format="localized",
        key=f"if limit {practice.id}",
    )
    minimum = st.segmented_control(
        visit.say("practice.if_minimum"),
        MINIMUMS,
        default=MINIMUMS[0],
        format_func=lambda word: visit.say(f"practice.minimum.{word}"),
        key=f"if minimum {practice.id}",
    )
    minimum_kg = {"half": quantity_kg // 2, "all": quantity_kg}.get(minimum or "none", 0)
    return PledgeTerms(
        quantity_kg=quantity_kg,
        limit_per_t=None if limit_per_t == ROUND.ceiling_per_t else limit_per_t,
        minimum_kg=minimum_kg,
    )


def _column(visit: Visit, terms: PledgeTerms, result: Result) -> dict[str, str]:
    """A pledge and what comes of it, figure by figure."""
    say, speech = visit.speech.say, visit.speech
    mine = result.mine
    is_in = mine.price is not None and mine.quantity_kg
    return {
        say("practice.if_quantity"): speech.kg(terms.quantity_kg),
        say("practice.if_limit"): limit_words(visit, terms),
        say("practice.if_minimum"): minimum_words(visit, terms),
        say("buying.allocation.got"): speech.kg(mine.quantity_kg),
        say("buying.outcome.price"): speech.per_t(mine.price) if is_in and mine.price else "–",
        say("buying.allocation.value"): speech.jpy(mine.value_jpy),
    }
