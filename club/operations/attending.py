"""Noting who has the page of a live auction open."""

from __future__ import annotations

from datetime import timedelta

from club.domain.organisations import Actor, Role
from club.domain.rounds import Phase
from club.operations.context import Context
from club.operations.deed import begin, looking
from club.store import live, rounds

AGAIN = timedelta(seconds=10)
"""A page asks every few seconds; so much later it is noted anew."""


def attend(context: Context, actor: Actor, round_id: str) -> None:
    """Note that the supplier's page of an auction under way is open; most calls write nothing."""
    with looking(context, actor, Role.SELLER) as (tx, fresh):
        round_ = rounds.get(tx, round_id)
        seen_at = live.seen_at(tx, round_id, fresh.person_id)
        if round_.phase is not Phase.BIDDING or (
            seen_at is not None and context.clock(tx) - seen_at < AGAIN
        ):
            return
    with begin(context, actor, Role.SELLER) as deed:
        live.attend(deed.tx, round_id, deed.by, deed.at)
