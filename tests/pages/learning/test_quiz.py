"""A whole quiz on the screen: to a pass, and to failure and its wait, in both languages."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from club.domain.organisations import Kind
from club.i18n import Speech
from club.store import learning
from curriculum.marking import rights_chosen
from curriculum.questions import Ordering, TrueFalse
from pages.learning import quiz
from pages.parts.visit import plain
from tests.builders import colleague, join, open_round
from tests.club.operations.trying import MODULE, answer, asked, right, start, take, wrong
from tests.every_kind import EVERY_KIND, SINGLE, asking, secrets, whys
from tests.pages.reading import sent


def press(at, label):
    return next(button for button in at.button if button.label == label).click().run()


def tries(context, actor):
    with context.database.read() as tx:
        return learning.attempts_of_person(tx, actor.person_id)


def fill_in(at, question, given, language):
    """What a person does: type it, tick the boxes, choose in each list, or press the button."""
    if at.text_input:
        at.text_input[0].input(given[0])
    elif at.checkbox:
        for box in at.checkbox:
            is_given = box.label in {label(question, id, language) for id in given}
            box.set_value(is_given)
    elif at.selectbox:
        for box, chosen in zip(at.selectbox, in_place(question, given), strict=True):
            box.select(chosen.in_language(language))
    else:
        at.radio[0].set_value(label(question, given[0], language))


def in_place(question, given):
    """The words to choose in each list, from the first on."""
    if isinstance(question, Ordering):
        text_by_id = {item.id: item.text for item in question.items}
        return [text_by_id[id] for id in given]
    right_by_left = rights_chosen(given)
    return [question.right_by_id[right_by_left[pair.id]] for pair in question.pairs]


def label(question, id, language):
    words = {choice.id: choice.text for choice in getattr(question, "choices", ())}
    if id in words:
        return plain(words[id].in_language(language))
    return Speech(language).say(f"learning.option.{id}")


def take_on_screen(at, context, actor, choose, language):
    """From the first question to the result."""
    say = Speech(language).say
    press(at, say("learning.quiz.start"))
    [attempt] = [a for a in tries(context, actor) if a.finished_at is None]
    questions = asked(context, attempt)
    for number, question in enumerate(questions, 1):
        assert not at.exception
        assert at.query_params["q"] == str(number)
        fill_in(at, question, choose(question), language)
        press(at, say("learning.quiz.answer"))
        assert plain(question.explanation.in_language(language)) in texts(at)
        is_last = number == len(questions)
        press(at, say("learning.quiz.to_result" if is_last else "learning.quiz.next"))
    return next(a for a in tries(context, actor) if a.id == attempt.id)


def texts(at):
    return [shown.value for shown in at.markdown]


def test_a_quiz_answered_rightly_ends_in_a_pass_and_the_way_back_to_the_round(
    open_screen, context, learner, language, say, clock
):
    round_ = open_round(context, join(context, Kind.OPERATOR), required_modules=frozenset({MODULE}))
    at = open_screen(quiz.render, learner, language, module=MODULE, round=round_.id)

    attempt = take_on_screen(at, context, learner, right, language)

    assert attempt.score == "1"
    assert at.title[0].value == say("learning.result.title")
    assert at.success[0].value == say("learning.result.passed", score=100, mark=80)
    lapses_at = clock.at + timedelta(days=365)
    assert say("learning.passed_until", expires_at=lapses_at) in texts(at)
    name = round_.name_ja if language == "ja" else round_.name_en
    assert say("learning.to_round", round=name) in [button.label for button in at.button]


def test_two_failures_end_in_a_wait_and_the_lessons_to_read(
    open_screen, context, learner, language, say, clock
):
    at = open_screen(quiz.render, learner, language, module=MODULE)

    take_on_screen(at, context, learner, wrong, language)
    assert at.error[0].value == say("learning.result.failed", score=0, mark=80)
    at.button(key="try again").click().run()
    take_on_screen(at, context, learner, wrong, language)

    may_try_at = clock.at + timedelta(hours=24)
    told = say("learning.quiz.wait", may_try_at=may_try_at)
    read_again = [button for button in at.button if button.key.startswith("lesson ")]
    assert [a.score for a in tries(context, learner)] == ["0", "0"]
    assert at.warning[0].value == told
    assert [button.key for button in read_again] == [
        "lesson balance",
        "lesson trading",
        "lesson together",
    ]
    door = open_screen(quiz.render, learner, language, module=MODULE)
    assert door.warning[0].value == told
    assert say("learning.quiz.start") not in [button.label for button in door.button]


def test_a_failure_leaves_an_earlier_pass_standing_and_says_so(
    open_screen, context, learner, language, say, clock
):
    take(context, learner, right, "r1")
    lapses_at = clock.at + timedelta(days=365)
    clock.forward(days=1)
    failed = take(context, learner, wrong, "r2")

    at = open_screen(quiz.render, learner, language, module=MODULE, **{"try": failed.id})

    assert at.error[0].value == say("learning.result.failed", score=0, mark=80)
    assert say("learning.result.pass_stands", expires_at=lapses_at) in texts(at)


def test_answering_nothing_is_refused_and_the_question_stays(
    open_screen, context, learner, language, say
):
    at = open_screen(quiz.render, learner, language, module=MODULE)
    press(at, say("learning.quiz.start"))

    press(at, say("learning.quiz.answer"))

    with context.database.read() as tx:
        assert learning.answers_of(tx, tries(context, learner)[0].id) == []
    [refusal] = at.error
    assert say("errors.missing") in refusal.value
    assert say("learning.quiz.answer") in [button.label for button in at.button]


def test_nothing_of_the_answer_is_on_the_page_before_it_is_given(
    open_screen, context, learner, language
):
    attempt = start(asking(context, *EVERY_KIND), learner)

    for number, question in enumerate(asked(asking(context, *EVERY_KIND), attempt), 1):
        at = open_screen(
            asking_every_kind,
            learner,
            language,
            module=MODULE,
            **{"try": attempt.id, "q": str(number)},
        )
        assert plain(question.stem.in_language(language)).encode() in sent(at)
        assert told_of(question, at) == []


def told_of(question, at):
    """What the page gives away of the answer."""
    ways = {way for secret in secrets(question) for way in (secret, plain(secret))}
    return [way for way in ways if way.encode() in sent(at)]


def asking_every_kind(visit):
    quiz.render(replace(visit, context=asking(visit.context, *EVERY_KIND)))


def test_a_question_is_answered_again_at_the_stated_price_and_the_reasons_come_last(
    open_screen, context, learner, language, say
):
    rules = {"tries": 3, "reduction": Fraction(1, 3)}

    def render(visit):
        quiz.render(replace(visit, context=asking(visit.context, SINGLE, **rules)))

    at = open_screen(render, learner, language, module=MODULE)
    assert say("learning.quiz.again", tries=3, reduction="1/3") in "\n".join(texts(at))
    press(at, say("learning.quiz.start"))
    fill_in(at, SINGLE, ("c0",), language)
    press(at, say("learning.quiz.answer"))

    assert at.warning[0].value == say("learning.quiz.again_wrong", left=2, share="2/3")
    assert told_of(SINGLE, at) == []
    fill_in(at, SINGLE, ("c1",), language)
    press(at, say("learning.quiz.answer"))
    assert say("learning.quiz.reduced", tries=2, share="2/3") in [c.value for c in at.caption]
    assert plain(SINGLE.explanation.in_language(language)) in texts(at)
    assert [attempt.score for attempt in tries(context, learner)] == ["2/3"]


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda question: question.id)
def test_the_answer_before_stands_in_the_fields_when_one_answers_again(
    open_screen, context, learner, language, say, question
):
    def render(visit):
        club = asking(visit.context, question, tries=3, reduction=Fraction(1, 3))
        quiz.render(replace(visit, context=club))

    at = open_screen(render, learner, language, module=MODULE)
    press(at, say("learning.quiz.start"))
    fill_in(at, question, wrong(question), language)
    press(at, say("learning.quiz.answer"))
    if isinstance(question, TrueFalse):
        assert at.error[0].value == say("learning.outcome.wrong")
        return

    before = tries(context, learner)
    press(at, say("learning.quiz.answer"))

    assert say("errors.same_answer") in at.error[0].value
    assert tries(context, learner) == before


def test_an_answer_given_in_another_window_meanwhile_stands_and_is_told(
    open_screen, context, learner, language, say
):
    at = open_screen(quiz.render, learner, language, module=MODULE)
    press(at, say("learning.quiz.start"))
    [attempt] = tries(context, learner)
    question = asked(context, attempt)[0]
    answer(context, learner, attempt, question, wrong(question))

    fill_in(at, question, right(question), language)
    press(at, say("learning.quiz.answer"))

    assert [info.value for info in at.info] == [say("learning.quiz.elsewhere")]
    assert at.error[0].value == say("learning.outcome.wrong")
    assert not at.run().info


def test_an_answer_is_left_as_it_is_to_see_why(open_screen, context, learner, language, say):
    def render(visit):
        club = asking(visit.context, SINGLE, tries=2, reduction=Fraction(1, 3))
        quiz.render(replace(visit, context=club))

    at = open_screen(render, learner, language, module=MODULE)
    press(at, say("learning.quiz.start"))
    fill_in(at, SINGLE, ("c2",), language)
    press(at, say("learning.quiz.answer"))

    told = say("learning.quiz.again_partly", left=1, share="2/3")
    assert at.warning[0].value == told
    press(at, say("learning.quiz.keep"))
    assert plain(SINGLE.explanation.in_language(language)) in texts(at)
    assert [attempt.score for attempt in tries(context, learner)] == ["1/2"]


@pytest.mark.parametrize("question", EVERY_KIND, ids=lambda question: question.id)
def test_every_kind_is_answered_on_the_screen_and_told_with_its_reasons(
    open_screen, context, learner, language, say, question
):
    def render(visit):
        quiz.render(replace(visit, context=asking(visit.context, question)))

    at = open_screen(render, learner, language, module=MODULE)
    press(at, say("learning.quiz.start"))
    fill_in(at, question, right(question), language)
    press(at, say("learning.quiz.answer"))

    [attempt] = tries(context, learner)
    assert attempt.score == "1"
    assert at.success[0].value == say("learning.outcome.right")
    shown = "\n".join(texts(at))
    for told in (question.explanation, *whys(question)):
        assert plain(told.in_language(language)) in shown


def test_how_sure_one_is_is_kept_with_the_answer(open_screen, context, learner, language, say):
    at = open_screen(quiz.render, learner, language, module=MODULE)
    press(at, say("learning.quiz.start"))
    attempt = tries(context, learner)[0]
    question = asked(context, attempt)[0]

    fill_in(at, question, right(question), language)
    at.segmented_control[0].set_value(3)
    press(at, say("learning.quiz.answer"))

    with context.database.read() as tx:
        [answer_row] = learning.answers_of(tx, attempt.id)
    assert answer_row.confidence == 3


def test_a_try_under_way_goes_on_where_it_was_left(open_screen, context, learner, language, say):
    attempt = start(context, learner)
    first = asked(context, attempt)[0]
    answer(context, learner, attempt, first, right(first))

    at = open_screen(quiz.render, learner, language, module=MODULE)

    assert at.query_params["try"] == attempt.id
    assert at.query_params["q"] == "2"
    assert say("learning.quiz.answer") in [button.label for button in at.button]


def test_anothers_try_is_not_shown(open_screen, context, learner, language, say):
    attempt = take(context, colleague(context, learner), right)

    at = open_screen(quiz.render, learner, language, module=MODULE, **{"try": attempt.id})

    assert at.error[0].value == say("errors.not_found")
    assert say("learning.quiz.lost") in texts(at)
    assert not at.success


def test_a_module_under_review_says_so_instead_of_starting(open_screen, learner, language, say):
    def render(visit):
        module = visit.context.modules[MODULE]
        stale = tuple(replace(q, status="draft") for q in module.questions)
        modules = {MODULE: replace(module, questions=stale)}
        quiz.render(replace(visit, context=replace(visit.context, modules=modules)))

    at = open_screen(render, learner, language, module=MODULE)

    assert at.info[0].value == say("learning.quiz.under_review")
    assert say("learning.quiz.start") not in [button.label for button in at.button]


@pytest.mark.parametrize("number", ["0", "99", "x", "١", "-1"])
def test_a_number_that_is_no_question_shows_the_first_open_one(
    open_screen, context, learner, number
):
    attempt = start(context, learner)

    at = open_screen(quiz.render, learner, module=MODULE, **{"try": attempt.id, "q": number})

    assert not at.exception
    assert at.query_params["q"] == "1"


def test_the_result_tells_each_question_with_its_reasons(open_screen, context, learner, language):
    attempt = take(context, learner, wrong)

    at = open_screen(quiz.render, learner, language, module=MODULE, **{"try": attempt.id})

    labels = [expander.label for expander in at.expander]
    shown = set(texts(at))
    for number, question in enumerate(asked(context, attempt), 1):
        assert f"{number}\\. {plain(question.stem.in_language(language))}" in labels
        assert plain(question.explanation.in_language(language)) in shown


def test_what_one_was_certain_of_and_got_wrong_comes_first_in_the_result(
    open_screen, context, learner, language, say
):
    attempt = start(context, learner)
    *others, last = asked(context, attempt)
    for question in others:
        answer(context, learner, attempt, question, right(question), confidence=1)
    answer(context, learner, attempt, last, wrong(last), confidence=3)

    at = open_screen(quiz.render, learner, language, module=MODULE, **{"try": attempt.id})

    stems = [e.label for e in at.expander if e.label.split("\\.")[0].isdigit()]
    assert [stem.split("\\.")[0] for stem in stems] == ["6", "1", "2", "3", "4", "5"]
    assert at.warning[0].value == say("learning.result.sure_and_wrong", count=1)
    told = say("learning.certainty.points", count=6, earned=-1, most=18)
    assert told in [caption.value for caption in at.caption]
