from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curriculum.deltas import bank_of, draw_delta, draw_whole, due_delta
from curriculum.gates import Attempt, current_pass
from curriculum.quizzes import TooFewQuestions
from tests.curriculum.examples import module, true_false

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)


def bank(versions, **changes):
    return tuple(
        true_false(is_true=True, id=id, version=v, **changes) for id, v in versions.items()
    )


OLD = module(version=1, quiz_size=2, questions=bank({"a": 1, "b": 1, "c": 1}))


def passed(of=OLD, id="old", at=NOON, **changes):
    facts = {
        "id": id,
        "module_id": of.id,
        "module_version": of.version,
        "finished_at": at,
        "score": Fraction(1),
        "pass_mark": Fraction(4, 5),
        "bank": bank_of(of),
    }
    return Attempt(**facts | changes)


def asked_ids(delta):
    return [question.id for question in delta.questions] if delta else None


def due(attempts, of, now=NOON + DAY):
    return due_delta(attempts, of, now, on=now.date())


def test_a_new_version_asks_what_is_new_or_changed_and_nothing_else():
    new = replace(OLD, version=2, questions=bank({"a": 1, "b": 2, "c": 1, "d": 1}))

    delta = due([passed()], new)

    assert (asked_ids(delta), delta.is_required, delta.carries) == (["b", "d"], True, passed())


def test_a_changed_question_alone_is_offered_while_the_pass_counts_on():
    new = replace(OLD, questions=bank({"a": 1, "b": 2, "c": 1}))

    delta = due([passed()], new)

    assert (asked_ids(delta), delta.is_required) == (["b"], False)


@pytest.mark.parametrize(
    ("attempts", "now"),
    [
        ([], NOON + DAY),
        ([passed(score=Fraction(1, 2))], NOON + DAY),
        ([passed(bank=None)], NOON + DAY),
        ([passed()], NOON + OLD.valid_days * DAY),
        ([passed()], NOON - DAY),
    ],
    ids=["no try", "a failure", "an unknown bank", "a lapsed pass", "a later pass"],
)
def test_without_a_pass_to_carry_over_the_whole_quiz_is_due(attempts, now):
    new = replace(OLD, version=2, questions=bank({"a": 2, "b": 2, "c": 2}))

    assert due(attempts, new, now) is None


def test_where_no_question_changed_the_whole_quiz_is_due():
    assert due([passed()], replace(OLD, version=2)) is None


def test_a_question_that_may_not_be_asked_today_waits():
    stale = bank({"b": 2}, review_by=TODAY)
    draft = bank({"d": 1}, status="draft")
    new = replace(OLD, version=2, questions=(*bank({"a": 1, "c": 2}), *stale, *draft))

    assert asked_ids(due([passed()], new, NOON + DAY)) == ["c"]


def test_a_draft_that_becomes_ready_is_new():
    draft = bank({"d": 1}, status="draft")
    before = replace(OLD, questions=(*OLD.questions, *draft))
    after = replace(OLD, questions=(*OLD.questions, *bank({"d": 1})))

    assert asked_ids(due([passed(of=before)], after)) == ["d"]


def test_a_passed_delta_leaves_nothing_due():
    new = replace(OLD, version=2, questions=bank({"a": 2, "b": 1, "c": 1}))
    carried = passed(of=new, id="delta", at=NOON + DAY, carries="old")

    assert due([passed(), carried], new) is None
    assert current_pass([passed(), carried], new, NOON + DAY).best == passed()


def test_the_quiz_after_a_change_asks_no_more_than_a_whole_one_and_keeps_the_bank():
    new = replace(OLD, version=2, questions=bank({"a": 2, "b": 2, "c": 2, "d": 1, "e": 1}))

    quiz = draw_delta(new, due([passed()], new), "seed", on=TODAY)

    assert len(quiz.asked) == new.quiz_size
    assert (quiz.module_version, quiz.carries, quiz.bank) == (2, "old", bank_of(new))


def test_a_whole_quiz_keeps_the_bank_and_carries_nothing():
    quiz = draw_whole(OLD, "seed", on=TODAY)

    assert (quiz.bank, quiz.carries) == (frozenset({("a", 1), ("b", 1), ("c", 1)}), None)
    with pytest.raises(TooFewQuestions):
        draw_whole(replace(OLD, quiz_size=4), "seed", on=TODAY)


banks = st.dictionaries(st.sampled_from("abcde"), st.integers(1, 3), min_size=1)


@given(banks, banks)
def test_what_the_bank_held_is_never_asked_and_what_it_did_not_hold_always_may_be(before, after):
    old = replace(OLD, questions=bank(before))
    new = replace(OLD, version=2, quiz_size=9, questions=bank(after))

    delta = due([passed(of=old)], new)
    quiz = draw_delta(new, delta, "seed", on=date(2026, 11, 23)) if delta else None

    asked = {(a.question_id, a.question_version) for a in quiz.asked} if quiz else set()
    assert asked == set(after.items()) - set(before.items())
