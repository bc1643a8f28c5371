"""One field of a round's terms: a line, a text, a count, a date, each with its help."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from club.domain.rounds import Round
from pages.parts.visit import Visit

USUAL = {"pledging_opens_at": (1, 9), "pledging_closes_at": (15, 17), "bidding_closes_at": (22, 17)}
"""Days from today, and the hour, at which a new round's dates stand until they are changed."""


def line(visit: Visit, form: str, field: str, value: str, *, example: str | None = None) -> str:
    return st.text_input(
        visit.say(f"words.field.{field}"),
        value=value,
        placeholder=visit.say(f"facilitating.form.{example}") if example else None,
        key=f"{form} {field}",
        help=visit.say(f"facilitating.form.{field}"),
    )


def text(visit: Visit, form: str, field: str, value: str) -> str:
    return st.text_area(
        visit.say(f"words.field.{field}"),
        value=value,
        key=f"{form} {field}",
        help=visit.say(f"facilitating.form.{field}"),
        height=90,
    )


def count(
    visit: Visit,
    form: str,
    field: str,
    draft: Round | None,
    *,
    usual: int,
    least: int = 1,
    most: int = 3_650,
) -> int:
    return st.number_input(
        visit.say(f"words.field.{field}"),
        min_value=least,
        max_value=most,
        value=int(getattr(draft, field, usual)),
        step=1,
        key=f"{form} {field}",
        help=visit.say(f"facilitating.form.{field}"),
    )


def figure(draft: Round | None, field: str, usual: str) -> str:
    """A figure as it can be typed again; an absent cap is an empty field."""
    figure = getattr(draft, field, None)
    if draft is None or figure is None:
        return usual
    return f"{figure:,}"


def usual(visit: Visit, field: str) -> datetime:
    days, hour = USUAL[field]
    today = visit.context.now().astimezone(ZoneInfo(visit.speech.time_zone))
    return (today + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)
