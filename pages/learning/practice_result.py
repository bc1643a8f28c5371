"""What came of a practice round: what I got, why, and what if I had pledged otherwise."""

from __future__ import annotations

from fractions import Fraction

import streamlit as st

from club.operations.viewing.practising import Practice, Result
from pages.learning.practice_instead import instead
from pages.learning.practice_words import pledge_words, turn_to
from pages.learning.way import long_link
from pages.parts.curves import curves
from pages.parts.reason_words import reason_words
from pages.parts.tables import table
from pages.parts.top import start_at_top
from pages.parts.visit import Visit
from pages.parts.why_amount import why_amount

FIGURE = 168
"""Two figures side by side on a phone."""


def show(visit: Visit, practice: Practice) -> None:
    start_at_top(0)
    result = practice.result()
    st.caption(visit.say("practice.mine_is", pledge=pledge_words(visit, practice.terms)))
    _sum(visit, practice, result)
    why_amount(visit, result.why)
    _market(visit, result)
    _offers(visit, result)
    with st.container(border=True):
        instead(visit, practice, result)
    _onward(visit, practice)


def _sum(visit: Visit, practice: Practice, result: Result) -> None:
    mine, speech = result.mine, visit.speech
    price = speech.per_t(int(mine.price)) if mine.price is not None else "–"
    with st.container(horizontal=True):
        st.metric(
            visit.say("buying.allocation.got"),
            speech.kg(mine.quantity_kg),
            visit.say("buying.allocation.of", quantity_kg=practice.terms.quantity_kg),
            delta_color="off",
            delta_arrow="off",
            border=True,
            width=FIGURE,
            height="stretch",
        )
        for label, figure in (
            ("practice.price", price),
            ("practice.amount", speech.jpy(mine.value_jpy)),
        ):
            st.metric(visit.say(label), figure, border=True, width=FIGURE, height="stretch")


def _market(visit: Visit, result: Result) -> None:
    st.subheader(visit.say("practice.market"))
    if result.limit_per_t is None:
        st.info(visit.say("buying.outcome.nothing"), icon=":material/info:")
    else:
        st.markdown(
            visit.say(
                "buying.outcome.limit",
                limit_per_t=result.limit_per_t,
                demand_kg=result.demand_kg,
                bought_kg=result.bought_kg,
            )
        )
    curves(visit, supply=result.supply, demand=result.demand, bought_kg=result.bought_kg)


def _offers(visit: Visit, result: Result) -> None:
    """Every offer with what of it is mine, and why it won or lost."""
    say, speech = visit.speech.say, visit.speech
    st.subheader(visit.say("why.title"))
    rows = [
        {
            say("practice.bidder"): say(
                "practice.offer",
                supplier=won.supplier,
                quantity_kg=won.quantity_kg,
                price_per_t=won.price_per_t,
            ),
            say("practice.mine_of_it"): speech.kg(won.mine_kg),
            say("why.head.why"): reason_words(
                visit,
                won.reason,
                price_per_t=won.price_per_t,
                effective_per_t=Fraction(won.price_per_t),
                is_open=False,
            ),
        }
        for won in result.offers
    ]
    table(visit, rows, name="practice-offers")


def _onward(visit: Visit, practice: Practice) -> None:
    """The same bidders with another pledge, others, the auction once more, or the modules."""
    id = practice.id
    with st.container(gap=None):
        for word, icon, query in (
            ("again", ":material/groups:", {"again": id}),
            ("new", ":material/casino:", {}),
            ("watch_again", ":material/replay:", {"play": id, "at": "1"}),
        ):
            turn_to(visit.say(f"practice.{word}"), key=word, icon=icon, query=query)
        back = visit.say("practice.to_module")
        long_link(back, "modules", key="to module", icon=":material/school:")
