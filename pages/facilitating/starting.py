"""Opening a draft for pledges, and calling a round off: both restated before they are done."""

from __future__ import annotations

import streamlit as st

from club.domain.rounds import Round
from club.operations.opening import cancel_round, open_round
from club.operations.viewing.openings import opened_by
from pages.parts import forms, openers
from pages.parts.auction_words import auction_words
from pages.parts.links import link
from pages.parts.rule_words import rule_words
from pages.parts.visit import Visit, plain


def show(visit: Visit, draft: Round) -> None:
    """What can be done with a draft: open it, or drop it."""
    with st.container(border=True):
        st.markdown(f"**{visit.say('facilitating.open.title')}**")
        st.caption(visit.say("facilitating.open.explained"))
        with st.container(horizontal=True):
            if st.button(
                visit.say("facilitating.open.ask"),
                type="primary",
                icon=":material/campaign:",
                key="ask open",
            ):
                _open(visit, draft)
            cancelling(visit, draft)
        link(
            visit,
            "round_desk",
            visit.say("facilitating.form.to_invite"),
            icon=":material/forward_to_inbox:",
            id=draft.id,
        )


def cancelling(visit: Visit, round_: Round) -> None:
    """The button that asks to cancel."""
    if st.button(
        visit.say("facilitating.cancel.title"),
        icon=":material/cancel:",
        key="ask cancel",
        type="tertiary",
    ):
        _cancel(visit, round_)


def _open(visit: Visit, draft: Round) -> None:
    def say(line: str, **facts: object) -> str:
        return visit.say(f"facilitating.open.{line}", **facts)

    forms.confirm(
        visit,
        f"open {draft.id}",
        title=say("title"),
        restated=[
            f"**{say('named', name=visit.speech.name(draft))}**",
            say(
                "quantities",
                goal_kg=draft.goal_kg,
                minimum_kg=draft.minimum_kg,
                member_minimum_kg=draft.member_minimum_kg,
                member_maximum_kg=draft.member_maximum_kg,
            ),
            say(
                "prices",
                ceiling_per_t=draft.ceiling_per_t,
                fee_per_t=draft.fee_per_t,
                percent=draft.tax_percent,
            ),
            say(
                "dates",
                pledging_opens_at=draft.pledging_opens_at,
                pledging_closes_at=draft.pledging_closes_at,
                bidding_closes_at=draft.bidding_closes_at,
            ),
            *auction_words(visit, draft),
            *(plain(rule_words(visit, rule)) for rule in draft.auction.rules),
            *_sealed(visit, draft),
            say("cannot"),
        ],
        act=say("act"),
        deed=lambda request_id: open_round(
            visit.context, visit.actor, request_id=request_id, round_id=draft.id
        ),
        told=lambda opened: say("done", name=visit.speech.name(opened)),
    )


def _sealed(visit: Visit, draft: Round) -> list[str]:
    """Who will open the offers, where that is not the server."""
    found = opened_by(visit.context, visit.actor, draft.id)
    return [openers.said(visit, found)] if found is not None else []


def _cancel(visit: Visit, round_: Round) -> None:
    form = f"cancel {round_.id}"

    @st.dialog(visit.say("facilitating.cancel.title"))
    def dialog() -> None:
        name = visit.speech.name(round_)
        st.markdown(visit.say("facilitating.cancel.explained", name=name))
        reason = st.text_area(
            visit.say("words.field.reason"),
            key=f"reason {form}",
            help=visit.say("facilitating.cancel.reason_help"),
        )
        if forms.button(visit.say("facilitating.cancel.act"), form, primary=True):
            forms.do(
                visit,
                form,
                lambda request_id: cancel_round(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    round_id=round_.id,
                    reason=reason,
                ),
                lambda _: visit.say("facilitating.cancel.done", name=name),
            )

    dialog()
