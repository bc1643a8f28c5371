"""The rounds I am invited to, and what I have offered in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from club.domain.offers import EnvelopeState
from club.domain.rounds import Phase, Round
from club.operations.offering import receipt_of
from club.operations.viewing.explaining import my_reasons
from club.operations.viewing.market import OfferRow, my_offers
from club.operations.viewing.rounds import list_rounds
from pages.parts import forms, links
from pages.parts.phases import countdown
from pages.parts.tables import table
from pages.parts.visit import Visit
from pages.selling import reasons as why
from pages.selling import receipts, withdrawing
from pages.selling.reasons import Reasons
from pages.selling.words import lot_label, lot_name

ICONS = {Phase.BIDDING: ":material/lock_open:", Phase.CLOSED: ":material/check_circle:"}


def render(visit: Visit) -> None:
    st.title(visit.say("menu.offers"))
    mine = forms.read(visit, lambda: my_offers(visit.context, visit.actor))
    if mine is None:
        return
    reasons = my_reasons(visit.context, visit.actor)
    listed = [row.round_ for row in list_rounds(visit.context, visit.actor) if row.is_invited]
    if not listed:
        st.info(visit.say("selling.no_rounds"), icon=":material/mail:")
        return
    by_round: dict[str, list[OfferRow]] = defaultdict(list)
    for row in mine:
        by_round[row.round_.id].append(row)
    for round_ in sorted(listed, key=lambda r: r.phase is not Phase.BIDDING):
        with st.container(border=True):
            _round(visit, round_, by_round[round_.id], reasons)
    if mine:
        _list(visit, mine)


def _round(visit: Visit, round_: Round, mine: Sequence[OfferRow], reasons: Reasons) -> None:
    st.subheader(visit.name(round_))
    is_open = round_.phase is Phase.BIDDING
    st.badge(
        visit.speech.word(round_.phase),
        icon=ICONS.get(round_.phase, ":material/schedule:"),
        color="blue" if is_open else "gray",
    )
    until = countdown(visit, round_.bidding_closes_at, visit.context.now())
    st.markdown(visit.say("selling.terms", until=until, ceiling_per_t=round_.ceiling_per_t))
    if round_.phase is Phase.PLEDGING:
        said = "live.opens" if round_.auction.is_live else "selling.opens"
        st.caption(visit.say(said, opens_at=round_.pledging_closes_at))
    counting = [row for row in mine if row.state in {EnvelopeState.STANDING, EnvelopeState.OPENED}]
    for row in counting:
        _envelope(visit, row, reasons, is_open=is_open)
    made = [offer for row in counting for offer in row.offers]
    why.after(visit, round_, made, reasons)
    if round_.auction.is_live:
        why.final_bids(visit, round_, reasons)
    if is_open:
        _to_offer(visit, round_, is_first=not counting)


def _to_offer(visit: Visit, round_: Round, *, is_first: bool) -> None:
    if round_.auction.is_live:
        if st.button(
            visit.say("live.to_live"),
            key=f"live {round_.id}",
            type="primary",
            icon=":material/gavel:",
        ):
            links.go("live", id=round_.id)
        return
    label = visit.say("selling.make_offer" if is_first else "selling.offer_again")
    if st.button(
        label,
        key=f"offer {round_.id}",
        type="primary" if is_first else "secondary",
        icon=":material/lock:",
    ):
        links.go("offer", id=round_.id)


def _envelope(visit: Visit, row: OfferRow, reasons: Reasons, *, is_open: bool) -> None:
    st.divider()
    st.markdown(f"**{lot_name(visit, row.project, row.lot)}**")
    if row.state is EnvelopeState.OPENED:
        _opened(visit, row, reasons)
    receipts.show(visit, receipt_of(visit.context, visit.actor, row.envelope_id))
    if is_open and st.button(
        visit.say("selling.withdraw"), key=f"ask withdraw {row.envelope_id}", type="tertiary"
    ):
        withdrawing.confirm(visit, row)


def _opened(visit: Visit, row: OfferRow, reasons: Reasons) -> None:
    """What was inside, what came of it and why."""
    if row.void is not None:
        st.error(visit.say(f"selling.void.{row.void}"), icon=":material/block:")
        return
    stands_kg = sum(each.award.quantity_kg for each in row.awards)
    why.came_of(visit, row.round_, row.offers, stands_kg=stands_kg, reasons=reasons)


def _list(visit: Visit, mine: Sequence[OfferRow]) -> None:
    rows = [
        {
            visit.say("selling.round_head"): visit.speech.name(row.round_),
            visit.say("selling.sequence"): row.sequence,
            visit.say("selling.lot"): lot_label(visit, row.project, row.lot),
            visit.say("words.field.standing"): visit.speech.word(row.state),
            visit.say("selling.received"): visit.speech.at(row.received_at),
            visit.say("selling.commitment_head"): row.commitment,
        }
        for row in mine
    ]
    exact = [
        {
            "round": row.round_.id,
            "sequence": row.sequence,
            "lot": row.lot.id,
            "state": row.state.value,
            "received_at": row.received_at.isoformat(),
            "commitment": row.commitment,
        }
        for row in mine
    ]
    with st.expander(visit.say("selling.all_envelopes"), icon=":material/history:"):
        st.caption(visit.say("selling.all_envelopes_help"))
        table(visit, rows, name="envelopes", csv_rows=exact)
