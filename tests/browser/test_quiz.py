"""A quiz from its door to the certificate, with questions of every kind, in both languages; and
what the browser is sent before an answer is given."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from playwright.sync_api import expect

from club.i18n import Speech
from club.operations.learning import start_try
from club.store import learning
from curriculum.marking import TRUE_FALSE
from curriculum.questions import (
    Matching,
    MultiChoice,
    Numeric,
    Ordering,
    ShortAnswer,
    SingleChoice,
    TrueFalse,
)
from tests.browser.conftest import visiting
from tests.browser.people import BUYER, SELLER, main_text, settled, sign_in, speak
from tests.browser.pictures import PICTURES, on_desk_and_phone
from tests.browser.rounds import press
from tests.club.operations.trying import asked, right, wrong
from tests.every_kind import whys

MARKS = re.compile(r"[^\w ,、。（）「」]")
KINDS = (SingleChoice, MultiChoice, TrueFalse, Numeric, ShortAnswer, Matching, Ordering)
LEARNERS = {"ja": BUYER, "en": SELLER}
MODULES = {"door": "risk", "every kind": "event-offset"}


@pytest.fixture(scope="module")
def every_kind(context):
    """A module of the club, of its questions the first of each kind; each may be answered twice."""
    module = context.modules[MODULES["every kind"]]
    return replace(
        module,
        questions=tuple(
            next(q for q in module.questions if type(q) is kind and q.status == "ready")
            for kind in KINDS
        ),
        quiz_size=len(KINDS),
        tries=2,
        reduction=Fraction(1, 3),
    )


def quiz_address(server, module_id):
    return f"{server.url}/quiz?module={module_id}"


def fill_in(page, asked, question, given):
    """By hand, as a person does: the places are those of the choices as they are shown."""
    match question:
        case Numeric() | ShortAnswer():
            page.get_by_test_id("stTextInput").locator("input").fill(given[0])
        case MultiChoice():
            tick(page, [id in given for id in asked.choice_ids])
        case Matching():
            right_by_left = dict(pair.split("=") for pair in given)
            for n, pair in enumerate(question.pairs):
                choose(page, n, asked.choice_ids.index(right_by_left[pair.id]))
        case Ordering():
            for n, id in enumerate(given):
                choose(page, n, asked.choice_ids.index(id))
        case _:
            ids = asked.choice_ids or TRUE_FALSE
            radio = page.get_by_test_id("stMain").get_by_test_id("stRadio")
            radio.locator("input").nth(ids.index(given[0])).dispatch_event("click")


def tick(page, wanted):
    boxes = page.get_by_test_id("stCheckbox")
    expect(boxes).to_have_count(len(wanted))
    for box, is_wanted in zip(boxes.all(), wanted, strict=True):
        if box.get_by_role("checkbox").is_checked() != is_wanted:
            box.locator("label").click()


def choose(page, box, option):
    """Open the list by the keyboard and take the option of that place."""
    opened = page.get_by_role("combobox").nth(box)
    opened.focus()
    opened.press("ArrowDown")
    page.get_by_role("option").nth(option).click()
    expect(page.get_by_role("option")).to_have_count(0)


def answer(page, asked, question, given, language, *, sure=None, picture=None):
    if picture is not None:
        on_desk_and_phone(page, picture.with_name(f"{picture.name}_asked"))
    fill_in(page, asked, question, given)
    if sure is not None:
        page.get_by_text(Speech(language).say(f"learning.confidence.{sure}"), exact=True).click()
    answer_button(page, language).click()
    expect(answer_button(page, language)).to_have_count(0)
    settled(page)
    if picture is not None:
        on_desk_and_phone(page, picture.with_name(f"{picture.name}_told"))


def err(page, asked, question, language, *, picture):
    """Answer wrongly and certain of it, where one may answer again."""
    say = Speech(language).say
    fill_in(page, asked, question, wrong(question))
    page.get_by_text(say("learning.confidence.3"), exact=True).click()
    answer_button(page, language).click()
    told = say("learning.quiz.again_wrong", left=1, share="2/3")
    expect(page.get_by_text(told, exact=True)).to_be_visible()
    settled(page)
    on_desk_and_phone(page, picture.with_name("quiz_again"))


def latest_try(context, actor, module_id):
    with context.database.read() as tx:
        own = learning.attempts_of_person(tx, actor.person_id)
    return [attempt for attempt in own if attempt.module_id == module_id][-1]


def go_on(page, language, *, is_last):
    """To the next question, or from the last one to the result."""
    say = Speech(language).say
    press(page, say("learning.quiz.to_result" if is_last else "learning.quiz.next"))
    if is_last:
        expect(page.get_by_role("heading", name=say("learning.result.title"))).to_be_visible()
    else:
        expect(answer_button(page, language)).to_be_visible()
    settled(page)


def look_back(page, question, language):
    """By the browser's Back to the question before, with its reasons, and on again."""
    here = page.url
    page.go_back()
    expect(page.get_by_role("heading", name=question.stem.in_language(language))).to_be_visible()
    expect(answer_button(page, language)).to_have_count(0)
    settled(page)
    page.go_forward()
    expect(answer_button(page, language)).to_be_visible()
    settled(page)
    assert page.url == here


def answer_button(page, language):
    return page.get_by_role("button", name=Speech(language).say("learning.quiz.answer"), exact=True)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_person_takes_a_quiz_from_its_door_to_a_certificate(
    server, browser, context, actors, language
):
    say = Speech(language, "Asia/Tokyo").say
    actor, module_id = actors[LEARNERS[language]], MODULES["door"]
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, LEARNERS[language], language)
        speak(page, language)
        page.goto(quiz_address(server, module_id))
        settled(page)
        on_desk_and_phone(page, PICTURES / language / "quiz_door")
        press(page, say("learning.quiz.start"))
        expect(answer_button(page, language)).to_be_visible()
        attempt = latest_try(context, actor, module_id)
        questions = asked(context, attempt)
        for place, question in zip(learning.quiz_of(attempt).asked, questions, strict=True):
            answer(page, place, question, right(question), language)
            go_on(page, language, is_last=question == questions[-1])
            if question == questions[1]:
                look_back(page, question, language)
        on_desk_and_phone(page, PICTURES / language / "quiz_passed")

        shown = main_text(page)
        page.get_by_role("button", name=say("passes.mine.issue")).click()
        paper = page.get_by_role("button", name=say("passes.mine.pdf"))
        expect(paper).to_be_visible()
        with page.expect_download() as certificate:
            paper.click()

    finished = latest_try(context, actor, module_id)
    assert (finished.id, finished.score) == (attempt.id, "1")
    assert say("learning.result.passed", score=100, mark=80) in shown
    assert certificate.value.suggested_filename.endswith(".pdf")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_kind_is_answered_by_hand_and_nothing_of_an_answer_is_sent_before(
    server, browser, context, actors, every_kind, language
):
    say = Speech(language, "Asia/Tokyo").say
    actor = actors[LEARNERS[language]]
    asking = replace(context, modules={every_kind.id: every_kind})
    attempt = start_try(asking, actor, request_id=f"start {language}", module_id=every_kind.id)
    sent = bytearray()
    with visiting(browser, language) as (_, page):
        sign_in(page, server.url, LEARNERS[language], language)
        speak(page, language)
        page.on("websocket", lambda socket: socket.on("framereceived", keep_in(sent)))
        page.goto(quiz_address(server, every_kind.id))
        expect(answer_button(page, language)).to_be_visible()
        settled(page)
        questions = asked(asking, attempt)
        misjudged = next(q for q in questions if not isinstance(q, TrueFalse))
        for place, question in zip(learning.quiz_of(attempt).asked, questions, strict=True):
            assert [secret for secret in told_after(question) if secret in sent] == []
            kind = type(question).__name__.lower()
            picture = PICTURES / language / f"quiz_{kind}"
            if question == misjudged:
                err(page, place, question, language, picture=picture)
                assert [secret for secret in told_after(question) if secret in sent] == []
            answer(page, place, question, right(question), language, sure=1, picture=picture)
            assert told_of(question, language) in sent
            go_on(page, language, is_last=question == questions[-1])
        on_desk_and_phone(page, PICTURES / language / "quiz_result")

        shown = main_text(page)

    assert latest_try(context, actor, every_kind.id).score == "20/21"
    assert say("learning.result.passed", score=95, mark=80) in shown
    assert say("learning.result.read_again") in shown
    assert say("learning.result.sure_and_wrong", count=1) in shown
    assert say("learning.certainty.points", count=7, earned=0, most=21) in shown


def keep_in(sent):
    def keep(payload):
        sent.extend(payload if isinstance(payload, bytes) else payload.encode())

    return keep


def told_after(question):
    """What is told only once the answer is given, in both languages, as the wire has it."""
    texts = [question.explanation, *whys(question)]
    return [written(text, language) for text in texts for language in ("ja", "en")]


def told_of(question, language):
    return written(question.explanation, language)


def written(text, language):
    """The longest stretch without a mark that Markdown needs escaped."""
    return max(MARKS.split(text.in_language(language)), key=len).encode()
