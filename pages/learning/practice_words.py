"""What all screens of a practice round share: words, and turning from one to another."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from club.operations.pledging import PledgeTerms
from pages.parts.visit import Visit


def supplier_name(visit: Visit, letter: str) -> str:
    """An invented supplier, and that it is invented."""
    return visit.speech.say("practice.supplier", letter=letter)


def limit_words(visit: Visit, terms: PledgeTerms) -> str:
    if terms.limit_per_t is None:
        return visit.speech.say("practice.no_limit")
    return visit.speech.per_t(terms.limit_per_t)


def minimum_words(visit: Visit, terms: PledgeTerms) -> str:
    if terms.minimum_kg:
        return visit.speech.kg(terms.minimum_kg)
    return visit.speech.say("buying.pledge.no_minimum")


def pledge_words(visit: Visit, terms: PledgeTerms) -> str:
    """The three numbers in one line of plain text."""
    return visit.speech.say(
        "practice.pledge",
        quantity_kg=terms.quantity_kg,
        limit=limit_words(visit, terms),
        minimum=minimum_words(visit, terms),
    )


def turn_to(label: str, *, key: str, icon: str, query: Mapping[str, str]) -> None:
    """Another state of the same screen, by a label that wraps on a phone."""
    if st.button(label, key=key, icon=icon, type="tertiary", wrap=True):
        st.query_params.from_dict(query)
        st.rerun()
