"""How tight a draft's portfolio rules are, measured against the last rounds that were cleared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from auctions.rules import Rule
from auctions.tightness import Tightness
from club.domain.errors import ClubError
from club.domain.rounds import Round
from club.operations.measuring import PastBook, measure, past_books
from pages.facilitating import tightness_shown
from pages.parts import forms
from pages.parts.visit import Visit

LAST = 3
"""So many past rounds are measured against."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of one past round, or why nothing did."""

    book: PastBook
    found: Tightness | ClubError


@dataclass(frozen=True, slots=True)
class Kept:
    """What was measured last, and of which rules: others make it stale."""

    rules: tuple[Rule, ...]
    measured: tuple[Measured, ...]


def show(visit: Visit, draft: Round) -> None:
    books = past_books(visit.context, visit.actor)[:LAST]
    with st.container(border=True):
        st.markdown(f"**{visit.say('auction_terms.tight.title')}**")
        st.caption(visit.say("auction_terms.tight.explained"))
        if not books:
            st.info(visit.say("auction_terms.tight.no_books"), icon=":material/history:")
            return
        act = visit.say("auction_terms.tight.act", count=len(books))
        if forms.button(act, f"measure {draft.id}", icon=":material/straighten:"):
            _measure(visit, draft, books)
        _kept(visit, draft)


def _measure(visit: Visit, draft: Round, books: Sequence[PastBook]) -> None:
    bar = st.progress(0.0)
    measured = tuple(_one(visit, draft, book, bar.progress) for book in books)
    bar.empty()
    kept = Kept(rules=draft.auction.rules, measured=measured)
    st.session_state[_key(draft)] = kept


def _one(visit: Visit, draft: Round, book: PastBook, progress: Callable[..., object]) -> Measured:
    def told(done: int, of: int) -> None:
        name = visit.speech.name(book.round_)
        text = visit.say("auction_terms.tight.measuring", name=name, done=done, total=of)
        progress(done / of, text=text)

    told(0, len(draft.auction.rules) + 2)
    try:
        found = measure(
            visit.context,
            visit.actor,
            round_id=draft.id,
            past_round_id=book.round_.id,
            told=told,
        )
    except ClubError as error:
        return Measured(book, error)
    return Measured(book, found)


def _kept(visit: Visit, draft: Round) -> None:
    kept: Kept | None = st.session_state.get(_key(draft))
    if kept is None:
        return
    if kept.rules != draft.auction.rules:
        st.caption(visit.say("auction_terms.tight.stale"))
        return
    for each in kept.measured:
        st.divider()
        if isinstance(each.found, ClubError):
            st.markdown(f"**{visit.name(each.book.round_)}**")
            visit.refuse(each.found)
        else:
            tightness_shown.show(visit, each.book, each.found, draft.auction.rules)


def _key(draft: Round) -> str:
    return f"tightness {draft.id}"
