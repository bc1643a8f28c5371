"""The pledges of a round: quantities at once, limits only after the clearing, reasons in words."""

from __future__ import annotations

import streamlit as st

from club.domain.pledges import PledgeState
from club.operations.viewing.desk import Desk, DeskPledge
from pages.parts.tables import table
from pages.parts.visit import Visit

REASONS = frozenset(
    {
        "above_member_maximum",
        "below_member_minimum",
        "below_minimum",
        "limit_above_ceiling",
        "minimum_above_quantity",
        "module_not_passed",
        "needs_another_person",
        "no_offers",
        "not_opened",
        "nothing_bought",
        "openers_not_ready",
        "organisation_not_approved",
        "terms_not_accepted",
    }
)
"""Codes for which there is a sentence; anything else was typed by a person."""


def why(visit: Visit, reason: str) -> str:
    """A code in words, or what a person typed."""
    return visit.speech.say(f"facilitating.reason.{reason}") if reason in REASONS else reason


def show(visit: Visit, found: Desk) -> None:
    st.subheader(visit.say("facilitating.pledges.title"))
    if not found.pledges:
        st.info(visit.say("facilitating.pledges.none"))
        return
    if not found.limits_shown:
        st.caption(visit.say("facilitating.pledges.no_limits"))
    table(
        visit,
        [_shown(visit, found, pledge) for pledge in found.pledges],
        name="pledges",
        csv_rows=[_exact(found, pledge) for pledge in found.pledges],
    )
    fallen = [p for p in found.pledges if p.state is PledgeState.FELL_OUT]
    for pledge in fallen:
        st.markdown(
            visit.say(
                "facilitating.pledges.fell_out",
                name=visit.speech.name(pledge.organisation),
                quantity_kg=pledge.quantity_kg,
                reason=why(visit, pledge.reason or ""),
            )
        )


def _shown(visit: Visit, found: Desk, pledge: DeskPledge) -> dict[str, object]:
    speech = visit.speech
    shown: dict[str, object] = {
        visit.say("words.field.organisation_name"): speech.name(pledge.organisation),
        visit.say("words.field.quantity_kg"): speech.kg(pledge.quantity_kg),
        visit.say("words.field.minimum_kg"): speech.kg(pledge.minimum_kg)
        if pledge.minimum_kg
        else speech.say("words.none"),
        visit.say("facilitating.state"): speech.word(pledge.state),
        visit.say("facilitating.pledges.placed"): speech.at(pledge.placed_at),
    }
    if found.limits_shown:
        limit = pledge.limit_per_t
        shown[visit.say("words.field.limit_per_t")] = (
            speech.per_t(limit) if limit else visit.say("facilitating.pledges.ceiling")
        )
        shown[visit.say("facilitating.pledges.allocated")] = speech.kg(pledge.allocated_kg or 0)
    return shown


def _exact(found: Desk, pledge: DeskPledge) -> dict[str, object]:
    exact: dict[str, object] = {
        "organisation_ja": pledge.organisation.name_ja,
        "organisation_en": pledge.organisation.name_en,
        "quantity_kg": pledge.quantity_kg,
        "minimum_kg": pledge.minimum_kg,
        "state": pledge.state.value,
        "reason": pledge.reason,
        "placed_at": pledge.placed_at.isoformat(),
    }
    if found.limits_shown:
        exact |= {"limit_per_t": pledge.limit_per_t, "allocated_kg": pledge.allocated_kg}
    return exact
