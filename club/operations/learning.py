"""Trying a module's quiz: start or resume, answer one question at a time, be marked at the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from club.domain.errors import InputRefused, NotFound, PhaseRefused, StandingRefused
from club.domain.organisations import Actor, Role
from club.operations.context import Context
from club.operations.deed import Deed, begin
from club.operations.qualifying import attempt_of
from club.operations.reading_answers import read_answer, read_confidence
from club.store import journal, learning, people
from club.store.learning import AnswerRow, AttemptRow, Given, LaterAnswerRow
from curriculum.deltas import draw_due
from curriculum.gates import Attempt, next_try_at, unlapsed
from curriculum.marking import Answer, mark, tries_at
from curriculum.modules import Module
from curriculum.questions import Question
from curriculum.quizzes import Quiz, TooFewQuestions, score


def start_try(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    module_id: str,
    takes_whole: bool = False,
) -> AttemptRow:
    """Draw a quiz and freeze its rules, or go on with the try that is still open.

    Where a delta quiz is due it is drawn, unless the person `takes_whole`. An open try of an
    outdated version is left behind, and so is a delta quiz whose pass has lapsed. Raises
    StandingRefused within 24 hours of the second failure and of every later one, NotFound where
    there is no quiz to draw.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return learning.attempt(deed.tx, deed.outcome_id)
        module = _module(context, module_id)
        people.person(deed.tx, deed.by, lock=True)  # of two starts at once the second resumes
        own = learning.attempts_of_person(deed.tx, deed.by)
        attempt = open_try(module, own, at=deed.at)
        if attempt is None:
            attempt = _draw(deed, module, own, takes_whole=takes_whole)
            learning.add_attempt(deed.tx, attempt)
        deed.remember("module.started", attempt.id)
        return attempt


def answer_question(
    context: Context,
    actor: Actor,
    *,
    request_id: str,
    try_id: str,
    question_id: str,
    given: Answer,
    confidence: int | None = None,
) -> AttemptRow:
    """Keep the answer as it was given; with the last question settled the try is marked.

    A question is settled by a wholly right answer, by the last of its tries, or by `keep_answer`.
    Raises NotFound for another's try, a question not asked in it, or a try left behind by a new
    version; PhaseRefused where the question is settled already; InputRefused for what cannot be
    an answer, or is the one that was given before.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return learning.attempt(deed.tx, deed.outcome_id)
        attempt, question = _asked(deed, try_id, question_id)
        earlier = _still_open(deed, attempt, question_id)
        answer = _answer(deed, attempt, question, given=given, confidence=confidence)
        quiz = learning.quiz_of(attempt)
        tries = 1 + (earlier.tries if earlier else 0)
        if tries >= tries_at(question, quiz.tries) or mark(question, tuple(answer.raw)) == 1:
            answer = replace(answer, closed_at=deed.at)
        _keep(deed, answer, earlier)
        return _go_on(deed, attempt)


def keep_answer(
    context: Context, actor: Actor, *, request_id: str, try_id: str, question_id: str
) -> AttemptRow:
    """Settle a question by the answer given so far, though it might be answered again.

    Raises NotFound as `answer_question` does, and where there is no answer yet; PhaseRefused
    where the question is settled already.
    """
    with begin(context, actor, Role.LEARNER, request_id=request_id) as deed:
        if deed.outcome_id is not None:
            return learning.attempt(deed.tx, deed.outcome_id)
        attempt, _ = _asked(deed, try_id, question_id)
        earlier = _still_open(deed, attempt, question_id)
        if earlier is None:
            raise NotFound
        learning.close(deed.tx, earlier.first, at=deed.at)
        return _go_on(deed, attempt)


def _asked(deed: Deed, try_id: str, question_id: str) -> tuple[AttemptRow, Question]:
    """Find the person's own try, held until the transaction ends, and a question asked in it."""
    attempt = own_try(learning.attempt(deed.tx, try_id, lock=True), deed.by)
    module = _module(deed.context, attempt.module_id)
    if not is_whole(module, attempt):
        raise NotFound
    questions = asked_questions(module, learning.quiz_of(attempt))
    if question_id not in questions:
        raise NotFound
    if attempt.finished_at is not None:
        raise PhaseRefused("already_done")
    return attempt, questions[question_id]


def _still_open(deed: Deed, attempt: AttemptRow, question_id: str) -> Given | None:
    """Find what was answered before to a question that is not settled yet."""
    earlier = learning.given_by_question(deed.tx, attempt.id).get(question_id)
    if earlier is not None and earlier.is_closed:
        raise PhaseRefused("already_done")
    return earlier


def _keep(deed: Deed, answer: AnswerRow, earlier: Given | None) -> None:
    if earlier is None:
        learning.add_answer(deed.tx, answer)
        return
    if tuple(answer.raw) == earlier.last:
        raise InputRefused("same_answer", field="answer")
    again = LaterAnswerRow(
        attempt_id=answer.attempt_id,
        question_id=answer.question_id,
        number=earlier.tries + 1,
        raw=answer.raw,
        confidence=answer.confidence,
        answered_at=answer.answered_at,
    )
    learning.add_later_answer(deed.tx, again)
    if answer.closed_at is not None:
        learning.close(deed.tx, earlier.first, at=answer.closed_at)


def _go_on(deed: Deed, attempt: AttemptRow) -> AttemptRow:
    """Leave the try open while a question is, else finish it."""
    given = learning.given_by_question(deed.tx, attempt.id)
    quiz = learning.quiz_of(attempt)
    if sum(each.is_closed for each in given.values()) < len(quiz.asked):
        deed.remember("module.answered", attempt.id)
        return attempt
    return _finish(deed, attempt, given)


def own_try(attempt: AttemptRow, person_id: str) -> AttemptRow:
    """Let only its person see a try; another's looks like none."""
    if attempt.person_id != person_id:
        raise NotFound
    return attempt


def open_try(module: Module, own: list[AttemptRow], *, at: datetime) -> AttemptRow | None:
    """Find the person's unfinished try that can still be finished, if there is one."""
    unfinished = [a for a in own if a.finished_at is None and a.module_id == module.id]
    carried = {None, *(passed.id for passed in unlapsed(finished_tries(own), module, at))}
    left = (a for a in unfinished if learning.quiz_of(a).carries in carried)
    return next((attempt for attempt in left if is_whole(module, attempt)), None)


def is_whole(module: Module, attempt: AttemptRow) -> bool:
    """Whether the try is on the current version, with every question as it was asked."""
    quiz = learning.quiz_of(attempt)
    return attempt.module_version == module.version and len(asked_questions(module, quiz)) == len(
        quiz.asked
    )


def asked_questions(module: Module, quiz: Quiz) -> dict[str, Question]:
    """Find the asked questions by id; one that has been rewritten since is left out."""
    asked = {(ask.question_id, ask.question_version) for ask in quiz.asked}
    return {q.id: q for q in module.questions if (q.id, q.version) in asked}


def may_try_at(module: Module, own: list[AttemptRow]) -> datetime | None:
    """Tell the end of the wait that the person's failures on the module earned, if any."""
    return next_try_at(finished_tries(own), module)


def finished_tries(own: list[AttemptRow]) -> list[Attempt]:
    """Read the finished ones as the gate does."""
    return [attempt_of(a, learning.quiz_of(a)) for a in own if a.finished_at is not None]


def _module(context: Context, module_id: str) -> Module:
    if module_id not in context.modules:
        raise NotFound
    return context.modules[module_id]


def _draw(deed: Deed, module: Module, own: list[AttemptRow], *, takes_whole: bool) -> AttemptRow:
    waits_until = may_try_at(module, own)
    if waits_until is not None and deed.at < waits_until:
        raise StandingRefused("wait_before_next_try", may_try_at=waits_until)
    seed = deed.context.random_bytes(16).hex()
    today = deed.at.astimezone(ZoneInfo(deed.context.settings.time_zone)).date()
    try:
        tries = [] if takes_whole else finished_tries(own)
        quiz = draw_due(module, tries, seed, deed.at, on=today)
    except TooFewQuestions:
        raise NotFound from None
    return AttemptRow(
        id=deed.context.new_id(),
        person_id=deed.by,
        module_id=module.id,
        module_version=module.version,
        seed=seed,
        questions=learning.freeze(quiz),
        started_at=deed.at,
    )


def _answer(
    deed: Deed,
    attempt: AttemptRow,
    question: Question,
    *,
    given: Answer,
    confidence: int | None,
) -> AnswerRow:
    return AnswerRow(
        attempt_id=attempt.id,
        question_id=question.id,
        question_version=question.version,
        raw=list(read_answer(question, given)),
        confidence=read_confidence(question, confidence),
        answered_at=deed.at,
    )


def _finish(deed: Deed, attempt: AttemptRow, given: dict[str, Given]) -> AttemptRow:
    quiz = learning.quiz_of(attempt)
    module = _module(deed.context, attempt.module_id)
    earned = score(
        quiz,
        module.questions,
        {id: each.last for id, each in given.items()},
        {id: each.tries for id, each in given.items()},
    )
    finished = learning.finish(attempt, at=deed.at, score=earned)
    learning.change_attempt(deed.tx, finished)
    facts: dict[str, object] = {
        "module": module.id,
        "version": module.version,
        "score": str(earned),
        "pass_mark": str(quiz.pass_mark),
    }
    if quiz.carries is not None:
        facts["carries"] = quiz.carries
    kind = "module.passed" if earned >= quiz.pass_mark else "module.failed"
    deed.done(kind, attempt.id, chain=journal.CLUB, facts=facts)
    return finished
