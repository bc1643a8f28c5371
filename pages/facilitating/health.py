"""Is the server well: database, notices, the closing clock, keys, versions."""

from __future__ import annotations

import streamlit as st

from club.operations.viewing.running import Running, running
from pages.parts import forms
from pages.parts.figures import figure
from pages.parts.visit import Visit


def render(visit: Visit) -> None:
    st.title(visit.say("menu.health"))
    found = forms.read(visit, lambda: running(visit.context, visit.actor))
    if found is None:
        return
    st.caption(visit.say("facilitating.health.as_of", now_at=found.now))
    _figures(visit, found)
    _findings(visit, found)
    st.subheader(visit.say("facilitating.health.versions"))
    st.markdown("  \n".join(f"{name}: {number}" for name, number in found.versions.items()))


def _figures(visit: Visit, found: Running) -> None:
    left, middle, right = st.columns(3)
    figure(
        left,
        visit.say("facilitating.health.database"),
        visit.say(f"facilitating.health.{found.database}"),
        visit.say("facilitating.health.revision", revision=found.revision or "–"),
    )
    figure(middle, visit.say("facilitating.health.waiting"), found.waiting)
    figure(right, visit.say("facilitating.health.overdue"), found.overdue)


def _findings(visit: Visit, found: Running) -> None:
    """Each thing looked at, well or not, in a sentence."""
    _finding(visit, "tables", is_well=found.is_current)
    _finding(visit, "clock", is_well=found.overdue == 0)
    _finding(visit, "keys", is_well=not found.missing_keys)
    late = found.oldest_waiting_at
    if late is None:
        _finding(visit, "outbox", is_well=True)
    else:
        st.info(visit.say("facilitating.health.oldest", queued_at=late), icon=":material/outbox:")


def _finding(visit: Visit, what: str, *, is_well: bool) -> None:
    if is_well:
        st.markdown(f":material/check_circle: {visit.say(f'facilitating.health.{what}_well')}")
    else:
        st.error(visit.say(f"facilitating.health.{what}_ill"), icon=":material/error:")
