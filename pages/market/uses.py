"""Which credit for which use: every lot by published rules, with the reason and the source."""

from __future__ import annotations

import streamlit as st

from club.domain.eligibility import Use, Verdict
from club.operations.viewing.eligibility import Choosing, JudgedLot, choose_for, reason_id
from pages.parts import forms
from pages.parts.cited import sources
from pages.parts.programmes import programme
from pages.parts.tables import table
from pages.parts.visit import Visit

ICONS = {
    Verdict.ELIGIBLE: ":material/check_circle:",
    Verdict.NOT_ELIGIBLE: ":material/close:",
    Verdict.UNKNOWN: ":material/help:",
}


def render(visit: Visit) -> None:
    st.title(visit.say("eligibility.title"))
    st.markdown(visit.say("eligibility.intro"))
    chosen = st.selectbox(
        visit.say("eligibility.use"),
        [use.value for use in Use],
        format_func=lambda use: visit.speech.word(Use(use)),
        key="use",
    )
    use = Use(chosen)
    found = forms.read(visit, lambda: choose_for(visit.context, visit.actor, use))
    if found is None:
        return
    st.markdown(visit.say(f"eligibility.about.{use}"))
    if not found.lots:
        st.info(visit.say("eligibility.empty"), icon=":material/inventory_2:")
    for verdict in Verdict:
        _verdict(visit, found, verdict)
    sources(visit, found.sources)
    st.caption(
        visit.say("eligibility.no_advice", version=found.version, review_by_on=found.review_by)
    )


def _verdict(visit: Visit, found: Choosing, verdict: Verdict) -> None:
    """The lots of a verdict, by the reason for it."""
    lots = [row for row in found.lots if row.finding.verdict is verdict]
    if not lots:
        return
    counted = visit.say("eligibility.counted", verdict=verdict, count=len(lots))
    st.subheader(f"{ICONS[verdict]} {counted}")
    for code in dict.fromkeys(row.finding.code for row in lots):
        alike = [row for row in lots if row.finding.code == code]
        st.markdown(_reason(visit, alike[0]))
        table(
            visit,
            [_row(visit, row) for row in alike],
            name=f"{found.use}-{verdict}-{code}",
            csv_rows=[_csv(visit, row) for row in alike],
        )


def _row(visit: Visit, row: JudgedLot) -> dict[str, object]:
    say, speech = visit.speech.say, visit.speech
    return {
        say("buying.outcome.project"): say(
            "eligibility.project",
            project=speech.name(row.project),
            programme=programme(visit, row.project.programme),
        ),
        say("words.field.vintage"): row.lot.vintage or say("words.not_stated"),
        say("words.field.quantity_kg"): speech.kg(row.lot.quantity_kg),
    }


def _csv(visit: Visit, row: JudgedLot) -> dict[str, object]:
    return {
        "lot": row.lot.id,
        "project_ja": row.project.name_ja,
        "project_en": row.project.name_en,
        "programme": row.project.programme,
        "vintage": row.lot.vintage,
        "quantity_kg": row.lot.quantity_kg,
        "use": row.finding.use.value,
        "rule_version": row.finding.version,
        "verdict": row.finding.verdict.value,
        "reason": _reason(visit, row),
    }


def _reason(visit: Visit, row: JudgedLot) -> str:
    return visit.speech.say(reason_id(row.finding))
