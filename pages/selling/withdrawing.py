"""Taking a sealed offer back, while bidding is open."""

from __future__ import annotations

from club.operations.offering import withdraw_offer
from club.operations.viewing.market import OfferRow
from pages.parts import forms
from pages.parts.visit import Visit
from pages.selling.words import lot_name


def confirm(visit: Visit, row: OfferRow) -> None:
    """Ask once more, saying which envelope of which lot it is."""
    forms.confirm(
        visit,
        f"withdraw {row.envelope_id}",
        title=visit.say("selling.withdraw_title"),
        restated=[
            lot_name(visit, row.project, row.lot),
            visit.say("selling.withdraws", sequence=row.sequence, received_at=row.received_at),
        ],
        act=visit.say("selling.withdraw_act", sequence=row.sequence),
        deed=lambda request_id: withdraw_offer(
            visit.context, visit.actor, request_id=request_id, envelope_id=row.envelope_id
        ),
        told=lambda envelope: visit.say("selling.withdrawn", sequence=envelope.sequence),
    )
