"""What the reader asks of the catalogue: words, filters, an order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from club.operations.viewing.market import CatalogueRow
from pages.market.picking import Order, Wanted, region
from pages.parts.programmes import programme
from pages.parts.visit import Visit

T = TypeVar("T")


def words(visit: Visit) -> str:
    """The search, read while it is typed."""
    return (
        st.text_input(
            visit.say("market.search"),
            placeholder=visit.say("market.search_example"),
            key="catalogue words",
            icon=":material/search:",
            type="search",
            live=True,
        )
        or ""
    )


def ask(visit: Visit, rows: Sequence[CatalogueRow]) -> tuple[Wanted, Order]:
    """Filters and order, folded away: on a phone the cards come first."""
    with st.expander(visit.say("market.filters"), icon=":material/filter_list:"):
        left, middle, right = st.columns(3)
        with left:
            order = _order(visit)
        return _wanted(visit, rows, (left, middle, right)), order


def _wanted(
    visit: Visit, rows: Sequence[CatalogueRow], columns: tuple[DeltaGenerator, ...]
) -> Wanted:
    """The filters offer only what the catalogue has."""
    language = visit.speech.language
    left, middle, right = columns
    with left:
        written = {r.project.programme for r in rows}
        programmes = _choice(visit, "programme", written, lambda name: programme(visit, name))
    with middle:
        word = visit.speech.word
        categories = _choice(visit, "category", {r.project.category for r in rows}, word)
        mechanisms = _choice(visit, "mechanism", {r.project.mechanism for r in rows}, word)
    with right:
        regions = _choice(visit, "region", {region(r, language) for r in rows} - {""}, str)
        years = {each.lot.vintage or 0 for row in rows for each in row.lots}
        vintages = _choice(visit, "vintage", years, lambda year: _year(visit, year))
    only = st.checkbox(visit.say("market.only_with_lots"), key="catalogue lots")
    return Wanted(
        programmes=programmes,
        categories=categories,
        mechanisms=mechanisms,
        regions=regions,
        vintages=frozenset(year or None for year in vintages),
        only_with_lots=only,
    )


def _order(visit: Visit) -> Order:
    orders: list[Order] = list(Order)
    return st.selectbox(
        visit.say("market.order"),
        orders,
        format_func=lambda each: visit.say(f"market.order.{each.value}"),
        key="catalogue order",
    )


def _year(visit: Visit, year: int) -> str:
    return str(year) if year else visit.say("words.not_stated")


def _choice(
    visit: Visit, name: str, options: set[T], format_func: Callable[[T], str]
) -> frozenset[T]:
    return frozenset(
        st.multiselect(
            visit.say(f"market.filter.{name}"),
            sorted(options, key=format_func),
            format_func=format_func,
            placeholder=visit.say("market.any"),
            key=f"catalogue {name}",
        )
    )
