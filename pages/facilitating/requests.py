"""Who asks to come in: approve into an organisation of the club or a new one, or refuse."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.joining import JoinRequest
from club.domain.organisations import ROLES, Organisation, Standing
from club.operations.asking import approve_join, refuse_join, waiting_requests
from pages.facilitating import organisation_fields
from pages.parts import forms
from pages.parts.visit import Visit, plain


def show(visit: Visit, known: Sequence[Organisation]) -> None:
    asking = forms.read(visit, lambda: waiting_requests(visit.context, visit.actor))
    if not asking:
        return
    st.subheader(visit.say("facilitating.requests.title", count=len(asking)))
    for request in asking:
        with st.container(border=True):
            _request(visit, request, known)


def _request(visit: Visit, request: JoinRequest, known: Sequence[Organisation]) -> None:
    st.markdown(
        visit.say(
            "facilitating.requests.who",
            person=request.name,
            organisation=request.organisation_name,
            kind=request.kind,
        )
    )
    st.caption(
        visit.say("facilitating.requests.from", email=request.email, asked_at=request.asked_at)
    )
    if not request.is_email_verified:
        st.caption(visit.say("facilitating.requests.unverified"))
    if request.note:
        st.markdown(f"> {plain(request.note)}".replace("\n", "  \n> "))
    with st.expander(visit.say("facilitating.requests.let_in"), icon=":material/how_to_reg:"):
        _approve(visit, request, known)
    if st.button(visit.say("facilitating.requests.refuse"), key=f"ask refuse {request.id}"):
        forms.confirm(
            visit,
            f"refuse {request.id}",
            title=visit.say("facilitating.requests.refuse"),
            restated=[visit.say("facilitating.requests.refuses", person=request.name)],
            act=visit.say("facilitating.requests.refuse_named", person=request.name),
            deed=lambda request_id: refuse_join(
                visit.context, visit.actor, request_id=request_id, join_request_id=request.id
            ),
            told=lambda refused: visit.say("facilitating.requests.refused", person=refused.name),
        )


def _approve(visit: Visit, request: JoinRequest, known: Sequence[Organisation]) -> None:
    form = f"approve {request.id}"
    alike = [one for one in known if one.kind is request.kind and one.standing is Standing.APPROVED]
    names = {one.id: visit.speech.name(one) for one in alike}
    chosen = st.selectbox(
        visit.say("facilitating.requests.into"),
        [None, *names],
        format_func=lambda key: names[key] if key else visit.say("facilitating.requests.new"),
        key=f"{form} into",
    )
    with st.form(form, border=False):
        joins = chosen or organisation_fields.ask(
            visit, form, request.kind, known, name=request.organisation_name
        )
        roles = organisation_fields.roles(visit, request.kind, ROLES[request.kind], f"{form} roles")
        if forms.submit(visit.say("facilitating.requests.approve"), form):
            forms.do(
                visit,
                form,
                lambda request_id: approve_join(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    join_request_id=request.id,
                    organisation=joins,
                    roles=roles,
                ),
                lambda person: visit.say("facilitating.requests.approved", person=person.name),
            )
