"""The auction desk: bids counted and not read, who is connected, the clock, and what stops it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from club.domain.errors import NotFound
from club.domain.organisations import Role
from club.domain.rounds import Phase
from club.operations.viewing.auction_desk import AuctionDesk, DeskBidder, Logged, auction_desk
from pages.facilitating import conducting
from pages.parts import forms
from pages.parts.links import link
from pages.parts.live import live
from pages.parts.tables import table
from pages.parts.time_left import ends, time_left
from pages.parts.visit import Visit

EVERY = timedelta(seconds=2)
FIGURE = 168


def render(visit: Visit) -> None:
    found = forms.read(visit, lambda: _find(visit))
    if found is None:
        link(visit, "rounds_desk", visit.say("menu.rounds_desk"), icon=":material/arrow_back:")
        return
    round_ = found.round_
    link(visit, "round_desk", visit.name(round_), icon=":material/arrow_back:", id=round_.id)
    st.title(visit.say("live.desk.title", round_name=visit.speech.name(round_)))
    if visit.has(Role.FACILITATOR) and not found.is_over:
        conducting.show(visit, found)
    # What has ended may go on: an outage in the last minutes re-opens it.
    every = EVERY if round_.phase is Phase.BIDDING else None
    live(visit, lambda fresh: _tick(fresh, found), every=every)


def _find(visit: Visit) -> AuctionDesk:
    round_id = st.query_params.get("id")
    if round_id is None:
        raise NotFound
    return auction_desk(visit.context, visit.actor, round_id)


def _tick(visit: Visit, before: AuctionDesk) -> None:
    """What moves by itself; where other deeds are possible now, the page is laid out anew."""
    found = forms.read(visit, lambda: auction_desk(visit.context, visit.actor, before.round_.id))
    if found is None:
        return
    if (found.is_over, found.pause) != (before.is_over, before.pause):
        st.rerun()
    with st.container(horizontal=True, gap="small"):
        for label, figure in _figures(visit, found):
            st.metric(visit.say(label), figure, border=True, width=FIGURE)
    if found.pause is not None:
        facts = {"paused_at": found.pause.at, "reason": found.pause.reason}
        st.warning(visit.say("live.pause", **facts), icon=":material/pause_circle:")
    elif not found.is_over:
        said = ends(visit, found.round_, found.ends_at)
        moved = visit.say("live.desk.moved", count=found.moved) if found.moved else ""
        st.markdown(f"{said} {moved}")
    blind = "live.desk.blind" if found.price_per_t is None else "live.desk.blind_clock"
    st.caption(visit.say(blind))
    st.subheader(visit.say("live.desk.bidders"))
    rows = [_bidder(visit, bidder) for bidder in found.bidders]
    exact = [_exact(visit, bidder) for bidder in found.bidders]
    table(visit, rows, name=f"bidders-{found.round_.id}", csv_rows=exact)
    st.subheader(visit.say("live.desk.log"))
    table(visit, [_line(visit, one) for one in found.log], name=f"log-{found.round_.id}")


def _figures(visit: Visit, found: AuctionDesk) -> list[tuple[str, str]]:
    if found.is_over:
        left = visit.say("live.over")
    elif found.pause is not None:
        left = visit.say("live.paused")
    else:
        left = time_left(visit, found.ends_at, found.now)
    bidding = sum(1 for bidder in found.bidders if bidder.bids)
    facts = {"some": bidding, "all": len(found.bidders)}
    figures = [
        ("live.time_left", left),
        ("live.desk.bids", visit.speech.number(found.bids)),
        ("live.desk.bidding", visit.say("live.desk.of", **facts)),
        ("live.desk.connected", visit.speech.number(found.connected)),
    ]
    if found.price_per_t is not None:
        figures.insert(0, ("live.desk.price", visit.speech.jpy(found.price_per_t)))
    return figures


def _bidder(visit: Visit, bidder: DeskBidder) -> dict[str, object]:
    connected = "live.desk.is_connected" if bidder.connected else "live.desk.is_not_connected"
    return {
        visit.say("live.desk.head.supplier"): visit.speech.name(bidder.organisation),
        visit.say("live.desk.head.connected"): visit.speech.say(connected, count=bidder.connected),
        visit.say("live.desk.head.bids"): bidder.bids,
    }


def _exact(visit: Visit, bidder: DeskBidder) -> dict[str, object]:
    return {
        "supplier": visit.speech.name(bidder.organisation),
        "connected": bidder.connected,
        "bids": bidder.bids,
        "last_bid_at": bidder.last_at.isoformat() if bidder.last_at else None,
    }


def _line(visit: Visit, one: Logged) -> dict[str, object]:
    return {
        visit.say("live.desk.log_head.when"): visit.speech.exactly(one.at),
        visit.say("live.desk.log_head.what"): visit.speech.say(f"live.kind.{one.kind.value}"),
        visit.say("live.desk.log_head.by"): _who(visit, one),
        visit.say("live.desk.log_head.why"): _why(visit, one),
    }


def _who(visit: Visit, one: Logged) -> str:
    if one.supplier is not None:
        return visit.speech.name(one.supplier)
    return one.by or visit.speech.say("live.desk.by_clock")


def _why(visit: Visit, one: Logged) -> str:
    """The reason given; for an extension until when, for an outage since when."""
    if one.until_at is not None:
        until = visit.speech.say("live.desk.until_is", until_at=one.until_at)
        return f"{one.reason} ({until})"
    if one.down_from_at is not None:
        return visit.speech.say("live.desk.down_from", down_from_at=one.down_from_at)
    return one.reason or ""
