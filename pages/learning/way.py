"""The way through a module: what the address says, and how to get back to the round."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

import streamlit as st

from club.operations.viewing.learning import ModuleCard
from curriculum.texts import Text
from pages.parts import forms, links
from pages.parts.top import start_at_top
from pages.parts.visit import Visit, plain

View = TypeVar("View")

ROUND = "round"
PLACE = ("module", "lesson", "step")
"""What the address says of a place in a lesson."""
READING_WIDTH = 820
"""Pixels: longer lines are hard to read; a narrower window narrows it."""


def words(visit: Visit, text: Text) -> str:
    """Our own words in the reader's language, safe for Markdown."""
    return plain(text.in_language(visit.speech.language))


def both_names(visit: Visit, text: Text) -> str:
    """The name in the reader's language and, where it differs, in the other."""
    other = text.in_language("en" if visit.speech.language == "ja" else "ja")
    own = f"**{words(visit, text)}**"
    return own if text.ja == text.en else f"{own}　{plain(other)}"


def asked_number(name: str) -> int | None:
    """Read a small number out of the address; anything else counts as not given."""
    written = st.query_params.get(name, "")
    is_number = written.isascii() and written.isdigit() and len(written) < 4  # noqa: PLR2004 - nothing here has a thousand parts
    return int(written) if is_number else None


def onward(**query: str) -> dict[str, str]:
    """Write the query of a further step, which remembers the round that sent the person."""
    sent_by = st.query_params.get(ROUND)
    return query | ({ROUND: sent_by} if sent_by else {})


def from_lesson() -> dict[str, str]:
    """Read out of the address the lesson and the step that one came from; empty if none."""
    told = {name: st.query_params.get(name, "") for name in PLACE}
    return told if all(told.values()) else {}


def back_to_lesson(visit: Visit) -> None:
    """Link to the step of the lesson from which one came, if one did."""
    place = from_lesson()
    if place:
        label = visit.say("learning.back_to_lesson")
        links.link(visit, "lesson", label, icon=":material/arrow_back:", **onward(**place))


def one_of_many(
    visit: Visit,
    path: str,
    *,
    icon: str,
    read: Callable[[], View],
    named: Callable[[View], tuple[str, Text]],
    body: Callable[[Visit, View], None],
) -> None:
    """Open one card by its address, with the ways back; `named` gives its id and its title."""
    back_to_lesson(visit)
    query = onward(**from_lesson())
    links.link(visit, path, visit.say(f"learning.{path}.all"), icon=icon, **query)
    head = st.container()
    view = forms.read(visit, read)
    if view is None:
        head.title(visit.say(f"menu.{path}"))
        return
    id, title = named(view)
    start_at_top(id)
    head.title(words(visit, title))
    body(visit, view)


def back_to_rounds(visit: Visit, card: ModuleCard) -> None:
    """Links to the open rounds that ask for this module; only to one, if it sent the person."""
    sent_by = st.query_params.get(ROUND)
    requiring = [r for r in card.required_by if r.id == sent_by] or card.required_by
    for round_ in requiring:
        label = visit.say("learning.to_round", round=visit.speech.name(round_))
        key = f"round {round_.id} of {card.id}"
        long_link(label, "round", key=key, icon=":material/shopping_basket:", id=round_.id)


def long_link(label: str, path: str, *, key: str, icon: str, **query: str) -> None:
    """Lead to a screen by a label that wraps on a phone, where a page link would be cut off."""
    if st.button(label, key=key, icon=icon, type="tertiary", wrap=True):
        links.go(path, **query)


def percent(share: Fraction) -> int:
    """Whole per cent, rounded down, so that a score just short of the mark never looks like it."""
    return share.numerator * 100 // share.denominator


def exact(visit: Visit, value: Fraction) -> str:
    """Write a figure as the reader's language writes numbers."""
    return visit.speech.number(Decimal(value.numerator) / Decimal(value.denominator))
