"""All that is kept about a person and their learning, for themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from club.domain.organisations import Actor, Person, Role
from club.domain.pass_certificates import PassCertificate, written_number
from club.operations.badging import page_of
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.progressing import progress_of_person
from club.store import learning, pass_certificates, people, practising, reviews
from club.store.learning import AttemptRow, Given
from club.store.practising import PracticeRow
from club.store.reviews import ReviewRow
from curriculum.progress import ModuleProgress


def my_record(context: Context, actor: Actor) -> dict[str, Any]:
    """Everything kept about the person and their learning, ready to be written as JSON.

    Progress is not kept: it is told as the tries and answers show it now.
    """
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        person = people.person(tx, fresh.person_id)
        at = context.clock(tx)
        tries = [
            _try_record(row, learning.given_by_question(tx, row.id))
            for row in learning.attempts_of_person(tx, fresh.person_id)
        ]
        certificates = [
            _certificate_record(context, certificate)
            for certificate in pass_certificates.of_person(tx, fresh.person_id)
        ]
        practised = [_practice_record(row) for row in practising.of_person(tx, fresh.person_id)]
        reviewed = [_review_record(row) for row in reviews.of_person(tx, fresh.person_id)]
        progress = progress_of_person(context, tx, fresh.person_id, at=at)
    return {
        "written_at": at.isoformat(),
        "person": _person_record(person),
        "tries": tries,
        "certificates": certificates,
        "practice_rounds": practised,
        "reviews": reviewed,
        "progress": [_progress_record(standing) for standing in progress],
    }


def _certificate_record(context: Context, certificate: PassCertificate) -> dict[str, Any]:
    return {
        "number": written_number(certificate),
        "try": certificate.attempt_id,
        "public_page": page_of(context, certificate),
        "issued_at": certificate.issued_at.isoformat(),
        "closed_at": certificate.closed_at.isoformat() if certificate.closed_at else None,
    }


def _person_record(person: Person) -> dict[str, Any]:
    return {
        "id": person.id,
        "organisation_id": person.organisation_id,
        "name": person.name,
        "email": person.email,
        "language": person.language,
        "roles": sorted(person.roles),
        "duties": sorted(person.duties),
        "issuer": person.issuer,
        "subject": person.subject,
        "created_at": person.created_at.isoformat(),
    }


def _try_record(row: AttemptRow, given: Mapping[str, Given]) -> dict[str, Any]:
    return {
        "id": row.id,
        "module": row.module_id,
        "module_version": row.module_version,
        "seed": row.seed,
        "quiz": row.questions,
        "started_at": row.started_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
        "score": row.score,
        "withdrawn_at": row.withdrawn_at.isoformat() if row.withdrawn_at else None,
        "withdrawal_reason": row.withdrawal_reason,
        "reinstated_at": row.reinstated_at.isoformat() if row.reinstated_at else None,
        "answers": [
            {
                "question": each.first.question_id,
                "question_version": each.first.question_version,
                "try": number,
                "given": answer.raw,
                "confidence": answer.confidence,
                "answered_at": answer.answered_at.isoformat(),
            }
            for each in given.values()
            for number, answer in enumerate(each.answers, 1)
        ],
    }


def _practice_record(row: PracticeRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "market_version": row.market_version,
        "seed": row.seed,
        "quantity_kg": row.quantity_kg,
        "limit_per_t": row.limit_per_t,
        "minimum_kg": row.minimum_kg,
        "started_at": row.started_at.isoformat(),
        "finished_at": row.finished_at.isoformat() if row.finished_at else None,
    }


def _review_record(row: ReviewRow) -> dict[str, Any]:
    return {
        "question": row.question_id,
        "question_version": row.question_version,
        "given": row.raw,
        "confidence": row.confidence,
        "answered_at": row.answered_at.isoformat(),
    }


def _progress_record(standing: ModuleProgress) -> dict[str, Any]:
    expires_at = standing.standing.expires_at if standing.standing else None
    return {
        "module": standing.module_id,
        "state": standing.state.value,
        "wrong_first_answers_since_the_last_pass": standing.failures,
        "pass_expires_at": expires_at.isoformat() if expires_at else None,
        "pass_lapsed_at": standing.lapsed_at.isoformat() if standing.lapsed_at else None,
        "outcomes": [
            {
                "outcome": outcome.outcome_id,
                "state": outcome.state.value,
                "right": outcome.right,
                "of_the_last": outcome.answered,
            }
            for outcome in standing.outcomes
        ],
    }
