"""A round's certificates: issued once all is retired, then there to take away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.documents import write_certificate
from club.domain.organisations import Role
from club.domain.retirements import Certificate
from club.domain.rounds import Phase, Round
from club.operations.retiring import issue_certificates
from club.operations.viewing.holdings import (
    Consignment,
    certificate_paper,
    certificates_of_round,
)
from pages.parts import forms
from pages.parts.visit import Visit


def show(visit: Visit, round_: Round, consignments: Sequence[Consignment]) -> None:
    """Issuing them once all is retired, and the papers of those that are issued."""
    st.subheader(visit.say("facilitating.certificates.title"))
    if round_.phase is Phase.SETTLING:
        left = sum(one.units_left for one in consignments)
        if left:
            st.info(visit.say("facilitating.certificates.waiting", units=left))
        elif visit.has(Role.FACILITATOR) and st.button(
            visit.say("facilitating.certificates.issue"), type="primary", key="ask certificates"
        ):
            _issue(visit, round_)
    issued = forms.read(visit, lambda: certificates_of_round(visit.context, visit.actor, round_.id))
    for certificate in issued or []:
        _paper(visit, certificate)


def _issue(visit: Visit, round_: Round) -> None:
    forms.confirm(
        visit,
        f"certify {round_.id}",
        title=visit.say("facilitating.certificates.issue"),
        restated=[visit.say("facilitating.certificates.issues", name=visit.speech.name(round_))],
        act=visit.say("facilitating.certificates.act"),
        deed=lambda request_id: issue_certificates(
            visit.context, visit.actor, request_id=request_id, round_id=round_.id
        ),
        told=lambda issued: visit.say("facilitating.certificates.done", count=len(issued)),
    )


def _paper(visit: Visit, certificate: Certificate) -> None:
    name = (
        certificate.beneficiary_ja if visit.speech.language == "ja" else certificate.beneficiary_en
    )
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(
            visit.say(
                "facilitating.certificates.line",
                number=certificate.number,
                organisation=name,
                quantity_kg=certificate.quantity_kg,
            )
        )
        st.download_button(
            visit.say("words.download_pdf"),
            data=lambda: write_certificate(
                certificate_paper(visit.context, visit.actor, certificate.id)
            ),
            file_name=f"{certificate.number}.pdf",
            mime="application/pdf",
            icon=":material/picture_as_pdf:",
            key=f"pdf {certificate.id}",
            on_click="ignore",
            type="tertiary",
        )
