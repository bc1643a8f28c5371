"""An award that falls away before delivery, and the question to members whether they stay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from club.domain.errors import PhaseRefused, TermsRefused

ANSWER_DAYS = 5
"""How long members have to say whether they stay with what is bought instead."""
LONGEST_REASON = 1_000


class Cause(StrEnum):
    UNEXPLAINED = "unexplained"
    """A low price that its supplier did not explain in time."""
    NOT_ACCEPTED = "not_accepted"
    """A low price whose explanation was not accepted."""
    WITHDRAWN = "withdrawn"
    """The supplier said that it would not deliver."""
    FAILED = "failed"
    """The supplier did not deliver, or cannot."""


BY_HAND = frozenset({Cause.WITHDRAWN, Cause.FAILED})
"""What a facilitator records; the other causes follow from a flag."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fall:
    """All awards of one lot in a round fall away: one envelope won them, one delivery was due."""

    id: str
    round_id: str
    lot_id: str
    supplier_id: str
    quantity_kg: int
    cause: Cause
    reason: str | None
    """The facilitator's words to the supplier; None where the clock acts."""
    recorded_at: datetime
    recorded_by: str
    number: int | None = None
    """The clearing that looks for the next best; None until the clock takes it up."""


class Stage(StrEnum):
    """How far the search for the next best has come."""

    ASKED = "asked"
    """What could be bought, on which members are asked."""
    SETTLED = "settled"
    """What is bought, for those who stay."""


class Answer(StrEnum):
    STAY = "stay"
    LEAVE = "leave"


UNANSWERED = Answer.STAY
"""What silence means: the pledge covers what is bought instead, and it is binding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whether a member stays with its part of what is bought instead."""

    round_id: str
    number: int
    organisation_id: str
    asked_at: datetime
    answer_by_at: datetime
    """The last instant at which an answer counts."""
    answer: Answer | None = None
    answered_at: datetime | None = None
    answered_by: str | None = None

    @property
    def is_leaving(self) -> bool:
        return (self.answer or UNANSWERED) is Answer.LEAVE


def questions(
    round_id: str, number: int, organisation_ids: Iterable[str], *, at: datetime
) -> list[Question]:
    """What is asked of whom, and by when: of everybody who would get some of what is bought."""
    return [
        Question(
            round_id=round_id,
            number=number,
            organisation_id=organisation_id,
            asked_at=at,
            answer_by_at=at + timedelta(days=ANSWER_DAYS),
        )
        for organisation_id in sorted(organisation_ids)
    ]


def answer(question: Question, said: Answer, *, at: datetime, by: str) -> Question:
    """The question answered; until the last instant an answer may be changed."""
    if at > question.answer_by_at:
        raise PhaseRefused("answering_over", closed_at=question.answer_by_at, now_at=at)
    return replace(question, answer=said, answered_at=at, answered_by=by)


def is_asking_over(asked: Iterable[Question], at: datetime) -> bool:
    """Whether everybody has answered, or the last instant is over."""
    return all(q.answer is not None or at > q.answer_by_at for q in asked)


def leaving(asked: Iterable[Question]) -> list[str]:
    """Who does not take part in what is bought instead, in the order of ids."""
    return sorted(question.organisation_id for question in asked if question.is_leaving)


def require_fallable(*, is_delivered: bool, is_falling: bool) -> None:
    """Refuse to let awards fall that are delivered and accepted, or that fall already."""
    if is_falling:
        raise TermsRefused("award_falling")
    if is_delivered:
        raise TermsRefused("award_delivered")
