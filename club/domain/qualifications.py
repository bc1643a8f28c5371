"""Who may pledge: read everywhere, stored nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from club.domain.organisations import Organisation, Role, Standing
from club.domain.rounds import Round
from curriculum.gates import Attempt, current_pass
from curriculum.modules import Module


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
    required = sorted(facts.round_.required_modules)
    if required and len(_qualified(facts, required, now)) < facts.round_.quorum:
        reasons += [_lack(facts, module_id, now) for module_id in required]
    return tuple(r for r in reasons if r.need == 0 or r.have < r.need)


def _qualified(facts: Facts, required: list[str], now: datetime) -> set[str]:
    return {
        person
        for person, attempts in facts.attempts_by_person.items()
        if all(current_pass(attempts, facts.modules[m], now) is not None for m in required)
    }


def _lack(facts: Facts, module_id: str, now: datetime) -> Reason:
    module = facts.modules[module_id]
    have = sum(current_pass(a, module, now) is not None for a in facts.attempts_by_person.values())
    return Reason(
        code="module_not_passed", module_id=module_id, have=have, need=facts.round_.quorum
    )
