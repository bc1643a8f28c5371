"""How a supplier's lots are called."""

from __future__ import annotations

from club.domain.lots import Lot, Project
from pages.parts.visit import Visit


def vintage(visit: Visit, lot: Lot) -> str:
    return str(lot.vintage) if lot.vintage else visit.say("words.not_stated")


def lot_name(visit: Visit, project: Project, lot: Lot) -> str:
    """A lot by its project and vintage, for Markdown."""
    if lot.vintage is None:
        return visit.say("selling.lot_of_no_vintage", project=visit.speech.name(project))
    return visit.say(
        "selling.lot_name", project=visit.speech.name(project), vintage=str(lot.vintage)
    )


def lot_label(visit: Visit, project: Project, lot: Lot) -> str:
    """The same for a list to choose from, which shows text as it is."""
    if lot.vintage is None:
        return visit.speech.say("selling.lot_of_no_vintage", project=visit.speech.name(project))
    return visit.speech.say(
        "selling.lot_name", project=visit.speech.name(project), vintage=str(lot.vintage)
    )
