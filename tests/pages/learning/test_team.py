"""The team's page: own people's passes, what the open rounds lack, duties."""

from datetime import timedelta

from club.domain.organisations import Duty, Kind, Role
from club.i18n import Speech
from club.operations.viewing.team import team as team_of
from club.store import people
from pages.learning import team
from pages.parts.visit import plain
from tests.builders import colleague, join, open_round
from tests.club.operations.trying import MODULE, right, take
from tests.pages.hand import Hand, told, words
from tests.pages.reading import as_read


def asking(context, **asked):
    facilitator = join(context, Kind.OPERATOR)
    return open_round(context, facilitator, required_modules=frozenset({MODULE}), **asked)


def badges(at):
    return [shown.value for shown in at.markdown if "-badge[" in shown.value]


def name_of(context, actor):
    with context.database.read() as tx:
        return people.person(tx, actor.person_id).name


def test_before_anything_the_page_says_what_will_be_here(open_screen, learner, language, say):
    at = open_screen(team.render, learner, language)

    assert not at.exception
    assert at.title[0].value == say("progress.team.title")
    assert [shown.value for shown in at.info] == [
        say("progress.team.no_rounds"),
        say("progress.team.no_passes"),
    ]


def test_people_and_passes_are_listed_with_what_one_departure_means(
    open_screen, context, learner, language, say, clock
):
    asking(context)
    take(context, learner, right)
    other = colleague(context, learner)
    lapses_at = clock.at + timedelta(days=365)
    day = Speech(language, "Asia/Tokyo").day(lapses_at)

    at = open_screen(team.render, learner, language)

    name = name_of(context, learner)
    rows, by_module = (as_read(table) for table in at.table)
    total = len(context.modules)
    held = dict(zip(rows[say("progress.name")], rows[say("progress.team.held")], strict=True))
    assert held == {
        name: say("progress.team.held_until_next", held=1, total=total, on=day),
        name_of(context, other): say("progress.team.held_of", held=0, total=total),
    }
    assert by_module[say("progress.team.held_by")].tolist() == [
        say("progress.team.holds", person=name, until=day)
    ]
    assert told(at) == [say("progress.team.fragile", people=plain(name))]
    assert say("progress.team.breaks", breaks_at=lapses_at) in words(at)
    assert any(say("progress.team.met") in badge for badge in badges(at))


def test_what_is_missing_is_one_click_from_its_lesson(open_screen, context, learner, language, say):
    asking(context, people_by_duty=((Duty.FINANCE, 1),))

    at = open_screen(team.render, learner, language)

    assert any(say("progress.team.lacking") in badge for badge in badges(at))
    labels = [button.label for button in at.button]
    assert labels.count(say("buying.mend.lesson")) == 1
    assert say("progress.quorum.to_team") not in labels


def test_an_approver_writes_duties_down_and_only_then_they_have_a_column(
    open_screen, context, learner, language, say
):
    at = open_screen(team.render, learner, language)
    before = list(as_read(at.table[0]))

    at.multiselect(key=f"duties {learner.person_id} chosen").set_value([Duty.FINANCE])
    Hand(at, language).press("facilitating.organisations.change_duties")

    [person] = team_of(context, learner, learner.organisation_id).people
    assert person.duties == {Duty.FINANCE}
    after = list(as_read(open_screen(team.render, learner, language).table[0]))
    assert set(after) - set(before) == {say("words.field.duties")}


def test_a_buyer_reads_who_writes_duties_down(open_screen, context, language, say):
    buyer = join(context, Kind.MEMBER, Role.BUYER)

    at = open_screen(team.render, buyer, language)

    assert len(at.multiselect) == 0
    assert say("progress.team.duties_by_approvers") in words(at)


def test_who_neither_buys_nor_approves_is_refused(open_screen, context, language, say):
    at = open_screen(team.render, join(context, Kind.MEMBER, Role.LEARNER), language)

    assert [error.value for error in at.error] == [say("errors.not_allowed")]
