"""Live auctions for tests: lots by letters, instants in seconds from the start."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from auctions.formats.entrants import Entrant
from auctions.formats.events import EventRefused

START = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


def after(seconds):
    return START + timedelta(seconds=seconds)


def seconds(at):
    """Read an instant back as seconds from the start, exactly."""
    return Fraction((at - START) // timedelta(microseconds=1), 10**6)


def entrant(lot, quantity_kg=100, coefficient=1):
    return Entrant(
        lot=lot,
        supplier=f"supplier of {lot}",
        project=f"project of {lot}",
        quantity_kg=quantity_kg,
        coefficient=Fraction(coefficient),
    )


def entrants(lots, **given):
    return {lot: entrant(lot, **given) for lot in lots}


def refusal(step, state, event):
    """What a refused event says; the state is a value and cannot have changed."""
    with pytest.raises(EventRefused) as refused:
        step(state, event)
    return refused.value.code, refused.value.facts


def accepted(step, state, events):
    """Apply what is accepted; return the state and the events that were."""
    taken = []
    for event in events:
        try:
            state = step(state, event)
        except EventRefused:
            continue
        taken.append(event)
    return state, taken
