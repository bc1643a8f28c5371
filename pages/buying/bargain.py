"""What the round buys and how: the auction's terms, its portfolio rules, the quality asked for."""

from __future__ import annotations

import streamlit as st

from club.domain.rounds import Round
from club.operations.viewing.rounds import RoundPage
from pages.parts.auction_words import auction_words
from pages.parts.criteria_words import criteria_table
from pages.parts.portfolio import portfolio
from pages.parts.visit import Visit


def show(visit: Visit, page: RoundPage) -> None:
    round_ = page.row.round_
    with st.expander(visit.say("auction_terms.told.title"), icon=":material/gavel:"):
        st.markdown("\n".join(f"- {line}" for line in auction_words(visit, round_)))
        _criteria(visit, round_)
    if round_.auction.rules:
        st.subheader(visit.say("auction_terms.told.rules"))
        found = page.outcome.portfolio if page.outcome else None
        portfolio(visit, round_.auction.rules, found)


def _criteria(visit: Visit, round_: Round) -> None:
    if round_.auction.criteria:
        st.markdown(f"**{visit.say('auction_terms.told.criteria')}**")
        st.caption(visit.say("auction_terms.told.criteria_how"))
        criteria_table(visit, round_.auction.criteria)
