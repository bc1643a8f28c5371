"""What facilitators see of everybody's progress, help flags first; and that members do not."""

from dataclasses import replace

import pytest

from club.domain.errors import NotAllowed
from club.domain.organisations import Kind, Role
from club.operations.viewing.cohort import cohort
from club.store import people
from curriculum.progress import Progress
from tests.builders import colleague, join
from tests.club.operations.trying import MODULE, answer, asked, right, start, take, wrong


@pytest.fixture
def facilitator(context):
    return join(context, Kind.OPERATOR, Role.FACILITATOR)


@pytest.fixture
def member(context):
    return join(context)


def answer_some(context, learner, wrong_ones):
    """Begin a try and answer so many of its questions wrongly, no more."""
    attempt = start(context, learner)
    for question in asked(context, attempt)[:wrong_ones]:
        answer(context, learner, attempt, question, wrong(question))


def shown(context, facilitator):
    return [
        (line.person_id, line.progress.state, line.progress.failures)
        for line in cohort(context, facilitator).lines
    ]


def test_help_flags_come_first_the_most_failures_first(context, facilitator, member):
    started, passed, stuck, worse = (colleague(context, member) for _ in range(4))
    answer_some(context, started, 3)
    take(context, passed, right)
    answer_some(context, stuck, 4)
    answer_some(context, worse, 5)

    assert shown(context, facilitator) == [
        (worse.person_id, Progress.HELP_NEEDED, 5),
        (stuck.person_id, Progress.HELP_NEEDED, 4),
        (started.person_id, Progress.STARTED, 3),
        (passed.person_id, Progress.COMPLETED, 0),
    ]


def test_then_come_passes_that_lapse_within_sixty_days_the_next_one_first(
    context, facilitator, member, clock
):
    first, second = member, colleague(context, member)
    take(context, first, right)
    clock.forward(days=1)
    take(context, second, right)
    clock.forward(days=305)

    lines = cohort(context, facilitator).lines

    assert [(line.person_id, line.lapses_soon) for line in lines] == [
        (first.person_id, True),
        (second.person_id, True),
    ]
    clock.forward(days=-2)
    assert [line.lapses_soon for line in cohort(context, facilitator).lines] == [False, False]


def test_companies_are_counted_with_their_learners(context, facilitator, member):
    take(context, member, right)
    answer_some(context, colleague(context, member), 4)
    colleague(context, member, Role.BUYER)

    companies = cohort(context, facilitator).companies

    assert [
        (c.organisation.id, c.learners, dict(c.completed), c.help_needed) for c in companies
    ] == [(member.organisation_id, 2, {MODULE: 1}, 1)]


def test_a_pass_takes_the_flag_down(context, facilitator, member, clock):
    take(context, member, wrong)
    clock.forward(hours=1)
    take(context, member, right, "r2")

    assert shown(context, facilitator) == [(member.person_id, Progress.COMPLETED, 0)]


def test_who_was_switched_off_is_left_out(context, facilitator, member):
    take(context, member, right)
    with context.database.write() as tx:
        people.change_person(tx, replace(people.person(tx, member.person_id), is_active=False))

    found = cohort(context, facilitator)

    assert (found.lines, found.companies) == ((), ())


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        (Kind.MEMBER, Role.APPROVER),
        (Kind.MEMBER, Role.LEARNER),
        (Kind.SUPPLIER, Role.SELLER),
        (Kind.OPERATOR, Role.AUDITOR),
        (Kind.OPERATOR, Role.TREASURER),
    ],
)
def test_the_cohort_is_for_facilitators_only(context, kind, role):
    with pytest.raises(NotAllowed):
        cohort(context, join(context, kind, role))


def test_it_lasts_as_long_as_the_module_says(context, facilitator, member, clock):
    take(context, member, right)
    clock.forward(days=365)

    [line] = cohort(context, facilitator).lines

    assert (line.progress.state, line.progress.lapsed_at) == (Progress.STARTED, clock.at)
