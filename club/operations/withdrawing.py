"""Withdrawing a pass with a reason, and giving it back: gate and progress see it at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from typing import cast

from club.domain.errors import NotFound, PhaseRefused, StandingRefused
from club.domain.notices import NoticeKind
from club.domain.organisations import Actor, Role
from club.domain.units import read_text
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.qualifying import attempt_of
from club.operations.telling import page_link
from club.store import journal, learning, people
from club.store.database import Connection
from club.store.learning import AttemptRow
from curriculum.modules import Module

LONGEST_REASON = 500
WITHDRAWN, REINSTATED = "pass.withdrawn", "pass.reinstated"


def withdraw_pass(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    person_id: str,
    module_id: str,
    reason: str,
) -> list[AttemptRow]:
    """Let none of the person's passed tries at the module count any more, and tell them why.

    They may try again at once: what is withdrawn is no failure. Raises NotFound where there is
    no such person or module, PhaseRefused where nothing counts, StandingRefused for one's own.
    """
    why = read_text(reason, field="reason", longest=LONGEST_REASON)
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        module = _hold(deed, person_id, module_id)
        if deed.outcome_id is None:
            counting = [row for row in _tries(deed, person_id, module) if _counts(row)]
            after = [
                replace(
                    row,
                    withdrawn_at=deed.at,
                    withdrawn_by=deed.by,
                    withdrawal_reason=why,
                    reinstated_at=None,
                    reinstated_by=None,
                )
                for row in counting
            ]
            _change(deed, WITHDRAWN, after)
            _tell(deed, NoticeKind.PASS_WITHDRAWN, person_id, module, reason=why)
        return _tries(deed, person_id, module)


def reinstate_pass(
    context: Context, actor: Actor, *, request_id: str, person_id: str, module_id: str
) -> list[AttemptRow]:
    """Let what was withdrawn of the person's tries at the module count again, and tell them.

    The pass lapses when it would have lapsed. Raises as `withdraw_pass` does.
    """
    with begin(context, actor, Role.FACILITATOR, request_id=request_id) as deed:
        module = _hold(deed, person_id, module_id)
        if deed.outcome_id is None:
            withdrawn = [row for row in _tries(deed, person_id, module) if row.is_withdrawn]
            after = [
                replace(row, reinstated_at=deed.at, reinstated_by=deed.by) for row in withdrawn
            ]
            _change(deed, REINSTATED, after)
            _tell(deed, NoticeKind.PASS_REINSTATED, person_id, module)
        return _tries(deed, person_id, module)


def turns(tx: Connection) -> dict[str, list[datetime]]:
    """By the id of a try when it was withdrawn, given back, withdrawn again and so on, of those
    that ever were: a try's own row knows the last turn only."""
    found: dict[str, list[datetime]] = defaultdict(list)
    for link in journal.of_kinds(tx, journal.CLUB, {WITHDRAWN, REINSTATED}):
        for id in cast("list[str]", link.facts["tries"]):
            found[id].append(link.made_at)
    return found


def _hold(deed: Deed, person_id: str, module_id: str) -> Module:
    """Lock the person's tries by their row, as starting one does."""
    if module_id not in deed.context.modules:
        raise NotFound
    people.person(deed.tx, person_id, lock=True)
    if person_id == deed.by:
        raise StandingRefused("pass_of_ones_own")
    return deed.context.modules[module_id]


def _tries(deed: Deed, person_id: str, module: Module) -> list[AttemptRow]:
    own = learning.attempts_of_person(deed.tx, person_id)
    return [row for row in own if row.module_id == module.id and row.finished_at is not None]


def _counts(row: AttemptRow) -> bool:
    return attempt_of(row, learning.quiz_of(row)).counts


def _change(deed: Deed, kind: str, after: list[AttemptRow]) -> None:
    """Keep the tries as they are now; the reason, which tells of a person, is not chained."""
    if not after:
        raise PhaseRefused("already_done")
    for row in after:
        learning.change_attempt(deed.tx, row)
    facts: dict[str, object] = {"module": after[0].module_id, "tries": [row.id for row in after]}
    deed.done(kind, after[0].person_id, chain=journal.CLUB, facts=facts)


def _tell(deed: Deed, kind: NoticeKind, person_id: str, module: Module, **facts: object) -> None:
    person = people.person(deed.tx, person_id)
    deed.tell(
        person,
        kind,
        module_ja=module.title.ja,
        module_en=module.title.en,
        link=page_link(deed, "my_learning"),
        **facts,
    )
