"""Who of the club has passed what, for those who may withdraw it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from club.domain.organisations import Actor, Organisation, Person, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.learning import finished_tries
from club.store import learning, people
from club.store.learning import AttemptRow
from curriculum.certificates import Validity
from curriculum.gates import current_pass, lapsed_at
from curriculum.modules import Module


@dataclass(frozen=True, slots=True, kw_only=True)
class ClubPass:
    """What one person has passed of one module, and what became of it."""

    person: Person
    organisation: Organisation
    module: Module
    validity: Validity
    passed_at: datetime
    """When the last of the passed tries was finished."""
    until: datetime | None
    """When the pass lapses or lapsed; None where that is not why it counts no more."""
    reason: str | None
    """Why it was withdrawn, where it is."""
    is_own: bool
    """Whether it is the looker's own, which another must withdraw."""
    may_withdraw: bool
    may_reinstate: bool


def passes_of_club(context: Context, actor: Actor) -> tuple[ClubPass, ...]:
    """Everybody's passes, standing or not, by name and then in the curriculum's order."""
    tries: dict[tuple[str, str], list[AttemptRow]] = defaultdict(list)
    with looking(context, actor, Role.FACILITATOR) as (tx, fresh):
        at = context.clock(tx)
        for row in learning.all_attempts(tx):
            tries[row.person_id, row.module_id].append(row)
        everybody = people.all_people(tx)
        organisations = {one.id: one for one in people.all_organisations(tx)}
    told = (
        _told(module, tries[person.id, module.id], at, of=(person, organisations), by=fresh)
        for person in everybody
        for module in context.modules.values()
        if (person.id, module.id) in tries
    )
    return tuple(one for one in told if one is not None)


def _told(
    module: Module,
    rows: list[AttemptRow],
    at: datetime,
    *,
    of: tuple[Person, dict[str, Organisation]],
    by: Actor,
) -> ClubPass | None:
    attempts = finished_tries(rows)
    passed = [attempt for attempt in attempts if attempt.has_passed]
    if not passed:
        return None
    held = current_pass(attempts, module, at)
    gone = [row for row in rows if row.is_withdrawn]
    validity = Validity.VALID if held else Validity.WITHDRAWN if gone else Validity.EXPIRED
    person, organisations = of
    return ClubPass(
        person=person,
        organisation=organisations[person.organisation_id],
        module=module,
        validity=validity,
        passed_at=max(attempt.finished_at for attempt in passed),
        until=held.expires_at if held else lapsed_at(attempts, module, at),
        reason=gone[-1].withdrawal_reason if gone else None,
        is_own=person.id == by.person_id,
        may_withdraw=any(attempt.counts for attempt in passed),
        may_reinstate=bool(gone),
    )
