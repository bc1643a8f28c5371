"""Why one's own offers won or lost, within what may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from club.domain.auction_terms import Format
from club.domain.offers import Offer
from club.domain.rounds import Round
from club.operations.viewing.explaining import MyReason, my_reasons
from pages.parts import finding_out
from pages.parts.reason_words import price_words, reason_words
from pages.parts.visit import Visit, plain

Reasons = Mapping[str, MyReason]


def show(visit: Visit, offer: Offer, mine: MyReason) -> None:
    """The reason of one offer, and at what price it would have won."""
    said = reason_words(
        visit,
        mine.reason,
        price_per_t=offer.price_per_t,
        effective_per_t=mine.effective_per_t,
        is_open=mine.is_open,
    )
    st.markdown(f":material/subdirectory_arrow_right: {plain(said)}")
    if mine.price is not None:
        st.markdown(plain(price_words(visit, mine.price)))


def after(visit: Visit, round_: Round, made: Sequence[Offer], reasons: Reasons) -> None:
    """Below a round's offers: what is still worked out, or can be."""
    if not made:
        return
    if round_.auction.format is Format.CLOCK:
        st.caption(visit.say("why.clock"))
        return
    ids = {offer.id for offer in made}
    if ids - reasons.keys():
        finding_out.wait_until(
            visit, lambda fresh: ids <= my_reasons(fresh.context, fresh.actor).keys()
        )
    elif count := sum(reasons[id].is_open for id in ids):
        finding_out.offer_to(visit, round_.id, count)
