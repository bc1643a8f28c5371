"""What needs me now, where the club stands, and what I was told."""

from __future__ import annotations

import streamlit as st

from club.domain.organisations import Kind
from club.domain.rounds import Phase
from club.operations.viewing.cards import Card
from club.operations.viewing.home import HomeView, home
from pages.parts import links
from pages.parts.figures import figure
from pages.parts.phases import countdown, phase_bar
from pages.parts.visit import Visit, plain

ICONS = {
    "terms": ":material/gavel:",
    "learn": ":material/school:",
    "lapsing": ":material/event_busy:",
    "renewing": ":material/update:",
    "left_open": ":material/pending:",
    "review": ":material/cached:",
    "pledge": ":material/edit_note:",
    "approve": ":material/how_to_reg:",
    "passphrase": ":material/key:",
    "unseal": ":material/lock_open:",
    "delayed": ":material/hourglass_top:",
    "ceremony": ":material/lock_open:",
    "invoice": ":material/receipt_long:",
    "explain": ":material/price_check:",
    "low_prices": ":material/price_check:",
    "stay": ":material/how_to_vote:",
    "offer": ":material/lock:",
    "auction": ":material/gavel:",
    "deliver": ":material/local_shipping:",
    "requests": ":material/group_add:",
    "open": ":material/event_available:",
    "settle": ":material/task_alt:",
    "payments": ":material/payments:",
}
IN_A_ROW = 3
FEWEST_IN_A_ROW = 2
"""One card alone is not drawn across the whole page."""
NEXT = frozenset({Phase.PLEDGING, Phase.BIDDING, Phase.SETTLING})
MEANWHILE = {
    Kind.MEMBER: (("rounds", ":material/event_repeat:"), ("certificates", ":material/verified:")),
    Kind.SUPPLIER: (("offers", ":material/sell:"), ("my_lots", ":material/forest:")),
    Kind.OPERATOR: (
        ("rounds_desk", ":material/event_note:"),
        ("treasury", ":material/account_balance:"),
        ("audit", ":material/link:"),
    ),
}
"""Where to look when nothing is needed."""


def render(visit: Visit) -> None:
    view = home(visit.context, visit.actor)
    st.title(visit.say("home.greeting", person=visit.person.name))
    st.caption(visit.name(visit.organisation))
    st.subheader(visit.say("home.now"))
    if not view.cards:
        _nothing(visit, view)
    in_a_row = min(max(len(view.cards), FEWEST_IN_A_ROW), IN_A_ROW)
    for start in range(0, len(view.cards), in_a_row):
        columns = st.columns(in_a_row)
        for column, card in zip(columns, view.cards[start : start + in_a_row], strict=False):
            with column.container(border=True, height="stretch"):
                _card(visit, view, card, is_first=card is view.cards[0])
    _club(visit, view)
    _told(visit, view)


def _told(visit: Visit, view: HomeView) -> None:
    """The newest notices, the same words as by mail."""
    if not view.told:
        return
    st.subheader(visit.say("home.told"))
    for notice in view.told:
        with st.expander(f"{plain(notice.subject)} · {visit.speech.at(notice.at)}"):
            st.markdown(plain(notice.body).replace("\n", "  \n"))


def _nothing(visit: Visit, view: HomeView) -> None:
    """What comes next by itself, and where one may look meanwhile."""
    st.info(visit.say("home.nothing"), icon=":material/check:")
    round_ = view.round_
    if round_ is not None and round_.phase in NEXT:
        closes_at = (
            round_.pledging_closes_at
            if round_.phase is Phase.PLEDGING
            else round_.bidding_closes_at
        )
        until = countdown(visit, closes_at, view.now)
        name = visit.speech.name(round_)
        st.markdown(visit.say(f"home.next.{round_.phase.value}", round_name=name, until=until))
    with st.container(horizontal=True):
        for path, icon in MEANWHILE[visit.actor.kind]:
            if links.can_open(path):
                links.link(visit, path, visit.say(f"menu.{path}"), icon=icon)


def _card(visit: Visit, view: HomeView, card: Card, *, is_first: bool) -> None:
    st.markdown(f"{ICONS[card.kind]} **{visit.say(f'home.card.{card.kind}.title')}**")
    facts = dict(card.facts)
    if card.module is not None:
        facts["module"] = card.module.in_language(visit.speech.language)
    if card.round_ is not None:
        facts["round_name"] = visit.speech.name(card.round_)
        facts["until"] = countdown(visit, card.due_at, view.now) if card.due_at else ""
    st.markdown(visit.say(f"home.card.{card.kind}.text", **facts))
    label = visit.say(f"home.card.{card.kind}.button")
    key = f"card {card.kind} {sorted(card.query.items())} {sorted(facts.items(), key=str)}"
    if st.button(label, key=key, type="primary" if is_first else "secondary", width="stretch"):
        links.go(card.path, **card.query)


def _club(visit: Visit, view: HomeView) -> None:
    st.subheader(visit.say("home.club"))
    if view.round_ is None:
        st.info(visit.say("home.no_round"), icon=":material/hourglass_empty:")
        return
    st.markdown(f"**{visit.name(view.round_)}** · {visit.speech.word(view.round_.phase)}")
    is_learning = any(card.kind == "learn" and card.round_ == view.round_ for card in view.cards)
    phase_bar(visit, view.round_, is_learning=is_learning)
    columns = st.columns(IN_A_ROW)
    if view.pool is not None:
        companies = view.pool.companies
        figure(
            columns[0],
            visit.say("home.pool"),
            visit.say("home.pool_tenths", percent=view.pool.percent),
            visit.say("home.pool_goal", goal_kg=view.pool.goal_kg)
            + (visit.say("home.pool_companies", count=companies) if companies else ""),
        )
    figure(columns[1], visit.say("home.open_rounds"), view.open_rounds)
    figure(columns[2], visit.say("home.retired"), visit.speech.kg(view.retired_kg))
    links.link(
        visit,
        "round",
        visit.say("home.to_round"),
        icon=":material/arrow_forward:",
        id=view.round_.id,
    )
