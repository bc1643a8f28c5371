"""Written sheets hold every first answer as it was given, and a delta quiz is told from a whole."""

from dataclasses import replace

import pytest

from club.store import learning
from club.store.answer_sheets import (
    AT_ONCE,
    WrittenAnswer,
    answer_written,
    carried_over,
    written_sheets,
)
from club.store.learning import AnswerRow, AttemptRow, LaterAnswerRow
from tests.builders import NOON, join

TYPED = ('"], "carries": "', "\x1e\x1f\n\\", "追加性", "don't", "")


@pytest.fixture
def begun(context):
    learner = join(context)
    attempt = AttemptRow(
        id="try 0",
        person_id=learner.person_id,
        module_id="tides",
        module_version=1,
        seed="seed",
        questions={"asked": [], "bank": None, "carries": None, "pass_mark": "4/5"},
        started_at=NOON,
    )
    with context.database.write() as tx:
        learning.add_attempt(tx, attempt)
    return attempt


def said(attempt, place, typed, confidence):
    return AnswerRow(
        attempt_id=attempt.id,
        question_id=f"question{place}",
        question_version=place + 1,
        raw=[typed],
        confidence=confidence,
        answered_at=NOON,
    )


def read(context, *ids):
    with context.database.read() as tx:
        sheets = list(written_sheets(tx, ids))
    return {sheet.attempt_id: sorted(map(answer_written, sheet.answers)) for sheet in sheets}


def test_whatever_was_typed_comes_back_as_it_is_stored(context, begun):
    with context.database.write() as tx:
        for place, typed in enumerate(TYPED):
            learning.add_answer(tx, said(begun, place, typed, confidence=place % 4 or None))

    raw = [
        '["\\"], \\"carries\\": \\""]',
        '["\\u001e\\u001f\\n\\\\"]',
        '["追加性"]',
        '["don\'t"]',
        '[""]',
    ]
    assert read(context, begun.id) == {
        begun.id: [
            WrittenAnswer(f"question{place}", place + 1, place % 4 or None, text)
            for place, text in enumerate(raw)
        ]
    }


def test_later_answers_and_other_tries_stand_on_no_sheet(context, begun):
    other = replace(begun, id="another try")
    later = LaterAnswerRow(
        attempt_id=begun.id, question_id="question0", number=2, raw=["b"], answered_at=NOON
    )
    with context.database.write() as tx:
        learning.add_attempt(tx, other)
        learning.add_answer(tx, said(begun, 0, "a", confidence=None))
        learning.add_answer(tx, said(other, 1, "c", confidence=None))
        learning.add_later_answer(tx, later)

    assert read(context, begun.id) == {begun.id: [WrittenAnswer("question0", 1, None, '["a"]')]}


def test_more_tries_than_fit_into_one_statement_are_all_read(context, begun):
    tries = [replace(begun, id=f"try {n}") for n in range(1, AT_ONCE + 2)]
    with context.database.write() as tx:
        for attempt in tries:
            learning.add_attempt(tx, attempt)
            learning.add_answer(tx, said(attempt, 0, "a", confidence=1))

    assert set(read(context, *(attempt.id for attempt in tries))) == {a.id for a in tries}


def test_a_delta_quiz_is_known_by_what_it_carries_and_by_nothing_that_looks_like_it(context, begun):
    looks_like_it = begun.questions | {"asked": [{"id": '"carries": "x"'}]}
    delta = replace(begun, id="delta", questions=begun.questions | {"carries": begun.id})
    with context.database.write() as tx:
        learning.add_attempt(tx, replace(begun, id="whole", questions=looks_like_it))
        older = {name: told for name, told in begun.questions.items() if name != "carries"}
        learning.add_attempt(tx, replace(begun, id="older", questions=older))
        learning.add_attempt(tx, delta)

    with context.database.read() as tx:
        assert carried_over(tx, [begun.id, "whole", "older", "delta"]) == {"delta"}
