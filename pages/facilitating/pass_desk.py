"""Who has passed what; withdrawing a pass with a reason, and giving it back."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.operations.viewing.passes import ClubPass, passes_of_club
from club.operations.viewing.statements import club_statements
from club.operations.withdrawing import LONGEST_REASON, reinstate_pass, withdraw_pass
from curriculum.certificates import Validity
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit, plain


def render(visit: Visit) -> None:
    st.title(visit.say("passes.desk.title"))
    st.markdown(visit.say("passes.desk.intro"))
    found = forms.read(visit, lambda: passes_of_club(visit.context, visit.actor))
    if found is None:
        return
    if found:
        _choose(visit, found)
        exact = [_exact(visit, one) for one in found]
        table(visit, [_row(visit, one) for one in found], name="club-passes", csv_rows=exact)
    else:
        st.info(visit.say("passes.desk.nobody"), icon=":material/workspace_premium:")
    _statements(visit)


def _row(visit: Visit, one: ClubPass) -> dict[str, object]:
    """A row to read, as narrow as a phone, with the reason of a withdrawal in full."""
    say = visit.speech.say
    return {
        say("passes.desk.person"): _who(visit, one),
        say("passes.desk.module"): _title(visit, one),
        say("passes.desk.state"): _standing(visit, one),
    }


def _standing(visit: Visit, one: ClubPass) -> str:
    if one.validity is not Validity.WITHDRAWN and one.until is not None:
        kind = "pass_valid" if one.validity is Validity.VALID else "pass_over"
        return visit.speech.say(f"progress.{kind}", until=visit.speech.day(one.until))
    return " · ".join(filter(None, (visit.speech.word(one.validity), one.reason)))


def _exact(visit: Visit, one: ClubPass) -> dict[str, object]:
    """The same and more, each fact in a column of its own."""
    speech = visit.speech
    return {
        speech.say("passes.desk.person"): one.person.name,
        speech.say("passes.desk.module"): _title(visit, one),
        speech.say("passes.desk.state"): speech.word(one.validity),
        speech.say("passes.desk.organisation"): speech.name(one.organisation),
        speech.say("passes.desk.passed_at"): speech.at(one.passed_at),
        speech.say("passes.desk.until"): speech.at(one.until) if one.until else "",
        speech.say("passes.desk.reason"): one.reason or "",
    }


def _title(visit: Visit, one: ClubPass) -> str:
    return one.module.title.in_language(visit.speech.language)


def _choose(visit: Visit, found: Sequence[ClubPass]) -> None:
    """Choose one person by name, and what may be done with each of their passes."""
    by_person: dict[str, list[ClubPass]] = {}
    for one in found:
        if not one.is_own:
            by_person.setdefault(one.person.id, []).append(one)
    chosen = st.selectbox(
        visit.say("passes.desk.choose"),
        list(by_person),
        index=None,
        format_func=lambda id: _who(visit, by_person[id][0]),
        placeholder=visit.say("passes.desk.choose_one"),
        key="chosen person",
    )
    for one in by_person.get(chosen or "", ()):
        with st.container(border=True):
            st.markdown(f"**{plain(_title(visit, one))}**　{visit.speech.word(one.validity)}")
            with st.container(horizontal=True):
                _withdraw(visit, one)
                _reinstate(visit, one)


def _who(visit: Visit, one: ClubPass) -> str:
    return f"{one.person.name} · {visit.speech.name(one.organisation)}"


def _withdraw(visit: Visit, one: ClubPass) -> None:
    form = f"withdraw {one.person.id} {one.module.id}"
    label = visit.say("passes.desk.withdraw")
    if not one.may_withdraw or not st.button(label, key=f"ask {form}", icon=":material/block:"):
        return
    facts = {"person": one.person.name, "module": _title(visit, one)}

    @st.dialog(label)
    def dialog() -> None:
        st.markdown(visit.say("passes.desk.withdraws", **facts))
        reason = st.text_area(
            visit.say("words.field.reason"), max_chars=LONGEST_REASON, key=f"{form} reason"
        )
        if forms.button(visit.say("passes.desk.withdraw_act", **facts), form, primary=True):
            forms.do(
                visit,
                form,
                lambda request_id: withdraw_pass(
                    visit.context,
                    visit.actor,
                    request_id=request_id,
                    person_id=one.person.id,
                    module_id=one.module.id,
                    reason=reason,
                ),
                lambda _: visit.say("passes.desk.withdrawn", **facts),
            )

    dialog()


def _reinstate(visit: Visit, one: ClubPass) -> None:
    form = f"reinstate {one.person.id} {one.module.id}"
    label = visit.say("passes.desk.reinstate")
    if not one.may_reinstate or not st.button(label, key=f"ask {form}", icon=":material/undo:"):
        return
    facts = {"person": one.person.name, "module": _title(visit, one)}
    forms.confirm(
        visit,
        form,
        title=label,
        restated=[visit.say("passes.desk.reinstates", **facts)],
        act=visit.say("passes.desk.reinstate_act", **facts),
        deed=lambda request_id: reinstate_pass(
            visit.context,
            visit.actor,
            request_id=request_id,
            person_id=one.person.id,
            module_id=one.module.id,
        ),
        told=lambda _: visit.say("passes.desk.reinstated", **facts),
    )


def _statements(visit: Visit) -> None:
    context, actor = visit.context, visit.actor
    st.subheader(visit.say("passes.statements.title"), anchor=False)
    st.caption(visit.say("passes.statements.club_explained"))
    st.download_button(
        visit.say("passes.statements.download"),
        data=lambda: club_statements(context, actor),
        file_name="club-learning.jsonl",
        mime="application/x-ndjson",
        icon=":material/download:",
        key="club statements",
        on_click="ignore",
    )
