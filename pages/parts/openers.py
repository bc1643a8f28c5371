"""Who opens a sealed round, as a table and in a sentence; what that protects, and what not."""

from __future__ import annotations

import streamlit as st

from club.domain.rounds import Phase, Round
from club.operations.viewing.openings import Ceremony, OpenedBy, OpenerRow, Stage, opened_by
from pages.parts import forms
from pages.parts.tables import table
from pages.parts.visit import Visit

PROTECTED = ("before_the_deadline", "disk", "too_few")
NOT_PROTECTED = ("process", "together", "weak", "forgotten")


def rows(visit: Visit, found: Ceremony) -> None:
    """Each opener with what they have done so far."""
    table(
        visit,
        [
            {
                visit.say("opening.person"): _who(visit, row),
                visit.say("opening.organisation"): visit.speech.name(row.organisation),
                visit.say("opening.state"): _state(visit, found, row),
            }
            for row in found.openers
        ],
        name=f"openers {found.round_.id}",
    )


def promise(visit: Visit, needed: int, openers: int) -> None:
    """What is protected and what is not, in plain words."""
    facts = {"needed": needed, "openers": openers}
    for title, lines in (("protected", PROTECTED), ("not_protected", NOT_PROTECTED)):
        said = [visit.say(f"opening.{title}.{line}", **facts) for line in lines]
        st.markdown(f"**{visit.say(f'opening.{title}')}**")
        st.markdown("\n".join(f"- {one}" for one in said))


def sentence(visit: Visit, round_: Round) -> None:
    """For everybody: who can open the offers of this round, and whether it waits for them."""
    found = forms.read(visit, lambda: opened_by(visit.context, visit.actor, round_.id))
    if found is None:
        return
    st.caption(said(visit, found))
    if (waits := _waits(visit, round_, found)) is not None:
        st.info(waits, icon=":material/hourglass_top:")


def said(visit: Visit, found: OpenedBy) -> str:
    names = visit.say("opening.and").join(visit.speech.name(o) for o in found.organisations)
    facts = {"needed": found.needed, "openers": found.openers, "organisations": names}
    return visit.say("opening.sealed_by", **facts)


def _waits(visit: Visit, round_: Round, found: OpenedBy) -> str | None:
    if found.waits_until is None:
        return None
    if round_.phase is Phase.PLEDGING:
        count = found.openers - found.ready
        return visit.say("opening.bidding_waits", count=count, until_at=found.waits_until)
    return visit.say(
        "opening.offers_wait",
        given=found.given,
        needed=found.needed,
        until_at=found.waits_until,
    )


def _who(visit: Visit, row: OpenerRow) -> str:
    return visit.speech.say("opening.me", person=row.person.name) if row.is_me else row.person.name


def _state(visit: Visit, found: Ceremony, row: OpenerRow) -> str:
    if row.given_at is not None:
        return visit.speech.say("opening.given", given_at=row.given_at)
    if found.stage in {Stage.NAMING, Stage.SETTING}:
        return visit.speech.say("opening.ready" if row.is_ready else "opening.not_ready")
    if found.stage is Stage.OPENING:
        return visit.speech.say("opening.missing")
    return visit.speech.say(
        "opening.ready" if found.stage is Stage.SEALED else "opening.not_needed"
    )
