"""Taking a module's quiz in tests: by the right answers, or by the wrong ones."""

from dataclasses import replace

from club.demo.learning import right_answer
from club.operations.learning import answer_question, start_try
from club.store import learning
from curriculum.questions import Matching, Numeric, Ordering, ShortAnswer, TrueFalse

MODULE = "why-credits"


def right(question):
    return right_answer(question)


def wrong(question):
    match question:
        case TrueFalse():
            return ("false" if question.is_true else "true",)
        case Numeric():
            return (str(int(question.value + question.tolerance) + 1),)
        case ShortAnswer():
            return ("？",)
        case Matching():
            return tuple(f"{pair.id}={_other_right(question, pair)}" for pair in question.pairs)
        case Ordering():
            return question.choice_ids[::-1]
        case _:
            return (min(question.choices, key=lambda choice: choice.weight).id,)


def _other_right(question, pair):
    rights = question.right_by_id
    return next(id for id in question.choice_ids if rights[id] != pair.right)


def start(context, actor, request_id="start"):
    return start_try(context, actor, request_id=request_id, module_id=MODULE)


def asked(context, attempt):
    by_id = {question.id: question for question in context.modules[attempt.module_id].questions}
    return [by_id[ask.question_id] for ask in learning.quiz_of(attempt).asked]


def answer(context, actor, attempt, question, given, **more):
    request_id = more.pop("request_id", f"{attempt.id} {question.id}")
    return answer_question(
        context,
        actor,
        request_id=request_id,
        try_id=attempt.id,
        question_id=question.id,
        given=given,
        **more,
    )


def take(context, actor, choose, request_id="start"):
    """A whole try, every question answered by one rule."""
    attempt = start(context, actor, request_id)
    for question in asked(context, attempt):
        attempt = answer(context, actor, attempt, question, choose(question))
    return attempt


def with_module(context, **changes):
    module = replace(context.modules[MODULE], **changes)
    return replace(context, modules={**context.modules, MODULE: module})
