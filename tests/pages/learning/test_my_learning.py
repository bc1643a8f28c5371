"""My passes and tries, in both languages."""

from fractions import Fraction

from pages.learning import my_learning
from pages.learning.way import percent
from pages.parts.visit import plain
from tests.builders import colleague
from tests.club.operations.trying import MODULE, answer, asked, right, start, take, wrong


def test_before_the_first_try_the_page_says_what_will_be_here(open_screen, learner, language, say):
    at = open_screen(my_learning.render, learner, language)

    assert not at.exception
    assert say("progress.mine.who_sees") in [shown.value for shown in at.caption]
    assert [shown.value for shown in at.info][:2] == [
        say("learning.mine.no_tries"),
        say("progress.mine.empty"),
    ]


def test_passes_and_tries_are_listed_the_newest_first(
    open_screen, context, learner, language, say, clock
):
    take(context, learner, wrong, "r1")
    clock.forward(minutes=1)
    passed = take(context, learner, right, "r2")
    clock.forward(minutes=1)
    unfinished = start(context, learner, "r3")
    take(context, colleague(context, learner), right)

    at = open_screen(my_learning.render, learner, language)

    passes, tries, mastery = (frame.value for frame in at.table)
    assert passes[say("learning.mine.state")].tolist() == [
        say("words.modulestate.passed" if id == MODULE else "words.modulestate.not_yet")
        for id in context.modules
    ]
    assert tries[say("learning.mine.outcome")].tolist() == [
        say("learning.mine.open"),
        say("learning.mine.passed", score=100),
        say("learning.mine.failed", score=0),
    ]
    outcomes = next(m.outcomes for m in context.modules.values() if m.id == MODULE)
    assert mastery[say("progress.outcome")].tolist() == [
        plain(outcome.text.in_language(language)) for outcome in outcomes
    ]
    links = [button.key for button in at.button if button.key.startswith("try ")]
    assert links[:2] == [f"try {unfinished.id}", f"try {passed.id}"]


def test_ones_record_can_be_downloaded(open_screen, learner, language, say):
    at = open_screen(my_learning.render, learner, language)

    labels = [button.label for button in at.download_button]
    assert say("learning.mine.download") in labels


def test_a_score_just_short_of_the_mark_never_looks_like_it():
    assert percent(Fraction(799, 1000)) == 79
    assert percent(Fraction(4, 5)) == 80


def test_how_sure_one_was_stands_beside_how_right_one_was(
    open_screen, context, learner, language, say
):
    attempt = start(context, learner)
    for question in asked(context, attempt):
        answer(context, learner, attempt, question, right(question), confidence=3)

    at = open_screen(my_learning.render, learner, language)

    shown = at.table[3].value
    assert shown[say("learning.certainty.level")].tolist() == [
        say(f"learning.confidence.{level}") for level in (1, 2, 3)
    ]
    assert shown[say("learning.certainty.right")].tolist() == [
        plain(say("learning.certainty.too_few", n=n)) for n in (0, 0, 6)
    ]
    told = say("learning.certainty.points", count=6, earned=18, most=18)
    assert told in [caption.value for caption in at.caption]
