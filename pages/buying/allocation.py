"""What my organisation got of a round, and why exactly this amount."""

from __future__ import annotations

import streamlit as st

from club.domain.errors import ClubError
from club.domain.rounds import Phase
from club.operations.viewing.buying import MyAllocation, my_allocation, my_pledges
from pages.parts import links
from pages.parts.figures import figure
from pages.parts.tables import table
from pages.parts.visit import Visit
from pages.parts.why_amount import why_amount

CLEARED = frozenset({Phase.SETTLING, Phase.CLOSED})


def render(visit: Visit) -> None:
    st.title(visit.say("buying.allocation.title"))
    round_id = st.query_params.get("id") or _chosen(visit)
    if round_id is None:
        st.info(visit.say("buying.allocation.empty"), icon=":material/pie_chart:")
        return
    try:
        mine = my_allocation(visit.context, visit.actor, round_id)
    except ClubError as error:
        visit.refuse(error)
        return
    if mine is None:
        st.info(visit.say("buying.allocation.not_yet"), icon=":material/hourglass_empty:")
        links.link(visit, "round", visit.say("home.to_round"), id=round_id)
        return
    if "id" in st.query_params:
        st.subheader(visit.name(mine.round_))
    _followed(visit, mine)
    _sum(visit, mine)
    why_amount(visit, mine.why)
    _lines(visit, mine)
    links.link(
        visit, "check", visit.say("checking.link"), icon=":material/fact_check:", id=mine.round_.id
    )
    if mine.invoice_id:
        links.link(visit, "invoices", visit.say("buying.invoices.title"), icon=":material/receipt:")


def _followed(visit: Visit, mine: MyAllocation) -> None:
    """Whether this is the last word, and whether it still is what the clearing said."""
    if mine.is_in_question:
        st.info(visit.say("buying.allocation.in_question"), icon=":material/help:")
    if mine.has_changed:
        st.info(visit.say("buying.allocation.has_changed"), icon=":material/find_replace:")
    if mine.was_asked and links.can_open("stay"):
        links.link(
            visit,
            "stay",
            visit.say("buying.allocation.to_stay"),
            icon=":material/how_to_vote:",
            id=mine.round_.id,
        )


def _chosen(visit: Visit) -> str | None:
    """The round to look at: at first the newest that has been cleared."""
    own = {round_.id: round_ for round_, _ in my_pledges(visit.context, visit.actor)}
    if not own:
        return None
    ids = list(own)
    cleared = [id for id in ids if own[id].phase in CLEARED]
    return st.selectbox(
        visit.say("buying.allocation.round"),
        ids,
        index=ids.index(cleared[0]) if cleared else 0,
        format_func=lambda id: f"{visit.speech.name(own[id])} · {visit.speech.word(own[id].phase)}",
    )


def _sum(visit: Visit, mine: MyAllocation) -> None:
    got, price, value = st.columns(3)
    figure(
        got,
        visit.say("buying.allocation.got"),
        visit.speech.kg(mine.quantity_kg),
        visit.say("buying.allocation.of", quantity_kg=mine.pledge.quantity_kg),
    )
    per_t = mine.price.numerator // mine.price.denominator if mine.price else 0
    figure(price, visit.say("buying.outcome.price"), visit.speech.per_t(per_t))
    figure(value, visit.say("buying.allocation.value"), visit.speech.jpy(mine.value_jpy))


def _lines(visit: Visit, mine: MyAllocation) -> None:
    if not mine.lines:
        return
    st.subheader(visit.say("buying.allocation.lines"))
    say, speech = visit.speech.say, visit.speech
    table(
        visit,
        [
            {
                say("buying.outcome.project"): speech.name(line.row.project),
                say("words.field.quantity_kg"): speech.kg(line.quantity_kg),
                say("words.field.price_per_t"): speech.per_t(line.row.award.price_per_t),
            }
            for line in mine.lines
        ],
        name=f"allocation-{mine.round_.id}",
        csv_rows=[
            {
                "award": line.row.award.id,
                "project_ja": line.row.project.name_ja,
                "project_en": line.row.project.name_en,
                "quantity_kg": line.quantity_kg,
                "price_per_t": line.row.award.price_per_t,
            }
            for line in mine.lines
        ],
    )
