"""Case studies: the cards, one case with its figures, and the lessons on both sides."""

from dataclasses import replace

from club.domain.organisations import Kind, Role
from pages.learning import cases, lesson
from pages.parts.visit import plain
from tests.builders import join
from tests.pages.reading import as_read


def opened(at):
    return [b.key.removeprefix("case ") for b in at.button if b.key.startswith("case ")]


def test_every_case_has_a_card_in_the_order_of_the_files(open_screen, context, learner, language):
    at = open_screen(cases.render, learner, language)

    assert not at.exception
    assert opened(at) == list(context.cases)


def test_a_case_is_opened_by_its_address_with_figures_units_and_places(
    open_screen, context, learner, language, say
):
    case = context.cases["shioya"]

    at = open_screen(cases.render, learner, language, case="shioya")

    rows = as_read(at.table[0])
    unit = case.figures[0].unit.in_language(language)
    assert at.title[0].value == plain(case.title.in_language(language))
    assert list(rows.iloc[1]) == [
        case.figures[0].label.in_language(language),
        f"200 {unit}",
        case.figures[0].source.place(language),
    ]
    assert len(rows) == len(case.credits) + len(case.figures)
    assert plain(case.what_to_learn.in_language(language)) in [m.value for m in at.markdown]


def test_a_case_and_the_lessons_that_speak_of_it_lead_to_each_other(
    open_screen, context, learner, language
):
    case = context.cases["itoki"]
    module_id, lesson_id = case.lessons[0]

    there = open_screen(cases.render, learner, language, case="itoki")
    back = open_screen(lesson.render, learner, language, module=module_id, lesson=lesson_id)

    links = [b.key for b in there.button if b.key.startswith("lesson ")]
    assert links == [f"lesson {module} {id}" for module, id in case.lessons]
    assert "itoki" in opened(back)


def test_a_case_that_does_not_exist_leads_to_all_cases(open_screen, learner, language, say):
    at = open_screen(cases.render, learner, language, case="nowhere")

    assert at.error[0].value == say("errors.not_found")
    assert say("learning.cases.all") in [m.value for m in at.markdown]


def test_a_club_without_cases_says_what_will_be_here(open_screen, learner, language, say):
    def render(visit):
        cases.render(replace(visit, context=replace(visit.context, cases={})))

    at = open_screen(render, learner, language)

    assert at.info[0].value == say("learning.cases.empty")


def test_who_is_no_learner_is_refused(open_screen, context, language, say):
    buyer = join(context, Kind.MEMBER, Role.BUYER)

    every = open_screen(cases.render, buyer, language)
    one = open_screen(cases.render, buyer, language, case="shioya")

    assert every.error[0].value == one.error[0].value == say("errors.not_allowed")
    assert opened(every) == []
