"""One's own reviews of today: the next question, and what an answer came to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from club.domain.errors import NotFound
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.reviewing import Reviews, day_of, reviews_of
from club.operations.viewing.learning import ModuleCard, card_of
from club.operations.viewing.tries import QuestionView, question_view
from club.store import reviews
from club.store.database import Connection
from club.store.learning import AnswerRow, Given
from club.store.reviews import ReviewRow
from curriculum.questions import Question
from curriculum.quizzes import Asked, Quiz, shuffle
from curriculum.reviewing import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """Today's reviews with one question: the next to be answered, or the one just answered."""

    plan: Plan
    next_on: date | None
    """The day in the club's zone on which the next of the other cards is due."""
    card: ModuleCard | None = None
    question: QuestionView | None = None


def my_review(context: Context, actor: Actor, answered_id: str | None = None) -> ReviewView:
    """Show today's next question, or what an answer of one's own came to.

    Raises NotFound for another's answer, and for one whose question may not be asked any more.
    """
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        at = context.clock(tx)
        own = reviews_of(context, tx, fresh.person_id, at)
        next_at = own.plan.next_at
        next_on = day_of(context, next_at)[0].date() if next_at else None
        view = ReviewView(plan=own.plan, next_on=next_on)
        answer = _own_answer(tx, fresh, answered_id, own) if answered_id is not None else None
        if answer is None and not own.plan.today:
            return view
        question_id = answer.question_id if answer else own.plan.today[0].question_id
        module, question = own.bank[question_id]
        card = card_of(context, tx, fresh, module.id)
    day, _ = day_of(context, answer.answered_at if answer else at)
    asked = _asked(question, seed=f"{fresh.person_id} {day.date()}")
    return _with(view, card, question, asked=asked, answer=answer)


def _own_answer(tx: Connection, actor: Actor, answered_id: str, own: Reviews) -> ReviewRow:
    answer = reviews.get(tx, answered_id)
    if answer.person_id != actor.person_id or answer.question_id not in own.bank:
        raise NotFound
    if answer.question_version != own.bank[answer.question_id][1].version:
        raise NotFound
    return answer


def _with(
    view: ReviewView,
    card: ModuleCard,
    question: Question,
    *,
    asked: Asked,
    answer: ReviewRow | None,
) -> ReviewView:
    shown = question_view(
        card,
        view.plan.done + (0 if answer else 1),
        asked,
        question=question,
        quiz=_alone(asked, card),
        given={question.id: _given(answer)} if answer else {},
    )
    return replace(view, card=card, question=shown)


def _asked(question: Question, *, seed: str) -> Asked:
    """The choices stand in another order each day."""
    return Asked(
        question_id=question.id,
        question_version=question.version,
        choice_ids=shuffle(question.choice_ids, seed=seed, purpose=f"review {question.id}"),
    )


def _alone(asked: Asked, card: ModuleCard) -> Quiz:
    """One question that is answered once."""
    return Quiz(module_id=card.id, module_version=1, pass_mark=card.pass_mark, asked=(asked,))


def _given(answer: ReviewRow) -> Given:
    return Given(
        first=AnswerRow(
            attempt_id=answer.id,
            question_id=answer.question_id,
            question_version=answer.question_version,
            raw=answer.raw,
            confidence=answer.confidence,
            answered_at=answer.answered_at,
            closed_at=answer.answered_at,
        )
    )
