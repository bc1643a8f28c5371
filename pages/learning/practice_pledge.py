"""The pledge of a practice round: the same three numbers as in a real one."""

from __future__ import annotations

import streamlit as st

from club.domain.practice_market import MEMBERS, ROUND, SUPPLIERS
from club.domain.units import read_kg, read_per_t
from club.operations.pledging import PledgeTerms
from club.operations.practising import start_practice
from club.operations.viewing.practising import PracticeLine, my_practice, my_practices
from pages.learning.practice_words import pledge_words, turn_to
from pages.parts import forms
from pages.parts.visit import Visit

FORM = "practice"
MOST_LISTED = 5


def show(visit: Visit) -> None:
    again = _earlier(visit)
    st.markdown(visit.say("practice.what", suppliers=len(SUPPLIERS)))
    st.caption(
        visit.say(
            "practice.terms",
            members=len(MEMBERS),
            ceiling_per_t=ROUND.ceiling_per_t,
            least_kg=ROUND.member_minimum_kg,
            most_kg=ROUND.member_maximum_kg,
        )
    )
    if again is not None:
        st.info(visit.say("practice.same_bidders"), icon=":material/groups:")
    _form(visit, again)
    _mine(visit)


def _earlier(visit: Visit) -> PracticeLine | None:
    """The practice round whose bidders are to come again, where the address names one."""
    again = st.query_params.get("again")
    if again is None:
        return None
    return forms.read(visit, lambda: my_practice(visit.context, visit.actor, again))


def _form(visit: Visit, again: PracticeLine | None) -> None:
    own = again.terms if again else None
    with st.form(FORM, border=True):
        quantity = st.text_input(
            visit.say("buying.pledge.quantity"),
            value=str(own.quantity_kg) if own else "",
            placeholder="2000",
            help=visit.say("buying.pledge.quantity_help", least_kg=ROUND.member_minimum_kg),
            key=f"{FORM} quantity",
        )
        limit = st.text_input(
            visit.say("buying.pledge.limit"),
            value=str(own.limit_per_t) if own and own.limit_per_t is not None else "",
            help=visit.say("buying.pledge.limit_help", ceiling_per_t=ROUND.ceiling_per_t),
            key=f"{FORM} limit",
        )
        minimum = st.text_input(
            visit.say("buying.pledge.minimum"),
            value=str(own.minimum_kg) if own and own.minimum_kg else "",
            help=visit.say("buying.pledge.minimum_help"),
            key=f"{FORM} minimum",
        )
        pressed = forms.submit(visit.say("practice.start"), FORM)
    if not pressed:
        return
    terms = forms.read(visit, lambda: _read(quantity, limit, minimum))
    if terms is not None:
        forms.do(visit, FORM, lambda id: _start(visit, id, terms, again), lambda _: "")


def _read(quantity: str, limit: str, minimum: str) -> PledgeTerms:
    return PledgeTerms(
        quantity_kg=read_kg(quantity, field="quantity_kg"),
        limit_per_t=read_per_t(limit, field="limit_per_t", optional=True),
        minimum_kg=read_kg(minimum, field="minimum_kg", optional=True),
    )


def _start(visit: Visit, request_id: str, terms: PledgeTerms, again: PracticeLine | None) -> None:
    row = start_practice(
        visit.context,
        visit.actor,
        request_id=request_id,
        terms=terms,
        again=again.id if again else None,
    )
    st.query_params.from_dict({"play": row.id})


def _mine(visit: Visit) -> None:
    """One's own practice rounds: to go on with, or to look at again."""
    mine = forms.read(visit, lambda: my_practices(visit.context, visit.actor))
    if not mine:
        return
    st.subheader(visit.say("practice.mine"))
    with st.container(gap=None):
        for line in mine[:MOST_LISTED]:
            kind = "practice.look_again" if line.is_finished else "practice.go_on"
            label = visit.say(
                kind, started_at=line.started_at, pledge=pledge_words(visit, line.terms)
            )
            turn_to(label, key=line.id, icon=":material/history:", query={"play": line.id})
