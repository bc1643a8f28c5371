"""What facilitators see of a module's questions, from the database to the figures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from club.domain.errors import NotAllowed, NotFound
from club.domain.organisations import Kind, Role
from club.operations import answer_books
from club.operations.viewing import question_statistics as viewing
from club.operations.viewing.question_statistics import (
    question_statistics,
    read_ahead,
    taught_modules,
)
from club.store import learning
from curriculum.figures import Reason, Untold
from tests.builders import NOON, colleague, join
from tests.club.operations.trying import MODULE, right, wrong
from tests.every_kind import EVERY_KIND, SINGLE, TRUE_FALSE, asking
from tests.schooled import take_all, take_one


@pytest.fixture
def member(context):
    return join(context)


def module_of(context):
    return context.modules[MODULE]


def odd_right(number, question):
    return right(question) if number % 2 else wrong(question)


def see(context, actor, **more):
    return question_statistics(context, actor, MODULE, **more)


def test_every_first_try_is_counted_with_its_answers(context, member, facilitator):
    club = asking(context, SINGLE, TRUE_FALSE)
    take_all(club, module_of(club), member, 16, odd_right)

    seen = see(club, facilitator)

    assert (seen.quiz.n, seen.quiz.points, seen.quiz.mean) == (16, 2, 1)
    assert [line.figures.facility for line in seen.questions] == [Decimal("0.5")] * 2
    assert [line.figures.discrimination_index for line in seen.questions] == [100, 100]
    told = [(c.id, c.n) for c in seen.questions[0].chosen]
    assert told == [("c0", 8), ("c1", 8), ("c2", 0), ("c3", 0)]
    assert [(c.id, c.n) for c in seen.questions[1].chosen] == [("true", 8), ("false", 8)]


def test_of_each_person_only_the_first_finished_try_counts(context, member, facilitator):
    club = asking(context, SINGLE)
    take_one(club, module_of(club), member, right, at=NOON + timedelta(hours=1))
    take_one(club, module_of(club), member, wrong)

    assert see(club, facilitator).quiz.mean == 0


def test_a_try_at_another_version_or_still_open_or_withdrawn_does_not_count(
    context, member, facilitator
):
    club = asking(context, SINGLE)
    old, newer = module_of(club), replace(module_of(club), version=2)
    take_one(club, newer, member, right)
    withdrawn = take_one(club, old, colleague(club, member), right)
    kept = take_one(club, old, colleague(club, member), wrong)
    still_open = take_one(club, old, colleague(club, member), right)
    with club.database.write() as tx:
        learning.change_attempt(
            tx,
            replace(
                withdrawn,
                withdrawn_at=NOON,
                withdrawn_by=facilitator.person_id,
                withdrawal_reason="helped",
            ),
        )
        learning.change_attempt(tx, replace(still_open, finished_at=None, score=None))

    seen = see(club, facilitator)

    assert (kept.score, seen.quiz.n, seen.quiz.mean) == ("0", 1, 0)


def test_a_try_with_a_question_that_was_rewritten_is_left_out_and_counted_as_such(
    context, member, facilitator
):
    club = asking(context, SINGLE, TRUE_FALSE)
    take_all(club, module_of(club), member, 3, odd_right)
    later = asking(club, replace(SINGLE, version=2), TRUE_FALSE)
    take_all(later, module_of(later), member, 2, odd_right)

    seen = see(later, facilitator)

    assert (seen.left_out, seen.quiz.n) == (3, 2)


def test_a_delta_quiz_is_no_first_try(context, member, facilitator):
    club = asking(context, SINGLE)
    attempt = take_one(club, module_of(club), member, right)
    with club.database.write() as tx:
        carried = {**attempt.questions, "carries": "an earlier try"}
        learning.change_attempt(tx, replace(attempt, questions=carried))

    seen = see(club, facilitator)

    assert (seen.quiz.n, seen.left_out, seen.questions) == (0, 0, ())


def test_tries_finished_since_the_last_look_are_seen(context, member, facilitator):
    club = asking(context, SINGLE)
    take_all(club, module_of(club), member, 2, odd_right)
    before = see(club, facilitator).quiz.n
    take_all(club, module_of(club), member, 3, odd_right)

    after = see(club, facilitator)

    afresh = see(replace(club, answer_books={}), facilitator)
    assert (before, after.quiz.n) == (2, 5)
    assert after == afresh


def test_what_was_read_ahead_is_neither_read_nor_computed_again(
    context, member, facilitator, monkeypatch
):
    club = asking(context, SINGLE, TRUE_FALSE)
    take_all(club, module_of(club), member, 16, odd_right)
    expected = see(replace(club, answer_books={}), facilitator)

    read_ahead(club)

    for name in ("written_sheets", "carried_over"):
        monkeypatch.setattr(answer_books, name, pytest.fail)
    monkeypatch.setattr(viewing, "statistics_of", pytest.fail)
    assert see(club, facilitator) == expected


def test_tries_finished_after_reading_ahead_are_seen(context, member, facilitator):
    club = asking(context, SINGLE)
    take_all(club, module_of(club), member, 2, odd_right)
    read_ahead(club)
    take_all(club, module_of(club), member, 1, odd_right)

    assert see(club, facilitator).quiz.n == 3


def test_a_try_that_is_withdrawn_after_the_last_look_is_seen_no_more(context, member, facilitator):
    club = asking(context, SINGLE)
    attempt = take_one(club, module_of(club), member, right)
    before = see(club, facilitator).quiz.n
    with club.database.write() as tx:
        withdrawn = replace(
            attempt,
            withdrawn_at=NOON,
            withdrawn_by=facilitator.person_id,
            withdrawal_reason="helped",
        )
        learning.change_attempt(tx, withdrawn)

    assert (before, see(club, facilitator).quiz.n) == (1, 0)


def test_where_quizzes_differ_a_question_has_the_figures_of_those_who_were_asked_it(
    context, member, facilitator
):
    module = module_of(context)
    take_all(context, module, member, 30, odd_right)

    seen = see(context, facilitator)

    unlike = Untold(reason=Reason.DIFFERENT_QUESTIONS, n=30)
    assert seen.quiz.n == 30
    assert sum(line.figures.n for line in seen.questions) == 30 * module.quiz_size
    assert {line.figures.effective_weight for line in seen.questions} == {unlike}
    assert seen.quiz.coefficient_of_internal_consistency == unlike
    enough = [line.figures for line in seen.questions if line.figures.n >= 15]
    assert enough
    assert all(isinstance(figures.discrimination_index, Decimal) for figures in enough)


def test_every_kind_of_question_has_its_choices_counted(context, member, facilitator):
    club = asking(context, *EVERY_KIND)
    take_all(club, module_of(club), member, 4, odd_right)

    seen = see(club, facilitator)

    assert [line.id for line in seen.questions] == [question.id for question in EVERY_KIND]
    assert all(sum(chosen.n for chosen in line.chosen) >= 4 for line in seen.questions[:-1])
    assert [chosen.n for chosen in seen.questions[-1].chosen] == [2, 2, 2, 2]


def test_a_day_parts_the_tries_at_midnight_in_the_clubs_zone(context, member, facilitator):
    club = asking(context, SINGLE)
    midnight = NOON.replace(hour=15)  # 0:00 of the 23rd in Tokyo
    last = take_all(club, module_of(club), member, 15, lambda _, q: wrong(q), at=midnight)
    take_one(
        club, module_of(club), colleague(club, member), right, at=midnight - timedelta(seconds=1)
    )

    compared = see(club, facilitator, day=date(2026, 11, 23)).comparison

    assert compared is not None
    assert (compared.before.n, compared.since.n) == (1, len(last))
    [change] = compared.changes
    assert (change.before, change.since) == (1, 0)
    assert change.change == Untold(reason=Reason.TOO_FEW, n=1)


def test_a_company_of_five_is_named_and_smaller_ones_stand_together(context, member, facilitator):
    club = asking(context, SINGLE)
    others = [join(club) for _ in range(3)]
    take_all(club, module_of(club), member, 5, lambda _, q: right(q))
    for other in others:
        take_all(club, module_of(club), other, 2, lambda _, q: wrong(q))

    named, together = see(club, facilitator).companies

    assert named.organisation is not None
    assert (named.organisation.id, named.people, named.mean) == (member.organisation_id, 5, 1)
    assert (together.organisation, together.people, together.mean) == (None, 6, 0)


def test_where_time_is_best_spent_and_how_sure_people_were_come_with_it(
    context, member, facilitator
):
    club = asking(context, SINGLE, TRUE_FALSE)
    take_all(
        club,
        module_of(club),
        member,
        15,
        lambda _, question: wrong(question) if question == SINGLE else right(question),
        confidence=3,
    )

    seen = see(club, facilitator)

    [worst] = seen.attention
    assert (worst.figures.question_id, worst.sure_and_wrong) == (SINGLE.id, 15)
    sure = seen.calibration[-1]
    assert (sure.confidence, sure.n, sure.right) == (3, 30, Decimal("0.5"))


def test_nobody_has_tried_yet(context, facilitator):
    seen = see(context, facilitator)

    assert (seen.quiz.n, seen.questions, seen.attention, seen.companies) == (0, (), (), ())


def test_a_module_that_does_not_exist_is_not_found(context, facilitator):
    with pytest.raises(NotFound):
        question_statistics(context, facilitator, "nowhere")


def test_the_modules_are_listed_in_their_order(context, facilitator):
    assert [m.id for m in taught_modules(context, facilitator)] == list(context.modules)


@pytest.mark.parametrize(
    ("kind", "roles"),
    [
        (Kind.MEMBER, ()),
        (Kind.SUPPLIER, ()),
        (Kind.OPERATOR, (Role.AUDITOR, Role.TREASURER, Role.LEARNER)),
    ],
)
def test_whoever_is_no_facilitator_sees_nothing_of_it(context, kind, roles):
    actor = join(context, kind, *roles)

    with pytest.raises(NotAllowed):
        see(context, actor)
    with pytest.raises(NotAllowed):
        taught_modules(context, actor)
