"""Who may pledge: read everywhere, stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from club.domain.organisations import Organisation, Role, Standing
from club.domain.rounds import Round
from curriculum.gates import Attempt, current_pass
from curriculum.modules import Module
from curriculum.quorums import Requirement, quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that is missing, and where to mend it."""

    code: str
    module_id: str | None = None
    have: int = 0
    need: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Everything the answer depends on."""

    organisation: Organisation
    accepted_terms: bool
    round_: Round
    modules: Mapping[str, Module]
    attempts_by_person: Mapping[str, tuple[Attempt, ...]]
    """Finished tries of the organisation's active people."""
    roles_by_person: Mapping[str, frozenset[Role]]


def may_pledge(facts: Facts, now: datetime) -> tuple[Reason, ...]:
    """What keeps the organisation from pledging in the round; empty means it may.

    The organisation is approved and has accepted the terms in force, and at least `quorum` of
    its active people each hold a current pass on every module that the round requires.
    """
    reasons: list[Reason] = []
    if facts.organisation.standing is not Standing.APPROVED:
        reasons.append(Reason(code="organisation_not_approved"))
    if not facts.accepted_terms:
        reasons.append(Reason(code="terms_not_accepted"))
    return (*reasons, *_lacking(facts, now))


def _lacking(facts: Facts, now: datetime) -> tuple[Reason, ...]:
    """Modules that too few have passed; else that too few have passed all of them."""
    required = tuple(sorted(facts.round_.required_modules))
    need = facts.round_.quorum
    passes = {
        person: tuple(m for m in required if current_pass(attempts, facts.modules[m], now))
        for person, attempts in facts.attempts_by_person.items()
    }
    held = quorum(passes, facts.roles_by_person, Requirement(module_ids=required, people=need))
    if not required or held.is_met:
        return ()
    counts = {m: sum(m in passes.get(p, ()) for p in facts.roles_by_person) for m in required}
    few = tuple(
        Reason(code="module_not_passed", module_id=m, have=counts[m], need=need)
        for m in required
        if counts[m] < need
    )
    return few or (Reason(code="quorum_not_met", have=len(held.qualified), need=need),)
