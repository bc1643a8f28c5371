"""The state of a live auction, followed through its record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from auctions import scoring
from auctions.formats import history
from auctions.formats.entrants import Entrant, Entrants
from auctions.formats.events import EventRefused
from auctions.formats.history import State
from club.domain import live as rules
from club.domain.live import EventKind, LiveEvent
from club.domain.live_events import read_event
from club.domain.offers import quality
from club.domain.rounds import Round
from club.operations.context import Context
from club.operations.floors import floor_inside
from club.store import catalogue, live
from club.store.database import Connection

Answers = Mapping[str, str]
Entering = Mapping[str, Answers | None]
"""Lots that may not have bid yet, with what they answer to the quality criteria."""


MOST_FOLLOWED = 100
"""How many auctions a process remembers the state of."""


def load(
    context: Context,
    tx: Connection,
    round_: Round,
    entering: Entering | None = None,
    *,
    afresh: bool = False,
) -> State:
    """The state of a round's live auction, followed through its record.

    As nothing in a record ever changes, a process goes on from where it last was; `afresh` follows
    it from the start. Call it before anything is added in the transaction. Raises ValueError where
    the record has a gap or holds what its format would have refused.
    """
    state = None if afresh else context.followed.get(round_.id)
    rows = live.of_round(tx, round_.id, after=state.sequence if state else -1)
    if state is None:
        if not rows:
            raise LookupError(f"the live auction of round {round_.id} has not begun")
        state = history.start(round_.id, rows.pop(0).facts, {})
    state = _enter(tx, round_, state, _first_answers(state, rows))
    for row in rows:
        state = _follow(context, state, row)
    if len(context.followed) >= MOST_FOLLOWED:
        context.followed.clear()
    context.followed[round_.id] = state
    return _enter(tx, round_, state, entering or {})


def entrants(tx: Connection, round_: Round, rows: Sequence[LiveEvent]) -> Entrants:
    """The lots of a whole record, as each came into the auction."""
    begun = history.start(round_.id, rows[0].facts, {})
    return _enter(tx, round_, begun, _first_answers(begun, rows[1:])).terms.entrants


def _follow(context: Context, state: State, row: LiveEvent) -> State:
    floor = floor_inside(context, row) if row.kind is EventKind.PROXY_SET else None
    try:
        state = history.step(state, read_event(row, floor))
    except EventRefused as error:
        raise ValueError(f"event {row.id} is not what was acknowledged") from error
    if state.sequence != row.sequence:
        raise ValueError(f"the record before event {row.id} has a gap")
    return state


def _first_answers(state: State, rows: Sequence[LiveEvent]) -> dict[str, Answers | None]:
    """The lots that come into the auction with these rows, with the answers of their first bid."""
    answers: dict[str, Answers | None] = {}
    for row in rows:
        if row.lot_id is not None and row.lot_id not in state.terms.entrants:
            answers.setdefault(row.lot_id, row.facts.get("answers"))
    return answers


def _enter(tx: Connection, round_: Round, state: State, answers: Entering) -> State:
    """The state with these lots as they are in the catalogue; whoever has bid keeps its quality."""
    entrants = dict(state.terms.entrants)
    for lot in catalogue.lots_by_id(tx, set(answers)).values() if answers else ():
        before = entrants.get(lot.id)
        entrants[lot.id] = Entrant(
            lot=lot.id,
            supplier=lot.supplier_id,
            project=lot.project_id,
            quantity_kg=lot.quantity_kg,
            coefficient=before.coefficient if before else _quality(round_, answers[lot.id]),
        )
    return rules.with_entrants(state, entrants)


def _quality(round_: Round, answers: Answers | None) -> Fraction:
    return scoring.PRICE_ONLY if answers is None else quality(round_, answers)
