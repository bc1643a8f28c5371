"""What if: from my own pledge and the pool as shown, so that it reveals nothing."""

from __future__ import annotations

import streamlit as st

from club.domain.auction_terms import Sharing
from club.domain.demand import what_if
from club.domain.pledges import PledgeState
from club.domain.units import KG_PER_T
from club.operations.viewing.buying import MyPledge
from pages.parts.visit import Visit

STEP_PER_T = 100


def suppose(visit: Visit, view: MyPledge) -> None:
    """A price and a supply to try, and what they would mean for me."""
    round_, pool = view.row.round_, view.row.pool
    st.markdown(f"**{visit.say('buying.what_if.title')}**")
    own = view.row.my_pledge
    holds = own is not None and own.state in {PledgeState.PLACED, PledgeState.PROPOSED}
    own_kg = own.quantity_kg if own and holds else round_.member_minimum_kg
    st.caption(visit.say("buying.what_if.from", own_kg=own_kg, shown_kg=pool.shown_kg))
    price_per_t = st.slider(
        visit.say("buying.what_if.price"),
        min_value=0,
        max_value=round_.ceiling_per_t,
        value=round_.ceiling_per_t * 6 // 10,
        step=min(STEP_PER_T, round_.ceiling_per_t),
        format="localized",
        key=f"what if price {round_.id}",
    )
    share = st.slider(
        visit.say("buying.what_if.supply"),
        min_value=0,
        max_value=150,
        value=100,
        step=10,
        format="%d%%",
        key=f"what if supply {round_.id}",
    )
    outcome = what_if(
        own_kg=own_kg,
        own_limit_per_t=own.limit_per_t if own and holds else None,
        shown_kg=pool.shown_kg,
        price_per_t=price_per_t,
        supply_kg=max(pool.shown_kg, own_kg) * share // 100,
        own_minimum_kg=own.minimum_kg if own and holds else 0,
    )
    st.metric(
        visit.say("buying.what_if.get"),
        visit.speech.kg(outcome.quantity_kg),
        visit.say("buying.what_if.pay", total_jpy=outcome.total_jpy),
        delta_color="off",
        delta_arrow="off",
    )
    for why, applies in (("limit", outcome.is_above_limit), ("minimum", outcome.is_below_minimum)):
        if applies:
            st.caption(visit.say(f"buying.what_if.{why}"))
    if round_.auction.sharing is not Sharing.PRO_RATA:
        st.caption(visit.say("buying.what_if.sharing", sharing=round_.auction.sharing))
    least_jpy = price_per_t * round_.member_minimum_kg // KG_PER_T
    st.caption(visit.say("buying.what_if.note", least_jpy=least_jpy))
