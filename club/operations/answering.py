"""A member's answer to whether it stays with what is bought instead of fallen awards."""

from __future__ import annotations

from club.domain import falling as rules
from club.domain.errors import NotFound, PhaseRefused
from club.domain.falling import Answer, Question, Stage
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.delivering import settling_round
from club.store import falling


def answer_question(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    round_id: str,
    number: int,
    answer: Answer,
) -> Question:
    """Stay or leave; it may be changed until the last instant, or until everybody has answered
    and the clock has gone on."""
    with begin(context, actor, Role.BUYER, Role.APPROVER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return _own(deed, round_id, number)
        round_ = settling_round(deed, round_id)
        asked = _own(deed, round_id, number)
        if falling.row(deed.tx, round_id, number, Stage.SETTLED) is not None:
            raise PhaseRefused("answering_over", closed_at=asked.answer_by_at, now_at=deed.at)
        answered = rules.answer(asked, answer, at=deed.at, by=deed.by)
        falling.change_question(deed.tx, answered)
        facts: dict[str, object] = {
            "number": number,
            "organisation": answered.organisation_id,
            "answer": answer.value,
        }
        deed.done("question.answered", round_.id, chain=round_.id, facts=facts)
        return answered


def _own(deed: Deed, round_id: str, number: int) -> Question:
    """What the actor's organisation was asked; NotFound where it was not."""
    assert deed.actor is not None  # noqa: S101 - `begin` lets nobody else in
    own = deed.actor.organisation_id
    for question in falling.questions_of(deed.tx, round_id, number):
        if question.organisation_id == own:
            return question
    raise NotFound
