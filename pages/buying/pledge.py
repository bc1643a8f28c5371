"""Placing, changing, approving and withdrawing my organisation's pledge."""

from __future__ import annotations

import streamlit as st

from club.domain.auction_terms import Format
from club.domain.errors import ClubError
from club.domain.organisations import Role
from club.domain.pledges import Pledge, PledgeState
from club.domain.rounds import Phase
from club.domain.units import KG_PER_T, read_kg, read_per_t
from club.operations.pledging import PledgeTerms, approve_pledge, place_pledge, withdraw_pledge
from club.operations.viewing.buying import MyPledge, my_pledge
from pages.buying.supposing import suppose
from pages.parts import forms, gate, links, quorum_words
from pages.parts.phases import countdown, phase_bar
from pages.parts.visit import Visit

HOLDS = frozenset({PledgeState.PLACED, PledgeState.PROPOSED})


def render(visit: Visit) -> None:
    round_id = st.query_params.get("id", "")
    try:
        view = my_pledge(visit.context, visit.actor, round_id)
    except ClubError as error:
        visit.refuse(error)
        links.link(visit, "rounds", visit.say("buying.rounds.title"), icon=":material/list:")
        return
    round_ = view.row.round_
    st.title(visit.say("buying.pledge.title", round_name=visit.speech.name(round_)))
    is_learning = any(reason.module_id for reason in view.missing)
    phase_bar(visit, round_, is_learning=is_learning)
    if round_.phase is not Phase.PLEDGING:
        st.info(visit.say("buying.pledge.over", phase=round_.phase), icon=":material/lock_clock:")
        links.link(visit, "round", visit.say("home.to_round"), id=round_.id)
    else:
        left, right = st.columns([3, 2], gap="large")
        with left:
            _standing(visit, view)
            _form(visit, view)
        with right.container(border=True):
            suppose(visit, view)
    _history(visit, view)


def _standing(visit: Visit, view: MyPledge) -> None:
    """What the organisation has pledged so far, and what can be done with it."""
    closes = countdown(visit, view.row.round_.pledging_closes_at, view.now)
    st.caption(visit.say("buying.rounds.closes", closes=closes))
    if view.missing:
        st.caption(quorum_words.asked(visit, view.row.round_))
    gate.missing(visit, view.missing, view.row.round_.id)
    pledge = view.row.my_pledge
    if pledge is None or pledge.state not in HOLDS:
        return
    with st.container(border=True):
        st.markdown(f"**{visit.say('buying.pledge.standing')}** {_words(visit, pledge)}")
        if pledge.state is PledgeState.PROPOSED and not view.may_approve:
            st.caption(visit.say("buying.pledge.waiting"))
        _approve(visit, view, pledge)
        _withdraw(visit, view, pledge)


def _words(visit: Visit, pledge: Pledge) -> str:
    limit = (
        visit.speech.say("buying.pledge.no_limit")
        if pledge.limit_per_t is None
        else visit.speech.per_t(pledge.limit_per_t)
    )
    return visit.say(
        "buying.pledge.words",
        quantity_kg=pledge.quantity_kg,
        limit=limit,
        minimum=visit.speech.kg(pledge.minimum_kg)
        if pledge.minimum_kg
        else visit.speech.say("buying.pledge.no_minimum"),
        state=pledge.state,
    )


def _form(visit: Visit, view: MyPledge) -> None:
    if not visit.has(Role.BUYER):
        return
    round_ = view.row.round_
    own = view.row.my_pledge if view.row.my_pledge and view.row.my_pledge.state in HOLDS else None
    key = f"pledge {round_.id}"
    with st.form(key, border=True):
        st.markdown(f"**{visit.say('buying.pledge.change' if own else 'buying.pledge.new')}**")
        quantity = st.text_input(
            visit.say("buying.pledge.quantity"),
            value=str(own.quantity_kg) if own else "",
            help=visit.say("buying.pledge.quantity_help", least_kg=round_.member_minimum_kg),
            key=f"{key} quantity",
        )
        limit = st.text_input(
            visit.say("buying.pledge.limit"),
            value=str(own.limit_per_t) if own and own.limit_per_t is not None else "",
            help=visit.say("buying.pledge.limit_help", ceiling_per_t=round_.ceiling_per_t),
            key=f"{key} limit",
        )
        minimum = ""
        if round_.auction.format is not Format.CLOCK:
            minimum = st.text_input(
                visit.say("buying.pledge.minimum"),
                value=str(own.minimum_kg) if own and own.minimum_kg else "",
                help=visit.say("buying.pledge.minimum_help"),
                key=f"{key} minimum",
            )
        pressed = forms.submit(visit.say("buying.pledge.check"), key)
    if pressed and (terms := forms.read(visit, lambda: _read(quantity, limit, minimum))):
        _confirm(visit, view, terms, key)


def _read(quantity: str, limit: str, minimum: str) -> PledgeTerms:
    return PledgeTerms(
        quantity_kg=read_kg(quantity, field="quantity_kg"),
        limit_per_t=read_per_t(limit, field="limit_per_t", optional=True),
        minimum_kg=read_kg(minimum, field="minimum_kg", optional=True),
    )


def _confirm(visit: Visit, view: MyPledge, terms: PledgeTerms, key: str) -> None:
    round_ = view.row.round_
    price_per_t = round_.ceiling_per_t if terms.limit_per_t is None else terms.limit_per_t
    most_jpy = -(-terms.quantity_kg * (price_per_t + round_.fee_per_t) // KG_PER_T)
    least = visit.say("buying.pledge.restated_minimum", minimum_kg=terms.minimum_kg)
    forms.confirm(
        visit,
        key,
        title=visit.speech.say("buying.pledge.confirm"),
        restated=[
            visit.say("buying.pledge.restated_quantity", quantity_kg=terms.quantity_kg),
            visit.say("buying.pledge.restated_limit", price_per_t=price_per_t),
            visit.say("buying.pledge.restated_most", most_jpy=most_jpy),
            *([least] if terms.minimum_kg else []),
            visit.say("buying.pledge.binding", closes_at=round_.pledging_closes_at),
        ],
        act=visit.say("buying.pledge.act", quantity_kg=terms.quantity_kg),
        deed=lambda request_id: place_pledge(
            visit.context, visit.actor, request_id=request_id, round_id=round_.id, terms=terms
        ),
        told=lambda made: visit.say(
            f"buying.pledge.told_{made.state}", quantity_kg=made.quantity_kg
        ),
    )


def _approve(visit: Visit, view: MyPledge, pledge: Pledge) -> None:
    if not view.may_approve:
        return
    act = visit.say("buying.pledge.approve", quantity_kg=pledge.quantity_kg)
    if st.button(act, key="approve", type="primary", icon=":material/how_to_reg:"):
        forms.confirm(
            visit,
            f"approve {pledge.id}",
            title=visit.speech.say("buying.pledge.confirm"),
            restated=[_words(visit, pledge)],
            act=act,
            deed=lambda request_id: approve_pledge(
                visit.context,
                visit.actor,
                request_id=request_id,
                round_id=pledge.round_id,
                version=pledge.version,
            ),
            told=lambda made: visit.say("buying.pledge.approved", quantity_kg=made.quantity_kg),
        )


def _withdraw(visit: Visit, view: MyPledge, pledge: Pledge) -> None:
    if not visit.has(Role.BUYER):
        return
    if st.button(visit.say("buying.pledge.withdraw"), key="withdraw", type="tertiary"):
        forms.confirm(
            visit,
            f"withdraw {pledge.id}",
            title=visit.speech.say("buying.pledge.withdraw"),
            restated=[
                _words(visit, pledge),
                visit.say(
                    "buying.pledge.withdraw_text",
                    closes_at=view.row.round_.pledging_closes_at,
                ),
            ],
            act=visit.say("buying.pledge.withdraw_act", quantity_kg=pledge.quantity_kg),
            deed=lambda request_id: withdraw_pledge(
                visit.context, visit.actor, request_id=request_id, round_id=pledge.round_id
            ),
            told=lambda _: visit.say("buying.pledge.withdrawn"),
        )


def _history(visit: Visit, view: MyPledge) -> None:
    if not view.history:
        return
    with st.expander(visit.say("buying.pledge.history"), icon=":material/history:"):
        for state in reversed(view.history):
            st.markdown(
                visit.say(
                    "buying.pledge.history_line",
                    placed_at=state.placed_at,
                    person=view.names.get(state.placed_by, ""),
                )
                + " "
                + _words(visit, state)
            )
