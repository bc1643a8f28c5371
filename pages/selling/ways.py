"""After a refusal: why not, and one step from there to where it can be mended."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from club.domain.errors import ClubError
from pages.parts import forms, links
from pages.parts.visit import Visit

T = TypeVar("T")
WAYS = {
    "terms_not_accepted": ("terms", ":material/gavel:"),
    "lot_exhausted": ("my_lots", ":material/forest:"),
    "lot_bound": ("offers", ":material/lock:"),
    "units_mismatch": ("my_lots", ":material/forest:"),
    "not_invited": ("offers", ":material/arrow_back:"),
    "bidding_not_open": ("offers", ":material/arrow_back:"),
    "bidding_closed": ("offers", ":material/arrow_back:"),
}
"""The screen on which each refusal can be mended; the link's words are `selling.way.<code>`."""
WORDS_ONLY = frozenset({"buyer_and_seller", "organisation_not_approved"})
"""Refusals that only the club's office can help with: it is said how."""


def do(visit: Visit, form: str, deed: Callable[[str], T], told: Callable[[T], str]) -> None:
    """The deed as `forms.do` does it, and under its refusal the way out."""
    refusals: list[ClubError] = []

    def noting(request_id: str) -> T:
        try:
            return deed(request_id)
        except ClubError as error:
            refusals.append(error)
            raise

    forms.do(visit, form, noting, told)
    for error in refusals:
        way_out(visit, error)


def refuse(visit: Visit, error: ClubError) -> None:
    visit.refuse(error)
    way_out(visit, error)


def way_out(visit: Visit, error: ClubError) -> None:
    if error.code in WORDS_ONLY:
        st.markdown(visit.say(f"selling.way.{error.code}"))
    elif error.code in WAYS:
        path, icon = WAYS[error.code]
        links.link(visit, path, visit.say(f"selling.way.{error.code}"), icon=icon)
