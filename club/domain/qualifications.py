"""Who may pledge: read everywhere, stored nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from club.domain.organisations import Duty, Organisation, Standing
from club.domain.rounds import Round
from curriculum.gates import Attempt, current_pass
from curriculum.modules import Module
from curriculum.quorums import Quorum, Requirement, breaks_at, indispensable, quorum


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that is missing, and where to mend it."""

    code: str
    module_id: str | None = None
    duty: Duty | None = None
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
    duties_by_person: Mapping[str, frozenset[Duty]]
    """Everybody who is active in the organisation."""
    holds_credits: bool = False
    """Whether credits of an earlier round have been delivered to it, retired since or not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuorumStanding:
    """How an organisation stands to a round's quorum."""

    held: Quorum
    lacking: tuple[Reason, ...]
    has_grace: bool
    """Whether it may pledge without the passes."""
    indispensable: tuple[str, ...]
    """Whose departure alone would break it."""
    breaks_at: datetime | None
    """When passes that lapse break it, if nobody passes anything more."""


def may_pledge(facts: Facts, now: datetime) -> tuple[Reason, ...]:
    """What keeps the organisation from pledging in the round; empty means it may.

    The organisation is approved and has accepted the terms in force. At least `quorum` of its
    active people each hold a current pass on every module that the round requires, and among
    these people are as many of each duty as the round asks for; one person counts in each of
    their duties. A round that requires no module asks for nobody. Where it grants grace, who
    holds credits needs no passes.
    """
    reasons: list[Reason] = []
    if facts.organisation.standing is not Standing.APPROVED:
        reasons.append(Reason(code="organisation_not_approved"))
    if not facts.accepted_terms:
        reasons.append(Reason(code="terms_not_accepted"))
    standing = quorum_standing(facts, now)
    return (*reasons, *(() if standing.has_grace else standing.lacking))


def quorum_standing(facts: Facts, now: datetime) -> QuorumStanding:
    """Hold the organisation's people against the round's quorum, grace apart."""
    asked = requirement(facts.round_)
    expiries = expiries_by_person(facts, now)
    held = quorum(expiries, facts.duties_by_person, asked)
    is_asked = bool(asked.module_ids)
    return QuorumStanding(
        held=held,
        lacking=tuple(_lacking(facts, expiries, held)) if is_asked else (),
        has_grace=facts.round_.grants_grace and facts.holds_credits,
        indispensable=indispensable(expiries, facts.duties_by_person, asked) if is_asked else (),
        breaks_at=breaks_at(expiries, facts.duties_by_person, asked) if is_asked else None,
    )


def requirement(round_: Round) -> Requirement:
    """Read what the round asks of an organisation's people."""
    return Requirement(
        module_ids=tuple(sorted(round_.required_modules)),
        people=round_.quorum,
        people_by_role=round_.people_by_duty,
    )


def expiries_by_person(facts: Facts, now: datetime) -> dict[str, dict[str, datetime]]:
    """When each current pass on a required module lapses, by person and module."""
    required = sorted(facts.round_.required_modules)
    return {
        person: {
            module_id: standing.expires_at
            for module_id in required
            if (standing := current_pass(attempts, facts.modules[module_id], now)) is not None
        }
        for person, attempts in facts.attempts_by_person.items()
    }


def _lacking(
    facts: Facts, expiries: Mapping[str, Mapping[str, datetime]], held: Quorum
) -> Iterator[Reason]:
    """Modules that too few have passed, else that too few passed all of them; then duties."""
    need = facts.round_.quorum
    few = [
        Reason(code="module_not_passed", module_id=module_id, have=have, need=need)
        for module_id in sorted(facts.round_.required_modules)
        for have in [sum(module_id in expiries.get(p, ()) for p in facts.duties_by_person)]
        if have < need
    ]
    yield from few
    if held.lacking_people and not few:
        yield Reason(code="quorum_not_met", have=len(held.qualified), need=need)
    for duty, wanted in facts.round_.people_by_duty:
        lacking = dict(held.lacking_by_role).get(duty, 0)
        if lacking:
            yield Reason(
                code="quorum_lacks_duty",
                duty=duty,
                module_id=_first_missing(facts, held, duty),
                have=wanted - lacking,
                need=wanted,
            )


def _first_missing(facts: Facts, held: Quorum, duty: Duty) -> str | None:
    """A module that somebody of that duty still has to pass: of who lacks least, then by id."""
    missing = [
        (len(ids), person, ids[0])
        for person, ids in held.missing_modules_by_person
        if duty in facts.duties_by_person[person]
    ]
    return min(missing)[2] if missing else None
