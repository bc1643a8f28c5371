"""The cohort's page: flags first, filters, and a CSV that says what the screen says."""

import csv
import io
from datetime import timedelta

import pytest

from club.domain.organisations import Kind, Role
from club.i18n import Speech
from club.store import people
from pages.facilitating import cohort
from pages.parts import tables
from tests.builders import colleague, join
from tests.club.operations.trying import MODULE, answer, asked, right, start, take, wrong
from tests.pages.reading import as_read


@pytest.fixture(params=["ja", "en"])
def language(request):
    return request.param


@pytest.fixture
def say(language):
    return Speech(language, "Asia/Tokyo").say


@pytest.fixture
def member(context):
    return join(context)


@pytest.fixture
def stuck(context, member):
    """A colleague with four wrong answers in a try that is still open; the member has passed."""
    take(context, member, right)
    actor = colleague(context, member)
    attempt = start(context, actor)
    for question in asked(context, attempt)[:4]:
        answer(context, actor, attempt, question, wrong(question))
    return actor


def name_of(context, actor):
    with context.database.read() as tx:
        return people.person(tx, actor.person_id).name


def who(context, actor, language):
    with context.database.read() as tx:
        company = people.organisation(tx, actor.organisation_id)
    return f"{name_of(context, actor)} · {Speech(language).name(company)}"


def names(at, say):
    return as_read(at.table[0])[say("progress.name")].tolist()


def test_an_empty_club_says_what_will_be_here(open_screen, facilitator, language, say):
    at = open_screen(cohort.render, facilitator, language)

    assert not at.exception
    assert [shown.value for shown in at.info] == [say("progress.cohort.nobody_yet")]


def test_who_needs_help_comes_first(
    open_screen, context, facilitator, member, stuck, language, say, clock
):
    at = open_screen(cohort.render, facilitator, language)

    rows = as_read(at.table[0])
    lapses_at = clock.at + timedelta(days=context.modules[MODULE].valid_days)
    until = say("progress.pass_valid", until=Speech(language, "Asia/Tokyo").day(lapses_at))
    assert names(at, say) == [who(context, one, language) for one in (stuck, member)]
    assert rows[say("progress.state")].tolist() == [
        f"{say('words.progress.help_needed')} · {say('progress.cohort.wrong', count=4)}",
        f"{say('words.progress.completed')} · {until}",
    ]
    assert [metric.value for metric in at.metric] == ["2", "1", "0"]


def test_filters_leave_only_what_they_name(
    open_screen, context, facilitator, member, stuck, language, say
):
    other = join(context)
    take(context, other, right)
    at = open_screen(cohort.render, facilitator, language)

    at.selectbox(key="cohort show").set_value(cohort.Show.COMPLETED).run()
    completed = names(at, say)
    at.selectbox(key="cohort company").set_value(other.organisation_id).run()
    own = names(at, say)
    at.selectbox(key="cohort show").set_value(cohort.Show.HELP).run()

    assert set(completed) == {who(context, one, language) for one in (member, other)}
    assert own == [who(context, other, language)]
    assert [shown.value for shown in at.info] == [say("progress.cohort.nobody_so")]
    assert at.selectbox(key="cohort module").options[1:] == [
        module.title.in_language(language) for module in context.modules.values()
    ]


def test_the_csv_says_what_the_screen_says_and_counts_in_columns(
    open_screen, context, facilitator, stuck, language, say, monkeypatch
):
    written = {}
    made = tables.table

    def keep(visit, rows, *, name, csv_rows=None):
        written[name] = tables.as_csv(csv_rows if csv_rows is not None else rows)
        made(visit, rows, name=name, csv_rows=csv_rows)

    monkeypatch.setattr(cohort, "table", keep)
    at = open_screen(cohort.render, facilitator, language)

    learners_csv, companies_csv = (
        list(csv.DictReader(io.StringIO(written[name].decode("utf-8-sig"))))
        for name in ("cohort", "cohort-companies")
    )
    assert [as_shown(row, say) for row in learners_csv] == as_read(at.table[0]).astype(str).to_dict(
        "records"
    )
    completed, learners = say("progress.cohort.completed"), say("progress.cohort.learners")
    for row, shown in zip(companies_csv, as_read(at.table[1]).to_dict("records"), strict=True):
        of = say("progress.cohort.of", completed=row[completed], learners=row.pop(learners))
        assert row | {completed: of} == shown


def as_shown(row, say):
    """What the CSV has in columns of their own stands together on the screen."""
    person, company = row.pop(say("progress.name")), row.pop(say("progress.company"))
    failures = int(row.pop(say("progress.failures")))
    wrong_answers = say("progress.cohort.wrong", count=failures) if failures else ""
    told = filter(
        None, (row.pop(say("progress.state")), row.pop(say("progress.pass")), wrong_answers)
    )
    row[say("progress.name")] = f"{person} · {company}"
    row[say("progress.state")] = " · ".join(told)
    return row


def test_the_companies_table_counts_passes(
    open_screen, context, facilitator, member, stuck, language, say
):
    at = open_screen(cohort.render, facilitator, language)
    passed = as_read(at.table[1])
    at.selectbox(key="cohort company").set_value(member.organisation_id).run()
    whole = as_read(at.table[1])

    titles = {id: m.title.in_language(language) for id, m in context.modules.items()}
    completed = say("progress.cohort.completed")
    assert passed[completed].tolist() == [say("progress.cohort.of", completed=1, learners=2)]
    assert passed[say("progress.module")].tolist() == [titles[MODULE]]
    counts = dict(zip(context.modules, whole[completed], strict=True))
    none, one = (say("progress.cohort.of", completed=n, learners=2) for n in (0, 1))
    assert counts == dict.fromkeys(context.modules, none) | {MODULE: one}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.TREASURER])
def test_who_is_no_facilitator_is_refused(open_screen, context, role, language, say):
    at = open_screen(cohort.render, join(context, Kind.OPERATOR, role), language)

    assert [error.value for error in at.error] == [say("errors.not_allowed")]
