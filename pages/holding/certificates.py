"""My certificates: the paper, the public check, and the units behind every kilogram."""

from __future__ import annotations

import streamlit as st

from club.documents import CertificatePaper, write_certificate
from club.domain.retirements import Certificate
from club.operations.viewing.holdings import my_certificates
from pages.holding.lines import exact, paper_of, row
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("menu.certificates"))
    issued = forms.read(visit, lambda: my_certificates(visit.context, visit.actor))
    if issued is None:
        return
    if not issued:
        st.info(visit.say("holding.no_certificates"), icon=":material/verified:")
        return
    total_kg = sum(certificate.quantity_kg for certificate in issued)
    st.markdown(visit.say("holding.certified", count=len(issued), total_kg=total_kg))
    st.caption(visit.say("holding.what_it_is"))
    for certificate in issued:
        with st.container(border=True):
            _certificate(visit, certificate, paper_of(visit, certificate))


def _certificate(visit: Visit, certificate: Certificate, paper: CertificatePaper) -> None:
    st.subheader(visit.speech.kg(paper.quantity_kg))
    facts = {"number": paper.number, "issued_on": paper.issued_on}
    st.markdown(visit.say("holding.issued", round_name=visit.speech.text(paper, "round"), **facts))
    st.markdown(
        visit.say("holding.beneficiary", beneficiary=visit.speech.text(paper, "beneficiary"))
    )
    st.markdown(visit.say("holding.purpose", purpose=visit.speech.text(paper, "purpose")))
    if paper.is_invented:
        st.caption(visit.say("words.invented"))
    _ways_out(visit, certificate, paper)
    batches = paper.batches
    with st.expander(visit.say("holding.backed_by", count=len(batches))):
        table(
            visit,
            [row(visit, paper.number, batch) for batch in batches],
            name=paper.number,
            csv_rows=[exact(paper.number, batch) for batch in batches],
        )


def _ways_out(visit: Visit, certificate: Certificate, paper: CertificatePaper) -> None:
    with st.container(horizontal=True):
        st.download_button(
            visit.say("words.download_pdf"),
            data=lambda: write_certificate(paper),
            file_name=f"{paper.number}.pdf",
            mime="application/pdf",
            icon=":material/download:",
            key=f"pdf {certificate.id}",
            on_click="ignore",
        )
        st.link_button(visit.say("holding.verify"), paper.verify_url, icon=":material/qr_code_2:")
