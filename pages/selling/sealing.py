"""The last look before an offer is sealed."""

from __future__ import annotations

import streamlit as st

from auctions.envelopes import OfferTerms
from club.domain.rounds import Round
from club.operations.offering import place_offer
from club.operations.viewing.market import MyLot
from pages.parts import forms
from pages.parts.visit import Visit
from pages.selling import offer_terms, quality, ways
from pages.selling.words import lot_name


def confirm(visit: Visit, round_: Round, chosen: MyLot, terms: OfferTerms) -> None:
    """A dialog that says the whole offer back; its button names quantity and price."""
    form = offer_terms.form_of(round_)
    criteria = round_.auction.criteria
    steps = "_steps" if len(terms.steps) > 1 else ""
    facts = {
        "quantity_kg": terms.quantity_kg,
        "price_per_t": terms.dearest_per_t,
        "number": len(terms.steps),
    }

    @st.dialog(visit.say("selling.seal_title"))
    def dialog() -> None:
        st.markdown(f"**{lot_name(visit, chosen.project, chosen.lot)}**")
        lines = offer_terms.value(visit, terms)
        lines += quality.answered(visit, criteria, dict(terms.answers))
        if criteria:
            lines.append(quality.worth(visit, criteria, terms))
        for line in (*lines, offer_terms.minimum(visit, terms)):
            st.markdown(line)
        if chosen.standing is not None:
            st.markdown(visit.say("selling.seal_replaces", sequence=chosen.standing.sequence))
        st.caption(visit.say("selling.binding", closes_at=round_.bidding_closes_at))
        if forms.button(visit.say(f"selling.seal{steps}", **facts), form, primary=True):
            ways.do(
                visit,
                form,
                lambda request_id: place_offer(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=round_.id,
                    lot_id=chosen.lot.id,
                    terms=terms,
                ),
                lambda receipt: visit.say(
                    f"selling.sealed{steps}", sequence=receipt.sequence, **facts
                ),
            )

    dialog()
