"""How sure one was of one's own answers, and how right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import looking
from club.operations.viewing.answers import judged
from club.store import learning
from curriculum.confidence import Calibration, Points, calibration, points


@dataclass(frozen=True, slots=True, kw_only=True)
class MyCertainty:
    points: Points
    levels: tuple[Calibration, ...]


def my_certainty(context: Context, actor: Actor) -> MyCertainty:
    """Judge the first answers of one's own finished tries.

    An answer to a question that has been rewritten since is left out: it can be marked no more.
    """
    with looking(context, actor, Role.LEARNER) as (tx, fresh):
        answers = learning.first_answers_of_person(tx, fresh.person_id)
    bank = {(q.id, q.version): q for m in context.modules.values() for q in m.questions}
    known = [(bank.get((a.question_id, a.question_version)), a) for a in answers]
    judgements = [judged(question, answer) for question, answer in known if question is not None]
    return MyCertainty(points=points(judgements), levels=calibration(Counter(judgements)))
