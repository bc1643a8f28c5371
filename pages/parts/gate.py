"""What is missing before one may pledge, each with the way to mend it: never a dead end."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from club.domain.qualifications import Reason
from pages.parts import links
from pages.parts.visit import Visit, plain


def missing(
    visit: Visit, reasons: Sequence[Reason], round_id: str, *, is_on_team: bool = False
) -> None:
    """Nothing when nothing is missing; the team's own page needs no way to itself."""
    for number, reason in enumerate(reasons):
        with st.container(border=True):
            st.markdown(
                f":material/lock: {visit.say(f'errors.{reason.code}', **_facts(visit, reason))}"
            )
            module = visit.context.modules.get(reason.module_id or "")
            if module is not None:
                st.caption(plain(module.title.in_language(visit.speech.language)))
            key = f"mend {round_id} {number}"
            if reason.module_id is not None:
                if st.button(visit.say("buying.mend.lesson"), key=key, type="primary"):
                    links.go("lesson", module=reason.module_id, round=round_id)
            elif reason.code == "terms_not_accepted":
                _leave(visit, "buying.mend.terms", "terms", key)
            elif reason.duty is not None and not is_on_team and links.can_open("team"):
                _leave(visit, "progress.quorum.to_team", "team", key)


def _leave(visit: Visit, label: str, path: str, key: str) -> None:
    if st.button(visit.say(label), key=key, type="primary"):
        links.go(path)


def _facts(visit: Visit, reason: Reason) -> dict[str, object]:
    module = visit.context.modules.get(reason.module_id or "")
    title = module.title.in_language(visit.speech.language) if module else ""
    return {"module_id": title, "duty": reason.duty, "have": reason.have, "need": reason.need}
