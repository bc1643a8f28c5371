"""All rounds with what they need next, one button each."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.organisations import Role
from club.domain.rounds import Phase, Round
from club.operations.viewing.rounds import RoundRow, list_rounds
from pages.facilitating.next_steps import Step, next_step
from pages.parts import forms
from pages.parts.links import go, link
from pages.parts.tables import table
from pages.parts.visit import Visit

LOOK = {
    Phase.DRAFT: ("gray", ":material/edit_note:"),
    Phase.PLEDGING: ("blue", ":material/group_add:"),
    Phase.BIDDING: ("blue", ":material/gavel:"),
    Phase.CLEARING: ("orange", ":material/calculate:"),
    Phase.SETTLING: ("orange", ":material/local_shipping:"),
    Phase.CLOSED: ("green", ":material/check:"),
    Phase.CANCELLED: ("gray", ":material/cancel:"),
    Phase.FAILED: ("gray", ":material/cancel:"),
}
OVER = frozenset({Phase.CLOSED, Phase.CANCELLED, Phase.FAILED})


def render(visit: Visit) -> None:
    st.title(visit.say("menu.rounds_desk"))
    if visit.has(Role.FACILITATOR) and st.button(
        visit.say("facilitating.rounds.draft"), icon=":material/add:", type="primary"
    ):
        go("round_form")
    rows = forms.read(visit, lambda: list_rounds(visit.context, visit.actor))
    if rows is None:
        return
    if not rows:
        st.info(visit.say("facilitating.rounds.none"))
        return
    for row in rows:
        if row.round_.phase not in OVER:
            _card(visit, row)
    _all(visit, rows)


def badge(visit: Visit, phase: Phase) -> None:
    color, icon = LOOK[phase]
    st.badge(visit.speech.word(phase), icon=icon, color=color)  # type: ignore[arg-type]  # named colours


def _card(visit: Visit, row: RoundRow) -> None:
    round_ = row.round_
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{visit.name(round_)}**")
            badge(visit, round_.phase)
        st.caption(
            visit.say(
                "facilitating.rounds.dates",
                pledging_closes_at=round_.pledging_closes_at,
                bidding_closes_at=round_.bidding_closes_at,
            )
        )
        if row.exact_pool is not None and round_.phase is not Phase.DRAFT:
            st.markdown(
                visit.say(
                    "facilitating.rounds.pool",
                    pool_kg=row.exact_pool.pool_kg,
                    goal_kg=round_.goal_kg,
                    count=row.exact_pool.companies,
                )
            )
        _next(visit, round_)


def _next(visit: Visit, round_: Round) -> None:
    step = next_step(visit, round_)
    word = step.word
    if visit.has(Role.FACILITATOR):
        st.markdown(visit.say(f"facilitating.next.{word}.text"))
    else:
        step, word = Step(word=word, waits=True), "look"
    if st.button(
        visit.say(f"facilitating.next.{word}.button"),
        key=f"next {round_.id}",
        type="secondary" if step.waits else "primary",
    ):
        go(step.path, id=round_.id)


def _all(visit: Visit, rows: Sequence[RoundRow]) -> None:
    st.subheader(visit.say("facilitating.rounds.all"))
    for row in rows:
        if row.round_.phase in OVER:
            with st.container(horizontal=True, vertical_alignment="center"):
                link(visit, "round_desk", visit.name(row.round_), id=row.round_.id)
                badge(visit, row.round_.phase)
    table(
        visit,
        [_shown(visit, row) for row in rows],
        name="rounds",
        csv_rows=[_exact(row) for row in rows],
    )


def _shown(visit: Visit, row: RoundRow) -> dict[str, object]:
    round_, pool = row.round_, row.exact_pool
    return {
        visit.say("facilitating.round"): visit.speech.name(round_),
        visit.say("facilitating.rounds.phase"): visit.speech.word(round_.phase),
        visit.say("facilitating.rounds.pooled"): visit.speech.kg(pool.pool_kg) if pool else "",
        visit.say("words.field.goal_kg"): visit.speech.kg(round_.goal_kg),
        visit.say("facilitating.rounds.companies"): pool.companies if pool else None,
        visit.say("words.field.pledging_closes_at"): visit.speech.at(round_.pledging_closes_at),
        visit.say("words.field.bidding_closes_at"): visit.speech.at(round_.bidding_closes_at),
    }


def _exact(row: RoundRow) -> dict[str, object]:
    round_, pool = row.round_, row.exact_pool
    return {
        "id": round_.id,
        "name_ja": round_.name_ja,
        "name_en": round_.name_en,
        "phase": round_.phase.value,
        "pool_kg": pool.pool_kg if pool else "",
        "goal_kg": round_.goal_kg,
        "companies": pool.companies if pool else "",
        "pledging_closes_at": round_.pledging_closes_at.isoformat(),
        "bidding_closes_at": round_.bidding_closes_at.isoformat(),
    }
