"""Why one's own offers won or lost, within what may be told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from club.domain.auction_terms import Format
from club.domain.offers import Offer
from club.domain.rounds import Round
from club.operations.viewing.explaining import MyReason, my_final_bids, my_reasons
from pages.parts import finding_out, links
from pages.parts.reason_words import price_words, reason_words
from pages.parts.visit import Visit, plain
from pages.selling.words import lot_name

Reasons = Mapping[str, MyReason]


def final_bids(visit: Visit, round_: Round, reasons: Reasons) -> None:
    """What one stood with when a live round ended, and what came of it."""
    bids = my_final_bids(visit.context, visit.actor, round_.id)
    for bid in bids:
        st.divider()
        st.markdown(f"**{lot_name(visit, bid.project, bid.lot)}**")
        came_of(visit, round_, [bid.offer], stands_kg=bid.stands_kg, reasons=reasons)
    after(visit, round_, [bid.offer for bid in bids], reasons)


def came_of(
    visit: Visit, round_: Round, made: Sequence[Offer], *, stands_kg: int, reasons: Reasons
) -> None:
    """The steps of one lot, each with its reason, and what was bought of them."""
    is_clock = round_.auction.format is Format.CLOCK
    told = {} if is_clock else {o.id: reasons[o.id] for o in made if o.id in reasons}
    for offer in made:
        facts = {"quantity_kg": offer.quantity_kg, "price_per_t": offer.price_per_t}
        st.markdown(visit.say("selling.offered", **facts))
        if offer.id in told:
            _why(visit, offer, told[offer.id])
    won_kg = sum(mine.reason.won_kg for mine in told.values())
    if told and won_kg != stands_kg:
        st.caption(visit.say("why.changed_since", won_kg=won_kg, stands_kg=stands_kg))
    if stands_kg:
        label = visit.say("selling.awarded_link", quantity_kg=stands_kg)
        links.link(visit, "awards", label, icon=":material/emoji_events:")
    elif not told:
        st.markdown(visit.say("selling.not_awarded"))


def _why(visit: Visit, offer: Offer, mine: MyReason) -> None:
    """The reason of one offer, and at what price it would have won."""
    said = reason_words(
        visit,
        mine.reason,
        price_per_t=offer.price_per_t,
        effective_per_t=mine.effective_per_t,
        is_open=mine.is_open,
    )
    price = f" {price_words(visit, mine.price)}" if mine.price else ""
    st.markdown(f":material/subdirectory_arrow_right: {plain(said + price)}")


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
