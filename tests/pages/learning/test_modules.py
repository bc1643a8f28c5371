"""The list of modules, in both languages."""

from dataclasses import replace
from datetime import timedelta

from club.domain.organisations import Kind, Role
from club.operations.learning import start_try
from pages.learning import SCREENS, modules, quiz
from pages.parts.visit import plain
from tests.builders import join, open_round
from tests.club.operations.trying import MODULE, right, start, take


def words_of(at):
    return [shown.value for shown in (*at.markdown, *at.caption)]


def title_of(context, language):
    return plain(context.modules[MODULE].title.in_language(language))


def test_a_module_not_begun_offers_the_lessons(open_screen, context, learner, language, say):
    at = open_screen(modules.render, learner, language)

    assert not at.exception
    assert at.title[0].value == say("learning.modules.title")
    assert at.subheader[0].value == title_of(context, language)
    assert at.button(key=f"read {MODULE}").label == say("learning.start_reading")
    assert at.button(key=f"quiz {MODULE}").label == say("learning.to_quiz")
    assert say("learning.modules.progress", passed=0, total=len(context.modules)) in words_of(at)


def test_a_round_that_asks_for_the_module_is_named(open_screen, context, learner, language, say):
    round_ = open_round(context, join(context, Kind.OPERATOR), required_modules=frozenset({MODULE}))

    at = open_screen(modules.render, learner, language)

    name = round_.name_ja if language == "ja" else round_.name_en
    assert say("learning.required_by") in words_of(at)
    assert say("learning.to_round", round=name) in [button.label for button in at.button]


def test_a_try_under_way_is_gone_on_with(open_screen, context, learner, language, say):
    start(context, learner)

    at = open_screen(modules.render, learner, language)

    assert at.button(key=f"quiz {MODULE}").label == say("learning.go_on_with_quiz")


def test_a_pass_is_shown_with_its_last_day(open_screen, context, learner, language, say, clock):
    take(context, learner, right)
    clock.forward(days=1)

    at = open_screen(modules.render, learner, language)

    assert say("learning.modules.progress", passed=1, total=len(context.modules)) in words_of(at)
    assert at.button(key=f"read {MODULE}").label == say("learning.read_again")


def test_a_lapsed_pass_is_told_everywhere_with_the_way_to_the_quiz(
    open_screen, context, learner, language, say, clock
):
    attempt = take(context, learner, right)
    lapsed_at = clock.at + timedelta(days=context.modules[MODULE].valid_days)
    clock.forward(days=context.modules[MODULE].valid_days)

    listed = open_screen(modules.render, learner, language)
    door = open_screen(quiz.render, learner, language, module=MODULE)
    result = open_screen(quiz.render, learner, language, module=MODULE, **{"try": attempt.id})

    assert say("learning.lapsed_on", lapsed_at=lapsed_at) in "".join(words_of(listed))
    assert say("learning.quiz.lapsed", lapsed_at=lapsed_at) in [told.value for told in door.warning]
    assert say("learning.to_quiz") in words_of(result)


def test_only_the_module_to_go_on_with_is_unfolded(open_screen, context, learner, language):
    take(context, learner, right)
    *_, last = context.modules.values()

    after_the_pass = unfolded(open_screen(modules.render, learner, language))
    start_try(context, learner, request_id="last", module_id=last.id)
    begun = unfolded(open_screen(modules.render, learner, language))

    first, second, *_ = context.modules
    assert (first, after_the_pass) == (MODULE, ([1], [f"read {second}"]))
    assert begun == ([len(context.modules) - 1], [f"quiz {last.id}"])


def unfolded(at):
    """Which modules are unfolded, and which buttons are filled."""
    filled = [button.key for button in at.button if button.proto.type == "primary"]
    return [n for n, each in enumerate(at.expander) if each.proto.expanded], filled


def test_without_modules_the_page_says_what_will_be_here(open_screen, learner, say, language):
    def render(visit):
        modules.render(replace(visit, context=replace(visit.context, modules={})))

    at = open_screen(render, learner, language)

    assert at.info[0].value == say("learning.modules.empty")


def test_who_is_no_learner_is_refused(open_screen, context, language, say):
    at = open_screen(modules.render, join(context, Kind.MEMBER, Role.BUYER), language)

    assert at.error[0].value == say("errors.not_allowed")


def test_every_screen_is_the_learners_but_the_companys_own():
    paths = {screen.path for screen in SCREENS if screen.roles == {Role.LEARNER}}

    assert {screen.path for screen in SCREENS} - paths == {"team"}


def test_only_the_module_it_belongs_to_leads_to_the_practice_round(
    open_screen, context, learner, language, say
):
    at = open_screen(modules.render, learner, language)

    offering = [m.id for m in context.modules.values() if "round" in m.practices]
    leading = [button.key for button in at.button if button.label == say("practice.title")]
    assert leading == [f"practice {id}" for id in offering]
    assert offering == ["buying"]
