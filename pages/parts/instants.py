"""A date and a time of day, typed where the reader is and kept as an instant."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import streamlit as st

from pages.parts.visit import Visit


def instant(
    visit: Visit, label: str, *, key: str, value: datetime | None, help: str | None = None
) -> datetime | None:
    """The instant of what is typed in the reader's zone; None where the field is empty.

    An hour that a change of the clocks repeats is read as its first.
    """
    zone = ZoneInfo(visit.speech.time_zone)
    shown = value.astimezone(zone).replace(tzinfo=None, fold=0) if value else None
    typed = st.datetime_input(label, value=shown, key=key, help=help)
    return typed.replace(tzinfo=zone).astimezone(UTC) if typed else None
