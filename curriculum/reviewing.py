"""Spaced repetition by FSRS: what somebody got wrong or guessed comes back before it is forgotten.

Nothing is kept but the answers: a card's state is worked out from them each time. Chance and the
clock are off in the scheduler, so the same answers always give the same plan.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction

from fsrs import Card, Rating, Scheduler

A_DAY = 10
"""So many cards are a few minutes."""
GUESS, CERTAIN = 1, 3
SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=365, enable_fuzzing=False
)
"""Without steps of minutes a card rests for a day at least, as one comes once a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """One answer to a question, in a quiz (the first of a try) or in a review."""

    question_id: str
    at: datetime
    mark: Fraction
    confidence: int | None
    in_review: bool

    @property
    def asks_for_review(self) -> bool:
        """Whether it was not wholly right, or a guess."""
        return self.mark < 1 or self.confidence == GUESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A question and when it is to be answered again."""

    question_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One person's reviews as they stand on one day."""

    today: tuple[Due, ...]
    """Still to be answered today: the longest due first, of equals the lower id."""
    done: int
    """Answered today."""
    left_for_later: int
    """Due, but more than a day's share."""
    next_at: datetime | None
    """When the next of the other cards is due."""


def rating(recall: Recall) -> Rating:
    """Rate an answer: not wholly right is forgotten; right is hard as a guess, easy if certain."""
    if recall.mark < 1:
        return Rating.Again
    if recall.confidence == GUESS:
        return Rating.Hard
    return Rating.Easy if recall.confidence == CERTAIN else Rating.Good


def next_due(recalls: Iterable[Recall]) -> datetime | None:
    """When a question is due, from all answers to it; None if none ever asked for a review.

    It becomes a card with the first answer that was wrong or a guess; what came before is not
    counted. Answers at one instant count in the order of their rating, the worst first.
    """
    card: Card | None = None
    for recall in sorted(recalls, key=lambda each: (each.at, rating(each))):
        at = recall.at.astimezone(UTC)
        if card is None and not recall.asks_for_review:
            continue
        card, _ = SCHEDULER.review_card(card or Card(card_id=0, due=at), rating(recall), at)
    return card.due if card else None


def plan(recalls: Iterable[Recall], *, begins_at: datetime, ends_at: datetime) -> Plan:
    """Plan the day that begins and ends at these instants, the end not included.

    At most ten cards a day, those already answered counted; what was answered today waits until
    it is due again.
    """
    by_question: defaultdict[str, list[Recall]] = defaultdict(list)
    for recall in recalls:
        by_question[recall.question_id].append(recall)
    cards = [(id, next_due(own)) for id, own in by_question.items()]
    dues = sorted((at, id) for id, at in cards if at is not None)
    waiting = [Due(question_id=id, at=at) for at, id in dues if at < ends_at]
    done = _done([r for own in by_question.values() for r in own], begins_at, ends_at)
    today = tuple(waiting[: max(0, A_DAY - done)])
    return Plan(
        today=today,
        done=done,
        left_for_later=len(waiting) - len(today),
        next_at=next((at for at, _ in dues if at >= ends_at), None),
    )


def _done(recalls: Sequence[Recall], begins_at: datetime, ends_at: datetime) -> int:
    return sum(r.in_review and begins_at <= r.at < ends_at for r in recalls)
