"""What the clock does after awards have fallen away: look for the next best, ask, and settle.

Each step is a transaction of its own, with the computing between two of them and outside of both.
Killed anywhere, a step never happened or is whole, and the next call goes on from there.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any

from auctions.record import document_hash
from club.domain.falling import Fall, Stage, is_asking_over, leaving, questions
from club.domain.rounds import Phase, Round
from club.operations.computing import Engine, compute
from club.operations.context import Context
from club.operations.deed import Deed, begin_system
from club.operations.instead import ask_members, settle, still_possible
from club.operations.remaining import inputs_of
from club.operations.searching import Found, Search
from club.store import falling, rounds
from club.store.database import Connection
from club.store.falling import NextBestRow


def replace_fallen(context: Context, round_id: str, engine: Engine = compute) -> bool:
    """Take the next step in a round of which awards fell away; whether this call took one.

    Called twice, at once or again, each step happens once.
    """
    frozen = _freeze(context, round_id)
    if frozen is None:
        return False
    return _write(context, frozen, engine(Search(frozen.inputs)))


def is_waiting(tx: Connection, round_id: str, at: datetime) -> bool:
    """Whether there is a step to take: something to look for, or all answers are in."""
    open_ = _open(tx, round_id)
    if open_ is None:
        return bool(_new_falls(tx, round_id))
    asked = falling.questions_of(tx, round_id, open_.number)
    return open_.computed_at is None or is_asking_over(asked, at)


def _open(tx: Connection, round_id: str) -> NextBestRow | None:
    """How far the search under way has come; None where none is."""
    number = falling.last_number(tx, round_id)
    settled = falling.row(tx, round_id, number, Stage.SETTLED)
    if settled is not None:
        return settled if settled.computed_at is None else None
    return falling.row(tx, round_id, number, Stage.ASKED)


def _new_falls(tx: Connection, round_id: str) -> list[Fall]:
    """What fell away and no search has taken up."""
    return [fall for fall in falling.falls_of_round(tx, round_id) if fall.number is None]


def _freeze(context: Context, round_id: str) -> NextBestRow | None:
    """Transaction 1: the inputs of the next step and their hash; None where nothing is to do."""
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, round_id)
        if round_.phase is not Phase.SETTLING or not is_waiting(deed.tx, round_id, deed.at):
            return None
        open_ = _open(deed.tx, round_id)
        if open_ is not None and open_.computed_at is None:
            return _checked(open_)
        if open_ is None:
            number = falling.last_number(deed.tx, round_id) + 1
            fallen = _new_falls(deed.tx, round_id)
            falling.take_up(deed.tx, [fall.id for fall in fallen], number)
            return _frozen(deed, round_, number, Stage.ASKED, left=())
        asked = falling.questions_of(deed.tx, round_id, open_.number)
        staying = {q.organisation_id for q in asked} - set(leaving(asked))
        left = [c["id"] for c in open_.inputs["claims"] if c["id"] not in staying]
        return _frozen(deed, round_, open_.number, Stage.SETTLED, left=left)


def _frozen(
    deed: Deed, round_: Round, number: int, stage: Stage, *, left: Collection[str]
) -> NextBestRow:
    inputs = inputs_of(deed, round_, number, left)
    row = NextBestRow(
        round_id=round_.id,
        number=number,
        stage=stage,
        inputs_hash=document_hash(inputs),
        inputs=inputs,
        frozen_at=deed.at,
    )
    falling.freeze(deed.tx, row)
    facts: dict[str, object] = {
        "number": number,
        "stage": stage.value,
        "inputs_hash": row.inputs_hash,
        "left": len(left),
    }
    deed.done("next_best.frozen", round_.id, chain=round_.id, facts=facts)
    return row


def _checked(row: NextBestRow) -> NextBestRow:
    if document_hash(row.inputs) != row.inputs_hash:
        raise ValueError(f"the frozen inputs of round {row.round_id} are not what they were")
    return row


def _write(context: Context, frozen: NextBestRow, found: Found) -> bool:
    """Transaction 2: what was found, and what follows, unless somebody else was first."""
    with begin_system(context) as deed:
        round_ = rounds.lock(deed.tx, frozen.round_id)
        row = falling.row(deed.tx, round_.id, frozen.number, frozen.stage)
        if row is None or row.computed_at is not None:
            return False
        if _checked(row).inputs_hash != frozen.inputs_hash:
            return False
        if row.stage is Stage.SETTLED and not still_possible(deed, row, found):
            _freeze_again(deed, round_, row)
            return True
        done = _finished(deed, row, found)
        if row.stage is Stage.SETTLED:
            settle(deed, round_, done)
        elif found["shares"]:
            asked = questions(round_.id, row.number, found["shares"], at=deed.at)
            ask_members(deed, round_, done, asked)
        else:
            falling.freeze(deed.tx, replace(done, stage=Stage.SETTLED))
            settle(deed, round_, done)
        return True


def _finished(deed: Deed, row: NextBestRow, found: Found) -> NextBestRow:
    done = replace(row, result=found, result_hash=document_hash(found), computed_at=deed.at)
    falling.finish(deed.tx, done)
    return done


def _freeze_again(deed: Deed, round_: Round, row: NextBestRow) -> None:
    """A lot was sold elsewhere while the search went on: look again in what is left now."""
    inputs: dict[str, Any] = inputs_of(deed, round_, row.number, row.inputs["left"])
    again = replace(row, inputs=inputs, inputs_hash=document_hash(inputs), frozen_at=deed.at)
    falling.finish(deed.tx, again)
    facts: dict[str, object] = {
        "number": row.number,
        "stage": row.stage.value,
        "inputs_hash": again.inputs_hash,
        "left": len(row.inputs["left"]),
    }
    deed.done("next_best.frozen", round_.id, chain=round_.id, facts=facts)
