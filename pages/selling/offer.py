"""Sealing an offer: a few fields, what they come to, one button; then the receipt."""

from __future__ import annotations

import streamlit as st

from club.domain.errors import ClubError, StandingRefused
from club.domain.rounds import Round, require_bidding
from club.operations.offering import receipt_of
from club.operations.viewing.home import has_accepted_terms
from club.operations.viewing.market import MyLot, my_lots
from club.operations.viewing.rounds import RoundPage, round_page
from pages.parts import forms, links
from pages.parts.phases import countdown
from pages.parts.visit import Visit
from pages.selling import offer_sheet, offer_terms, receipts, sealing, ways
from pages.selling.words import lot_label

WIDTH = 560


def render(visit: Visit) -> None:
    round_id = st.query_params.get("id", "")
    page = forms.read(visit, lambda: round_page(visit.context, visit.actor, round_id))
    if page is None:
        links.link(visit, "offers", visit.say("selling.to_offers"), icon=":material/arrow_back:")
        return
    round_ = page.row.round_
    st.title(visit.say("selling.offer_title", round_name=visit.speech.name(round_)))
    if round_.auction.is_live:
        st.info(visit.say("live.instead"), icon=":material/gavel:")
        links.link(visit, "live", visit.say("live.to_live"), icon=":material/gavel:", id=round_.id)
        return
    refusal = _keeps_from_offering(visit, page)
    if refusal is not None:
        ways.refuse(visit, refusal)
        return
    until = countdown(visit, round_.bidding_closes_at, page.now)
    st.markdown(visit.say("selling.terms", until=until, ceiling_per_t=round_.ceiling_per_t))
    mine = my_lots(visit.context, visit.actor, round_.id)
    if not mine:
        st.info(visit.say("selling.offer_without_lots"), icon=":material/forest:")
        links.link(visit, "my_lots", visit.say("selling.to_my_lots"), icon=":material/add:")
        return
    with st.container(width=WIDTH):
        _offer(visit, page, mine)
    offer_sheet.show(visit, page, mine)


def _keeps_from_offering(visit: Visit, page: RoundPage) -> ClubError | None:
    """What is known to stand in the way before anything is typed."""
    if not page.row.is_invited:
        return StandingRefused("not_invited")
    try:
        require_bidding(page.row.round_, page.now)
    except ClubError as error:
        return error
    if not has_accepted_terms(visit.context, visit.actor):
        return StandingRefused("terms_not_accepted")
    return None


def _offer(visit: Visit, page: RoundPage, mine: tuple[MyLot, ...]) -> None:
    round_ = page.row.round_
    # What can still be offered comes first; what is all spoken for stays, to be looked at.
    by_id = {each.lot.id: each for each in sorted(mine, key=lambda each: each.left_kg == 0)}
    lot_id = st.selectbox(
        visit.say("selling.lot"),
        list(by_id),
        format_func=lambda id: _label(visit, by_id[id]),
        key=f"offer {round_.id} lot",
    )
    chosen = by_id[lot_id]
    if chosen.standing is not None:
        with st.container(border=True):
            receipts.show(visit, receipt_of(visit.context, visit.actor, chosen.standing.id))
            st.caption(visit.say("selling.replaces", closes_at=round_.bidding_closes_at))
    _fields(visit, page, chosen)


def _label(visit: Visit, mine: MyLot) -> str:
    name = lot_label(visit, mine.project, mine.lot)
    return visit.speech.say("selling.lot_choice", lot=name, left_kg=mine.left_kg)


def _fields(visit: Visit, page: RoundPage, chosen: MyLot) -> None:
    round_ = page.row.round_
    typed = offer_terms.ask(visit, offer_terms.form_of(round_), round_.auction.criteria)
    offer_terms.restate(visit, typed, page, chosen)
    label = "selling.review" if chosen.standing is None else "selling.review_again"
    pressed = st.button(
        visit.say(label),
        key=f"review {round_.id}",
        type="primary",
        icon=":material/lock:",
        width="stretch",
    )
    _explained(visit, round_)
    if not pressed:
        return
    try:
        terms = offer_terms.read(typed, page, chosen)
    except ClubError as error:
        ways.refuse(visit, error)
        return
    sealing.confirm(visit, round_, chosen, terms)


def _explained(visit: Visit, round_: Round) -> None:
    st.caption(visit.say("selling.sealed_until", closes_at=round_.bidding_closes_at))
