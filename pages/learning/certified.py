"""A passed try's certificate: made, taken away as PDF and as Open Badge, shared or not any more."""

from __future__ import annotations

import streamlit as st

from club.documents import write_pass_certificate
from club.domain.pass_certificates import PassCertificate, written_number
from club.operations.certifying import issue_pass_certificate, share_again, stop_sharing
from club.operations.viewing.passed import (
    Passed,
    my_passed,
    my_passed_try,
    pass_credential,
    pass_paper,
)
from curriculum.certificates import Validity
from pages.learning.way import words
from pages.parts import forms
from pages.parts.visit import Visit

ICONS = {
    Validity.VALID: ":material/verified:",
    Validity.EXPIRED: ":material/event_busy:",
    Validity.WITHDRAWN: ":material/block:",
}


def show_all(visit: Visit) -> None:
    """All of one's own, and what could be certified."""
    st.subheader(visit.say("passes.mine.title"), anchor=False)
    own = forms.read(visit, lambda: my_passed(visit.context, visit.actor))
    if own is None:
        return
    if not own:
        st.caption(visit.say("passes.mine.none"))
        return
    st.caption(visit.say("passes.mine.explained"))
    for passed in own:
        with st.container(border=True):
            st.markdown(
                visit.speech.say(
                    "passes.mine.line",
                    title=words(visit, passed.title),
                    version=passed.version,
                    passed_at=passed.passed_at,
                )
            )
            st.markdown(f"{ICONS[passed.worth.validity]} {_standing(visit, passed)}")
            _deeds(visit, passed)


def show(visit: Visit, try_id: str) -> None:
    """That of one try, on its result's page; where it gives no pass now, why."""
    passed = forms.read(visit, lambda: my_passed_try(visit.context, visit.actor, try_id))
    if passed is None:
        return
    if not passed.is_valid:
        why = _standing(visit, passed)
        st.info(
            visit.speech.say("progress.counts_no_more", why=why), icon=ICONS[passed.worth.validity]
        )
        return
    with st.container(border=True):
        st.markdown(f"**{visit.say('passes.mine.one')}**")
        if passed.certificate is None:
            st.caption(visit.say("passes.mine.explained"))
        _deeds(visit, passed)


def _standing(visit: Visit, passed: Passed) -> str:
    until = passed.worth.until
    if passed.worth.validity is Validity.WITHDRAWN:
        return visit.say("passes.mine.withdrawn", reason=passed.reason or "")
    if until is None:
        return visit.say("passes.mine.outdated")
    kind = "valid" if passed.is_valid else "expired"
    return visit.say(f"passes.mine.{kind}", until=until)


def _deeds(visit: Visit, passed: Passed) -> None:
    if passed.certificate is None and passed.is_valid:
        _issue(visit, passed)
    elif passed.certificate is None:
        return
    elif passed.certificate.is_shared:
        _shared(visit, passed, passed.certificate)
    else:
        _closed(visit, passed.certificate)


def _issue(visit: Visit, passed: Passed) -> None:
    form = f"certify {passed.try_id}"
    label = visit.say("passes.mine.issue")
    if forms.button(label, form, primary=True, icon=":material/workspace_premium:"):
        forms.do(
            visit,
            form,
            lambda request_id: issue_pass_certificate(
                visit.context, visit.actor, request_id=request_id, try_id=passed.try_id
            ),
            lambda _: visit.say("passes.mine.issued"),
        )


def _shared(visit: Visit, passed: Passed, certificate: PassCertificate) -> None:
    with st.container(horizontal=True):
        if passed.is_valid:
            _downloads(visit, certificate)
        if passed.url is not None:
            st.link_button(visit.say("passes.mine.page"), passed.url, icon=":material/qr_code_2:")
        _stop(visit, certificate)


def _downloads(visit: Visit, certificate: PassCertificate) -> None:
    context, actor, name = visit.context, visit.actor, written_number(certificate)
    st.download_button(
        visit.say("passes.mine.pdf"),
        data=lambda: write_pass_certificate(pass_paper(context, actor, certificate.id)),
        file_name=f"{name}.pdf",
        mime="application/pdf",
        icon=":material/picture_as_pdf:",
        key=f"pdf {certificate.id}",
        on_click="ignore",
        type="primary",
    )
    st.download_button(
        visit.say("passes.mine.badge"),
        data=lambda: pass_credential(context, actor, certificate.id),
        file_name=f"{name}.jwt",
        mime="application/vc+jwt",
        icon=":material/workspace_premium:",
        key=f"badge {certificate.id}",
        on_click="ignore",
        help=visit.say("passes.mine.badge_help"),
    )


def _stop(visit: Visit, certificate: PassCertificate) -> None:
    form = f"stop {certificate.id}"
    label = visit.say("passes.mine.stop")
    if st.button(label, key=f"ask {form}", icon=":material/visibility_off:", type="tertiary"):
        forms.confirm(
            visit,
            form,
            title=label,
            restated=[visit.say("passes.mine.stops")],
            act=visit.say("passes.mine.stop_act"),
            deed=lambda request_id: stop_sharing(
                visit.context, visit.actor, request_id=request_id, certificate_id=certificate.id
            ),
            told=lambda _: visit.say("passes.mine.stopped"),
        )


def _closed(visit: Visit, certificate: PassCertificate) -> None:
    st.caption(visit.say("passes.mine.closed"))
    form = f"share {certificate.id}"
    if forms.button(visit.say("passes.mine.share"), form, icon=":material/visibility:"):
        forms.do(
            visit,
            form,
            lambda request_id: share_again(
                visit.context, visit.actor, request_id=request_id, certificate_id=certificate.id
            ),
            lambda _: visit.say("passes.mine.shared"),
        )
