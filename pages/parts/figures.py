"""Figures in frames side by side."""

from __future__ import annotations

from streamlit.delta_generator import DeltaGenerator


def figure(place: DeltaGenerator, label: str, value: int | str, note: str | None = None) -> None:
    """A figure as high as its neighbours; the note below it tells of no change."""
    place.metric(
        label,
        value,
        note,
        delta_color="off",
        delta_arrow="off",
        border=True,
        height="stretch",
    )
