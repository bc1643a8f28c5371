"""What I won: price, value, the award note, the delivery and how far it has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st

from club.documents import AwardNote, write_award_note
from club.domain.errors import NotFound
from club.domain.offers import Award
from club.operations.viewing.books import award_note
from club.operations.viewing.following import Fallen, my_fallen
from club.operations.viewing.holdings import Consignment, my_consignments
from pages.parts import following, forms
from pages.parts.links import link
from pages.parts.tables import table
from pages.parts.visit import Visit
from pages.selling import delivering
from pages.selling.words import lot_name


def render(visit: Visit) -> None:
    st.title(visit.say("menu.awards"))
    won = forms.read(visit, lambda: my_consignments(visit.context, visit.actor))
    if won is None:
        return
    fallen = my_fallen(visit.context, visit.actor)
    if not won and not fallen:
        st.info(visit.say("selling.no_awards"), icon=":material/emoji_events:")
        return
    by_round: dict[str, list[Consignment]] = defaultdict(list)
    for consignment in won:
        by_round[consignment.bought.round_id].append(consignment)
    for round_id, consignments in sorted(by_round.items(), key=lambda each: _is_done(each[1])):
        _round(visit, round_id, consignments)
    if won:
        _list(visit, won)
    _fallen(visit, fallen)


def _is_done(won: Sequence[Consignment]) -> bool:
    """Rounds with something left to deliver stand first."""
    return all(consignment.delivery for consignment in won)


def _round(visit: Visit, round_id: str, won: Sequence[Consignment]) -> None:
    st.subheader(visit.name(won[0].round_))
    note = _note(visit, round_id)
    if note is not None:
        _paid(visit, note)
    for consignment in won:
        with st.container(border=True):
            _award(visit, consignment)


def _note(visit: Visit, round_id: str) -> AwardNote | None:
    """None while all that was won is in question, and nothing is owed for it yet."""
    own = visit.actor.organisation_id
    try:
        return award_note(visit.context, visit.actor, round_id=round_id, supplier_id=own)
    except NotFound:
        return None


def _paid(visit: Visit, note: AwardNote) -> None:
    """What the club owes for the round, and the paper that says so."""
    facts = {"value_jpy": note.value_jpy, "custody_jpy": note.custody_jpy}
    st.markdown(visit.say("selling.owed", owed_jpy=note.value_jpy + note.custody_jpy))
    if note.custody_jpy:
        st.caption(visit.say("selling.owed_parts", **facts))
    st.download_button(
        visit.say("selling.award_note"),
        data=lambda: write_award_note(note),
        file_name=f"{note.number}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        key=f"pdf {note.number}",
        on_click="ignore",
    )


def _award(visit: Visit, consignment: Consignment) -> None:
    bought, lot = consignment.bought, consignment.lot
    st.markdown(f"**{lot_name(visit, consignment.project, lot)}**")
    delivering.badge(visit, consignment)
    for award in bought.awards:
        st.markdown(
            visit.say(
                "selling.won",
                quantity_kg=award.quantity_kg,
                price_per_t=award.price_per_t,
                value_jpy=award.value_jpy,
            )
        )
    facts = {"count": consignment.units_due, "unit_kg": lot.unit_kg}
    due = visit.say("selling.units_due", **facts)
    surplus_kg = consignment.units_due * lot.unit_kg - bought.quantity_kg
    if surplus_kg:
        due += visit.say("selling.surplus", surplus_kg=surplus_kg)
    if lot.deliver_by_on is not None:
        due += visit.say("selling.deliver_by", deliver_by_on=lot.deliver_by_on)
    st.caption(due)
    if consignment.waits_for is None or consignment.delivery is not None:
        delivering.show(visit, consignment)
    else:
        _waiting(visit, consignment)


def _waiting(visit: Visit, consignment: Consignment) -> None:
    """Why nothing is to be delivered now, and the way to mend it where the supplier can."""
    st.info(visit.say(f"errors.{consignment.waits_for}"), icon=":material/help:")
    if consignment.flag is not None and consignment.flag.is_open:
        link(
            visit,
            "explain",
            visit.say("menu.explain"),
            icon=":material/price_check:",
            id=consignment.flag.award_id,
        )


def _fallen(visit: Visit, fallen: Sequence[Fallen]) -> None:
    if not fallen:
        return
    st.subheader(visit.say("selling.fallen"))
    following.fallen(visit, fallen)


def _list(visit: Visit, won: Sequence[Consignment]) -> None:
    st.subheader(visit.say("selling.all_awards"))
    rows = [
        {
            visit.say("selling.lot"): visit.speech.name(each.project),
            visit.say("words.field.quantity_kg"): visit.speech.kg(award.quantity_kg),
            visit.say("words.field.price_per_t"): visit.speech.per_t(award.price_per_t),
            visit.say("selling.value"): visit.speech.jpy(award.value_jpy),
            visit.say("words.field.standing"): delivering.state(visit, each),
        }
        for each in won
        for award in each.bought.awards
    ]
    exact = [_exact(each, award) for each in won for award in each.bought.awards]
    table(visit, rows, name="awards", csv_rows=exact)


def _exact(consignment: Consignment, award: Award) -> dict[str, object]:
    delivery = consignment.delivery
    return {
        "award": award.id,
        "round": award.round_id,
        "lot": award.lot_id,
        "project_ja": consignment.project.name_ja,
        "project_en": consignment.project.name_en,
        "quantity_kg": award.quantity_kg,
        "price_per_t": award.price_per_t,
        "value_jpy": award.value_jpy,
        "units_due": consignment.units_due,
        "unit_kg": consignment.lot.unit_kg,
        "serial_first": delivery.serials.first_text if delivery else None,
        "serial_last": delivery.serials.last_text if delivery else None,
        "delivered_at": delivery.delivered_at.isoformat() if delivery else None,
        "accepted_at": delivery.accepted_at.isoformat()
        if delivery and delivery.accepted_at
        else None,
    }
