"""How a draft's auction runs: its format first, then only what that format needs."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Any, TypeVar

import streamlit as st

from club.domain.auction_terms import (
    FEWEST_OPENERS,
    MOST_OPENERS,
    AuctionTerms,
    Format,
    Sealing,
)
from club.domain.rounds import Round
from club.operations.opening import edit_auction
from pages.facilitating.auction_reading import read
from pages.parts import forms
from pages.parts.instants import instant
from pages.parts.visit import Visit

Typed = dict[str, Any]
W = TypeVar("W", bound=StrEnum)
USUAL_EXTRA = timedelta(hours=1)
"""How long after the close of bidding a new live auction ends at the latest."""


def show(visit: Visit, draft: Round) -> None:
    st.caption(visit.say("auction_terms.form.explained"))
    form = f"auction {draft.id}"
    typed = _ask(visit, form, draft)
    if not forms.button(visit.say("auction_terms.form.save"), form, primary=True):
        return
    auction = forms.read(visit, lambda: read(typed, draft.auction))
    if auction is not None:
        save(visit, form, draft, auction, told=visit.say("auction_terms.form.saved"))


def save(visit: Visit, form: str, draft: Round, auction: AuctionTerms, *, told: str) -> None:
    """Keep the draft's auction, if it still is as it is shown."""
    forms.do(
        visit,
        form,
        lambda request_id: edit_auction(
            visit.context,
            visit.actor,
            request_id=request_id,
            round_id=draft.id,
            seen=draft.auction,
            auction=auction,
        ),
        lambda _: told,
    )


def _ask(visit: Visit, form: str, draft: Round) -> Typed:
    seen = draft.auction
    typed: Typed = {"format": _choice(visit, form, "format", seen.format)}
    if typed["format"] is Format.CLOCK:
        st.info(visit.say("auction_terms.form.clock_fixed"), icon=":material/info:")
    else:
        left, right = st.columns(2, gap="large")
        with left:
            typed["pricing"] = _choice(visit, form, "pricing", seen.pricing)
        with right:
            typed["sharing"] = _choice(visit, form, "sharing", seen.sharing)
    asked = {Format.SEALED: _sealed, Format.DESCENDING: _descending, Format.CLOCK: _clock}
    typed |= asked[typed["format"]](visit, form, draft)
    left, right = st.columns(2)
    with left:
        typed["explain_days"] = _count(visit, form, "explain_days", seen.explain_days, most=366)
    if typed["format"] is not Format.CLOCK:
        with right:
            typed["wanted_kg"] = _line(
                visit, form, "wanted_kg", f"{seen.wanted_kg:,}" if seen.wanted_kg else ""
            )
    return typed


def _sealed(visit: Visit, form: str, draft: Round) -> Typed:
    seen = draft.auction
    typed: Typed = {"sealing": _choice(visit, form, "sealing", seen.sealing)}
    if typed["sealing"] is Sealing.OPENERS:
        left, right = st.columns(2)
        with left:
            needed = seen.openers_needed or FEWEST_OPENERS
            typed["openers_needed"] = _count(
                visit, form, "openers_needed", needed, least=FEWEST_OPENERS, most=MOST_OPENERS
            )
        with right:
            typed["opening_days"] = _count(visit, form, "opening_days", seen.opening_days, most=60)
    return typed


def _descending(visit: Visit, form: str, draft: Round) -> Typed:
    seen = draft.auction
    typed: Typed = {}
    left, right = st.columns(2)
    with left:
        typed["decrement_per_t"] = _line(
            visit, form, "decrement_per_t", f"{seen.decrement_per_t:,}"
        )
        typed["window_s"] = _count(visit, form, "window_s", seen.window_s)
    with right:
        typed["hard_end_at"] = instant(
            visit,
            visit.say("words.field.hard_end_at"),
            key=f"{form} hard_end_at",
            value=seen.hard_end_at or draft.bidding_closes_at + USUAL_EXTRA,
            help=visit.say("auction_terms.form.hard_end_at"),
        )
        typed["grace_s"] = _count(visit, form, "grace_s", seen.grace_s)
    return typed


def _clock(visit: Visit, form: str, draft: Round) -> Typed:
    seen = draft.auction
    typed: Typed = {}
    left, right = st.columns(2)
    with left:
        typed["clock_step_per_t"] = _line(
            visit, form, "clock_step_per_t", f"{seen.clock_step_per_t:,}"
        )
        typed["grace_s"] = _count(visit, form, "grace_s", seen.grace_s)
    with right:
        typed["clock_step_s"] = _count(visit, form, "clock_step_s", seen.clock_step_s)
    return typed


def _choice(visit: Visit, form: str, field: str, seen: W) -> W:
    """One of a few, each with what it means beside it."""
    members = list(type(seen))
    chosen = st.radio(
        visit.say(f"words.field.{field}"),
        members,
        index=members.index(seen),
        format_func=visit.speech.word,
        captions=[visit.say(f"auction_terms.{field}.{member}") for member in members],
        key=f"{form} {field}",
        help=visit.say(f"auction_terms.form.{field}"),
    )
    return chosen or seen


def _line(visit: Visit, form: str, field: str, value: str) -> str:
    return st.text_input(
        visit.say(f"words.field.{field}"),
        value=value,
        key=f"{form} {field}",
        help=visit.say(f"auction_terms.form.{field}"),
    )


def _count(
    visit: Visit, form: str, field: str, value: int, *, least: int = 1, most: int = 86_400
) -> int:
    return st.number_input(
        visit.say(f"words.field.{field}"),
        min_value=least,
        max_value=most,
        value=value,
        step=1,
        key=f"{form} {field}",
        help=visit.say(f"auction_terms.form.{field}"),
    )
