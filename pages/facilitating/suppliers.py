"""The suppliers of a round: who is invited, how many envelopes they sent, and inviting more."""

from __future__ import annotations

import streamlit as st

from club.domain.organisations import Role, Standing
from club.operations.inviting import INVITING, invite_suppliers
from club.operations.viewing.desk import Desk, DeskSupplier
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit


def show(visit: Visit, found: Desk) -> None:
    st.subheader(visit.say("facilitating.invited.title"))
    is_live = found.round_.auction.is_live
    if found.suppliers:
        if not is_live:
            st.caption(visit.say("facilitating.invited.sealed"))
        rows = [_shown(visit, one, is_live=is_live) for one in found.suppliers]
        table(visit, rows, name="invited")
    else:
        st.info(visit.say("facilitating.invited.none"))
    for reason in sorted(set(found.void.values())):
        count = list(found.void.values()).count(reason)
        st.warning(
            visit.say(f"facilitating.void.{reason}", count=count), icon=":material/mail_off:"
        )
    if found.round_.phase in INVITING and visit.has(Role.FACILITATOR):
        _invite(visit, found)


def _shown(visit: Visit, one: DeskSupplier, *, is_live: bool) -> dict[str, object]:
    """A live round has no envelopes; its own desk counts its bids."""
    shown: dict[str, object] = {
        visit.say("words.kind.supplier"): visit.speech.name(one.organisation),
        visit.say("facilitating.invited.at"): visit.speech.at(one.invited_at),
    }
    return shown if is_live else shown | {visit.say("facilitating.desk.envelopes"): one.envelopes}


def _invite(visit: Visit, found: Desk) -> None:
    names = {
        one.id: visit.speech.name(one)
        for one in found.invitable
        if one.standing is Standing.APPROVED
    }
    if not names:
        st.caption(visit.say("facilitating.invited.nobody_left"))
        return
    form = f"invite {found.round_.id}"
    with st.form(form):
        chosen = st.multiselect(
            visit.say("words.field.suppliers"),
            list(names),
            format_func=names.__getitem__,
            placeholder=visit.say("facilitating.invited.choose"),
            key=f"{form} suppliers",
        )
        if not forms.submit(visit.say("facilitating.invited.act"), form):
            return
        if not chosen:
            st.warning(visit.say("facilitating.invited.choose"))
            return
        forms.do(
            visit,
            form,
            lambda request_id: invite_suppliers(
                visit.context,
                visit.actor,
                request_id=request_id,
                round_id=found.round_.id,
                supplier_ids=chosen,
            ),
            lambda _: visit.say("facilitating.invited.done", count=len(chosen)),
        )
