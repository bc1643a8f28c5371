"""A round's way from learning to retirement, as an ordered list that reads on any screen."""

from __future__ import annotations

from datetime import datetime
from html import escape

import streamlit as st

from club.domain.rounds import Phase, Round
from club.i18n import Speech
from pages.parts.visit import Visit

STEPS = ("learn", "pledge", "bid", "share", "settle", "retire")
_REACHED = {
    Phase.DRAFT: 0,
    Phase.PLEDGING: 1,
    Phase.BIDDING: 2,
    Phase.CLEARING: 3,
    Phase.SETTLING: 4,
    Phase.CLOSED: 6,
}
HOME_ZONE = "Asia/Tokyo"
_MARKS = {"done": "✓", "now": "●", "later": "○", "stopped": "✕"}


def phase_bar(visit: Visit, round_: Round, *, is_learning: bool = False) -> None:
    """Six steps: done, now, or still to come; told by mark and word, not by colour alone.

    Learning is now as well while a module that the round asks for is still to be passed.
    """
    reached = _REACHED.get(round_.phase)
    items = []
    for number, step in enumerate(STEPS):
        state = "stopped" if reached is None else _state(number, reached)
        if step == "learn" and is_learning and round_.phase is Phase.PLEDGING:
            state = "now"
        when = _when(visit, step, round_)
        items.append(
            f'<li class="{state}"><b><span aria-hidden="true">{_MARKS[state]}</span> '
            f"{escape(visit.speech.say(f'phases.{step}'))}</b>"
            f"<small>{escape(visit.speech.say(f'phases.{state}'))}{escape(when)}</small></li>"
        )
    label = escape(visit.speech.say("phases.label"))
    zone = escape(visit.speech.say("phases.zone", zone=zone_words(visit.speech)))
    st.html(
        f'<ol class="tomoe-phases" aria-label="{label}">{"".join(items)}</ol>'
        f'<p class="tomoe-zone">{zone}</p>'
    )


def _state(number: int, reached: int) -> str:
    if number < reached:
        return "done"
    return "now" if number == reached else "later"


def _when(visit: Visit, step: str, round_: Round) -> str:
    instants = {"pledge": round_.pledging_closes_at, "bid": round_.bidding_closes_at}
    if step not in instants:
        return ""
    return " · " + visit.speech.say("phases.until", until=visit.speech.brief(instants[step]))


def zone_words(speech: Speech) -> str:
    """The reader's time zone, as people call it where the club is at home."""
    return speech.say("words.zone.japan") if speech.time_zone == HOME_ZONE else speech.time_zone


def countdown(visit: Visit, deadline: datetime, now: datetime) -> str:
    """A deadline in the reader's zone, and within a day how long is left."""
    minutes = int((deadline - now).total_seconds()) // 60
    if minutes < 0 or minutes >= 24 * 60:
        return visit.speech.at(deadline)
    hours, rest = divmod(minutes, 60)
    kind = "phases.left" if hours else "phases.minutes_left"
    return visit.say(kind, until_at=deadline, hours=hours, minutes=rest)
