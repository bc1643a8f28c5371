"""Gathering what the gate's one rule asks for: read each time, kept nowhere."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from fractions import Fraction

from club.domain import terms
from club.domain.errors import StandingRefused
from club.domain.ledger import Account
from club.domain.organisations import Organisation
from club.domain.qualifications import Facts, Reason, may_pledge
from club.domain.rounds import Round
from club.operations.context import Context
from club.store import books, gate_tries, people
from club.store.database import Connection
from club.store.learning import AttemptRow
from curriculum.gates import Attempt
from curriculum.quizzes import Quiz


def attempt_of(row: AttemptRow, quiz: Quiz) -> Attempt:
    """A finished try as the gate reads it."""
    if row.finished_at is None or row.score is None:
        raise ValueError("the try is not finished")
    return Attempt(
        id=row.id,
        module_id=row.module_id,
        module_version=row.module_version,
        finished_at=row.finished_at,
        score=Fraction(row.score),
        pass_mark=quiz.pass_mark,
        is_withdrawn=row.is_withdrawn,
        bank=quiz.bank,
        carries=quiz.carries,
    )


def attempts_by_person(tx: Connection, organisation_id: str) -> dict[str, tuple[Attempt, ...]]:
    """Finished tries of the organisation's active people."""
    collected: dict[str, list[Attempt]] = defaultdict(list)
    for each in gate_tries.tries_of_company(tx, organisation_id):
        if each.finished is not None:
            collected[each.person_id].append(each.finished)
    return {person: tuple(attempts) for person, attempts in collected.items()}


def facts_of(
    context: Context, tx: Connection, organisation: Organisation, round_: Round, *, at: datetime
) -> Facts:
    """Everything that decides whether the organisation may pledge in the round."""
    colleagues = people.people_of(tx, organisation.id)
    return Facts(
        organisation=organisation,
        accepted_terms=people.has_accepted(tx, organisation.id, terms.in_force(at.date()).version),
        round_=round_,
        modules=context.modules,
        attempts_by_person=attempts_by_person(tx, organisation.id),
        duties_by_person={p.id: p.duties for p in colleagues if p.is_active},
        holds_credits=_holds_credits(tx, organisation.id),
    )


def _holds_credits(tx: Connection, organisation_id: str) -> bool:
    """Whether the ledger shows kilograms that were delivered to it, held still or retired."""
    delivered = {Account.HELD, Account.RETIRED}
    balances = books.balances_of(tx, organisation_id)
    return any(b.account in delivered and b.amount > 0 for b in balances)


def reasons_against(
    context: Context, tx: Connection, organisation: Organisation, round_: Round, *, at: datetime
) -> tuple[Reason, ...]:
    """What keeps the organisation from pledging in the round now; empty means it may."""
    return may_pledge(facts_of(context, tx, organisation, round_, at=at), at)


def require_qualified(
    context: Context, tx: Connection, organisation: Organisation, round_: Round, *, at: datetime
) -> None:
    """Refuse with the first thing that is missing."""
    reasons = reasons_against(context, tx, organisation, round_, at=at)
    if reasons:
        first = reasons[0]
        raise StandingRefused(
            first.code,
            module_id=first.module_id or "",
            duty=first.duty or "",
            have=first.have,
            need=first.need,
        )
